//! What goes wrong on the way: each fault of the sandbox ends in its class, with actor, step, word and exit code.

use std::time::{Duration, Instant};

use serde_json::{Value, json};

use crate::scripted_browser::{Choices, Outcome};
use crate::support::{Answer, Desk, Room, SERVICE, authorize_address, headline_is_true};

/// What a failed test has to say.
struct Failing {
    class: &'static str,
    actor: &'static str,
    redo: Option<&'static str>,
    status: &'static str,
    code: i32,
}

/// Microsoft refuses: Inactive.
const fn refused(class: &'static str, actor: &'static str, redo: &'static str) -> Failing {
    Failing { class, actor, redo: Some(redo), status: "inactive", code: 1 }
}

/// It could not be found out: Can't check.
const fn open(class: &'static str, actor: &'static str, redo: Option<&'static str>) -> Failing {
    Failing { class, actor, redo, status: "cant_check", code: 4 }
}

/// Connected, an organization chosen, every check passed.
async fn healthy(room: &Room) -> Desk {
    let desk = room.desk();
    assert_eq!(desk.connect(SERVICE, &[]).await.code, 0);
    let list = desk.ask(&["organizations"]).await.json;
    desk.ask(&["select", list["organizations"][0]["id"].as_str().unwrap()]).await;
    passes(&desk).await;
    desk
}

async fn passes(desk: &Desk) {
    let test = desk.ask(&["test"]).await;
    assert_eq!((test.code, &test.json["result"]), (0, &json!("passed")), "{test:#?}");
}

fn failure(test: &Value) -> Option<&Value> {
    test["checks"].as_array().unwrap().iter().find(|check| check["result"] == "failed")
}

/// Results other than passed.
fn not_passed(test: &Value) -> Vec<(&str, &str)> {
    let checks = test["checks"].as_array().unwrap().iter();
    let results = checks.map(|check| (check["id"].as_str().unwrap(), check["result"].as_str().unwrap()));
    results.filter(|(_, result)| *result != "passed").collect()
}

/// A test fails in that way; a status read afterwards says the same to scripts and to people.
async fn fails(desk: &Desk, expected: &Failing) -> Answer {
    let test = desk.ask(&["test"]).await;
    assert_eq!((test.code, &test.json["result"]), (expected.code, &json!("failed")), "{test:#?}");
    assert_eq!(test.json["status"], expected.status, "{test:#?}");
    assert_eq!(failure(&test.json).unwrap()["class"], expected.class, "{test:#?}");

    let status = desk.ask(&["status"]).await;
    assert_eq!(
        (status.code, &status.json["status"]),
        (expected.code, &json!(expected.status)),
        "{status:#?}"
    );
    assert_eq!(
        (&status.json["class"], &status.json["actor"]),
        (&json!(expected.class), &json!(expected.actor))
    );
    assert_eq!(status.json["redo"], json!(expected.redo), "{status:#?}");
    let known = if expected.status == "cant_check" { "active" } else { expected.status };
    assert_eq!(status.json["last_known"]["status"], known, "{status:#?}");
    headline_is_true(desk, expected.status).await;
    test
}

/// A failed sign-in: class, actor and exit code, and a word that it does not change.
async fn sign_in_fails(desk: &Desk, class: &str, actor: &str, code: i32) {
    let before = desk.ask(&["status"]).await.json;
    let connected = desk.connect(SERVICE, &[]).await;
    let told = &connected.status;
    assert_eq!(
        (connected.code, &told["class"], &told["actor"]),
        (code, &json!(class), &json!(actor)),
        "{told:#}"
    );
    let after = desk.ask(&["status"]).await.json;
    for unchanged in ["status", "checked_at", "last_known"] {
        assert_eq!(after[unchanged], before[unchanged], "{class}: {after:#}");
    }
}

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
async fn a_missing_second_factor_is_understood_in_three_spellings() {
    let room = Room::open();
    let desk = healthy(&room).await;
    for fault in ["mfa_status_line", "mfa_900421", "mfa_sdk_text"] {
        room.sandbox.switch_on(fault).await;
        fails(&desk, &refused("SIGN_IN_WITH_MFA", "user", "NEW-3")).await;
        room.sandbox.switch_off(fault).await;
        passes(&desk).await;
    }
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
async fn a_role_taken_away_is_named_and_waited_for() {
    let room = Room::open();
    let desk = healthy(&room).await;
    room.sandbox.switch_on("role_missing").await;
    fails(&desk, &refused("ROLE_MISSING", "partner_admin", "NEW-8")).await;
    let role = |status: &Value| {
        let items = status["open_items"].as_array().unwrap();
        items.iter().find(|item| item["id"] == "role").cloned().expect("an open item")
    };
    assert_eq!(role(&desk.ask(&["status"]).await.json)["arrived_at"], Value::Null);
    room.sandbox.switch_off("role_missing").await;
    passes(&desk).await;
    assert!(role(&desk.ask(&["status"]).await.json)["arrived_at"].is_string());
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
async fn a_throttled_test_waits_as_long_as_it_was_asked_to() {
    let room = Room::open();
    let desk = healthy(&room).await;
    room.sandbox.switch_on("throttled").await;
    let begun = Instant::now();
    passes(&desk).await;
    assert!(begun.elapsed() >= Duration::from_secs(2), "{:?}", begun.elapsed());
    let answers = room.sandbox.answers("/engagements/referrals").await;
    assert!(answers.contains(&429), "{answers:?}");
}

#[tokio::test]
async fn a_disorder_at_microsoft_is_retried_and_then_said_not_to_be_known() {
    let room = Room::open();
    let desk = healthy(&room).await;
    room.sandbox.switch_on("server_error").await;
    let test = desk.ask(&["test"]).await;
    assert_eq!((test.code, &test.json["status"]), (0, &json!("active")), "{test:#?}");
    assert!(room.sandbox.answers("/").await.contains(&500));

    let disorder = async {
        loop {
            room.sandbox.switch_on("server_error").await;
        }
    };
    let expected = open("RETRY_LATER", "microsoft", None);
    tokio::select! {
        () = disorder => {}
        _ = fails(&desk, &expected) => {}
    }
    room.sandbox.switch_off("server_error").await;
    passes(&desk).await;
}

#[tokio::test]
async fn a_page_in_place_of_an_answer_says_nothing_about_the_connection() {
    let room = Room::open();
    let desk = healthy(&room).await;
    room.sandbox.switch_on("html_instead_of_json").await;
    fails(&desk, &open("NETWORK_BLOCKED", "network", Some("NEW-8"))).await;
}

#[tokio::test]
async fn an_organization_that_vanished_is_missed() {
    let room = Room::open();
    let desk = healthy(&room).await;
    room.sandbox.switch_on("organization_vanished").await;
    let test = fails(&desk, &refused("ORGANIZATION_MISSING", "user", "NEW-7")).await;
    assert_eq!(failure(&test.json).unwrap()["id"], "organization");
    let status = desk.ask(&["status"]).await.json;
    assert!(status["organization"]["name"].is_string(), "the choice stays to be seen: {status:#}");

    let left = desk.ask(&["organizations"]).await.json;
    desk.ask(&["select", left["organizations"][0]["id"].as_str().unwrap()]).await;
    passes(&desk).await;
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
async fn an_expired_access_token_and_new_keys_are_not_noticed() {
    let room = Room::open();
    let desk = healthy(&room).await;
    for fault in ["expired_access_token", "key_rotation"] {
        room.sandbox.switch_on(fault).await;
        passes(&desk).await;
    }
    assert!(room.sandbox.answers("/engagements/referrals").await.contains(&401));
    assert_eq!(desk.connect(SERVICE, &[]).await.code, 0, "with the new key");
}

#[tokio::test]
async fn a_wrong_clock_is_named_and_blames_nobody() {
    let room = Room::open();
    let desk = healthy(&room).await;
    room.sandbox.switch_on("clock_skew").await;
    fails(&desk, &open("CLOCK_WRONG", "user", Some("NEW-8"))).await;
    sign_in_fails(&room.desk(), "CLOCK_WRONG", "user", 4).await;
    room.sandbox.switch_off("clock_skew").await;
    passes(&desk).await;
}

#[tokio::test]
async fn a_second_factor_that_is_not_confirmed_limits_the_claim() {
    let room = Room::open();
    let desk = healthy(&room).await;
    room.sandbox.switch_on("mfa_header_false").await;
    let test = desk.ask(&["test"]).await;
    assert_eq!((test.code, &test.json["result"]), (0, &json!("partial")), "{test:#?}");
    assert_eq!(not_passed(&test.json), [("mfa", "warning")]);
    let status = desk.ask(&["status"]).await;
    assert_eq!((status.code, &status.json["qualifiers"]), (0, &json!(["mfa_not_proven"])), "{status:#?}");
}

#[tokio::test]
async fn an_expired_code_ends_the_attempt_alone() {
    let room = Room::open();
    let desk = healthy(&room).await;
    room.sandbox.switch_on("code_expired").await;
    sign_in_fails(&desk, "RESTART_SIGN_IN", "user", 1).await;
    passes(&desk).await;
}

#[tokio::test]
async fn without_a_network_the_last_known_status_stays() {
    let room = Room::open();
    let mut desk = healthy(&room).await;
    let checked_at = desk.ask(&["status"]).await.json["checked_at"].clone();
    desk.unplug().await;
    fails(&desk, &open("OFFLINE", "user", Some("NEW-8"))).await;
    let status = desk.ask(&["status"]).await.json;
    assert_eq!(status["last_known"], json!({"status": "active", "checked_at": checked_at}));
    let shown = desk.say(&["status"]).await.lines.join("\n");
    assert!(shown.contains("Last known status: Active"), "{shown}");
    let list = desk.ask(&["organizations"]).await;
    assert_eq!((list.code, &list.json["error"]), (4, &json!("OFFLINE")));
    let gone = desk.ask(&["disconnect", "--keep-history"]).await;
    assert_eq!((gone.code, &gone.json["status"]), (0, &json!("not_connected")), "offline too: {gone:?}");
}

#[tokio::test]
async fn a_service_that_nobody_answers_for_leaves_the_last_known_status() {
    let room = Room::open();
    let desk = healthy(&room).await;
    let _keyring = room.stop_sandbox();
    fails(&desk, &open("NETWORK_BLOCKED", "network", Some("NEW-8"))).await;
    sign_in_fails(&desk, "NETWORK_BLOCKED", "network", 4).await;
}
