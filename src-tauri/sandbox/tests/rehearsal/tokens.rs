//! The token endpoint, the metadata and the signing keys.

use jsonwebtoken::jwk::JwkSet;
use jsonwebtoken::{Algorithm, DecodingKey, Validation, decode, decode_header};
use serde_json::{Value, json};

use crate::scripted_browser::Choices;
use crate::support::{CLIENT, Program, changed, claims, field};

const SERVICE: &str = "svc-cosell@contoso.example";

async fn document(program: &Program, address: &str) -> Value {
    crate::support::json(program.client.get(address).send().await.unwrap()).await
}

async fn published_keys(program: &Program) -> JwkSet {
    let metadata =
        document(program, &format!("{}/organizations/v2.0/.well-known/openid-configuration", program.base()))
            .await;
    serde_json::from_value(document(program, metadata["jwks_uri"].as_str().unwrap()).await).unwrap()
}

/// Checks the signature and the standard claims as a client would; the claims.
fn verified(token: &str, keys: &JwkSet, audience: &str) -> Option<Value> {
    let key = keys.find(&decode_header(token).ok()?.kid?)?;
    let mut validation = Validation::new(Algorithm::RS256);
    validation.set_audience(&[audience]);
    validation.validate_nbf = true;
    Some(decode::<Value>(token, &DecodingKey::from_jwk(key).ok()?, &validation).ok()?.claims)
}

#[tokio::test]
async fn the_metadata_has_the_peculiarities_of_the_real_one() {
    let program = Program::start();
    let address = |tenant: &str| format!("{}/{tenant}/v2.0/.well-known/openid-configuration", program.base());
    let shared = document(&program, &address("organizations")).await;
    assert_eq!(shared["issuer"], format!("{}/{{tenantid}}/v2.0", program.base()));
    assert_eq!(shared["request_uri_parameter_supported"], json!(false));
    assert!(shared.get("code_challenge_methods_supported").is_none());
    let single = document(&program, &address("contoso.example")).await;
    assert_eq!(single["issuer"], format!("{}/5a4db0c5-0001-4000-8000-000000000001/v2.0", program.base()));
    assert_eq!(document(&program, &address("nowhere.example")).await["error_codes"], json!([90002]));
    let keys = document(&program, shared["jwks_uri"].as_str().unwrap()).await;
    assert_eq!(keys["keys"][0]["issuer"], shared["issuer"]);
}

#[tokio::test]
async fn the_identity_token_names_the_person_and_verifies() {
    let program = Program::start();
    let session = program.session(SERVICE).await;
    let keys = published_keys(&program).await;
    let identity = verified(session["id_token"].as_str().unwrap(), &keys, CLIENT).unwrap();
    assert_eq!(identity["iss"], format!("{}/{}/v2.0", program.base(), identity["tid"].as_str().unwrap()));
    assert_eq!(
        (&identity["nonce"], &identity["preferred_username"], &identity["ver"]),
        (&json!("nonce-1"), &json!(SERVICE), &json!("2.0"))
    );
    let audience = format!("{}/partner", program.base());
    let access = verified(session["access_token"].as_str().unwrap(), &keys, &audience).unwrap();
    assert_eq!(access["amr"], json!(["pwd", "mfa"]));
    assert!((3600..5400).contains(&session["expires_in"].as_u64().unwrap()));
}

#[tokio::test]
async fn a_code_works_once_and_for_its_own_request_only() {
    let program = Program::start();
    let redemption = program.redemption(&program.code(SERVICE).await);
    let wrong = "another-verifier-that-is-long-enough-for-the-rule";
    for (number, changes) in [
        (501481, [("code_verifier", wrong)]),
        (501481, [("code_verifier", "")]),
        (500112, [("redirect_uri", "http://localhost/auth")]),
        (700025, [("client_secret", "secret")]),
        (700016, [("client_id", "00000000-0000-0000-0000-000000000000")]),
        (70011, [("scope", "Mail.Read")]),
        (70003, [("grant_type", "password")]),
        (70000, [("code", "1.invented")]),
        (900144, [("code", "")]),
    ] {
        let (status, body) = program.token(&changed(redemption.clone(), &changes)).await;
        assert_eq!(body["error_codes"], json!([number]), "{changes:?}");
        assert_eq!(status, if number == 700025 { 401 } else { 400 });
    }
    let both = format!("{} {}", program.referrals_scope(), program.profiles_scope());
    let (_, body) = program.token(&changed(redemption.clone(), &[("scope", &both)])).await;
    assert_eq!(body["error_codes"], json!([28000]));
    assert_eq!(program.token(&redemption).await.0, 200);
    let (status, body) = program.token(&redemption).await;
    assert_eq!(
        (status, &body["error"], &body["error_codes"]),
        (400, &json!("invalid_grant"), &json!([54005]))
    );
}

#[tokio::test]
async fn refresh_tokens_rotate_and_buy_the_second_resource() {
    let program = Program::start();
    let session = program.session(SERVICE).await;
    let (status, second) = program.refresh(&session, &program.profiles_scope()).await;
    assert_eq!(status, 200);
    assert_ne!(second["refresh_token"], session["refresh_token"]);
    assert!(second.get("id_token").is_none());
    let audience = format!("{}/partnercenter", program.base());
    assert_eq!(claims(second["access_token"].as_str().unwrap())["aud"], audience);
    assert_eq!(
        program.refresh(&session, &program.referrals_scope()).await.0,
        200,
        "an old one is still good"
    );
    assert!(session["refresh_token"].as_str().unwrap().len() > 1280, "long enough to try a keychain");
}

#[tokio::test]
async fn there_is_no_refresh_token_without_offline_access() {
    let program = Program::start();
    let scope = program.referrals_scope();
    let answer = program.answer(SERVICE, &[("scope", &scope)], Choices::default()).await;
    let (status, body) = program.token(&program.redemption(&field(&answer, "code").unwrap())).await;
    assert_eq!(status, 200);
    assert!(body.get("refresh_token").is_none() && body.get("id_token").is_none());
}

#[tokio::test]
async fn a_refusal_has_the_shape_of_the_real_one_and_the_callers_id() {
    let program = Program::start();
    let id = "0f0e0d0c-0b0a-4000-8000-070605040302";
    let address = format!("{}/organizations/oauth2/v2.0/token", program.base());
    let request =
        program.client.post(address).form(&program.renewal("1.invented", &program.referrals_scope()));
    let response = request.header("client-request-id", id).send().await.unwrap();
    assert_eq!(response.headers()["client-request-id"], id);
    assert!(response.headers().contains_key("x-ms-request-id"));
    let body = crate::support::json(response).await;
    assert_eq!(body["correlation_id"], id);
    let description = body["error_description"].as_str().unwrap();
    assert!(
        description.starts_with("AADSTS70000: ") && description.contains("\r\nTrace ID: "),
        "{description}"
    );
    assert!(body["error_uri"].as_str().unwrap().ends_with("/error?code=70000"));
}

#[tokio::test]
async fn a_changed_password_ends_the_refresh_tokens_of_one_account() {
    let program = Program::start();
    let session = program.session(SERVICE).await;
    let other = program.session("jane@contoso.example").await;
    let path = format!("/accounts/{SERVICE}/password-changed");
    assert_eq!(program.control("POST", &path).await.0, 204);
    let (status, body) = program.refresh(&session, &program.referrals_scope()).await;
    assert_eq!((status, &body["error_codes"]), (400, &json!([50173])));
    assert_eq!(program.refresh(&other, &program.referrals_scope()).await.0, 200);
    let mended = program.session(SERVICE).await;
    assert_eq!(program.refresh(&mended, &program.referrals_scope()).await.0, 200);
}

#[tokio::test]
async fn rotation_signs_with_a_new_key_and_keeps_the_old_one_published() {
    let program = Program::start();
    let before = program.session(SERVICE).await;
    let old = published_keys(&program).await;
    program.switch_on("key_rotation").await;
    let after = program.session(SERVICE).await;
    let new = published_keys(&program).await;
    let token = |session: &Value| session["id_token"].as_str().unwrap().to_owned();
    assert!(verified(&token(&after), &old, CLIENT).is_none());
    assert!(verified(&token(&after), &new, CLIENT).is_some());
    assert!(verified(&token(&before), &new, CLIENT).is_some());
}
