//! The same client, unchanged, against an OpenID provider that somebody else wrote, through a real Chromium.

use serde_json::{Value, json};

use crate::support::{Desk, Provider, SERVICE};

/// Connected, the one organization chosen.
async fn connected(desk: &Desk) {
    let connected = desk.connect(SERVICE, &[]).await;
    assert_eq!((connected.code, &connected.status["status"]), (0, &json!("active")), "{connected:#?}");
    assert_eq!(connected.status["account"]["username"], SERVICE);
    let list = desk.ask(&["organizations"]).await;
    let rows = list.json["organizations"].as_array().unwrap();
    let row = (rows.len(), &rows[0]["name"], &rows[0]["evidence"], &rows[0]["referrals_seen"]);
    assert_eq!(row, (1, &json!("Contoso Ltd"), &json!(["referrals"]), &json!(3)), "{:#}", list.json);
    assert_eq!(desk.ask(&["select", rows[0]["id"].as_str().unwrap()]).await.code, 0);
}

/// Everything that the provider can show is shown; what it has no address for is not checked.
async fn tests_as_far_as_possible(desk: &Desk) {
    let test = desk.ask(&["test"]).await;
    assert_eq!((test.code, &test.json["result"]), (0, &json!("partial")), "{test:#?}");
    let result = |check: &Value| (check["id"].as_str().unwrap().to_owned(), check["result"].clone());
    let checks: Vec<_> = test.json["checks"].as_array().unwrap().iter().map(result).collect();
    for (id, result) in checks {
        let expected = if ["mfa", "profile"].contains(&id.as_str()) { "not_checked" } else { "passed" };
        assert_eq!(result, expected, "{id}: {test:#?}");
    }
}

#[tokio::test]
async fn a_foreign_provider_leads_to_active_and_a_partial_test() {
    let provider = Provider::start();
    let desk = provider.desk();
    connected(&desk).await;
    tests_as_far_as_possible(&desk).await;
    let status = desk.ask(&["status"]).await;
    assert_eq!((status.code, &status.json["qualifiers"]), (0, &json!(["mfa_not_proven"])), "{status:#?}");
}

#[tokio::test]
async fn its_rotated_tokens_are_kept_and_a_token_that_was_used_before_ends_the_connection() {
    let provider = Provider::start();
    let desk = provider.desk();
    connected(&desk).await;
    let old = desk.kept().await;
    for _ in 0..3 {
        tests_as_far_as_possible(&desk).await;
    }
    let new = desk.kept().await;
    assert!(old != new, "the provider gave a new token each time");

    desk.keep(&old).await;
    let test = desk.ask(&["test"]).await;
    assert_eq!((test.code, &test.json["status"]), (1, &json!("inactive")), "{test:#?}");
    let status = desk.ask(&["status"]).await.json;
    assert_eq!((&status["class"], &status["redo"]), (&json!("SIGN_IN_AGAIN"), &json!("NEW-3")), "{status:#}");

    desk.keep(&new).await;
    let test = desk.ask(&["test"]).await;
    assert_eq!(test.code, 1, "the provider ended the whole grant when it saw the old token: {test:#?}");
    assert_eq!(desk.connect(SERVICE, &[]).await.code, 0, "one new sign-in mends it");
    tests_as_far_as_possible(&desk).await;
}

#[tokio::test]
async fn another_login_than_the_saved_one_is_asked_about() {
    let provider = Provider::start();
    let desk = provider.desk();
    let connected = desk.connect_as(SERVICE, "mallory@contoso.example", &[]).await;
    assert_eq!((connected.code, &connected.status["class"]), (1, &json!("WRONG_ACCOUNT")), "{connected:#?}");
    assert_eq!(connected.status["keychain"], "empty");
}
