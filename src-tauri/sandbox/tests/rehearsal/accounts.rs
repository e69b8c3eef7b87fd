//! Every account ends where the product says.

use std::collections::HashSet;

use serde_json::Value;

use crate::scripted_browser::{Choices, Outcome};
use crate::support::{Program, claims, field, json};

fn stopped(outcome: Outcome) -> String {
    if let Outcome::Stopped(text) = outcome { text } else { panic!("{outcome:?}") }
}

async fn page_of(program: &Program, account: &str) -> String {
    let choices = Choices { return_to_app: false, ..Choices::default() };
    stopped(program.walk(account, &[], choices).await)
}

async fn deals(program: &Program, account: &str) -> Vec<Value> {
    let response = program.referrals(&program.session(account).await).await;
    assert_eq!(response.status(), 200, "{account}");
    json(response).await["value"].as_array().unwrap().clone()
}

fn distinct<'a>(deals: &'a [Value], name: &str) -> HashSet<&'a str> {
    let rows = deals.iter().filter(|deal| deal["organizationId"] != "msft");
    rows.filter_map(|deal| deal[name].as_str()).collect()
}

fn in_team(deal: &Value, account: &str) -> bool {
    deal["team"].as_array().unwrap().iter().any(|member| member["email"] == account)
}

#[tokio::test]
async fn the_service_account_is_healthy_and_sees_more_than_its_own_deals() {
    let program = Program::start();
    let account = "svc-cosell@contoso.example";
    let deals = deals(&program, account).await;
    assert_eq!(distinct(&deals, "organizationId").len(), 2);
    assert!(distinct(&deals, "organizationName").is_superset(&["Contoso Ltd", "Contoso Ltd."].into()));
    assert!(deals.iter().all(|deal| !in_team(deal, account)));
}

#[tokio::test]
async fn a_referrals_user_sees_her_own_deals_only() {
    let program = Program::start();
    let deals = deals(&program, "jane@contoso.example").await;
    assert!(!deals.is_empty());
    assert!(deals.iter().all(|deal| in_team(deal, "jane@contoso.example")));
}

#[tokio::test]
async fn an_account_exempt_from_mfa_is_refused_with_900421() {
    let program = Program::start();
    let session = program.session("nomfa@contoso.example").await;
    assert_eq!(claims(session["access_token"].as_str().unwrap())["amr"], serde_json::json!(["pwd"]));
    let response = program.referrals(&session).await;
    assert_eq!(response.status(), 401);
    assert_eq!(json(response).await["code"], "900421");
    let token = program.profiles_token(&session).await;
    let profile = program.get("/v1/profiles/organization", &token).await;
    assert_eq!(
        (profile.status().as_u16(), &profile.headers()["isMfaCompliant"]),
        (200, &"false".parse().unwrap())
    );
}

#[tokio::test]
async fn asking_for_mfa_does_not_lift_the_exemption() {
    let program = Program::start();
    let claims = r#"{"id_token":{"acr":{"essential":true,"values":["urn:microsoft:policies:mfa"]}}}"#;
    let answer = program.answer("nomfa@contoso.example", &[("claims", claims)], Choices::default()).await;
    let code = field(&answer, "code").unwrap();
    let (_, session) = program.token(&program.redemption(&code)).await;
    assert_eq!(program.referrals(&session).await.status(), 401);
}

#[tokio::test]
async fn an_account_without_a_role_is_refused_with_403() {
    let program = Program::start();
    let response = program.referrals(&program.session("norole@contoso.example").await).await;
    assert_eq!(response.status(), 403);
    assert_eq!(json(response).await["error"]["code"], "accessDenied");
}

#[tokio::test]
async fn a_disabled_account_stops_after_the_password() {
    let program = Program::start();
    let page = page_of(&program, "disabled@contoso.example").await;
    assert!(page.contains("AADSTS50057") && page.contains("Correlation ID"), "{page}");
}

#[tokio::test]
async fn personal_and_unknown_accounts_stop_at_the_name() {
    let program = Program::start();
    assert!(page_of(&program, "someone@outlook.example").await.contains("AADSTS50020"));
    assert!(page_of(&program, "nobody@contoso.example").await.contains("AADSTS50034"));
}

#[tokio::test]
async fn the_link_on_such_a_page_carries_the_refusal_back() {
    let program = Program::start();
    let answer = program.answer("someone@outlook.example", &[], Choices::default()).await;
    assert_eq!(field(&answer, "error").as_deref(), Some("access_denied"));
    assert_eq!(field(&answer, "state").as_deref(), Some("state & more"));
    assert!(field(&answer, "error_description").unwrap().starts_with("AADSTS50020: "));
}

#[tokio::test]
async fn a_person_at_northwind_waits_for_the_administrator() {
    let program = Program::start();
    let account = "consent@northwind.example";
    assert!(page_of(&program, account).await.contains("AADSTS90094"));

    let scope = format!("{} {}", program.referrals_scope(), program.profiles_scope());
    let address = url::Url::parse_with_params(
        &format!("{}/northwind.example/v2.0/adminconsent", program.base()),
        [
            ("client_id", crate::support::CLIENT),
            ("scope", &scope),
            ("redirect_uri", crate::support::DEEP_LINK),
            ("state", "s"),
        ],
    )
    .unwrap();
    let admin = "admin@northwind.example";
    let decline = Choices { cancel_beside: Some("Accept"), ..Choices::default() };
    let declined = crate::scripted_browser::sign_in(&program.client, address.as_str(), admin, decline).await;
    let Outcome::DeepLink(declined) = declined else { panic!("{declined:?}") };
    assert!(declined.contains("admin_consent=True") && declined.contains("AADSTS65004"), "{declined}");
    assert!(page_of(&program, account).await.contains("AADSTS90094"));

    let granted =
        crate::scripted_browser::sign_in(&program.client, address.as_str(), admin, Choices::default()).await;
    let Outcome::DeepLink(granted) = granted else { panic!("{granted:?}") };
    assert!(granted.contains("admin_consent=True&tenant=5a4db0c5-0002"), "{granted}");
    assert!(granted.ends_with("state=s") && !granted.contains("error"), "{granted}");
    assert!(!deals(&program, account).await.is_empty());
}

#[tokio::test]
async fn only_an_administrator_may_approve() {
    let program = Program::start();
    let address = format!(
        "{}/organizations/v2.0/adminconsent?client_id={}&scope={}",
        program.base(),
        crate::support::CLIENT,
        program.referrals_scope()
    );
    let outcome = crate::scripted_browser::sign_in(
        &program.client,
        &address,
        "consent@northwind.example",
        Choices::default(),
    )
    .await;
    assert!(stopped(outcome).contains("AADSTS90093"));
}

#[tokio::test]
async fn many_pages_hold_forty_eight_organizations() {
    let program = Program::start();
    let session = program.session("many@adatum.example").await;
    let token = session["access_token"].as_str().unwrap();
    let path = "/v1.0/engagements/referrals?$select=id,organizationId,organizationName&$top=200";
    let (mut next, mut all, mut pages) = (path.to_owned(), Vec::new(), 0);
    loop {
        let body = json(program.get(&next, token).await).await;
        pages += 1;
        all.extend(body["value"].as_array().unwrap().clone());
        let Some(link) = body["@odata.nextLink"].as_str() else { break };
        assert!(link.starts_with("http://") && link.contains("/v1.0/referrals?$skiptoken="), "{link}");
        next = format!("{path}&{}", link.split_once('?').unwrap().1);
    }
    assert_eq!((pages, distinct(&all, "organizationId").len()), (3, 48));
    assert!(all.iter().any(|row| row["organizationName"].as_str().unwrap().contains('\u{200f}')));
    assert!(all.iter().all(|row| row.as_object().unwrap().len() == 3), "only what was selected");
}

#[tokio::test]
async fn a_company_without_deals_has_a_profile_only() {
    let program = Program::start();
    let session = program.session("nodeals@tailspin.example").await;
    assert_eq!(json(program.referrals(&session).await).await["value"], serde_json::json!([]));
    let token = program.profiles_token(&session).await;
    let profile = program.get("/v1/profiles/legalbusiness?vettingVersion=Current", &token).await;
    assert_eq!(json(profile).await["companyName"], "Tailspin Toys");
}

#[tokio::test]
async fn another_tenant_is_healthy_by_itself() {
    let program = Program::start();
    let session = program.session("other@fabrikam.example").await;
    let identity = claims(session["id_token"].as_str().unwrap());
    assert_eq!(identity["preferred_username"], "other@fabrikam.example");
    assert_eq!(program.referrals(&session).await.status(), 200);
}
