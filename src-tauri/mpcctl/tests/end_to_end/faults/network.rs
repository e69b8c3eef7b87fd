//! What stands between, and what is wrong with this computer: nothing is known then.

use serde_json::json;

use super::{fails, healthy, open, passes, sign_in_fails};
use crate::support::Room;

#[tokio::test]
async fn a_page_in_place_of_an_answer_says_nothing_about_the_connection() {
    let room = Room::open();
    let desk = healthy(&room).await;
    room.sandbox.switch_on("html_instead_of_json").await;
    fails(&desk, &open("NETWORK_BLOCKED", "network", Some("NEW-8"))).await;
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
