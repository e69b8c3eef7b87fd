//! What Entra ID refuses, at a sign-in or later.

use serde_json::{Value, json};

use super::{fails, failure, healthy, not_passed, passes, refused, sign_in_fails};
use crate::scripted_browser::{Choices, Outcome};
use crate::support::{Room, SERVICE, authorize_address};

#[tokio::test]
async fn a_declined_consent_changes_nothing() {
    let room = Room::open();
    room.sandbox.switch_on("consent_declined").await;
    let desk = room.desk();
    sign_in_fails(&desk, "CONSENT_DECLINED", "user", 1).await;
    let told = desk.connect_by_script(desk.begin_connect(SERVICE, &[]), SERVICE).await;
    let headline = told.lines.iter().find(|line| line.starts_with("Connection status: ")).unwrap();
    assert_eq!((told.code, headline.as_str()), (1, "Connection status: Not connected"), "{told:#?}");
    assert!(told.lines.iter().any(|line| line.starts_with("  Step to redo: NEW-3")), "{told:#?}");

    room.sandbox.switch_off("consent_declined").await;
    let desk = healthy(&room).await;
    room.sandbox.switch_on("consent_declined").await;
    room.sandbox.switch_on("consent_withdrawn").await;
    sign_in_fails(&desk, "CONSENT_DECLINED", "user", 1).await;
    assert_eq!(desk.ask(&["status"]).await.code, 0, "the connection that is held is still the one checked");
}

#[tokio::test]
async fn a_second_factor_that_comes_only_when_asked_for_is_asked_for() {
    let room = Room::open();
    room.sandbox.switch_on("mfa_only_when_asked").await;
    let connected = room.desk().connect(SERVICE, &[]).await;
    assert_eq!((connected.code, &connected.status["status"]), (0, &json!("active")), "{connected:#?}");
    assert_eq!((connected.count("authorize"), connected.count("second_check")), (2, 1), "{connected:#?}");
}

#[tokio::test]
async fn a_credential_that_died_is_mended_by_one_sign_in() {
    let room = Room::open();
    let desk = healthy(&room).await;
    for (fault, number) in [("password_changed", "AADSTS50173"), ("refresh_expired", "AADSTS700082")] {
        room.sandbox.switch_on(fault).await;
        let test = fails(&desk, &refused("SIGN_IN_AGAIN", "user", "NEW-3")).await;
        let refresh = failure(&test.json).unwrap();
        assert_eq!((&refresh["id"], &refresh["code"]), (&json!("refresh"), &json!(number)));
        assert!(refresh["correlation_id"].is_string(), "{refresh:#}");
        assert_eq!(desk.connect(SERVICE, &[]).await.code, 0, "{fault}");
        passes(&desk).await;
    }
}

#[tokio::test]
async fn rotated_refresh_tokens_are_kept_and_a_used_one_is_refused() {
    let room = Room::open();
    let desk = healthy(&room).await;
    room.sandbox.switch_on("refresh_token_replayed").await;
    let old = desk.kept().await;
    for _ in 0..3 {
        passes(&desk).await;
    }
    desk.keep(&old).await;
    fails(&desk, &refused("SIGN_IN_AGAIN", "user", "NEW-3")).await;
    assert_eq!(desk.connect(SERVICE, &[]).await.code, 0);
    passes(&desk).await;
}

#[tokio::test]
async fn a_policy_is_never_answered_with_sign_in_again() {
    let room = Room::open();
    let desk = healthy(&room).await;
    room.sandbox.switch_on("conditional_access").await;
    let test = fails(&desk, &refused("POLICY_BLOCKED", "tenant_admin", "NEW-3")).await;
    assert_eq!(failure(&test.json).unwrap()["code"], "AADSTS53003");
    sign_in_fails(&desk, "POLICY_BLOCKED", "tenant_admin", 1).await;
    sign_in_fails(&room.desk(), "POLICY_BLOCKED", "tenant_admin", 1).await;
}

#[tokio::test]
async fn a_page_that_never_returns_is_waited_for_until_somebody_stops() {
    let room = Room::open();
    let desk = healthy(&room).await;
    let before = desk.ask(&["status"]).await.json;
    room.sandbox.switch_on("pages_never_return").await;
    room.sandbox.switch_on("conditional_access").await;
    let mut connect = desk.begin_connect(SERVICE, &["--json"]);
    let address = loop {
        let line = connect.line().await.expect("no address was told");
        if let Some(address) = authorize_address(&line) {
            break address;
        }
    };
    let outcome = desk.browse(&address, SERVICE, Choices::default()).await;
    assert!(matches!(&outcome, Outcome::Stopped(text) if text.contains("AADSTS53003")), "{outcome:?}");
    connect.interrupt().await;
    let ended = connect.end().await;
    let last: Value = serde_json::from_str(ended.lines.last().unwrap()).unwrap();
    assert_eq!((ended.code, &last["class"]), (1, &json!("USER_CANCELLED")), "{ended:#?}");
    let after = desk.ask(&["status"]).await.json;
    for unchanged in ["status", "checked_at", "class", "organization", "account", "step"] {
        assert_eq!(after[unchanged], before[unchanged], "{after:#}");
    }
    room.sandbox.switch_off("conditional_access").await;
    passes(&desk).await;
}

#[tokio::test]
async fn a_withdrawn_consent_is_given_again_by_the_person() {
    let room = Room::open();
    let desk = healthy(&room).await;
    room.sandbox.switch_on("consent_withdrawn").await;
    let test = desk.ask(&["test"]).await;
    let status = desk.ask(&["status"]).await.json;
    assert_eq!(
        (test.code, &status["status"], &status["class"]),
        (1, &json!("inactive"), &json!("CONSENT_NEEDED"))
    );
    assert_eq!(status["redo"], "NEW-3");
    assert_eq!(desk.connect(SERVICE, &[]).await.code, 0);
    passes(&desk).await;
}

#[tokio::test]
async fn a_refused_second_resource_leaves_what_it_would_have_shown_open() {
    let room = Room::open();
    let desk = healthy(&room).await;
    room.sandbox.switch_on("second_resource_refused").await;
    let test = desk.ask(&["test"]).await;
    assert_eq!((test.code, &test.json["result"]), (0, &json!("partial")), "{test:#?}");
    assert_eq!(not_passed(&test.json), [("mfa", "not_checked"), ("profile", "warning")]);
    let status = desk.ask(&["status"]).await.json;
    assert_eq!((&status["status"], &status["qualifiers"]), (&json!("active"), &json!(["mfa_not_proven"])));
}

#[tokio::test]
async fn a_claims_challenge_is_answered_by_one_more_round() {
    let room = Room::open();
    room.sandbox.switch_on("claims_challenge").await;
    let desk = room.desk();
    let connected = desk.connect(SERVICE, &[]).await;
    assert_eq!((connected.code, &connected.status["status"]), (0, &json!("active")), "{connected:#?}");
    assert_eq!((connected.count("authorize"), connected.count("second_check")), (2, 0), "{connected:#?}");

    room.sandbox.switch_off("claims_challenge").await;
    let desk = healthy(&room).await;
    room.sandbox.switch_on("claims_challenge").await;
    fails(&desk, &refused("SIGN_IN_AGAIN", "user", "NEW-3")).await;
    let connected = desk.connect(SERVICE, &[]).await;
    assert_eq!(
        (connected.code, connected.count("authorize")),
        (0, 1),
        "the claims were remembered: {connected:#?}"
    );
    passes(&desk).await;
}

#[tokio::test]
async fn an_expired_code_ends_the_attempt_alone() {
    let room = Room::open();
    let desk = healthy(&room).await;
    room.sandbox.switch_on("code_expired").await;
    sign_in_fails(&desk, "RESTART_SIGN_IN", "user", 1).await;
    passes(&desk).await;
}
