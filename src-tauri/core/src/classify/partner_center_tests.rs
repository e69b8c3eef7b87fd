use super::*;
use crate::failure::Actor;

fn api(status: u16, reason: &str, header: (&str, &str), body: &str) -> Failure {
    let headers = [(header.0.to_owned(), header.1.to_owned())];
    api_error(ApiKind::Referrals, &HttpAnswer { status, reason, headers: &headers, body: body.as_bytes() })
}

fn class(status: u16, body: &str) -> FailureClass {
    api(status, "", ("x", ""), body).class
}

#[test]
fn every_spelling_of_a_missing_second_factor_is_understood() {
    let none = ("x", "");
    let refusals = [
        api(401, "Unauthorized - MFA required", ("WWW-Authenticate", "Bearer error=\"invalid_token\""), ""),
        api(401, "", none, r#"{"code":"900421","description":"Denied."}"#),
        api(401, "", none, r#"{"code":900421,"description":"Denied.","data":[],"source":"x"}"#),
        api(401, "", none, "Authentication failed. MFA required. (10001)"),
        api(403, "", none, r#"{"error":{"code":"Unauthorized_MissingMFA","message":"No."}}"#),
        api(401, "", ("isMFACompliant", "False"), ""),
        api(0, "", none, r#"{"statusCode":401,"message":"MFA is required"}"#),
    ];
    for failure in refusals {
        assert_eq!(failure.class, C::SignInWithMfa, "{failure:?}");
    }
    assert_eq!(api(401, "", none, r#"{"code":900421}"#).code.as_deref(), Some("900421"));
    assert_eq!(api(401, "x MFA required", none, "").code.as_deref(), Some("HTTP 401"));
}

#[test]
fn codes_of_partner_center_have_their_classes_as_text_and_as_number() {
    let expected = [
        (401, "400", C::SignInAgain),
        (400, "400", C::AppMisconfigured),
        (401, "800001", C::AppMisconfigured),
        (401, "900420", C::AppMisconfigured),
        (403, "2032", C::RoleMissing),
        (403, "900150", C::RoleMissing),
        (403, "900149", C::ServiceNotEnabled),
        (403, "900308", C::RoleMissing),
        (403, "900309", C::PolicyBlocked),
        (403, "900329", C::AppMisconfigured),
        (403, "900124", C::ServiceNotEnabled),
        (404, "3000", C::NoRelationship),
    ];
    for (status, code, expected) in expected {
        let text = format!(r#"{{"code":"{code}","description":"Words.","data":[],"source":"s"}}"#);
        let number = text.replace(&format!("\"{code}\""), code);
        for body in [&text, &number] {
            let failure = api(status, "", ("request-id", "r-1"), body);
            assert_eq!(failure.class, expected, "{status} {body}");
            assert_eq!(failure.code.as_deref(), Some(code));
            assert_eq!(failure.correlation_id.as_deref(), Some("r-1"));
            assert_eq!(failure.quotation.map(|text| text.to_string()).as_deref(), Some("Words."));
        }
    }
    assert_eq!(api(403, "", ("x", ""), r#"{"code":900124}"#).actor(), Actor::PartnerAdmin);
}

#[test]
fn words_and_statuses_decide_where_no_number_stands() {
    let nested = r#"{"error":{"code":"accessDenied","message":"No.","innerError":{"code":"900309"}}}"#;
    let expected = [
        (401, "", C::SignInAgain),
        (401, "Unauthorized: Invalid Authorization header", C::AppMisconfigured),
        (401, r#"{"error":{"code":"unAuthorized","message":"No."}}"#, C::SignInAgain),
        (403, r#"{"error":{"code":"unAuthorized","message":"No."}}"#, C::RoleMissing),
        (403, r#"{"error":{"code":"accessDenied","message":"No."}}"#, C::RoleMissing),
        (403, nested, C::PolicyBlocked),
        (403, "", C::RoleMissing),
        (404, r#"{"error":{"code":"itemNotFound"}}"#, C::NoRelationship),
        (404, "", C::AppMisconfigured),
        (410, "", C::AppMisconfigured),
        (400, r#"{"error":{"code":"invalidRequest"}}"#, C::AppMisconfigured),
        (418, r#"{"message":"I am new."}"#, C::Unknown),
        (418, "", C::UnexpectedAnswer),
        (200, "{}", C::UnexpectedAnswer),
    ];
    for (status, body, expected) in expected {
        assert_eq!(class(status, body), expected, "{status} {body}");
    }
    let answer = HttpAnswer { status: 404, reason: "", headers: &[], body: b"" };
    assert_eq!(api_error(ApiKind::Webhook, &answer).class, C::NoRelationship);
}

#[test]
fn all_three_shapes_of_throttling_wait_as_long_as_they_were_told() {
    let shapes = [
        r#"{"error":{"code":"tooManyRequests","message":"Slow down."}}"#,
        r#"{"code":"429","description":"Slow down.","data":[],"source":"s"}"#,
        r#"{"statusCode":429,"message":"Rate limit is exceeded."}"#,
    ];
    for body in shapes {
        let failure = api(429, "", ("Retry-After", "57"), body);
        assert_eq!((failure.class, failure.retry_after_seconds), (C::RetryLater, Some(57)));
    }
    for status in [500, 501, 502, 503, 504, 507, 509] {
        assert_eq!(class(status, "<html><body>Error</body></html>"), C::RetryLater, "{status}");
    }
}

#[test]
fn what_stands_between_is_not_taken_for_partner_center() {
    for status in [302, 307, 407, 511] {
        assert_eq!(class(status, r#"{"code":"900421"}"#), C::NetworkBlocked, "{status}");
    }
    for status in [200, 401, 403, 404] {
        assert_eq!(class(status, "<!doctype html><html>Blocked</html>"), C::NetworkBlocked, "{status}");
    }
    let own = api(403, "", ("x-azure-ref", "1"), "<!doctype html><html>Blocked</html>");
    assert_eq!(own.class, C::UnexpectedAnswer);
}

#[test]
fn a_claims_challenge_is_handed_on_in_both_spellings() {
    for mark in ["insufficient_claims", "insufficent_claims"] {
        let header = format!("Bearer realm=\"\", error=\"{mark}\", claims=\"eyJhY2Nlc3NfdG9rZW4iOnt9fQ==\"");
        for status in [401, 403] {
            let failure = api(status, "", ("www-authenticate", &header), "");
            assert_eq!(failure.class, C::SignInAgain);
            assert_eq!(failure.claims.as_deref(), Some(r#"{"access_token":{}}"#));
        }
        assert_eq!(api(403, &format!("Forbidden error={mark}"), ("x", ""), "").class, C::SignInAgain);
        let hopeless = format!("{header}, suberror=\"message_only\"");
        assert_eq!(api(403, "", ("www-authenticate", &hopeless), "").class, C::PolicyBlocked);
    }
}
