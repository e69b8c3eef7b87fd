//! Metadata and signing keys, with the peculiarities of Entra ID.

use axum::Json;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use serde_json::json;

use crate::aadsts;
use crate::accounts::Authority;
use crate::state::Shared;

/// The issuer of an authority's ID tokens, with the placeholder where the authority is a shared one.
pub(crate) fn issuer(base: &str, directory: &str) -> String {
    format!("{base}/{directory}/v2.0")
}

/// The metadata document. Like the real one it names no PKCE method and no `none` authentication, though both work.
pub(crate) async fn configuration(
    State(sandbox): State<Shared>,
    Path(segment): Path<String>,
    headers: HeaderMap,
) -> Response {
    let Some(authority) = Authority::parse(&segment) else { return unknown_tenant(&sandbox, &headers) };
    let base = &sandbox.base;
    let endpoints = format!("{base}/{segment}/oauth2/v2.0");
    Json(json!({
        "token_endpoint": format!("{endpoints}/token"),
        "token_endpoint_auth_methods_supported":
            ["client_secret_post", "private_key_jwt", "client_secret_basic", "self_signed_tls_client_auth"],
        "jwks_uri": format!("{base}/{segment}/discovery/v2.0/keys"),
        "response_modes_supported": ["query", "fragment", "form_post"],
        "subject_types_supported": ["pairwise"],
        "id_token_signing_alg_values_supported": ["RS256"],
        "response_types_supported": ["code", "id_token", "code id_token", "id_token token"],
        "scopes_supported": ["openid", "profile", "email", "offline_access"],
        "issuer": issuer(base, authority.issuer_segment()),
        "request_uri_parameter_supported": false,
        "userinfo_endpoint": "https://graph.sandbox.example/oidc/userinfo",
        "authorization_endpoint": format!("{endpoints}/authorize"),
        "device_authorization_endpoint": format!("{endpoints}/devicecode"),
        "http_logout_supported": true,
        "frontchannel_logout_supported": true,
        "end_session_endpoint": format!("{endpoints}/logout"),
        "claims_supported":
            ["sub", "iss", "aud", "exp", "iat", "auth_time", "acr", "nonce", "preferred_username", "name", "tid",
             "ver", "at_hash", "c_hash", "email"],
        "kerberos_endpoint": format!("{base}/{segment}/kerberos"),
        "tenant_region_scope": null,
        "cloud_instance_name": "microsoftonline.com",
        "cloud_graph_host_name": "graph.sandbox.example",
        "msgraph_host": "graph.sandbox.example",
        "rbac_url": "https://pas.sandbox.example",
    }))
    .into_response()
}

/// The JWK set.
pub(crate) async fn keys(
    State(sandbox): State<Shared>,
    Path(segment): Path<String>,
    headers: HeaderMap,
) -> Response {
    match Authority::parse(&segment) {
        Some(authority) => {
            Json(sandbox.keys.jwks(&issuer(&sandbox.base, authority.issuer_segment()))).into_response()
        }
        None => unknown_tenant(&sandbox, &headers),
    }
}

fn unknown_tenant(sandbox: &Shared, headers: &HeaderMap) -> Response {
    let refusal = sandbox.refusal(aadsts::TENANT_UNKNOWN, headers);
    (StatusCode::BAD_REQUEST, Json(refusal.body(&sandbox.base))).into_response()
}
