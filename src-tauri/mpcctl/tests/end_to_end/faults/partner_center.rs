//! What Partner Center refuses or cannot do for a while.

use std::time::{Duration, Instant};

use serde_json::{Value, json};

use super::{fails, failure, healthy, not_passed, open, passes, refused};
use crate::support::{Room, SERVICE};

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
async fn a_disorder_at_microsoft_that_passes_is_not_noticed() {
    let room = Room::open();
    let desk = healthy(&room).await;
    room.sandbox.switch_on("server_error").await;
    let test = desk.ask(&["test"]).await;
    assert_eq!((test.code, &test.json["status"]), (0, &json!("active")), "{test:#?}");
    assert!(room.sandbox.answers("/").await.contains(&500));
}

#[tokio::test]
async fn a_disorder_that_goes_on_leaves_the_last_known_status() {
    let room = Room::open();
    let desk = healthy(&room).await;
    // The fault lasts for two seconds and is renewed before they are over.
    let disorder = async {
        let mut often = tokio::time::interval(Duration::from_millis(250));
        loop {
            often.tick().await;
            room.sandbox.switch_on("throttled").await;
        }
    };
    let expected = open("RETRY_LATER", "microsoft", None);
    tokio::select! {
        () = disorder => {}
        _ = fails(&desk, &expected) => {}
    }
    room.sandbox.switch_off("throttled").await;
    passes(&desk).await;
}
