//! Every fault does what its sentence says.

use std::time::{Duration, Instant};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use jiff::{SignedDuration, Timestamp};
use serde_json::{Value, json};

use crate::scripted_browser::{Choices, Outcome};
use crate::support::{Program, claims, field, json as body_of};

const SERVICE: &str = "svc-cosell@contoso.example";

async fn codes(program: &Program, session: &Value, scope: &str) -> Value {
    program.refresh(session, scope).await.1["error_codes"].clone()
}

#[tokio::test]
async fn consent_declined_turns_accept_into_cancel() {
    let program = Program::start();
    program.switch_on("consent_declined").await;
    let answer = program.answer(SERVICE, &[], Choices::default()).await;
    assert!(field(&answer, "error_description").unwrap().starts_with("AADSTS65004: "));
    assert_eq!(field(&answer, "error_subcode").as_deref(), Some("cancel"));
}

#[tokio::test]
async fn missing_mfa_is_refused_in_three_spellings() {
    let program = Program::start();
    let session = program.session(SERVICE).await;

    program.switch_on("mfa_status_line").await;
    let response = program.referrals(&session).await;
    assert_eq!(response.headers()["www-authenticate"], "Bearer error=\"invalid_token\"");
    assert_eq!((response.status().as_u16(), response.bytes().await.unwrap().len()), (401, 0));
    assert!(status_line(&program, &session).await.ends_with("401 Unauthorized - MFA required"));
    program.switch_off("mfa_status_line").await;

    program.switch_on("mfa_sdk_text").await;
    let response = program.referrals(&session).await;
    assert_eq!(response.status(), 401);
    assert!(response.text().await.unwrap().contains("MFA required. (10001)"));
    program.switch_off("mfa_sdk_text").await;

    program.switch_on("mfa_900421").await;
    let response = program.referrals(&session).await;
    assert_eq!((response.status().as_u16(), &body_of(response).await["code"]), (401, &json!("900421")));
}

/// The status line as it stands on the wire, which HTTP clients do not show.
async fn status_line(program: &Program, session: &Value) -> String {
    use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
    let address = program.base().strip_prefix("http://").unwrap();
    let mut stream = tokio::net::TcpStream::connect(address).await.unwrap();
    let token = session["access_token"].as_str().unwrap();
    let request = format!(
        "GET /v1.0/engagements/referrals HTTP/1.1\r\nhost: {address}\r\nauthorization: Bearer {token}\r\nconnection: close\r\n\r\n"
    );
    stream.write_all(request.as_bytes()).await.unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).await.unwrap();
    answer.lines().next().unwrap().to_owned()
}

#[tokio::test]
async fn mfa_header_false_reports_and_still_answers() {
    let program = Program::start();
    let token = program.profiles_token(&program.session(SERVICE).await).await;
    program.switch_on("mfa_header_false").await;
    let response = program.get("/v1/profiles/organization", &token).await;
    assert_eq!(
        (response.status().as_u16(), &response.headers()["isMfaCompliant"]),
        (200, &"false".parse().unwrap())
    );
}

#[tokio::test]
async fn mfa_only_when_asked_is_mended_by_the_claims_request() {
    let program = Program::start();
    program.switch_on("mfa_only_when_asked").await;
    assert_eq!(program.referrals(&program.session(SERVICE).await).await.status(), 401);
    let wish = r#"{"id_token":{"acr":{"essential":true,"values":["urn:microsoft:policies:mfa"]}}}"#;
    let answer = program.answer(SERVICE, &[("claims", wish)], Choices::default()).await;
    let (_, session) = program.token(&program.redemption(&field(&answer, "code").unwrap())).await;
    assert_eq!(program.referrals(&session).await.status(), 200);
}

#[tokio::test]
async fn role_missing_refuses_a_healthy_account() {
    let program = Program::start();
    let session = program.session(SERVICE).await;
    program.switch_on("role_missing").await;
    assert_eq!(program.referrals(&session).await.status(), 403);
}

#[tokio::test]
async fn dead_refresh_tokens_are_mended_by_a_new_sign_in_or_by_lifting_the_fault() {
    let program = Program::start();
    for (fault, number) in
        [("password_changed", 50173), ("refresh_expired", 700082), ("consent_withdrawn", 65001)]
    {
        let session = program.session(SERVICE).await;
        program.switch_on(fault).await;
        assert_eq!(codes(&program, &session, &program.referrals_scope()).await, json!([number]), "{fault}");
        let mended = program.session(SERVICE).await;
        assert_eq!(program.refresh(&mended, &program.referrals_scope()).await.0, 200, "{fault}");
        program.switch_off(fault).await;
        assert_eq!(program.refresh(&session, &program.referrals_scope()).await.0, 200, "{fault}");
    }
}

#[tokio::test]
async fn consent_withdrawn_says_so_and_asks_again() {
    let program = Program::start();
    let session = program.session(SERVICE).await;
    program.switch_on("consent_withdrawn").await;
    let (_, body) = program.refresh(&session, &program.referrals_scope()).await;
    assert_eq!(body["suberror"], "consent_required");
    let choices = Choices { cancel_beside: Some("Accept"), ..Choices::default() };
    assert!(field(&program.answer(SERVICE, &[], choices).await, "error").is_some());
}

#[tokio::test]
async fn refresh_token_replayed_refuses_a_used_token() {
    let program = Program::start();
    let session = program.session(SERVICE).await;
    program.switch_on("refresh_token_replayed").await;
    assert_eq!(program.refresh(&session, &program.referrals_scope()).await.0, 200);
    let (status, body) = program.refresh(&session, &program.referrals_scope()).await;
    assert_eq!((status, &body["error"]), (400, &json!("invalid_grant")));
}

#[tokio::test]
async fn code_expired_refuses_the_code() {
    let program = Program::start();
    let redemption = program.redemption(&program.code(SERVICE).await);
    program.switch_on("code_expired").await;
    assert_eq!(program.token(&redemption).await.1["error_codes"], json!([70008]));
}

#[tokio::test]
async fn second_resource_refused_leaves_the_first() {
    let program = Program::start();
    let session = program.session(SERVICE).await;
    program.switch_on("second_resource_refused").await;
    assert_eq!(codes(&program, &session, &program.profiles_scope()).await, json!([65001]));
    assert_eq!(program.refresh(&session, &program.referrals_scope()).await.0, 200);
}

#[tokio::test]
async fn conditional_access_stops_pages_and_refreshes() {
    let program = Program::start();
    let session = program.session(SERVICE).await;
    program.switch_on("conditional_access").await;
    let (_, body) = program.refresh(&session, &program.referrals_scope()).await;
    assert_eq!((&body["error_codes"], &body["suberror"]), (&json!([53003]), &json!("message_only")));
    assert!(body["claims"].as_str().unwrap().contains("capolids"));
    let answer = program.answer(SERVICE, &[], Choices::default()).await;
    assert!(field(&answer, "error_description").unwrap().starts_with("AADSTS53003: "));
}

#[tokio::test]
async fn pages_never_return_leaves_the_person_on_the_page() {
    let program = Program::start();
    program.switch_on("pages_never_return").await;
    let outcome = program.walk("someone@outlook.example", &[], Choices::default()).await;
    assert!(matches!(&outcome, Outcome::Stopped(page) if page.contains("AADSTS50020")), "{outcome:?}");
}

#[tokio::test]
async fn claims_challenge_ends_when_a_sign_in_carried_the_claims() {
    let program = Program::start();
    let session = program.session(SERVICE).await;
    program.switch_on("claims_challenge").await;
    let response = program.referrals(&session).await;
    assert_eq!(response.status(), 401);
    let challenge = response.headers()["www-authenticate"].to_str().unwrap();
    assert!(challenge.contains("error=\"insufficient_claims\""), "{challenge}");
    let encoded = challenge.split("claims=\"").nth(1).unwrap().trim_end_matches('"');
    let wanted = String::from_utf8(STANDARD.decode(encoded).unwrap()).unwrap();
    assert_eq!(program.referrals(&program.session(SERVICE).await).await.status(), 401);
    let answer = program.answer(SERVICE, &[("claims", &wanted)], Choices::default()).await;
    let (_, session) = program.token(&program.redemption(&field(&answer, "code").unwrap())).await;
    assert_eq!(program.referrals(&session).await.status(), 200);
    let (_, renewed) = program.refresh(&session, &program.referrals_scope()).await;
    assert_eq!(program.referrals(&renewed).await.status(), 200);
}

#[tokio::test]
async fn throttled_passes_after_the_time_it_names() {
    let program = Program::start();
    let session = program.session(SERVICE).await;
    program.switch_on("throttled").await;
    let begun = Instant::now();
    let response = program.referrals(&session).await;
    assert_eq!(
        (response.status().as_u16(), &response.headers()["retry-after"]),
        (429, &"2".parse().unwrap())
    );
    assert_eq!(body_of(response).await["statusCode"], 429);
    while program.referrals(&session).await.status() != 200 {
        assert!(begun.elapsed() < Duration::from_secs(20), "never passes");
        tokio::task::yield_now().await;
    }
    assert!(begun.elapsed() >= Duration::from_secs(2));
}

#[tokio::test]
async fn server_error_spoils_three_calls_and_expired_access_token_one() {
    let program = Program::start();
    let session = program.session(SERVICE).await;
    for (fault, expected) in
        [("server_error", vec![500, 500, 500, 200]), ("expired_access_token", vec![401, 200])]
    {
        program.switch_on(fault).await;
        for status in expected {
            assert_eq!(program.referrals(&session).await.status(), status, "{fault}");
        }
    }
}

#[tokio::test]
async fn html_instead_of_json_answers_200() {
    let program = Program::start();
    let session = program.session(SERVICE).await;
    program.switch_on("html_instead_of_json").await;
    let response = program.referrals(&session).await;
    assert_eq!(response.status(), 200);
    assert!(response.headers()["content-type"].to_str().unwrap().starts_with("text/html"));
}

#[tokio::test]
async fn organization_vanished_leaves_the_smaller_one() {
    let program = Program::start();
    let session = program.session(SERVICE).await;
    program.switch_on("organization_vanished").await;
    let page = body_of(program.referrals(&session).await).await;
    let names: Vec<&str> = page["value"]
        .as_array()
        .unwrap()
        .iter()
        .filter_map(|deal| deal["organizationName"].as_str())
        .collect();
    assert!(names.contains(&"Contoso Consulting GmbH") && !names.contains(&"Contoso Ltd"), "{names:?}");
}

#[tokio::test]
async fn clock_skew_moves_the_date_header_and_the_tokens() {
    let program = Program::start();
    program.switch_on("clock_skew").await;
    let session = program.session(SERVICE).await;
    let issued = claims(session["id_token"].as_str().unwrap())["iat"].as_i64().unwrap();
    let ahead = issued - Timestamp::now().as_second();
    assert!((3500..=3600).contains(&ahead), "{ahead}");
    let response = program.referrals(&session).await;
    assert_eq!(response.headers().get_all("date").iter().count(), 1);
    let date = jiff::fmt::rfc2822::parse(response.headers()["date"].to_str().unwrap()).unwrap().timestamp();
    assert!(date > Timestamp::now() + SignedDuration::from_secs(3500));
}

#[tokio::test]
async fn slow_takes_five_seconds() {
    let program = Program::start();
    program.switch_on("slow").await;
    let begun = Instant::now();
    program.client.get(format!("{}/organizations/discovery/v2.0/keys", program.base())).send().await.unwrap();
    assert!(begun.elapsed() >= Duration::from_secs(5));
}
