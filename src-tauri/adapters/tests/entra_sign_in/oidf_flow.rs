//! The OpenID Foundation's relying-party cases about the flow, under their own names.

use std::sync::atomic::Ordering;

use mpc_connect_core::failure::FailureClass;
use mpc_connect_core::ports::{Authority, Resource};

use crate::support::entra_provider::{Deviation, SUBJECT};
use crate::support::entra_setup::{Setup, post};

const NONE: Deviation = Deviation::NONE;
const ANNOUNCES_ISS: Deviation = Deviation {
    metadata: |document| document["authorization_response_iss_parameter_supported"] = true.into(),
    ..NONE
};

#[tokio::test]
async fn oidcc_client_test() {
    let setup = Setup::new(NONE).await;
    let grant = setup.sign_in(1).await.expect("the whole flow");
    assert_eq!(grant.signed_in.unwrap().identity.object, SUBJECT);
    assert!(grant.refresh.is_some() && grant.access.expose().starts_with("access-"));
}

#[tokio::test]
async fn oidcc_client_test_userinfo_invalid_sub_is_moot_because_userinfo_is_not_used() {
    let setup = Setup::new(NONE).await;
    setup.sign_in(1).await.unwrap();
    assert_eq!(setup.provider.asked("/userinfo"), 0);
}

#[tokio::test]
async fn oidcc_client_test_discovery_openid_config() {
    let setup = Setup::new(NONE).await;
    assert!(setup.entra.metadata().await.unwrap().is_some(), "a correlation id");
    setup.sign_in(1).await.unwrap();
    assert_eq!(setup.provider.asked("/metadata"), 1, "known metadata is not read again");
}

#[tokio::test]
async fn oidcc_client_test_discovery_jwks_uri_keys() {
    let setup = Setup::new(NONE).await;
    setup.sign_in(1).await.unwrap();
    setup.sign_in(2).await.unwrap();
    assert_eq!(setup.provider.asked("/keys"), 1);
}

#[tokio::test]
async fn oidcc_client_test_discovery_issuer_mismatch() {
    let evil = Deviation { metadata: |document| document["issuer"] = "https://evil.example".into(), ..NONE };
    let setup = Setup::new(evil).await;
    let failure = setup.entra.metadata().await.unwrap_err();
    assert_eq!(failure.class, FailureClass::UnexpectedAnswer);
    assert_eq!(setup.sign_in(1).await.unwrap_err().class, FailureClass::UnexpectedAnswer);
    assert_eq!(setup.provider.asked("/token"), 0);
}

#[tokio::test]
async fn oidcc_client_test_signing_key_rotation() {
    let setup = Setup::new(NONE).await;
    setup.sign_in(1).await.unwrap();
    setup.provider.new_key(true);
    setup.sign_in(2).await.expect("the new key is found");
    assert_eq!(setup.provider.asked("/keys"), 2);
}

#[tokio::test]
async fn oidcc_client_test_signing_key_rotation_just_before_signing() {
    let setup = Setup::new(NONE).await;
    let consent = setup.begin(1).await;
    post(&consent.redirect, &consent.fields).await;
    setup.entra.answer(1).await.unwrap();
    setup.provider.new_key(true);
    setup.entra.redeem(1).await.expect("the new key is found");
}

#[tokio::test]
async fn req_oidc_08_unknown_keys_are_looked_for_once_a_minute() {
    let setup = Setup::new(NONE).await;
    setup.sign_in(1).await.unwrap();
    setup.provider.new_key(true);
    setup.sign_in(2).await.unwrap();
    setup.provider.new_key(true);
    assert_eq!(setup.sign_in(3).await.unwrap_err().code.as_deref(), Some("ID token: unknown key"));
    assert_eq!(setup.provider.asked("/keys"), 2);
    setup.clock_ahead.store(61, Ordering::SeqCst);
    setup.sign_in(4).await.expect("a minute later");
    assert_eq!(setup.provider.asked("/keys"), 3);
}

#[tokio::test]
async fn oidcc_client_test_refresh_token() {
    let setup = Setup::new(NONE).await;
    let first = setup.sign_in(1).await.unwrap();
    let second = setup.entra.refresh(&first.refresh.unwrap(), Resource::Referrals).await.unwrap();
    assert_eq!(second.signed_in, first.signed_in);
    assert_ne!(second.access.expose(), first.access.expose());
}

/// The refresh after a 401 uses the token of the refresh before it.
#[tokio::test]
async fn fapi2_client_refresh_token_test() {
    let setup = Setup::new(NONE).await;
    let first = setup.sign_in(1).await.unwrap().refresh.unwrap();
    let second = setup.entra.refresh(&first, Resource::Referrals).await.unwrap().refresh.unwrap();
    assert_ne!(first.expose(), second.expose());
    setup.entra.refresh(&second, Resource::Profiles).await.expect("the new token works");
    let failure = setup.entra.refresh(&first, Resource::Referrals).await.unwrap_err();
    assert_eq!(failure.class, FailureClass::SignInAgain);
}

#[tokio::test]
async fn oidcc_client_test_refresh_token_invalid_issuer() {
    let setup = Setup::new(NONE).await;
    let token = setup.sign_in(1).await.unwrap().refresh.unwrap();
    setup
        .provider
        .deviate(Deviation { claims: |claims| claims["iss"] = "https://evil.example".into(), ..NONE });
    let failure = setup.entra.refresh(&token, Resource::Referrals).await.unwrap_err();
    assert_eq!(failure.code.as_deref(), Some("ID token: iss"));
}

/// The provider has given up the old token by then: to drop the new one would lose the connection.
#[tokio::test]
async fn a_rotated_token_is_kept_although_only_the_clock_is_wrong() {
    let setup = Setup::new(NONE).await;
    let token = setup.sign_in(1).await.unwrap().refresh.unwrap();
    setup.clock_ahead.store(2 * 3600, std::sync::atomic::Ordering::SeqCst);
    let grant = setup.entra.refresh(&token, Resource::Referrals).await.expect("the answer is ours");
    assert_eq!(grant.problem.expect("and says what is wrong").class, FailureClass::ClockWrong);
    assert!(grant.refresh.is_some_and(|newer| newer.expose() != token.expose()), "the new token is there");
    assert_eq!(grant.signed_in, None, "nobody is said to have signed in");
}

/// Another subject is another identity, which the core never takes in place of the one it holds.
#[tokio::test]
async fn oidcc_client_test_refresh_token_invalid_sub() {
    let setup = Setup::new(NONE).await;
    let first = setup.sign_in(1).await.unwrap();
    setup.provider.deviate(Deviation { claims: |claims| claims["sub"] = "subject-2".into(), ..NONE });
    let second = setup.entra.refresh(&first.refresh.unwrap(), Resource::Referrals).await.unwrap();
    assert_ne!(second.signed_in.unwrap().identity, first.signed_in.unwrap().identity);
}

#[tokio::test]
async fn fapi2_client_test_invalid_authorization_response_iss() {
    let setup = Setup::new(ANNOUNCES_ISS).await;
    let mut consent = setup.begin(1).await;
    consent.fields[2].1 = "https://evil.example".to_owned();
    post(&consent.redirect, &consent.fields).await;
    assert_eq!(setup.entra.answer(1).await.unwrap_err().class, FailureClass::UnexpectedAnswer);
    assert_eq!(setup.provider.asked("/token"), 0);
}

#[tokio::test]
async fn fapi2_client_test_remove_authorization_response_iss() {
    let setup = Setup::new(ANNOUNCES_ISS).await;
    let consent = setup.begin(1).await;
    post(&consent.redirect, &consent.fields[..2]).await;
    assert_eq!(setup.entra.answer(1).await.unwrap_err().class, FailureClass::UnexpectedAnswer);
    assert_eq!(setup.provider.asked("/token"), 0);
    setup.sign_in(2).await.expect("the announced issuer is there");
}

/// A response with another state is passed over; the one with ours is taken after it.
#[tokio::test]
async fn fapi2_client_test_ensure_authorization_response_with_invalid_state_fails() {
    let setup = Setup::new(NONE).await;
    let consent = setup.begin(1).await;
    let mut forged = consent.fields.clone();
    forged[1].1.push('x');
    assert_eq!(post(&consent.redirect, &forged).await.status, 400);
    assert_eq!(setup.entra.redeem(1).await.unwrap_err().class, FailureClass::RestartSignIn);
    assert_eq!(setup.provider.asked("/token"), 0);
    assert_eq!(post(&consent.redirect, &consent.fields).await.status, 200);
    setup.entra.answer(1).await.expect("the attempt went on");
}

#[tokio::test]
async fn fapi2_client_test_invalid_missing_state_fails() {
    let setup = Setup::new(NONE).await;
    let consent = setup.begin(1).await;
    assert_eq!(post(&consent.redirect, &consent.fields[..1]).await.status, 400);
    assert_eq!(setup.entra.redeem(1).await.unwrap_err().class, FailureClass::RestartSignIn);
    assert_eq!(setup.provider.asked("/token"), 0);
}

#[tokio::test]
async fn fapi2_client_test_token_type_case_insensitivity() {
    for word in ["bearer", "BEARER", "bEaReR"] {
        let setup = Setup::new(NONE).await;
        let spelled = match word {
            "bearer" => Deviation { answer: |answer| answer["token_type"] = "bearer".into(), ..NONE },
            "BEARER" => Deviation { answer: |answer| answer["token_type"] = "BEARER".into(), ..NONE },
            _ => Deviation { answer: |answer| answer["token_type"] = "bEaReR".into(), ..NONE },
        };
        setup.provider.deviate(spelled);
        setup.sign_in(1).await.expect(word);
    }
}

#[tokio::test]
async fn fapi2_client_test_token_endpoint_response_without_expires_in() {
    let without = |answer: &mut serde_json::Value| {
        answer.as_object_mut().unwrap().remove("expires_in");
    };
    Setup::new(Deviation { answer: without, ..NONE }).await.sign_in(1).await.expect("no expires_in");
    let text = Deviation { answer: |answer| answer["expires_in"] = "3599".into(), ..NONE };
    Setup::new(text).await.sign_in(1).await.expect("expires_in as a text");
}

#[tokio::test]
async fn oidcc_client_test_form_post_error() {
    let setup = Setup::new(NONE).await;
    let consent = setup.begin(1).await;
    let field = |name: &str, value: &str| (name.to_owned(), value.to_owned());
    let description = "AADSTS65004: User declined to consent to access the app.";
    let fields =
        [field("error", "access_denied"), field("error_description", description), consent.fields[1].clone()];
    let page = post(&consent.redirect, &fields).await;
    assert!(page.status == 200 && page.body.contains("The permissions were not accepted"), "{page:?}");
    assert!(!page.body.contains("65004"), "nothing of the answer stands in the page");
    assert_eq!(setup.entra.answer(1).await.unwrap_err().class, FailureClass::ConsentDeclined);
    assert_eq!(setup.provider.asked("/token"), 0);
}
