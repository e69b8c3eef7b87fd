//! What RFC 6749, 7636, 8252, 9700 and Microsoft's own rules ask of a client.

use std::collections::HashMap;
use std::sync::atomic::Ordering;

use mpc_connect_adapters::entra::Delivered;
use mpc_connect_core::failure::{Failure, FailureClass};
use mpc_connect_core::ports::{Authority, AuthorizationRequest, Resource, Way};
use mpc_connect_core::secret::RefreshToken;
use serde_json::json;
use url::Url;

use crate::support::entra_provider::{Consent, Deviation};
use crate::support::entra_setup::{DEEP_LINK, PROFILES, SCOPE, Setup, form, post, request};

const NONE: Deviation = Deviation::NONE;

async fn asked(setup: &Setup, request: &AuthorizationRequest) -> HashMap<String, String> {
    let address = setup.entra.begin(request).await.unwrap();
    Url::parse(&address.0).unwrap().query_pairs().into_owned().collect()
}

#[tokio::test]
async fn the_authorization_request_is_pinned() {
    let setup = Setup::new(NONE).await;
    let mut asked = asked(&setup, &request(1, Way::Loopback)).await;
    assert_eq!(asked["scope"], format!("openid profile offline_access {SCOPE} {PROFILES}"));
    for (name, value) in [
        ("response_type", "code"),
        ("response_mode", "form_post"),
        ("code_challenge_method", "S256"),
        ("prompt", "select_account"),
        ("client_id", "the-client"),
    ] {
        assert_eq!(asked.remove(name).as_deref(), Some(value), "{name}");
    }
    for name in ["state", "nonce", "code_challenge"] {
        assert_eq!(asked.remove(name).map(|value| value.len()), Some(43), "{name}");
    }
    let redirect = asked.remove("redirect_uri").unwrap();
    assert!(redirect.starts_with("http://localhost:") && redirect.ends_with("/auth"), "{redirect}");
    asked.remove("scope");
    assert!(asked.is_empty(), "no login_hint beside select_account, and nothing else: {asked:?}");
}

#[tokio::test]
async fn a_fresh_login_names_the_account_and_claims_are_passed_back() {
    let setup = Setup::new(NONE).await;
    let claims = Some(r#"{"access_token":{"acrs":{}}}"#.to_owned());
    let request =
        AuthorizationRequest { fresh_login: true, claims: claims.clone(), ..request(1, Way::DeepLink) };
    let asked = asked(&setup, &request).await;
    assert_eq!((asked["prompt"].as_str(), asked["response_mode"].as_str()), ("login", "query"));
    assert_eq!(asked["login_hint"], request.username);
    assert_eq!(asked.get("claims"), claims.as_ref());
    assert_eq!(asked["redirect_uri"], DEEP_LINK);
}

#[tokio::test]
async fn other_prompts_come_from_the_environment_with_the_hint() {
    let setup = Setup::with_prompt(NONE, "consent").await;
    let first = asked(&setup, &request(1, Way::Loopback)).await;
    assert_eq!((first["prompt"].as_str(), first.contains_key("login_hint")), ("consent", true));
    let fresh = AuthorizationRequest { fresh_login: true, ..request(1, Way::Loopback) };
    assert_eq!(asked(&setup, &fresh).await["prompt"], "login consent");
}

#[tokio::test]
async fn req_9700_04_state_nonce_and_challenge_are_new_each_time() {
    let setup = Setup::new(NONE).await;
    let (one, two) =
        (asked(&setup, &request(1, Way::Loopback)).await, asked(&setup, &request(2, Way::Loopback)).await);
    for name in ["state", "nonce", "code_challenge"] {
        assert_ne!(one[name], two[name], "{name}");
    }
}

#[tokio::test]
async fn token_requests_carry_no_secret_and_no_origin_and_the_verifier_once() {
    let setup = Setup::new(NONE).await;
    let grant = setup.sign_in(1).await.unwrap();
    setup.entra.refresh(&grant.refresh.unwrap(), Resource::Profiles).await.unwrap();
    let requests = setup.provider.token_requests();
    assert_eq!(requests.len(), 2);
    for request in &requests {
        assert!(!request.headers.contains_key("origin") && !request.headers.contains_key("authorization"));
        assert!(request.headers.contains_key("client-request-id"));
        assert!(!request.form.contains_key("client_secret"));
    }
    assert_eq!(requests[0].form["code_verifier"].len(), 43);
    assert_eq!(requests[0].form["scope"], format!("{SCOPE} openid profile offline_access"));
    assert!(!requests[1].form.contains_key("code_verifier"));
    assert_eq!(requests[1].form["scope"], format!("{PROFILES} openid profile offline_access"));
    let sent = requests[0].headers["client-request-id"].to_str().unwrap().to_owned();
    assert_eq!(grant.correlation_id, Some(sent));
}

#[tokio::test]
async fn req_6749_01_an_answer_that_comes_twice_is_redeemed_once() {
    let setup = Setup::new(NONE).await;
    let consent = setup.begin(1).await;
    for _ in 0..3 {
        assert_eq!(post(&consent.redirect, &consent.fields).await.status, 200);
    }
    setup.entra.answer(1).await.unwrap();
    let (one, two) = tokio::join!(setup.entra.redeem(1), setup.entra.redeem(1));
    assert_eq!(one.is_ok() as u8 + two.is_ok() as u8, 1);
    assert_eq!(setup.entra.redeem(1).await.unwrap_err().class, FailureClass::RestartSignIn);
    assert_eq!(setup.provider.asked("/token"), 1);
}

#[tokio::test]
async fn req_9700_11_a_code_of_another_attempt_is_worthless() {
    let setup = Setup::new(NONE).await;
    let (victim, attacker) = (setup.begin(1).await, setup.begin(2).await);
    let injected = [attacker.fields[0].clone(), victim.fields[1].clone()];
    post(&victim.redirect, &injected).await;
    setup.entra.answer(1).await.unwrap();
    let failure = setup.entra.redeem(1).await.unwrap_err();
    assert_eq!(failure.class, FailureClass::RestartSignIn);
}

fn link(place: &str, consent: &Consent) -> String {
    format!("{place}?{}", form(&consent.fields))
}

#[tokio::test]
async fn deep_links_are_taken_once_and_only_at_the_registered_redirect() {
    let setup = Setup::new(NONE).await;
    let address = setup.entra.begin(&request(1, Way::DeepLink)).await.unwrap();
    let consent = setup.provider.consent(&address.0);
    let body = form(&consent.fields);
    for other in [
        String::new(),
        format!("https://evil.example/?{body}"),
        link("com.mpc-connect.desktop.dev://auth/x", &consent),
        link("com.mpc-connect.desktop.dev://auth//", &consent),
        link("com.mpc-connect.desktop.dev://AUTH", &consent),
        link("com.mpc-connect.desktop://auth", &consent),
        format!("{DEEP_LINK}?{body}{}", "x".repeat(9_000)),
        DEEP_LINK.to_owned(),
        format!("{DEEP_LINK}#{body}"),
        format!("{DEEP_LINK}?{body}&code=another"),
        format!("{DEEP_LINK}?{body}&error=access_denied"),
    ] {
        assert_eq!(setup.entra.deliver_deep_link(&other), Delivered::NotOurs, "{other:.60}");
    }
    for _ in 0..25 {
        let stranger = format!("{DEEP_LINK}?code=x&state=y");
        assert_eq!(setup.entra.deliver_deep_link(&stranger), Delivered::Stranger, "and the attempt goes on");
    }
    assert_eq!(setup.entra.deliver_deep_link(&link(&format!("{DEEP_LINK}/"), &consent)), Delivered::Taken);
    assert_eq!(setup.entra.deliver_deep_link(&link(DEEP_LINK, &consent)), Delivered::Again);
    setup.entra.answer(1).await.unwrap();
    setup.entra.redeem(1).await.expect("the code of the deep link");
    setup.entra.end(1).await;
    assert_eq!(setup.entra.deliver_deep_link(&link(DEEP_LINK, &consent)), Delivered::Stranger);
    assert_eq!(setup.provider.asked("/token"), 1);
}

#[tokio::test]
async fn req_8252_09_an_answer_on_another_way_than_the_one_sent_is_a_stranger() {
    let setup = Setup::new(NONE).await;
    let consent = setup.begin(1).await;
    assert_eq!(setup.entra.deliver_deep_link(&link(DEEP_LINK, &consent)), Delivered::Stranger);
}

async fn failure(deviation: Deviation) -> Failure {
    Setup::new(deviation).await.sign_in(1).await.expect_err("a refusal")
}

#[tokio::test]
async fn grants_that_lack_something_say_what() {
    let scope = failure(Deviation { answer: |answer| answer["scope"] = "openid".into(), ..NONE }).await;
    assert_eq!((scope.class, scope.code.as_deref()), (FailureClass::ConsentNeeded, Some("scope")));
    let refresh = failure(Deviation { answer: |answer| answer["refresh_token"] = json!(null), ..NONE }).await;
    assert_eq!(
        (refresh.class, refresh.code.as_deref()),
        (FailureClass::AppMisconfigured, Some("no refresh token"))
    );
    let mac = failure(Deviation { answer: |answer| answer["token_type"] = "mac".into(), ..NONE }).await;
    assert_eq!(mac.class, FailureClass::UnexpectedAnswer);
}

#[tokio::test]
async fn refusals_of_the_token_endpoint_keep_their_class_and_ids() {
    let body = r#"{"error":"invalid_grant","error_description":"AADSTS50076: Due to a configuration change made by your administrator, you must use multi-factor authentication. Trace ID: 6e94ade5-10de-4d67-909a-14d845813500 Correlation ID: 0e87b495-1e24-4882-be85-d012c216f4f6","error_codes":[50076],"correlation_id":"0e87b495-1e24-4882-be85-d012c216f4f6"}"#;
    let refused = failure(Deviation { refusal: Some((400, body)), ..NONE }).await;
    assert_eq!(refused.class, FailureClass::SignInWithMfa);
    assert_eq!(refused.correlation_id.as_deref(), Some("0e87b495-1e24-4882-be85-d012c216f4f6"));
    let portal = failure(Deviation { refusal: Some((200, "<html>Hotel</html>")), ..NONE }).await;
    assert_eq!(portal.class, FailureClass::NetworkBlocked);
}

#[tokio::test]
async fn req_9700_12_a_redirect_of_the_token_endpoint_is_not_followed() {
    let setup = Setup::new(Deviation { refusal: Some((307, "")), ..NONE }).await;
    setup.sign_in(1).await.expect_err("a redirect");
    assert_eq!(setup.provider.asked("/token"), 1);
}

/// REQ-HTTP-14.
#[tokio::test]
async fn a_wrong_clock_is_told_apart_from_a_wrong_token() {
    for ahead in [7200, -3600] {
        let setup = Setup::new(NONE).await;
        setup.clock_ahead.store(ahead, Ordering::SeqCst);
        assert_eq!(setup.sign_in(1).await.unwrap_err().class, FailureClass::ClockWrong, "{ahead}");
    }
    let setup = Setup::new(NONE).await;
    setup.clock_ahead.store(-200, Ordering::SeqCst);
    setup.sign_in(1).await.expect("within the leeway");
}

#[tokio::test]
async fn debug_output_holds_no_secret_of_a_sign_in() {
    let setup = Setup::new(NONE).await;
    let consent = setup.begin(1).await;
    let shown = format!("{:?}", setup.entra);
    assert!(consent.fields.iter().all(|(_, value)| !shown.contains(value)), "{shown}");
    let failure = setup.entra.refresh(&RefreshToken::new("planted"), Resource::Referrals).await.unwrap_err();
    assert!(!format!("{failure:?}").contains("planted"));
}
