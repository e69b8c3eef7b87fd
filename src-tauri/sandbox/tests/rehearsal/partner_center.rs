//! The Referrals API and the classic Partner Center API.

use serde_json::json;

use crate::support::{Program, json as body_of};

const SERVICE: &str = "svc-cosell@contoso.example";
const LIST: &str = "/v1.0/engagements/referrals";

#[tokio::test]
async fn a_token_for_one_resource_is_refused_by_the_other() {
    let program = Program::start();
    let session = program.session(SERVICE).await;
    let profiles = program.profiles_token(&session).await;
    let response = program.get(LIST, &profiles).await;
    assert_eq!(response.status(), 401);
    assert!(response.headers().contains_key("request-id"));
    assert_eq!(response.bytes().await.unwrap().len(), 0);
    let referrals = session["access_token"].as_str().unwrap();
    let response = program.get("/v1/profiles/organization", referrals).await;
    assert_eq!(response.status(), 401);
    assert_eq!(body_of(response).await["code"], "900420");
}

#[tokio::test]
async fn nobody_passes_without_a_token() {
    let program = Program::start();
    for path in [LIST, "/v1/profiles/organization", "/v1/profiles/mpn", "/webhooks/v1/registration"] {
        let bare = program.client.get(format!("{}{path}", program.base())).send().await.unwrap();
        assert_eq!(bare.status(), 401, "{path}");
        assert_eq!(program.get(path, "invented").await.status(), 401, "{path}");
    }
}

#[tokio::test]
async fn one_deal_is_read_by_id_with_its_tag() {
    let program = Program::start();
    let session = program.session(SERVICE).await;
    let token = session["access_token"].as_str().unwrap();
    let page = body_of(program.get(&format!("{LIST}?$top=1"), token).await).await;
    assert_eq!(page["value"].as_array().unwrap().len(), 1);
    let deal = &page["value"][0];
    let path = format!("{LIST}/{}", deal["id"].as_str().unwrap());
    let response = program.get(&path, token).await;
    assert_eq!(response.headers()["etag"], deal["eTag"].as_str().unwrap());
    assert_eq!(body_of(response).await["organizationId"], deal["organizationId"]);
    let missing = program.get(&format!("{LIST}/00000000-0000-0000-0000-000000000000"), token).await;
    assert_eq!(missing.status(), 404);
    assert_eq!(body_of(missing).await["error"]["code"], "itemNotFound");
    assert_eq!(program.get(&format!("{LIST}?$top=x"), token).await.status(), 400);
}

#[tokio::test]
async fn deals_are_as_odd_as_real_ones() {
    let program = Program::start();
    let session = program.session(SERVICE).await;
    let page = body_of(program.referrals(&session).await).await;
    let deals = page["value"].as_array().unwrap();
    let any = |odd: fn(&serde_json::Value) -> bool| deals.iter().any(odd);
    assert!(any(|deal| deal["customerProfile"]["name"].as_str().unwrap().contains("&amp;")));
    assert!(any(|deal| deal["name"].as_str().unwrap().ends_with("  ")));
    assert!(any(|deal| deal["customerProfile"]["ids"] == json!({})));
    assert!(any(|deal| deal["customerProfile"]["ids"].is_array()));
    assert!(any(|deal| deal["updatedDateTime"].as_str().unwrap().ends_with(".7654321Z")));
    assert!(any(|deal| deal["status"] == "OnHoldSince2026"));
    assert!(any(|deal| deal["organizationId"] == "msft"));
}

#[tokio::test]
async fn profiles_begin_with_a_byte_order_mark_and_tell_about_mfa() {
    let program = Program::start();
    let session = program.session(SERVICE).await;
    let token = program.profiles_token(&session).await;
    let response = program.get("/v1/profiles/organization", &token).await;
    assert_eq!(response.headers()["isMfaCompliant"], "true");
    let bytes = response.bytes().await.unwrap();
    assert!(bytes.starts_with("\u{feff}{".as_bytes()));
    let network = body_of(program.get("/v1/profiles/mpn", &token).await).await;
    assert_eq!(network["mpnId"], "4100001");
    let other = program.get("/v1/profiles/mpn?mpnId=9999999", &token).await;
    assert_eq!((other.status().as_u16(), &body_of(other).await["code"]), (404, &json!("3000")));
    let vetting = program.get("/v1/profiles/legalbusiness?vettingVersion=Current", &token).await;
    assert_eq!(body_of(vetting).await["vettingStatus"], "authorized");
}

#[tokio::test]
async fn the_webhook_belongs_to_power_automate_only_under_its_fault() {
    let program = Program::start();
    let token = program.profiles_token(&program.session(SERVICE).await).await;
    let path = "/webhooks/v1/registration";
    let host = |body: serde_json::Value| url::Url::parse(body["WebhookUrl"].as_str().unwrap()).unwrap();
    let usual = host(body_of(program.get(path, &token).await).await);
    assert!(!usual.host_str().unwrap().ends_with("logic.azure.com"));
    program.switch_on("webhook_power_automate").await;
    let held = host(body_of(program.get(path, &token).await).await);
    assert!(held.host_str().unwrap().ends_with("logic.azure.com"));
}
