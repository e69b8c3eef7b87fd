//! The control interface: faults, reset, and what arrived. It listens on a loopback port of its own, so that nothing
//! that speaks to the sandbox can reach it by a wrong path.

use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post, put};
use axum::{Json, Router};
use serde_json::json;

use crate::accounts;
use crate::faults::Fault;
use crate::state::Shared;

/// `GET /faults` · `PUT` and `DELETE /faults/{id}` · `POST /reset` · `GET /requests` ·
/// `POST /accounts/{upn}/password-changed` · where they are kept, `GET /secrets`.
pub(crate) fn router(sandbox: Shared) -> Router {
    Router::new()
        .route("/faults", get(list))
        .route("/faults/{id}", put(switch_on).delete(switch_off))
        .route("/reset", post(reset))
        .route("/requests", get(requests))
        .route("/secrets", get(secrets))
        .route("/accounts/{upn}/password-changed", post(password_changed))
        .fallback(|| async { not_found("no such address") })
        .with_state(sandbox)
}

fn not_found(what: &str) -> Response {
    (StatusCode::NOT_FOUND, Json(json!({"error": what}))).into_response()
}

fn state_of(sandbox: &Shared, fault: Fault) -> Response {
    let body = json!({"id": fault.id(), "sentence": fault.sentence(), "on": sandbox.faults.is_on(fault)});
    Json(body).into_response()
}

async fn list(State(sandbox): State<Shared>) -> Response {
    Json(sandbox.faults.listing()).into_response()
}

async fn switch_on(State(sandbox): State<Shared>, Path(id): Path<String>) -> Response {
    let Some(fault) = Fault::from_id(&id) else { return not_found("no such fault") };
    if fault == Fault::KeyRotation && sandbox.keys.rotate().is_err() {
        return (StatusCode::INTERNAL_SERVER_ERROR, Json(json!({"error": "no key could be made"})))
            .into_response();
    }
    sandbox.faults.switch_on(fault);
    state_of(&sandbox, fault)
}

async fn switch_off(State(sandbox): State<Shared>, Path(id): Path<String>) -> Response {
    let Some(fault) = Fault::from_id(&id) else { return not_found("no such fault") };
    sandbox.faults.switch_off(fault);
    state_of(&sandbox, fault)
}

async fn reset(State(sandbox): State<Shared>) -> StatusCode {
    sandbox.reset();
    StatusCode::NO_CONTENT
}

async fn requests(State(sandbox): State<Shared>) -> Response {
    Json(sandbox.log.listing()).into_response()
}

async fn secrets(State(sandbox): State<Shared>) -> Response {
    sandbox.log.secrets().map_or_else(|| not_found("secrets are not kept"), |all| Json(all).into_response())
}

async fn password_changed(State(sandbox): State<Shared>, Path(upn): Path<String>) -> Response {
    let Some(account) = accounts::find(&upn) else { return not_found("no such account") };
    sandbox.ledger().revoke(account);
    StatusCode::NO_CONTENT.into_response()
}
