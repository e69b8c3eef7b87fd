//! Entra's own form of an issuer: one authority, an issuer per tenant.

use mpc_connect_core::failure::{Failure, FailureClass};
use mpc_connect_core::ports::Authority;
use serde_json::Value;

use crate::support::entra_provider::{CLIENT, Deviation};
use crate::support::entra_setup::{Setup, post};

const TENANT: &str = "11111111-2222-3333-4444-555555555555";
const OTHER: &str = "99999999-2222-3333-4444-555555555555";

async fn failure(deviation: Deviation) -> Failure {
    Setup::new(deviation).await.sign_in(1).await.expect_err("a refusal")
}

fn entra(claims: fn(&mut Value)) -> Deviation {
    let metadata: fn(&mut Value) = |document| {
        let issuer = document["issuer"].as_str().unwrap().replace("organizations", "{tenantid}");
        document["issuer"] = issuer.into();
    };
    Deviation { metadata, claims, ..Deviation::NONE }
}

fn tenant(claims: &mut Value, tid: &str) {
    let issuer = claims["iss"].as_str().unwrap().replace("organizations", tid);
    claims["iss"] = issuer.into();
    claims["tid"] = tid.into();
    claims["oid"] = "object-1".into();
}

#[tokio::test]
async fn a_provider_is_named_by_where_its_metadata_is_and_by_the_client() {
    let (one, other) = (Setup::new(Deviation::NONE).await, Setup::new(Deviation::NONE).await);
    let expected =
        format!("{}/organizations/v2.0/.well-known/openid-configuration {CLIENT}", one.provider.base());
    assert_eq!(one.entra.name(), expected);
    assert_ne!(one.entra.name(), other.entra.name());
}

#[tokio::test]
async fn req_oidc_10_entras_key_is_tenant_and_object() {
    let setup = Setup::new(entra(|claims| tenant(claims, TENANT))).await;
    let signed_in = setup.sign_in(1).await.unwrap().signed_in.unwrap();
    assert_eq!(
        (signed_in.identity.tenant.as_str(), signed_in.identity.object.as_str()),
        (TENANT, "object-1")
    );
}

#[tokio::test]
async fn req_oidc_01_the_template_is_filled_with_the_tokens_tenant_alone() {
    let odd = [
        entra(|_| {}),
        entra(|claims| tenant(claims, "organizations")),
        entra(|claims| {
            tenant(claims, TENANT);
            claims["tid"] = OTHER.into();
        }),
    ];
    for deviation in odd {
        assert_eq!(failure(deviation).await.code.as_deref(), Some("ID token: iss"));
    }
}

#[tokio::test]
async fn personal_accounts_are_the_wrong_account() {
    let personal = entra(|claims| tenant(claims, "9188040d-6c67-4c5b-b112-36a304b66dad"));
    assert_eq!(failure(personal).await.class, FailureClass::WrongAccount);
}

/// The tenant of the redirect is the tenant of the token, though only the token's is signed.
#[tokio::test]
async fn req_9207_04_an_unannounced_issuer_has_to_be_the_one_of_the_token() {
    for (tid, fits) in [(TENANT, true), (OTHER, false)] {
        let setup = Setup::new(entra(|claims| tenant(claims, TENANT))).await;
        let mut consent = setup.begin(1).await;
        consent.fields.push(("iss".to_owned(), format!("{}/{tid}/v2.0", setup.provider.base())));
        post(&consent.redirect, &consent.fields).await;
        setup.entra.answer(1).await.unwrap();
        assert_eq!(setup.entra.redeem(1).await.is_ok(), fits, "{tid}");
    }
}
