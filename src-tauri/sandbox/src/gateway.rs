//! The door of Partner Center: who may pass with which token, and the faults that stand in it.

use std::sync::Arc;
use std::time::Instant;

use axum::Json;
use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use hyper::ext::ReasonPhrase;
use serde_json::{Value, json};
use uuid::Uuid;

use crate::faults::Fault;
use crate::grants::SignIn;
use crate::resource::Resource;
use crate::state::Sandbox;

const REQUEST_ID: HeaderName = HeaderName::from_static("request-id");

/// The answer that a caller gets instead of the one it wanted.
pub(crate) struct Denied(Box<Response>);

impl From<Response> for Denied {
    fn from(response: Response) -> Self {
        Self(Box::new(response))
    }
}

impl IntoResponse for Denied {
    fn into_response(self) -> Response {
        *self.0
    }
}

/// Adds the id that support asks for.
pub(crate) fn identified(mut response: Response) -> Response {
    if let Ok(id) = HeaderValue::try_from(Uuid::new_v4().to_string()) {
        response.headers_mut().insert(REQUEST_ID, id);
    }
    response
}

/// A refusal without a word, as the gateway gives it.
pub(crate) fn silent_refusal() -> Response {
    identified(StatusCode::UNAUTHORIZED.into_response())
}

/// An error of the classic Partner Center API.
pub(crate) fn classic_error(status: StatusCode, code: &str, description: &str) -> Response {
    let body =
        json!({"code": code, "description": description, "data": [], "source": "PartnerApiServiceCore"});
    identified((status, Json(body)).into_response())
}

/// An error of the Referrals API.
pub(crate) fn referrals_error(status: StatusCode, code: &str, message: &str) -> Response {
    let inner: Value = json!({"code": code, "request-id": Uuid::new_v4()});
    let body = json!({"error": {"code": code, "message": message, "innerError": inner}});
    identified((status, Json(body)).into_response())
}

/// Lets a caller pass, or gives the answer that it gets instead.
pub(crate) fn admit(
    sandbox: &Sandbox,
    headers: &HeaderMap,
    resource: Resource,
) -> Result<Arc<SignIn>, Denied> {
    if let Some(response) = overload(sandbox) {
        return Err(response.into());
    }
    if resource == Resource::Referrals && sandbox.faults.spend(Fault::ExpiredAccessToken) {
        return Err(silent_refusal().into());
    }
    let sign_in = bearer(sandbox, headers, resource)?;
    match missing_second_factor(sandbox, headers, resource, &sign_in) {
        Some(response) => Err(response.into()),
        None => Ok(sign_in),
    }
}

fn overload(sandbox: &Sandbox) -> Option<Response> {
    if let Some(seconds) = sandbox.faults.throttle(Instant::now()) {
        let message = format!("Rate limit is exceeded. Try again in {seconds} seconds.");
        let body = Json(json!({"statusCode": 429, "message": message}));
        let wait = [(header::RETRY_AFTER, seconds.to_string())];
        return Some(identified((StatusCode::TOO_MANY_REQUESTS, wait, body).into_response()));
    }
    sandbox.faults.spend(Fault::ServerError).then(|| {
        referrals_error(
            StatusCode::INTERNAL_SERVER_ERROR,
            "generalException",
            "An unspecified error has occurred.",
        )
    })
}

fn bearer(sandbox: &Sandbox, headers: &HeaderMap, resource: Resource) -> Result<Arc<SignIn>, Denied> {
    let value = headers.get(header::AUTHORIZATION).and_then(|value| value.to_str().ok());
    let token = value.and_then(|value| value.strip_prefix("Bearer ")).ok_or_else(silent_refusal)?;
    let ledger = sandbox.ledger();
    let access = ledger.access.get(token).filter(|access| access.expires > Instant::now());
    let access = access.ok_or_else(silent_refusal)?;
    match resource {
        _ if access.resource == resource => Ok(Arc::clone(&access.sign_in)),
        Resource::Referrals => Err(silent_refusal().into()),
        Resource::PartnerCenter => Err(classic_error(
            StatusCode::UNAUTHORIZED,
            "900420",
            "The token's audience is not the one that this resource expects.",
        )
        .into()),
    }
}

/// Whether the caller only asks what enforcement would say.
pub(crate) fn is_dry_run(headers: &HeaderMap) -> bool {
    headers.get("validatemfa").is_some_and(|value| value.as_bytes().eq_ignore_ascii_case(b"true"))
}

fn missing_second_factor(
    sandbox: &Sandbox,
    headers: &HeaderMap,
    resource: Resource,
    sign_in: &SignIn,
) -> Option<Response> {
    if sandbox.faults.is_on(Fault::MfaStatusLine) {
        let mut response = silent_refusal();
        response.extensions_mut().insert(ReasonPhrase::from_static(b"Unauthorized - MFA required"));
        response
            .headers_mut()
            .insert(header::WWW_AUTHENTICATE, HeaderValue::from_static("Bearer error=\"invalid_token\""));
        return Some(response);
    }
    if sandbox.faults.is_on(Fault::MfaSdkText) {
        let text = "Authentication failed. MFA required. (10001)";
        return Some(identified((StatusCode::UNAUTHORIZED, text).into_response()));
    }
    let dry_run = resource == Resource::PartnerCenter && is_dry_run(headers);
    let refused = sandbox.faults.is_on(Fault::Mfa900421) || (!sign_in.second_factor && !dry_run);
    refused.then(|| {
        let description = "The caller has to sign in with multifactor authentication.";
        classic_error(StatusCode::UNAUTHORIZED, "900421", description)
    })
}
