//! The Referrals API, read side.

use axum::Json;
use axum::extract::{Path, Query, State};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{Html, IntoResponse, Response};
use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use serde_json::{Map, Value, json};

use crate::accounts::Role;
use crate::authorize::CHALLENGE_VALUE;
use crate::faults::Fault;
use crate::gateway::{Denied, admit, identified, referrals_error};
use crate::interaction::Parameters;
use crate::json::set;
use crate::referral_data;
use crate::resource::Resource;
use crate::state::{Sandbox, Shared};

/// The most that one page holds.
const PAGE: usize = 100;

/// `GET /v1.0/engagements/referrals`.
pub(crate) async fn list(
    State(sandbox): State<Shared>,
    headers: HeaderMap,
    Query(pairs): Query<Vec<(String, String)>>,
) -> Result<Response, Denied> {
    let options = Parameters(pairs);
    let Some((start, size)) = window(&options) else {
        let message = "A query option is not valid.";
        return Err(referrals_error(StatusCode::BAD_REQUEST, "invalidRequest", message).into());
    };
    let mut deals = deals(&sandbox, &headers)?;
    if options.get("$orderby").is_some_and(|order| order.trim_end().ends_with(" asc")) {
        deals.reverse();
    }
    let total = deals.len();
    let rows: Vec<Value> =
        deals.into_iter().skip(start).take(size).map(|deal| selected(deal, options.get("$select"))).collect();
    let end = start.saturating_add(rows.len());
    let authority = sandbox.base.split("://").nth(1).unwrap_or_default();
    let mut body = json!({
        "@odata.context": format!("http://{authority}/v1.0/$metadata#Referrals"),
        "@odata.count": rows.len(),
        "value": rows,
    });
    if end < total {
        let token = URL_SAFE_NO_PAD.encode(end.to_string());
        set(&mut body, "@odata.nextLink", format!("http://{authority}/v1.0/referrals?$skiptoken={token}"));
    }
    Ok(identified(Json(body).into_response()))
}

/// `GET /v1.0/engagements/referrals/{id}`.
pub(crate) async fn by_id(
    State(sandbox): State<Shared>,
    Path(id): Path<String>,
    headers: HeaderMap,
    Query(pairs): Query<Vec<(String, String)>>,
) -> Result<Response, Denied> {
    let deals = deals(&sandbox, &headers)?;
    let Some(deal) = deals.into_iter().find(|deal| deal.get("id").and_then(Value::as_str) == Some(&id))
    else {
        let message = "The referral was not found.";
        return Err(referrals_error(StatusCode::NOT_FOUND, "itemNotFound", message).into());
    };
    let tag = deal.get("eTag").and_then(Value::as_str).and_then(|tag| HeaderValue::try_from(tag).ok());
    let mut response = identified(Json(selected(deal, Parameters(pairs).get("$select"))).into_response());
    if let Some(tag) = tag {
        response.headers_mut().insert(header::ETAG, tag);
    }
    Ok(response)
}

/// Where the page begins and how long it is; `None` if an option cannot be read.
fn window(options: &Parameters) -> Option<(usize, usize)> {
    let size = options.get("$top").map_or(Some(PAGE), |top| top.parse().ok())?;
    let start = match options.get("$skiptoken") {
        Some(token) => String::from_utf8(URL_SAFE_NO_PAD.decode(token).ok()?).ok()?.parse().ok()?,
        None => 0,
    };
    Some((start, size.min(PAGE)))
}

/// The deals that the caller may see, or the answer that it gets instead.
fn deals(sandbox: &Sandbox, headers: &HeaderMap) -> Result<Vec<Value>, Denied> {
    let sign_in = admit(sandbox, headers, Resource::Referrals)?;
    if sandbox.faults.is_on(Fault::ClaimsChallenge) && !sign_in.claims_met {
        return Err(claims_challenge(sandbox).into());
    }
    if sign_in.account.role == Role::None || sandbox.faults.is_on(Fault::RoleMissing) {
        let message = "The caller has no role that allows this operation.";
        return Err(referrals_error(StatusCode::FORBIDDEN, "accessDenied", message).into());
    }
    if sandbox.faults.is_on(Fault::HtmlInsteadOfJson) {
        let page =
            "<!doctype html><title>Web gateway</title><p>Please accept the terms of use of this network.";
        return Err(Html(page).into_response().into());
    }
    let without_largest = sandbox.faults.is_on(Fault::OrganizationVanished);
    Ok(referral_data::visible_to(sign_in.account, sandbox.now(), without_largest))
}

fn claims_challenge(sandbox: &Sandbox) -> Response {
    let claims = json!({"access_token": {"acrs": {"essential": true, "value": CHALLENGE_VALUE}}});
    let challenge = format!(
        "Bearer realm=\"\", authorization_uri=\"{}/common/oauth2/authorize\", error=\"insufficient_claims\", claims=\"{}\"",
        sandbox.base,
        STANDARD.encode(claims.to_string())
    );
    identified((StatusCode::UNAUTHORIZED, [(header::WWW_AUTHENTICATE, challenge)]).into_response())
}

fn selected(deal: Value, select: Option<&str>) -> Value {
    let (Some(select), Value::Object(mut fields)) = (select, deal.clone()) else { return deal };
    let wanted = select.split(',').map(str::trim);
    let kept: Map<String, Value> = wanted.filter_map(|name| fields.remove_entry(name)).collect();
    Value::Object(kept)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn options(pairs: &[(&str, &str)]) -> Parameters {
        Parameters(pairs.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect())
    }

    #[test]
    fn pages_hold_a_hundred_and_nonsense_is_refused() {
        assert_eq!(window(&options(&[])), Some((0, 100)));
        assert_eq!(window(&options(&[("$top", "200")])), Some((0, 100)));
        let token = URL_SAFE_NO_PAD.encode("100");
        assert_eq!(window(&options(&[("$top", "1"), ("$skiptoken", &token)])), Some((100, 1)));
        assert_eq!(window(&options(&[("$top", "-1")])), None);
        assert_eq!(window(&options(&[("$skiptoken", "%%%")])), None);
    }

    #[test]
    fn select_leaves_out_what_was_not_asked_for() {
        let deal = json!({"id": 1, "name": "x", "customerProfile": {}});
        assert_eq!(selected(deal.clone(), Some("id, name,absent")), json!({"id": 1, "name": "x"}));
        assert_eq!(selected(deal.clone(), None), deal);
    }
}
