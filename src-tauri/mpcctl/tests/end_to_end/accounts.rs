//! Every account of the rehearsal ends where the product says, signed in by a scripted browser.

use serde_json::{Value, json};

use crate::scripted_browser::{Choices, Outcome};
use crate::support::{Desk, Room, SERVICE, endings, walk};

const CONSENT: &str = "consent@northwind.example";
const OTHER: &str = "other@fabrikam.example";

fn check<'a>(test: &'a Value, id: &str) -> &'a Value {
    let mut checks = test["checks"].as_array().unwrap().iter();
    checks.find(|check| check["id"] == id).unwrap_or_else(|| panic!("no {id} in {test:#}"))
}

fn open_item<'a>(status: &'a Value, id: &str) -> Option<&'a Value> {
    status["open_items"].as_array().unwrap().iter().find(|item| item["id"] == id)
}

fn results(test: &Value) -> Vec<(&str, &str)> {
    let checks = test["checks"].as_array().unwrap();
    checks.iter().map(|check| (check["id"].as_str().unwrap(), check["result"].as_str().unwrap())).collect()
}

#[tokio::test]
async fn each_account_ends_where_it_should_over_http() {
    let room = Room::open();
    for ending in endings() {
        walk(&room.desk(), &ending).await;
    }
}

#[tokio::test]
async fn each_account_ends_where_it_should_over_https() {
    let room = Room::open_with_tls();
    for ending in endings() {
        walk(&room.desk(), &ending).await;
    }
}

#[tokio::test]
async fn the_service_account_passes_every_check() {
    let room = Room::open();
    let desk = room.desk();
    let connected = desk.connect(SERVICE, &["--computer-label", "Reception"]).await;
    let status = &connected.status;
    assert_eq!((connected.code, connected.count("authorize")), (0, 1), "{connected:#?}");
    assert_eq!(status["rehearsal"], true);
    assert_eq!((&status["keychain"], &status["step"]), (&json!("held"), &json!("NEW-7")), "{status:#}");
    assert_eq!((&status["qualifiers"], &status["class"]), (&json!([]), &Value::Null));

    let list = desk.ask(&["organizations"]).await.json;
    let names = |row: usize| list["organizations"][row]["names"].as_array().unwrap().len();
    assert_eq!((names(0), names(1)), (2, 1), "one of the two is spelled two ways: {list:#}");

    desk.ask(&["select", list["organizations"][0]["id"].as_str().unwrap()]).await;
    let test = desk.ask(&["test"]).await;
    let order = [
        "metadata",
        "refresh",
        "identity",
        "referrals",
        "mfa",
        "role",
        "organization",
        "referral-by-id",
        "profile",
    ];
    assert_eq!(results(&test.json), order.map(|id| (id, "passed")), "{:#}", test.json);

    let status = desk.ask(&["status"]).await;
    assert_eq!((status.code, &status.json["status"]), (0, &json!("active")));
    assert_eq!(status.json["keychain"], "not_checked");
    let text = desk.say(&["test"]).await.lines.join("\n");
    assert!(text.contains("Connection successful") && text.contains("Connection status: Active"), "{text}");
    assert!(desk.say(&["status"]).await.lines.join("\n").contains("Reception"));
}

#[tokio::test]
async fn an_unknown_organization_is_not_chosen() {
    let room = Room::open();
    let desk = room.desk();
    desk.connect(SERVICE, &[]).await;
    let chosen = desk.ask(&["select", "no-such-organization"]).await;
    assert_eq!((chosen.code, &chosen.json["error"]), (1, &json!("ORGANIZATION_MISSING")));
    assert_eq!(desk.ask(&["status"]).await.json["organization"], Value::Null);
}

#[tokio::test]
async fn a_person_with_the_lesser_role_is_active_with_a_warning() {
    let room = Room::open();
    let desk = room.desk();
    desk.connect("jane@contoso.example", &["--kind", "person"]).await;
    let list = desk.ask(&["organizations"]).await.json;
    desk.ask(&["select", list["organizations"][0]["id"].as_str().unwrap()]).await;
    let test = desk.ask(&["test"]).await;
    let open: Vec<_> = results(&test.json).into_iter().filter(|(_, result)| *result != "passed").collect();
    assert_eq!((test.code, open), (0, vec![("role", "warning")]), "{:#}", test.json);
}

#[tokio::test]
async fn a_second_check_is_asked_for_once_and_then_the_exemption_is_named() {
    let room = Room::open();
    let desk = room.desk();
    let connected = desk.connect("nomfa@contoso.example", &[]).await;
    let count = |event| connected.count(event);
    assert_eq!((count("authorize"), count("second_check")), (2, 1), "{connected:#?}");
    assert_eq!(connected.status["actor"], "tenant_admin");
    let text = desk.say(&["test"]).await;
    assert_eq!(text.code, 1, "{text:#?}");
}

#[tokio::test]
async fn a_missing_role_is_waited_for() {
    let room = Room::open();
    let desk = room.desk();
    let status = desk.connect("norole@contoso.example", &[]).await.status;
    assert_eq!((&status["actor"], &status["class"]), (&json!("partner_admin"), &json!("ROLE_MISSING")));
    let item = open_item(&status, "role").expect("an open item");
    assert_eq!((&item["who"], &item["arrived_at"]), (&json!("partner_admin"), &Value::Null));
    let later = desk.ask(&["status"]).await;
    assert_eq!((later.code, open_item(&later.json, "role")), (1, Some(item)));
}

#[tokio::test]
async fn consent_is_waited_for_and_arrives() {
    let room = Room::open();
    let desk = room.desk();
    let refused = desk.connect(CONSENT, &[]).await;
    let item = open_item(&refused.status, "consent").expect("an open item");
    assert_eq!((refused.code, &item["arrived_at"]), (1, &Value::Null), "{refused:#?}");
    let later = desk.ask(&["status"]).await;
    assert_eq!((later.code, open_item(&later.json, "consent")), (3, Some(item)));
    assert_eq!(later.json["class"], "CONSENT_NEEDED");

    approve(&desk, &refused.authorize_address()).await;
    let mended = desk.connect(CONSENT, &[]).await;
    assert_eq!((mended.code, &mended.status["status"]), (0, &json!("active")), "{mended:#?}");
    let item = open_item(&mended.status, "consent").unwrap();
    assert!(item["arrived_at"].is_string(), "{item}");
}

/// Northwind's administrator opens the page for administrators, for all that the application asks for.
async fn approve(desk: &Desk, authorize: &url::Url) {
    let mut page = authorize.join("/northwind.example/v2.0/adminconsent").unwrap();
    let wanted = |name: &str| ["client_id", "scope"].contains(&name);
    let query: Vec<_> = authorize.query_pairs().filter(|(name, _)| wanted(name)).collect();
    page.query_pairs_mut().extend_pairs(query);
    let outcome = desk.browse(page.as_str(), "admin@northwind.example", Choices::default()).await;
    assert!(matches!(&outcome, Outcome::Stopped(text) if text.contains("Northwind")), "{outcome:?}");
}

#[tokio::test]
async fn a_company_without_deals_is_active_with_rights_not_proven() {
    let room = Room::open();
    let desk = room.desk();
    let status = desk.connect("nodeals@tailspin.example", &[]).await.status;
    assert_eq!(status["qualifiers"], json!(["rights_not_proven"]), "{status:#}");
    let row = desk.ask(&["organizations"]).await.json["organizations"][0].clone();
    let id = row["id"].as_str().unwrap();
    assert!(id.starts_with("profile:") && row["name"] == "Tailspin Toys", "{row:#}");
    assert_eq!(row["referrals_seen"], 0);
    let shown = desk.say(&["organizations"]).await.lines.join("\n");
    assert!(shown.contains("not yet seen in any deal"), "{shown}");

    assert_eq!(desk.ask(&["select", id]).await.code, 0);
    let test = desk.ask(&["test"]).await;
    assert_eq!((test.code, &test.json["result"]), (0, &json!("partial")));
    for id in ["role", "organization", "referral-by-id"] {
        assert_eq!(check(&test.json, id)["result"], "not_checked", "{id}: {:#}", test.json);
    }
    assert_eq!(desk.ask(&["status"]).await.json["qualifiers"], json!(["rights_not_proven"]));
}

#[tokio::test]
async fn another_account_than_the_saved_one_is_asked_about_and_nothing_is_kept() {
    let room = Room::open();
    let desk = room.desk();
    let connected = desk.connect_as(SERVICE, OTHER, &[]).await;
    let question = connected.events.iter().find(|event| event["event"] == "account_question").unwrap();
    assert_eq!((&question["saved"], &question["signed_in"]), (&json!(SERVICE), &json!(OTHER)));
    assert_eq!((connected.code, &connected.status["keychain"]), (1, &json!("empty")), "{connected:#?}");
    assert_eq!(desk.ask(&["test"]).await.code, 3, "there is nothing to test");

    let program = desk.begin_connect(SERVICE, &[]);
    let told = desk.connect_by_script(program, OTHER).await;
    let text = told.lines.join("\n");
    let question = text.lines().position(|line| line.contains(SERVICE) && line.contains(OTHER));
    assert!(told.code == 1 && question.is_some(), "both names in full: {text}");
}

#[tokio::test]
async fn another_account_is_used_where_it_was_named_beforehand() {
    let room = Room::open();
    let desk = room.desk();
    let connected = desk.connect_as(SERVICE, OTHER, &["--accept-account", OTHER]).await;
    assert_eq!((connected.code, &connected.status["status"]), (0, &json!("active")), "{connected:#?}");
    assert_eq!(connected.status["account"]["username"], OTHER);
}

#[tokio::test]
async fn a_held_connection_is_not_replaced_by_another_account() {
    let room = Room::open();
    let desk = room.desk();
    let before = desk.connect(SERVICE, &[]).await.status;
    let refused = desk.connect_as(SERVICE, OTHER, &[]).await;
    assert_eq!((refused.code, &refused.status["class"]), (1, &json!("WRONG_ACCOUNT")), "{refused:#?}");
    let status = desk.ask(&["status"]).await.json;
    assert_eq!((&status["status"], &status["account"]), (&json!("active"), &before["account"]), "{status:#}");
    let test = desk.ask(&["test"]).await;
    assert_eq!((test.code, check(&test.json, "identity")["result"].as_str()), (0, Some("passed")));
}

#[tokio::test]
async fn the_migration_has_its_own_codes_items_and_webhook_check() {
    let room = Room::open();
    let desk = room.desk();
    let refused = desk.connect("norole@contoso.example", &["--flow", "migration"]).await.status;
    assert_eq!((&refused["redo"], &refused["flow"]), (&json!("MIG-9"), &json!("migration")), "{refused:#}");

    let desk = room.desk();
    let status = desk.connect(SERVICE, &["--flow", "migration"]).await.status;
    assert!(open_item(&status, "flows-off").is_some_and(|item| item["arrived_at"].is_null()), "{status:#}");
    assert_eq!(check(&desk.ask(&["test"]).await.json, "webhook")["result"], "passed");
    room.sandbox.switch_on("webhook_power_automate").await;
    let test = desk.ask(&["test"]).await;
    assert_eq!((test.code, &check(&test.json, "webhook")["result"]), (0, &json!("warning")), "{test:#?}");
}

#[tokio::test]
async fn a_session_only_connection_ends_with_the_command() {
    let room = Room::open();
    let desk = room.desk();
    let connected = desk.connect(SERVICE, &["--session-only"]).await;
    let status = &connected.status;
    assert_eq!((connected.code, &status["keychain"]), (0, &json!("session_only")), "{connected:#?}");
    assert_eq!(status["qualifiers"], json!(["session_only"]));
    let found = desk.in_session("secret-tool").args(["search", "--all", "username", "connection"]).output();
    let found = found.await.unwrap();
    assert!(found.stdout.is_empty(), "a session-only sign-in is in the keyring");
    assert_ne!(desk.ask(&["test"]).await.code, 0, "nothing is left to test");
}

#[tokio::test]
async fn disconnecting_empties_the_keyring_and_tells_the_truth() {
    let room = Room::open();
    let desk = room.desk();
    desk.connect(SERVICE, &[]).await;
    desk.kept().await;
    let gone = desk.ask(&["disconnect", "--keep-history"]).await;
    assert_eq!((gone.code, &gone.json["status"]), (0, &json!("not_connected")), "{gone:?}");
    assert_eq!(desk.ask(&["status"]).await.code, 3);
    let found = desk.in_session("secret-tool").args(["search", "--all", "username", "connection"]).output();
    assert!(found.await.unwrap().stdout.is_empty());
    assert!(desk.ask(&["history"]).await.json["history"].as_array().unwrap().len() > 3);
}
