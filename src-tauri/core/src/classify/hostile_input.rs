//! Properties that hold for everything that may arrive.

use proptest::prelude::*;

use super::*;

const STAGES: [TokenStage; 4] =
    [TokenStage::Code, TokenStage::Refresh, TokenStage::SecondResource, TokenStage::Unknown];
const KINDS: [ApiKind; 3] = [ApiKind::Referrals, ApiKind::Profile, ApiKind::Webhook];
const HEADERS: [&str; 9] = [
    "Retry-After",
    "Date",
    "WWW-Authenticate",
    "Content-Type",
    "Location",
    "Request-ID",
    "isMfaCompliant",
    "",
    "x-ms-a",
];
const ERRORS: [&str; 4] = ["invalid_grant", "interaction_required", "invalid_client", "brand_new"];

fn headers() -> impl Strategy<Value = Vec<(String, String)>> {
    let challenge = "Bearer [a-z]{1,9}=\"[ -~]{0,30}\"?, claims=\"?[A-Za-z0-9+/=_-]{0,30}";
    let value = prop_oneof![any::<String>(), "[-+]?[0-9]{0,25}", challenge];
    prop::collection::vec((prop::sample::select(&HEADERS[..]).prop_map(str::to_owned), value), 0..6)
}

fn bodies() -> impl Strategy<Value = Vec<u8>> {
    let pieces = prop::sample::select(vec![
        "{",
        "}",
        "[",
        "]",
        "\"",
        ":",
        ",",
        "\\",
        "\\u00",
        "error",
        "claims",
        "code",
        "AADSTS",
        "50173",
        "é",
        "<html>",
        "\u{0}",
        "\u{FEFF}",
        "innerError",
        "error_codes",
        "error_description",
        "1e999",
        "null",
    ]);
    let woven = prop::collection::vec(pieces, 0..40).prop_map(|pieces| pieces.concat().into_bytes());
    prop_oneof![prop::collection::vec(any::<u8>(), 0..600), woven]
}

/// Nothing unbounded and no line break may come out, whatever goes in.
fn assert_contained(failure: &Failure) {
    assert!(failure.code.as_ref().is_none_or(|code| code.len() <= 40 && code.is_ascii()));
    assert!(failure.correlation_id.as_ref().is_none_or(|id| id.len() <= 64 && id.is_ascii()));
    assert!(failure.claims.as_ref().is_none_or(|claims| claims.len() <= 4096 && claims.starts_with('{')));
    assert!(failure.retry_after_seconds.is_none_or(|seconds| seconds <= 86_400));
    let quotation = failure.quotation.as_ref().map(|text| text.as_str().to_owned()).unwrap_or_default();
    assert!(quotation.chars().count() <= 301 && !quotation.contains('\n'));
}

fn error_body(error: &str, number: u64) -> serde_json::Value {
    serde_json::json!({
        "error": error,
        "error_description":
            format!("AADSTS{number}: Words.\r\nTrace ID: t\r\nCorrelation ID: c\r\nTimestamp: 2026-11-22 10:58:04Z"),
    })
}

fn token_class(stage: TokenStage, body: &str) -> FailureClass {
    token_error(stage, &HttpAnswer { status: 400, reason: "", headers: &[], body: body.as_bytes() }).class
}

proptest! {
    /// REQ-HTTP-13.
    #[test]
    fn any_answer_becomes_a_contained_failure(
        status in any::<u16>(), reason in any::<String>(), headers in headers(), body in bodies(),
    ) {
        let answer = HttpAnswer { status, reason: &reason, headers: &headers, body: &body };
        for stage in STAGES {
            assert_contained(&token_error(stage, &answer));
        }
        for kind in KINDS {
            assert_contained(&api_error(kind, &answer));
        }
        if let Err(failure) = success_shape(&answer) {
            assert_contained(&failure);
        }
    }

    #[test]
    fn any_redirect_and_any_pasted_text_becomes_a_contained_failure(
        error in any::<String>(), text in any::<String>(), number in any::<u32>(), subcode in ".{0,20}",
    ) {
        let description = format!("{text}AADSTS{number}{text}");
        let redirect = RedirectError {
            error: &error,
            error_description: Some(&description),
            error_subcode: Some(&subcode),
            error_uri: Some(&text),
            claims: Some(&text),
        };
        assert_contained(&redirect_error(&redirect));
        assert_contained(&pasted_text(&description));
    }

    #[test]
    fn the_wrapping_of_a_body_does_not_change_its_class(
        at in any::<prop::sample::Index>(), error in prop::sample::select(&ERRORS[..]),
        stage in prop::sample::select(&STAGES[..]),
    ) {
        let entry = at.get(catalogue::entra());
        let number = entry.code.parse().expect("a number");
        let value = error_body(error, number);
        let plain = value.to_string();
        let class = token_class(stage, &plain);
        let after_number = plain.find(entry.code).expect("it is there") + entry.code.len();
        prop_assert_eq!(token_class(stage, &plain.replace("\\r\\n", " ")), class, "line breaks as spaces");
        prop_assert_eq!(token_class(stage, &plain.replace("\\r\\n", "\r\n")), class, "raw line breaks");
        prop_assert_eq!(token_class(stage, &serde_json::to_string_pretty(&value).expect("JSON")), class, "pretty");
        prop_assert_eq!(token_class(stage, &plain[..after_number]), class, "cut after the number");
        prop_assert_eq!(token_class(stage, &format!("\u{FEFF}{plain}")), class, "with a mark");
        prop_assert_eq!(token_class(stage, &format!("[{plain}]")), class, "in a list");
    }

    #[test]
    fn no_secret_comes_out_of_a_failure(
        secret in "eyJ[A-Za-z0-9_-]{20,60}\\.[A-Za-z0-9_-]{20,60}|0\\.A[A-Za-z0-9_-]{50,90}",
        before in "[a-z ]{0,20}", status in prop::sample::select(vec![0u16, 400, 401, 403, 429, 500]),
    ) {
        let bodies = [
            format!("{before} {secret}"),
            format!("{before}'{secret}'"),
            format!(r#"{{"error":"invalid_grant","error_description":"{before} code={secret}"}}"#),
            format!(r#"{{"code":"{secret}","description":"{before} Bearer {secret}","correlationId":"{secret}"}}"#),
        ];
        for body in &bodies {
            let answer = HttpAnswer { status, reason: &secret, headers: &[], body: body.as_bytes() };
            for failure in [token_error(TokenStage::Refresh, &answer), api_error(ApiKind::Referrals, &answer)] {
                let told = serde_json::to_string(&failure).expect("JSON");
                prop_assert!(!told.contains(&secret[..12]), "{}", told);
            }
        }
    }
}
