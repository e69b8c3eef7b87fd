use super::*;

fn token(stage: TokenStage, status: u16, body: &str) -> Failure {
    token_error(stage, &HttpAnswer { status, reason: "", headers: &[], body: body.as_bytes() })
}

fn body(error: &str, number: u64, suberror: &str) -> String {
    format!(
        r#"{{"error":"{error}","suberror":"{suberror}","error_description":"AADSTS{number}: Words of Microsoft.\r\nTrace ID: t\r\nCorrelation ID: c-{number}\r\nTimestamp: x","error_codes":[{number}]}}"#
    )
}

fn refresh(error: &str, number: u64, suberror: &str) -> FailureClass {
    token(TokenStage::Refresh, 400, &body(error, number, suberror)).class
}

fn redirect(error: &str, description: Option<&str>, subcode: Option<&str>) -> FailureClass {
    let error =
        RedirectError { error, error_description: description, error_subcode: subcode, ..Default::default() };
    redirect_error(&error).class
}

#[test]
fn a_dead_credential_asks_for_a_sign_in_and_a_dead_code_for_a_new_attempt() {
    for number in [70000, 70008, 700_082, 50173, 50133, 70043] {
        assert_eq!(refresh("invalid_grant", number, ""), C::SignInAgain, "AADSTS{number}");
        let at_code = token(TokenStage::Code, 400, &body("invalid_grant", number, "")).class;
        assert_eq!(at_code, C::RestartSignIn, "AADSTS{number}");
    }
    for number in [54005, 501_481, 50148] {
        assert_eq!(token(TokenStage::Code, 400, &body("invalid_grant", number, "")).class, C::RestartSignIn);
    }
    assert_eq!(token(TokenStage::Unknown, 400, &body("invalid_grant", 54005, "")).class, C::RestartSignIn);
    assert_eq!(token(TokenStage::Unknown, 400, &body("invalid_grant", 50173, "")).class, C::SignInAgain);
}

#[test]
fn a_credential_in_use_never_fails_with_a_class_that_leaves_it_active() {
    for word in ["invalid_grant", "expired_token", "authorization_declined", "consent_required"] {
        for number in [54005, 65004, 501_481, 9_999_999] {
            let held = refresh(word, number, "").rule().held;
            assert_ne!(held, crate::failure::HeldWord::Unchanged, "{word} AADSTS{number}");
        }
    }
}

#[test]
fn every_number_of_the_catalogue_keeps_its_class_in_a_plain_error() {
    for entry in super::super::catalogue::entra() {
        let number = entry.code.parse().expect("a number");
        let failure = token(TokenStage::Unknown, 400, &body("some_error", number, ""));
        assert_eq!(failure.class, entry.class, "AADSTS{number}");
        assert_eq!(failure.actor(), entry.actor.unwrap_or(entry.class.rule().actor), "AADSTS{number}");
        assert_eq!(failure.code, Some(format!("AADSTS{number}")));
    }
}

#[test]
fn a_suberror_decides_where_the_number_says_little() {
    assert_eq!(refresh("invalid_grant", 9_999_999, "message_only"), C::PolicyBlocked);
    assert_eq!(refresh("invalid_grant", 50076, "message_only"), C::PolicyBlocked, "a sign-in would loop");
    assert_eq!(
        refresh("invalid_grant", 53000, "message_only"),
        C::DeviceNotCompliant,
        "the number says more"
    );
    assert_eq!(refresh("invalid_grant", 50173, "user_password_expired"), C::AccountDisabled);
    assert_eq!(refresh("invalid_grant", 9_999_999, "bad_token"), C::SignInAgain);
    assert_eq!(refresh("invalid_request", 9_002_313, "bad_token"), C::SignInAgain);
    assert_eq!(refresh("invalid_grant", 700_084, "bad_token"), C::AppMisconfigured, "a sign-in would loop");
    assert_eq!(refresh("invalid_grant", 9_999_999, "consent_required"), C::ConsentNeeded);
}

#[test]
fn an_unknown_number_takes_its_class_from_the_rest_and_is_shown() {
    let expected = [
        ("invalid_grant", C::SignInAgain),
        ("interaction_required", C::SignInAgain),
        ("consent_required", C::ConsentNeeded),
        ("invalid_resource", C::ServiceNotEnabled),
        ("invalid_client", C::AppMisconfigured),
        ("temporarily_unavailable", C::RetryLater),
        ("authorization_pending", C::KeepWaiting),
        ("never_seen", C::Unknown),
    ];
    for (error, class) in expected {
        let failure = token(TokenStage::Refresh, 400, &body(error, 9_999_999, ""));
        assert_eq!(failure.class, class, "{error}");
        assert_eq!(failure.code.as_deref(), Some("AADSTS9999999"));
        assert_eq!(failure.quotation.map(|text| text.to_string()).as_deref(), Some("Words of Microsoft."));
        assert_eq!(failure.correlation_id.as_deref(), Some("c-9999999"));
    }
}

#[test]
fn cancelling_has_three_shapes_and_a_guest_is_none_of_them() {
    assert_eq!(redirect("access_denied", None, Some("cancel")), C::UserCancelled);
    assert_eq!(redirect("access_denied", None, None), C::UserCancelled);
    let declined = Some("AADSTS65004: User declined to consent to access the app.");
    assert_eq!(redirect("access_denied", declined, None), C::ConsentDeclined);
    assert_eq!(redirect("access_denied", declined, Some("cancel")), C::ConsentDeclined);
    assert_eq!(redirect("consent_required", declined, None), C::ConsentDeclined);
    let guest = Some("AADSTS50020: User account from identity provider does not exist in tenant.");
    assert_eq!(redirect("access_denied", guest, None), C::WrongAccount);
    assert_eq!(redirect("access_denied", Some("AADSTS9999999: New."), None), C::Unknown);
    let personal = Some("The user has denied access to the scope requested by the client application.");
    assert_eq!(redirect("access_denied", personal, None), C::ConsentDeclined);
}

#[test]
fn a_redirect_decides_by_its_words_and_numbers() {
    assert_eq!(redirect("login_required", Some("AADSTS50058: Silent sign-in."), None), C::RestartSignIn);
    assert_eq!(redirect("temporarily_unavailable", None, None), C::RetryLater);
    assert_eq!(
        redirect("invalid_client", Some("AADSTS650052: No subscription."), None),
        C::ServiceNotEnabled
    );
    assert_eq!(redirect("", None, None), C::Unknown);
    let by_address = RedirectError {
        error: "access_denied",
        error_uri: Some("https://login.microsoftonline.com/error?code=90094"),
        ..Default::default()
    };
    assert_eq!(redirect_error(&by_address).class, C::ConsentNeeded);
}

#[test]
fn claims_of_an_error_are_kept_as_json() {
    let claims = r#"{"access_token":{"capolids":{"essential":true,"values":["x"]}}}"#;
    let text = serde_json::json!({"error": "interaction_required", "error_codes": [50079], "claims": claims});
    assert_eq!(token(TokenStage::Refresh, 400, &text.to_string()).claims.as_deref(), Some(claims));
    let broken = serde_json::json!({"error": "interaction_required", "claims": "not json"});
    assert_eq!(token(TokenStage::Refresh, 400, &broken.to_string()).claims, None);
}

#[test]
fn what_cannot_be_read_is_told_by_status_and_shape() {
    let expected = [
        (400, "", C::UnexpectedAnswer),
        (400, "\u{1}\u{2}\u{3}\u{4}", C::UnexpectedAnswer),
        (400, "Bad Request", C::UnexpectedAnswer),
        (400, "{}", C::UnexpectedAnswer),
        (502, "<html><body>Bad gateway</body></html>", C::RetryLater),
        (500, "", C::RetryLater),
        (429, r#"{"error":"invalid_request","error_codes":[50173]}"#, C::RetryLater),
        (403, "<html><body>Blocked by your firewall</body></html>", C::NetworkBlocked),
        (400, "<html><title>Sign in</title>AADSTS50011: no match</html>", C::AppMisconfigured),
        (407, r#"{"error":"invalid_grant"}"#, C::NetworkBlocked),
        (302, "", C::NetworkBlocked),
        (503, r#"{"error":"temporarily_unavailable","error_codes":[90033]}"#, C::RetryLater),
    ];
    for (status, body, class) in expected {
        assert_eq!(token(TokenStage::Refresh, status, body).class, class, "{status} {body:?}");
    }
    let headers = [("x-ms-request-id".to_owned(), "r-1".to_owned())];
    let page = HttpAnswer { status: 404, reason: "", headers: &headers, body: b"<html><body>Not found" };
    let failure = token_error(TokenStage::Code, &page);
    assert_eq!((failure.class, failure.correlation_id.as_deref()), (C::UnexpectedAnswer, Some("r-1")));
    assert_eq!(failure.code.as_deref(), Some("HTTP 404"));
}

#[test]
fn pasted_texts_are_understood_without_their_context() {
    use super::super::pasted_text;
    let expected = [
        ("Sorry, but we're having trouble. AADSTS50105: Your administrator has configured…", C::NotAssigned),
        ("Error Code: 700016", C::AppNotInTenant),
        ("50011", C::AppMisconfigured),
        ("AADSTS70016: Pending.", C::KeepWaiting),
        ("Partner Center answered 900421", C::SignInWithMfa),
        (r#"{"error":{"code":"accessDenied","message":"No."}}"#, C::RoleMissing),
        ("something else entirely", C::Unknown),
    ];
    for (text, class) in expected {
        assert_eq!(pasted_text(text).class, class, "{text}");
    }
    assert_eq!(pasted_text("").class, C::UnexpectedAnswer);
}
