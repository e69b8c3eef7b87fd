//! The authorize endpoint: checks a request and opens the first page.

use axum::extract::{Path, Query, State};
use axum::http::HeaderMap;
use axum::response::Response;
use serde_json::Value;

use crate::aadsts::{self, Cause};
use crate::accounts::Authority;
use crate::interaction::{Flow, Parameters, Purpose, show, stop};
use crate::reply::{ResponseMode, ReturnAddress, is_known_client, registered};
use crate::resource::Scopes;
use crate::state::{Sandbox, Shared};

/// The `acrs` value that the claims challenge of the Referrals API asks for.
pub(crate) const CHALLENGE_VALUE: &str = "c1";
const MFA_POLICY: &str = "urn:microsoft:policies:mfa";

/// A valid authorize request.
pub(crate) struct SignInRequest {
    pub(crate) back: ReturnAddress,
    pub(crate) scopes: Scopes,
    pub(crate) nonce: Option<String>,
    pub(crate) challenge: String,
    pub(crate) login_hint: Option<String>,
    pub(crate) asks_consent: bool,
    pub(crate) asks_mfa: bool,
    pub(crate) claims_met: bool,
}

/// A request that ends here, with the way back where one can be trusted.
pub(crate) struct Halt {
    pub(crate) cause: Cause,
    pub(crate) back: Option<Box<ReturnAddress>>,
}

/// `GET /{tenant}/oauth2/v2.0/authorize`.
pub(crate) async fn authorize(
    State(sandbox): State<Shared>,
    Path(segment): Path<String>,
    headers: HeaderMap,
    Query(pairs): Query<Vec<(String, String)>>,
) -> Response {
    let parameters = Parameters(pairs);
    let checked = return_address(&sandbox, &parameters).and_then(|back| {
        let authority = Authority::parse(&segment);
        check(&sandbox, &parameters, authority, &back)
            .map_err(|cause| Halt { cause, back: Some(Box::new(back)) })
    });
    match checked {
        Ok((authority, request)) => {
            let flow = Flow::new(segment, authority, Purpose::SignIn(Box::new(request)));
            show(&sandbox, flow, None)
        }
        Err(Halt { cause: aadsts::NO_SESSION, back: Some(back) }) => {
            let description = sandbox.refusal(aadsts::NO_SESSION, &headers).description();
            back.deliver(vec![("error", aadsts::NO_SESSION.error.into()), ("error_description", description)])
        }
        Err(halt) => stop(&sandbox, &headers, halt.cause, halt.back.as_deref(), false),
    }
}

/// Where the answer goes. Until this is known there is no way back.
pub(crate) fn return_address(sandbox: &Sandbox, parameters: &Parameters) -> Result<ReturnAddress, Halt> {
    let spelling = parameters.get("redirect_uri").unwrap_or_default();
    let redirect = registered(spelling, &sandbox.deep_link)
        .ok_or(Halt { cause: aadsts::REDIRECT_UNKNOWN, back: None })?;
    let mode = ResponseMode::parse(parameters.get("response_mode"));
    let back = ReturnAddress {
        redirect,
        spelling: spelling.to_owned(),
        mode: mode.unwrap_or(ResponseMode::Query),
        state: parameters.get("state").map(str::to_owned),
    };
    if mode.is_none() {
        return Err(Halt { cause: aadsts::PARAMETER_INVALID, back: Some(Box::new(back)) });
    }
    Ok(back)
}

fn check(
    sandbox: &Sandbox,
    parameters: &Parameters,
    authority: Option<Authority>,
    back: &ReturnAddress,
) -> Result<(Authority, SignInRequest), Cause> {
    let authority = authority.ok_or(aadsts::TENANT_UNKNOWN)?;
    if !is_known_client(parameters.get("client_id")) {
        return Err(aadsts::CLIENT_UNKNOWN);
    }
    if parameters.has_repetition() {
        return Err(aadsts::PARAMETER_INVALID);
    }
    if parameters.get("response_type") != Some("code") {
        return Err(aadsts::RESPONSE_TYPE);
    }
    let challenge = code_challenge(parameters)?;
    let prompt = prompt(parameters)?;
    let scope = parameters.get("scope").ok_or(aadsts::PARAMETER_MISSING)?;
    let scopes = Scopes::parse(scope, &sandbox.base).map_err(|_word| aadsts::SCOPE_UNKNOWN)?;
    let claims = claims(parameters)?;
    if prompt == Some("none") {
        return Err(aadsts::NO_SESSION);
    }
    let request = SignInRequest {
        back: back.clone(),
        scopes,
        nonce: parameters.get("nonce").map(str::to_owned),
        challenge,
        login_hint: parameters.get("login_hint").map(str::to_owned),
        asks_consent: prompt == Some("consent"),
        asks_mfa: requests(&claims, "acr", MFA_POLICY),
        claims_met: requests(&claims, "acrs", CHALLENGE_VALUE),
    };
    Ok((authority, request))
}

/// RFC 7636, section 4.2: 43 to 128 unreserved characters.
fn code_challenge(parameters: &Parameters) -> Result<String, Cause> {
    let challenge = parameters.get("code_challenge").unwrap_or_default();
    let unreserved = |byte: u8| byte.is_ascii_alphanumeric() || b"-._~".contains(&byte);
    let shaped = (43..=128).contains(&challenge.len()) && challenge.bytes().all(unreserved);
    if shaped && parameters.get("code_challenge_method") == Some("S256") {
        Ok(challenge.to_owned())
    } else {
        Err(aadsts::CHALLENGE_INVALID)
    }
}

fn prompt(parameters: &Parameters) -> Result<Option<&str>, Cause> {
    let prompt = parameters.get("prompt");
    match prompt {
        Some("select_account") if parameters.get("login_hint").is_some() => Err(aadsts::PARAMETER_INVALID),
        None | Some("select_account" | "login" | "consent" | "none") => Ok(prompt),
        Some(_) => Err(aadsts::PARAMETER_INVALID),
    }
}

fn claims(parameters: &Parameters) -> Result<Value, Cause> {
    let text = parameters.get("claims").unwrap_or("{}");
    serde_json::from_str(text).ok().filter(Value::is_object).ok_or(aadsts::PARAMETER_INVALID)
}

/// Whether the claims request names a value for a claim, in `value` or `values`, for either token
/// (OpenID Connect Core, section 5.5).
fn requests(claims: &Value, claim: &str, wanted: &str) -> bool {
    ["access_token", "id_token"].into_iter().filter_map(|token| claims.get(token)?.get(claim)).any(|entry| {
        let many = entry.get("values").and_then(Value::as_array).into_iter().flatten();
        entry.get("value").into_iter().chain(many).any(|value| value.as_str() == Some(wanted))
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn claims_requests_are_read_in_both_spellings() {
        let one = json!({"access_token": {"acrs": {"essential": true, "value": "c1"}}});
        let many = json!({"id_token": {"acr": {"values": [MFA_POLICY]}}});
        assert!(requests(&one, "acrs", CHALLENGE_VALUE));
        assert!(requests(&many, "acr", MFA_POLICY));
        assert!(!requests(&many, "acrs", CHALLENGE_VALUE));
        assert!(!requests(&json!({"access_token": []}), "acrs", CHALLENGE_VALUE));
    }
}
