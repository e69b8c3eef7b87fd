//! The control interface.

use mpc_sandbox::faults::Fault;
use serde_json::{Value, json};

use crate::support::{Program, VERIFIER};

const SERVICE: &str = "svc-cosell@contoso.example";

#[tokio::test]
async fn faults_are_listed_with_a_sentence_and_switched() {
    let program = Program::start();
    let (status, listing) = program.control("GET", "/faults").await;
    let rows = listing.as_array().unwrap();
    assert_eq!((status, rows.len()), (200, Fault::ALL.len()));
    assert!(rows.iter().all(|row| row["on"] == false && row["sentence"].as_str().unwrap().ends_with('.')));
    for fault in Fault::ALL {
        let path = format!("/faults/{}", fault.id());
        assert_eq!(program.control("PUT", &path).await.1["on"], true, "{path}");
        assert_eq!(program.control("DELETE", &path).await.1["on"], false, "{path}");
    }
}

#[tokio::test]
async fn unknown_names_are_404_with_an_error() {
    let program = Program::start();
    for (method, path) in [
        ("PUT", "/faults/no_such_fault"),
        ("DELETE", "/faults/no_such_fault"),
        ("POST", "/accounts/nobody@contoso.example/password-changed"),
        ("GET", "/nothing"),
    ] {
        let (status, body) = program.control(method, path).await;
        assert_eq!(status, 404, "{path}");
        assert!(body["error"].is_string(), "{path}");
    }
}

#[tokio::test]
async fn the_stand_in_does_not_answer_control_addresses() {
    let program = Program::start();
    let response = program.client.get(format!("{}/requests", program.base())).send().await.unwrap();
    assert_eq!(response.status(), 404);
}

#[tokio::test]
async fn requests_are_shown_in_order_and_without_secrets() {
    let program = Program::start();
    let code = program.code(SERVICE).await;
    let (_, session) = program.token(&program.redemption(&code)).await;
    program.refresh(&session, &program.profiles_scope()).await;
    program.referrals(&session).await;
    let (_, log) = program.control("GET", "/requests").await;
    let rows = log.as_array().unwrap();
    let paths: Vec<&str> = rows.iter().map(|row| row["path"].as_str().unwrap()).collect();
    let (login, token) = ("/organizations/login", "/organizations/oauth2/v2.0/token");
    let expected = ["/organizations/oauth2/v2.0/authorize", login, login, login, login, token, token];
    assert_eq!(paths[..7], expected);
    assert_eq!(paths[7..], ["/v1.0/engagements/referrals"]);
    assert_eq!(rows[0]["query"]["prompt"], "select_account");
    assert_eq!(rows[0]["query"]["redirect_uri"], crate::support::DEEP_LINK);
    assert!(rows[0]["query"]["scope"].as_str().unwrap().contains("user_impersonation"));
    assert_eq!(rows[5]["form"]["code"], "[removed]");
    assert_eq!(
        (&rows[7]["status"], &rows[7]["headers"]["authorization"]),
        (&json!(200), &json!("[removed]"))
    );
    let text = log.to_string();
    let token = |name: &str| session[name].as_str().unwrap().to_owned();
    for secret in [
        &code,
        VERIFIER,
        "Sandbox-1",
        "000000\"",
        &token("access_token"),
        &token("refresh_token"),
        &token("id_token"),
    ] {
        assert!(!text.contains(secret), "{secret}");
    }
}

#[tokio::test]
async fn reset_forgets_faults_grants_consent_and_requests() {
    let program = Program::start();
    let session = program.session(SERVICE).await;
    program.switch_on("role_missing").await;
    assert_eq!(program.control("POST", "/reset").await.0, 204);
    assert_eq!(program.control("GET", "/requests").await.1, json!([]));
    assert_eq!(program.referrals(&session).await.status(), 401);
    assert_eq!(program.refresh(&session, &program.referrals_scope()).await.1["error_codes"], json!([70000]));
    let (_, faults) = program.control("GET", "/faults").await;
    assert!(faults.as_array().unwrap().iter().all(|row| row["on"] == Value::Bool(false)));
}

#[tokio::test]
async fn secrets_are_told_only_by_a_program_that_was_started_to_keep_them() {
    let silent = Program::start();
    silent.session(SERVICE).await;
    assert_eq!(silent.control("GET", "/secrets").await.0, 404);

    let program = Program::with(&["--keep-secrets"]);
    let code = program.code(SERVICE).await;
    let (_, session) = program.token(&program.redemption(&code)).await;
    program.refresh(&session, &program.profiles_scope()).await;
    program.referrals(&session).await;
    let (_, secrets) = program.control("GET", "/secrets").await;
    let told = |name: &str, value: &str| {
        secrets.as_array().unwrap().contains(&json!({"name": name, "value": value}))
    };
    let token = |name: &str| session[name].as_str().unwrap();
    assert!(told("code", &code) && told("code_verifier", VERIFIER) && told("password", "Sandbox-1"));
    assert!(told("access_token", token("access_token")) && told("refresh_token", token("refresh_token")));
}
