use mpc_connect_core::failure::FailureClass;
use proptest::prelude::*;
use url::Url;

use super::*;

const ISSUER: &str = "https://id.example";

fn metadata(announces_issuer: bool) -> Metadata {
    let address = Url::parse("https://id.example/.well-known/openid-configuration").unwrap();
    let document = format!(
        r#"{{"issuer":"{ISSUER}","authorization_endpoint":"{ISSUER}/a","token_endpoint":"{ISSUER}/t","jwks_uri":"{ISSUER}/k",
            "authorization_response_iss_parameter_supported":{announces_issuer}}}"#
    );
    Metadata::read(&address, document.as_bytes()).unwrap()
}

fn judge(text: &str, announces_issuer: bool) -> Verdict {
    Parameters::read(text).judge(&SecretString::from("right"), &metadata(announces_issuer))
}

fn refused(text: &str) -> Failure {
    match judge(text, false) {
        Verdict::Refused(failure) => failure,
        other @ (Verdict::Stranger | Verdict::Code(..)) => panic!("{text}: {other:?}"),
    }
}

#[test]
fn a_code_with_our_state_is_taken_and_unknown_parameters_are_passed_over() {
    let text = "code=a%2Bb+c&state=right&session_state=x&client_info=y&client_info=z";
    assert!(matches!(judge(text, false), Verdict::Code(code, None) if code.expose_secret() == "a+b c"));
}

#[test]
fn any_other_state_is_a_stranger_whatever_else_it_says() {
    let long = format!("code=a&state=right{}", "x".repeat(LONGEST));
    for text in [
        "",
        "code=a",
        "code=a&state=",
        "code=a&state=wrong",
        "code=a&state=right2",
        "error=access_denied&state=wrong",
        "code=a&state=right&state=right",
        "code=a&State=right",
        long.as_str(),
    ] {
        assert!(matches!(judge(text, false), Verdict::Stranger), "{text:.40}");
    }
}

#[test]
fn req_6749_02_repeated_mixed_and_broken_parameters_are_refused() {
    let long = format!("state=right&code={}", "x".repeat(LONGEST + 1));
    for text in [
        "state=right",
        "state=right&code=",
        "state=right&code=a&code=a",
        "state=right&code=a&error=access_denied",
        "state=right&error=a&error=a",
        "state=right&code=a%00b",
        "state=right&code=a%0d%0ab",
        long.as_str(),
    ] {
        assert_eq!(refused(text).class, FailureClass::UnexpectedAnswer, "{text:.40}");
    }
}

#[test]
fn req_9207_the_issuer_is_compared_before_anything_is_believed() {
    let right = "state=right&code=a&iss=https%3A%2F%2Fid.example";
    assert!(matches!(judge(right, true), Verdict::Code(_, Some(iss)) if iss == ISSUER));
    assert!(matches!(judge(right, false), Verdict::Code(_, Some(_))), "unannounced, but ours");
    for (text, announced) in [
        ("state=right&code=a", true),
        ("state=right&code=a&iss=https%3A%2F%2Fid.example%2F", true),
        ("state=right&code=a&iss=https%3A%2F%2FID.example", true),
        ("state=right&code=a&iss=https%3A%2F%2Fevil.example", false),
        ("state=right&code=a&iss=https%3A%2F%2Fid.example&iss=https%3A%2F%2Fid.example", false),
        ("state=right&error=x&error_description=Call+us&iss=https%3A%2F%2Fevil.example", false),
    ] {
        let Verdict::Refused(failure) = judge(text, announced) else { panic!("{text}") };
        assert_eq!(failure.class, FailureClass::UnexpectedAnswer, "{text}");
        assert_eq!(failure.quotation, None, "a stranger's words are not quoted");
    }
}

#[test]
fn req_ms_07_cancel_and_decline_are_told_apart() {
    assert_eq!(
        refused("state=right&error=access_denied&error_subcode=cancel").class,
        FailureClass::UserCancelled
    );
    let declined =
        "state=right&error=access_denied&error_description=AADSTS65004%3A+User+declined+to+consent.";
    assert_eq!(refused(declined).class, FailureClass::ConsentDeclined);
}

#[test]
fn debug_output_holds_no_code() {
    let shown = format!(
        "{:?} {:?}",
        Parameters::read("code=planted&state=planted"),
        judge("code=planted&state=right", false)
    );
    assert!(!shown.contains("planted"), "{shown}");
}

proptest! {
    #[test]
    fn arbitrary_text_never_panics_and_never_ends_the_attempt(text in ".{0,400}") {
        prop_assert!(matches!(judge(&text, false), Verdict::Stranger));
    }

    #[test]
    fn arbitrary_parameters_never_end_the_attempt(pairs in prop::collection::vec(("code|error|iss|state|[a-z]{1,5}", ".{0,30}"), 0..8)) {
        let text = form_urlencoded::Serializer::new(String::new()).extend_pairs(pairs).finish();
        prop_assert!(matches!(judge(&text, true), Verdict::Stranger));
    }
}
