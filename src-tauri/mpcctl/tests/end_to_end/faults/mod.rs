//! What goes wrong on the way: each fault of the sandbox ends in its class, with actor, step, word and exit code.

use serde_json::{Value, json};

use crate::support::{Answer, Desk, Room, SERVICE, headline_is_true};

mod network;
mod partner_center;
mod sign_in;

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
