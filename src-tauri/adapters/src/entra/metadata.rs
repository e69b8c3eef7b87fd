//! The authority's metadata (OpenID Connect Discovery 1.0).

use mpc_connect_core::failure::{Failure, FailureClass};
use serde::Deserialize;
use url::Url;

use super::issuer::Issuer;

/// What the program needs of the metadata. Entra leaves out keys that others have (`code_challenge_methods_supported`,
/// `none` as a way to authenticate), so none but these is asked for.
#[derive(Deserialize)]
struct Document {
    issuer: String,
    authorization_endpoint: Url,
    token_endpoint: Url,
    jwks_uri: Url,
    authorization_response_iss_parameter_supported: Option<bool>,
}

/// Checked metadata.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Metadata {
    /// Who signs ID tokens.
    pub(super) issuer: Issuer,
    /// Where the browser goes.
    pub(super) authorization_endpoint: Url,
    /// Where codes and refresh tokens go.
    pub(super) token_endpoint: Url,
    /// Where the signing keys are.
    pub(super) jwks_uri: Url,
    /// Whether each authorization response carries `iss` (RFC 9207, section 3).
    pub(super) announces_issuer: bool,
}

impl Metadata {
    /// Reads the document that came from `address`.
    ///
    /// # Errors
    /// `UNEXPECTED_ANSWER` when it is unreadable, names another issuer, or an endpoint leaves the authority's host.
    pub(super) fn read(address: &Url, body: &[u8]) -> Result<Self, Failure> {
        let document: Document = serde_json::from_slice(body).map_err(|_| untrusted("metadata"))?;
        let issuer = Issuer::read(address, &document.issuer).ok_or_else(|| untrusted("metadata: issuer"))?;
        let endpoints = [&document.authorization_endpoint, &document.token_endpoint, &document.jwks_uri];
        if endpoints.iter().any(|endpoint| endpoint.origin() != address.origin()) {
            return Err(untrusted("metadata: another host"));
        }
        Ok(Self {
            issuer,
            authorization_endpoint: document.authorization_endpoint,
            token_endpoint: document.token_endpoint,
            jwks_uri: document.jwks_uri,
            announces_issuer: document.authorization_response_iss_parameter_supported == Some(true),
        })
    }
}

/// A failure for what must not be trusted; `what` is a word of ours, never of the answer.
pub(super) fn untrusted(what: &'static str) -> Failure {
    Failure::of(FailureClass::UnexpectedAnswer).with_code(what)
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;

    const ADDRESS: &str = "https://login.example/organizations/v2.0/.well-known/openid-configuration";

    fn entra() -> Value {
        json!({
            "issuer": "https://login.example/{tenantid}/v2.0",
            "authorization_endpoint": "https://login.example/organizations/oauth2/v2.0/authorize",
            "token_endpoint": "https://login.example/organizations/oauth2/v2.0/token",
            "jwks_uri": "https://login.example/organizations/discovery/v2.0/keys",
            "userinfo_endpoint": "https://graph.example/oidc/userinfo",
            "token_endpoint_auth_methods_supported": ["client_secret_post"],
        })
    }

    fn read(document: &Value) -> Result<Metadata, Failure> {
        Metadata::read(&Url::parse(ADDRESS).unwrap(), document.to_string().as_bytes())
    }

    #[test]
    fn entras_document_is_read_though_it_lacks_what_others_have() {
        assert!(!read(&entra()).expect("Entra's document").announces_issuer);
    }

    #[test]
    fn endpoints_stay_on_the_authoritys_own_host() {
        for key in ["authorization_endpoint", "token_endpoint", "jwks_uri"] {
            for elsewhere in [
                "https://evil.example/x",
                "http://login.example/x",
                "https://login.example:8443/x",
                "data:,x",
                "x",
            ] {
                let mut document = entra();
                document[key] = elsewhere.into();
                let failure = read(&document).expect_err("an endpoint elsewhere");
                assert_eq!(failure.class, FailureClass::UnexpectedAnswer, "{key} {elsewhere}");
            }
        }
    }

    #[test]
    fn unreadable_documents_are_refused() {
        let address = Url::parse(ADDRESS).unwrap();
        for body in ["", "null", "[]", "<html>", "{\"issuer\":1}", "{\"issuer\":\"https://login.example\"}"] {
            let failure = Metadata::read(&address, body.as_bytes()).expect_err("no metadata");
            assert_eq!(failure.class, FailureClass::UnexpectedAnswer, "{body}");
        }
    }
}
