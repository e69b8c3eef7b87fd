//! The classic Partner Center API: company profiles and the webhook registration.

use axum::extract::{Query, State};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde_json::{Value, json};

use crate::accounts::Account;
use crate::faults::Fault;
use crate::gateway::{Denied, admit, classic_error, identified, is_dry_run};
use crate::interaction::Parameters;
use crate::json::set;
use crate::resource::Resource;
use crate::state::Shared;

/// `GET /v1/profiles/organization`.
pub(crate) async fn organization(
    State(sandbox): State<Shared>,
    headers: HeaderMap,
) -> Result<Response, Denied> {
    answer(&sandbox, &headers, |account| {
        let tenant = account.tenant;
        Ok(profile(
            "organization",
            "OrganizationProfile",
            json!({
                "id": tenant.id, "companyName": tenant.company, "defaultAddress": address(),
                "tenantId": tenant.id, "domain": tenant.domain, "email": format!("partner@{}", tenant.domain),
                "language": "en", "culture": "en-US",
            }),
        ))
    })
}

/// `GET /v1/profiles/legalbusiness?vettingVersion=Current`.
pub(crate) async fn legal_business(
    State(sandbox): State<Shared>,
    headers: HeaderMap,
    Query(pairs): Query<Vec<(String, String)>>,
) -> Result<Response, Denied> {
    if Parameters(pairs).get("vettingVersion").is_some_and(|version| version != "Current") {
        let description = "The vetting version is not valid.";
        return Err(classic_error(StatusCode::BAD_REQUEST, "2000", description).into());
    }
    answer(&sandbox, &headers, |account| {
        Ok(profile(
            "legalbusiness",
            "PartnerLegalBusinessProfile",
            json!({
                "companyName": account.tenant.company, "address": address(), "primaryContact": {},
                "companyApproverAddress": address(), "companyApproverEmail": format!("legal@{}", account.tenant.domain),
                "vettingStatus": "authorized", "vettingSubStatus": "none",
            }),
        ))
    })
}

/// `GET /v1/profiles/mpn`.
pub(crate) async fn partner_network(
    State(sandbox): State<Shared>,
    headers: HeaderMap,
    Query(pairs): Query<Vec<(String, String)>>,
) -> Result<Response, Denied> {
    let asked = Parameters(pairs).get("mpnId").map(str::to_owned);
    answer(&sandbox, &headers, |account| {
        let tenant = account.tenant;
        if asked.is_some_and(|id| id != tenant.partner_id) {
            return Err(classic_error(StatusCode::NOT_FOUND, "3000", "The partner was not found.").into());
        }
        let fields = json!({"mpnId": tenant.partner_id, "partnerName": tenant.company});
        Ok(profile("mpn", "MpnProfile", fields))
    })
}

/// `GET /webhooks/v1/registration`.
pub(crate) async fn webhook(State(sandbox): State<Shared>, headers: HeaderMap) -> Result<Response, Denied> {
    let power_automate = sandbox.faults.is_on(Fault::WebhookPowerAutomate);
    answer(&sandbox, &headers, |_account| {
        let host = if power_automate { "prod-00.westus.logic.azure.com" } else { "hooks.partner.example" };
        Ok(json!({
            "WebhookUrl": format!("https://{host}/workflows/rehearsal/triggers/manual/paths/invoke"),
            "WebhookEvents": ["referral-created", "referral-updated"],
        }))
    })
}

/// A body with the byte order mark that the real service puts first, and the header that tells about MFA where asked.
fn answer(
    sandbox: &Shared,
    headers: &HeaderMap,
    body: impl FnOnce(&Account) -> Result<Value, Denied>,
) -> Result<Response, Denied> {
    let sign_in = admit(sandbox, headers, Resource::PartnerCenter)?;
    let text = format!("\u{feff}{}", body(sign_in.account)?);
    let content_type = [(header::CONTENT_TYPE, "application/json; charset=utf-8")];
    let mut response = identified((content_type, text).into_response());
    if is_dry_run(headers) {
        let compliant = sign_in.second_factor && !sandbox.faults.is_on(Fault::MfaHeaderFalse);
        let value = HeaderValue::from_static(if compliant { "true" } else { "false" });
        response.headers_mut().insert("ismfacompliant", value);
    }
    Ok(response)
}

fn profile(name: &str, kind: &str, mut fields: Value) -> Value {
    set(&mut fields, "profileType", kind);
    set(
        &mut fields,
        "links",
        json!({"self": {"uri": format!("/profiles/{name}"), "method": "GET", "headers": []}}),
    );
    set(&mut fields, "attributes", json!({"etag": "rehearsal", "objectType": kind}));
    fields
}

fn address() -> Value {
    json!({"country": "NL", "city": "Utrecht", "state": "", "addressLine1": "1 Example Street", "addressLine2": "",
           "postalCode": "3500 AA", "firstName": "Pat", "lastName": "Partner", "phoneNumber": ""})
}
