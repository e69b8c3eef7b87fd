//! The token endpoint: codes and refresh tokens become tokens.

use std::sync::Arc;
use std::time::{Duration, Instant};

use aws_lc_rs::digest::{SHA256, digest};
use axum::Json;
use axum::extract::{Form, Path, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde_json::{Value, json};
use uuid::Uuid;

use crate::aadsts::{self, Cause};
use crate::accounts::{Authority, CLIENT_ID};
use crate::discovery::issuer;
use crate::faults::Fault;
use crate::grants::{Access, CODE_LIFETIME, SignIn, unguessable};
use crate::interaction::Parameters;
use crate::json::set;
use crate::reply::is_known_client;
use crate::resource::{Resource, Scopes};
use crate::state::{Sandbox, Shared};

/// What a grant turned out to be worth.
struct Grant {
    sign_in: Arc<SignIn>,
    resource: Resource,
    /// Whether the answer holds an ID token.
    identity: bool,
}

/// `POST /{tenant}/oauth2/v2.0/token`.
pub(crate) async fn token(
    State(sandbox): State<Shared>,
    Path(segment): Path<String>,
    headers: HeaderMap,
    Form(pairs): Form<Vec<(String, String)>>,
) -> Response {
    let answer = grant(&sandbox, &segment, &Parameters(pairs)).and_then(|grant| {
        let body = tokens(&sandbox, &grant).ok_or(aadsts::GRANT_UNKNOWN)?;
        Ok((StatusCode::OK, body))
    });
    let (status, body) = answer.unwrap_or_else(|cause| {
        let invalid_client = cause.error == "invalid_client";
        let status = if invalid_client { StatusCode::UNAUTHORIZED } else { StatusCode::BAD_REQUEST };
        (status, refused(&sandbox, cause, &headers))
    });
    let headers = [
        (header::CACHE_CONTROL, "no-store, no-cache".to_owned()),
        (header::PRAGMA, "no-cache".to_owned()),
        (header::HeaderName::from_static("x-ms-request-id"), Uuid::new_v4().to_string()),
    ];
    (status, headers, Json(body)).into_response()
}

fn refused(sandbox: &Sandbox, cause: Cause, headers: &HeaderMap) -> Value {
    let mut body = sandbox.refusal(cause, headers).body(&sandbox.base);
    if cause == aadsts::POLICY_BLOCKED {
        let policies = json!({"access_token": {"capolids": {"essential": true, "values": [Uuid::new_v4()]}}});
        set(&mut body, "claims", policies.to_string());
        // At this endpoint a policy is a matter of the grant; on the pages it is one of access.
        set(&mut body, "error", "invalid_grant");
    }
    body
}

fn grant(sandbox: &Sandbox, segment: &str, form: &Parameters) -> Result<Grant, Cause> {
    let authority = Authority::parse(segment).ok_or(aadsts::TENANT_UNKNOWN)?;
    if form.has_repetition() {
        return Err(aadsts::PARAMETER_INVALID);
    }
    if !is_known_client(form.get("client_id")) {
        return Err(aadsts::CLIENT_UNKNOWN);
    }
    if form.get("client_secret").or_else(|| form.get("client_assertion")).is_some() {
        return Err(aadsts::CLIENT_IS_PUBLIC);
    }
    let scopes = form.get("scope").map(|text| Scopes::parse(text, &sandbox.base));
    let scopes = scopes.transpose().map_err(|_word| aadsts::SCOPE_UNKNOWN)?;
    if scopes.as_ref().is_some_and(|scopes| scopes.resources.len() > 1) {
        return Err(aadsts::TWO_RESOURCES);
    }
    let (sign_in, identity) = match form.get("grant_type") {
        Some("authorization_code") => {
            let sign_in = redeem_code(sandbox, form)?;
            let identity = sign_in.scopes.openid;
            (sign_in, identity)
        }
        Some("refresh_token") => {
            (redeem_refresh(sandbox, form)?, scopes.as_ref().is_some_and(|scopes| scopes.openid))
        }
        Some(_) => return Err(aadsts::GRANT_TYPE_UNKNOWN),
        None => return Err(aadsts::PARAMETER_MISSING),
    };
    if !authority.admits(sign_in.account.tenant) {
        return Err(aadsts::OTHER_TENANT_GRANT);
    }
    let asked = scopes.and_then(|scopes| scopes.resources.first().copied());
    let resource = asked.or_else(|| sign_in.scopes.resources.first().copied());
    let resource = resource.ok_or(aadsts::SCOPE_UNKNOWN)?;
    let refused = resource == Resource::PartnerCenter && sandbox.faults.is_on(Fault::SecondResourceRefused);
    if refused || !sandbox.has_consent(sign_in.account, resource) {
        return Err(aadsts::CONSENT_MISSING);
    }
    Ok(Grant { sign_in, resource, identity })
}

/// Checks a code and marks it redeemed; a request that fails a check leaves it untouched.
fn redeem_code(sandbox: &Sandbox, form: &Parameters) -> Result<Arc<SignIn>, Cause> {
    let expired = sandbox.faults.is_on(Fault::CodeExpired);
    let name = form.get("code").ok_or(aadsts::PARAMETER_MISSING)?;
    let mut ledger = sandbox.ledger();
    let code = ledger.codes.get_mut(name).ok_or(aadsts::GRANT_UNKNOWN)?;
    if code.redeemed {
        return Err(aadsts::CODE_REDEEMED);
    }
    if expired || code.issued.elapsed() > CODE_LIFETIME {
        return Err(aadsts::CODE_EXPIRED);
    }
    if form.get("redirect_uri") != Some(code.redirect_uri.as_str()) {
        return Err(aadsts::REDIRECT_DIFFERS);
    }
    let verifier = form.get("code_verifier").unwrap_or_default();
    if URL_SAFE_NO_PAD.encode(digest(&SHA256, verifier.as_bytes())) != code.challenge {
        return Err(aadsts::VERIFIER_WRONG);
    }
    code.redeemed = true;
    Ok(Arc::clone(&code.sign_in))
}

/// Checks a refresh token. A used one is still good, as in Entra ID, unless the fault says otherwise.
fn redeem_refresh(sandbox: &Sandbox, form: &Parameters) -> Result<Arc<SignIn>, Cause> {
    let name = form.get("refresh_token").ok_or(aadsts::PARAMETER_MISSING)?;
    let faults = &sandbox.faults;
    let mut ledger = sandbox.ledger();
    let refresh = ledger.refresh.get_mut(name).ok_or(aadsts::GRANT_UNKNOWN)?;
    let signed_in_at = refresh.sign_in.at;
    if refresh.revoked || faults.hit_after(Fault::PasswordChanged, signed_in_at) {
        return Err(aadsts::GRANT_REVOKED);
    }
    if faults.hit_after(Fault::RefreshExpired, signed_in_at) {
        return Err(aadsts::GRANT_IDLE);
    }
    if faults.is_on(Fault::ConditionalAccess) {
        return Err(aadsts::POLICY_BLOCKED);
    }
    if refresh.used && faults.is_on(Fault::RefreshTokenReplayed) {
        return Err(aadsts::GRANT_REPLAYED);
    }
    refresh.used = true;
    Ok(Arc::clone(&refresh.sign_in))
}

/// The answer to a good grant; `None` if signing failed.
fn tokens(sandbox: &Sandbox, grant: &Grant) -> Option<Value> {
    let lifetime = lifetime();
    let access = sandbox.keys.sign(&access_claims(sandbox, grant, lifetime)).ok()?;
    let sign_in = &grant.sign_in;
    let mut body = json!({
        "token_type": "Bearer",
        "scope": grant.resource.scope(&sandbox.base),
        "expires_in": lifetime.as_secs(),
        "ext_expires_in": lifetime.as_secs(),
        "access_token": access,
    });
    if grant.identity {
        set(&mut body, "id_token", sandbox.keys.sign(&identity_claims(sandbox, sign_in)).ok()?);
    }
    let mut ledger = sandbox.ledger();
    let kept =
        Access { sign_in: Arc::clone(sign_in), resource: grant.resource, expires: Instant::now() + lifetime };
    ledger.keep_access(access, kept);
    if sign_in.scopes.offline_access {
        set(&mut body, "refresh_token", ledger.issue_refresh(Arc::clone(sign_in)));
    }
    Some(body)
}

/// Between 60 and 90 minutes, different each time, so that nobody counts on a fixed hour.
fn lifetime() -> Duration {
    let (_, low) = Uuid::new_v4().as_u64_pair();
    Duration::from_secs(3600 + low % 1800)
}

/// Claims of a version 1 access token, the kind these resources receive.
fn access_claims(sandbox: &Sandbox, grant: &Grant, lifetime: Duration) -> Value {
    let account = grant.sign_in.account;
    let now = sandbox.now().as_second();
    let methods: &[&str] = if grant.sign_in.second_factor { &["pwd", "mfa"] } else { &["pwd"] };
    json!({
        "aud": grant.resource.audience(&sandbox.base),
        "iss": format!("{}/{}/", sandbox.base, account.tenant.id),
        "iat": now,
        "nbf": now,
        "exp": now.saturating_add_unsigned(lifetime.as_secs()),
        "amr": methods,
        "appid": CLIENT_ID,
        "name": account.name,
        "oid": account.object_id,
        "scp": "user_impersonation",
        "tid": account.tenant.id,
        "upn": account.upn,
        "uti": unguessable(1),
        "ver": "1.0",
    })
}

fn identity_claims(sandbox: &Sandbox, sign_in: &SignIn) -> Value {
    let account = sign_in.account;
    let now = sandbox.now().as_second();
    let pairwise = digest(&SHA256, format!("{}{CLIENT_ID}", account.object_id).as_bytes());
    let mut claims = json!({
        "aud": CLIENT_ID,
        "iss": issuer(&sandbox.base, account.tenant.id),
        "iat": now,
        "nbf": now,
        "exp": now.saturating_add(3600),
        "name": account.name,
        "oid": account.object_id,
        "preferred_username": account.upn,
        "rh": unguessable(1),
        "sub": URL_SAFE_NO_PAD.encode(pairwise),
        "tid": account.tenant.id,
        "uti": unguessable(1),
        "ver": "2.0",
    });
    if let Some(nonce) = &sign_in.nonce {
        set(&mut claims, "nonce", nonce.as_str());
    }
    claims
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::accounts;
    use crate::grants::Code;
    use crate::keys::KeyRing;

    #[test]
    fn a_code_older_than_ten_minutes_is_refused() {
        let sandbox = Sandbox::new(
            "http://127.0.0.1:1".into(),
            "x://auth".into(),
            KeyRing::generate().unwrap(),
            crate::request_log::RequestLog::default(),
        );
        let account = accounts::find("jane@contoso.example").unwrap();
        let sign_in = Arc::new(SignIn {
            account,
            scopes: Scopes::default(),
            nonce: None,
            at: Instant::now(),
            second_factor: true,
            claims_met: false,
        });
        let issued = Instant::now().checked_sub(CODE_LIFETIME + Duration::from_secs(1)).unwrap();
        let code = Code { sign_in, redirect_uri: "x".into(), challenge: "y".into(), issued, redeemed: false };
        let name = sandbox.ledger().issue_code(code);
        let form = Parameters(vec![("code".into(), name)]);
        assert_eq!(redeem_code(&sandbox, &form).err(), Some(aadsts::CODE_EXPIRED));
    }

    #[test]
    fn lifetimes_stay_between_an_hour_and_ninety_minutes() {
        assert!((0..100).all(|_| (3600..5400).contains(&lifetime().as_secs())));
    }
}
