//! The authorization request.

use std::borrow::Cow;

use mpc_connect_core::environment::Environment;
use mpc_connect_core::failure::{Failure, FailureClass};
use mpc_connect_core::ports::{AuthorizationRequest, SignInAddress, Way};
use oauth2::{CsrfToken, PkceCodeChallenge, PkceCodeVerifier, RedirectUrl, Scope};
use secrecy::ExposeSecret as _;

use super::attempt::Attempt;
use super::token;

/// The address that the browser opens.
///
/// # Errors
/// `APP_MISCONFIGURED` when the registered redirect is no address.
pub(super) fn address(
    environment: &Environment,
    attempt: &Attempt,
    request: &AuthorizationRequest,
) -> Result<SignInAddress, Failure> {
    let client = token::client(environment, &attempt.metadata);
    let redirect = redirect(&attempt.redirect)?;
    let scopes = environment.scopes().into_iter().map(|scope| Scope::new(scope.to_owned()));
    let mut authorization = client
        .authorize_url(|| CsrfToken::new(attempt.state.expose_secret().to_owned()))
        .set_pkce_challenge(challenge(attempt.verifier()?.expose_secret()))
        .set_redirect_uri(Cow::Owned(redirect))
        .add_scopes(scopes)
        .add_extra_param("nonce", attempt.nonce.expose_secret().to_owned())
        .add_extra_param("response_mode", response_mode(request.way))
        .add_extra_param("prompt", prompt(environment, request));
    if let Some(username) = login_hint(environment, request) {
        authorization = authorization.add_extra_param("login_hint", username.to_owned());
    }
    if let Some(claims) = &request.claims {
        authorization = authorization.add_extra_param("claims", claims.clone());
    }
    Ok(SignInAddress(authorization.url().0.into()))
}

/// The redirect as `oauth2` takes it, with its literal spelling kept.
///
/// # Errors
/// `APP_MISCONFIGURED` when it is no address.
pub(super) fn redirect(literal: &str) -> Result<RedirectUrl, Failure> {
    RedirectUrl::new(literal.to_owned())
        .map_err(|_| Failure::of(FailureClass::AppMisconfigured).with_code("redirect"))
}

fn challenge(verifier: &str) -> PkceCodeChallenge {
    PkceCodeChallenge::from_code_verifier_sha256(&PkceCodeVerifier::new(verifier.to_owned()))
}

/// A listener can take a POST, which keeps the code out of the address bar; a private scheme cannot.
fn response_mode(way: Way) -> &'static str {
    match way {
        Way::DeepLink => "query",
        Way::Loopback => "form_post",
    }
}

/// `login` proves the account anew. A provider whose environment says `consent` gives a refresh token only with it,
/// so there both words are sent (OpenID Connect Core 1.0, section 3.1.2.1).
fn prompt<'e>(environment: &'e Environment, request: &AuthorizationRequest) -> &'e str {
    match (request.fresh_login, environment.prompt.as_str()) {
        (false, prompt) => prompt,
        (true, "consent") => "login consent",
        (true, _) => "login",
    }
}

/// Entra ID refuses `login_hint` together with `prompt=select_account`.
fn login_hint<'r>(environment: &Environment, request: &'r AuthorizationRequest) -> Option<&'r str> {
    let allowed = request.fresh_login || environment.prompt != "select_account";
    (allowed && !request.username.is_empty()).then_some(request.username.as_str())
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::super::random::unguessable;
    use super::*;

    /// RFC 7636, appendix B.
    #[test]
    fn req_7636_02_the_challenge_of_the_standards_own_example() {
        let challenge = challenge("dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk");
        assert_eq!(challenge.as_str(), "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM");
        assert_eq!(challenge.method().as_str(), "S256");
    }

    #[test]
    fn req_7636_01_ten_thousand_verifiers_are_distinct_and_well_formed() {
        let verifiers: HashSet<String> = (0..10_000)
            .map(|_| unguessable().expect("randomness").expose_secret().to_owned())
            .inspect(|verifier| {
                assert!((43..=128).contains(&verifier.len()), "{}", verifier.len());
                assert!(
                    verifier.chars().all(|letter| letter.is_ascii_alphanumeric() || "-._~".contains(letter))
                );
            })
            .collect();
        assert_eq!(verifiers.len(), 10_000);
    }
}
