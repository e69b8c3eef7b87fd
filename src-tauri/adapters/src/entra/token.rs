//! The token endpoint's answer (RFC 6749, section 5.1).

use std::time::Duration;

use mpc_connect_core::environment::Environment;
use mpc_connect_core::failure::{Failure, FailureClass};
use oauth2::basic::{
    BasicErrorResponse, BasicRevocationErrorResponse, BasicTokenIntrospectionResponse, BasicTokenType,
};
use oauth2::{
    AccessToken, AuthUrl, ClientId, EndpointNotSet, EndpointSet, RefreshToken, Scope, StandardRevocableToken,
    TokenResponse, TokenUrl,
};
use serde::de::{Deserializer, Error as _};
use serde::ser::{Error as _, Serializer};
use serde::{Deserialize, Serialize};

use super::metadata::{Metadata, untrusted};

/// Longer than any token that is known; Microsoft names no maximum.
const LONGEST_TOKEN: usize = 64 * 1024;

/// A public client: no secret exists, so none is ever sent.
pub(super) type Client = oauth2::Client<
    BasicErrorResponse,
    Fields,
    BasicTokenIntrospectionResponse,
    StandardRevocableToken,
    BasicRevocationErrorResponse,
    EndpointSet,
    EndpointNotSet,
    EndpointNotSet,
    EndpointNotSet,
    EndpointSet,
>;

/// The client of an environment at the endpoints of its authority.
pub(super) fn client(environment: &Environment, metadata: &Metadata) -> Client {
    oauth2::Client::new(ClientId::new(environment.client_id.clone()))
        .set_auth_uri(AuthUrl::from_url(metadata.authorization_endpoint.clone()))
        .set_token_uri(TokenUrl::from_url(metadata.token_endpoint.clone()))
}

/// The fields that are used. `expires_in` is not among them: providers send a number, a text or nothing, and whether
/// a token still works is asked of the resource alone.
#[derive(Debug, Deserialize)]
pub(super) struct Fields {
    access_token: AccessToken,
    #[serde(deserialize_with = "in_lower_case")]
    token_type: BasicTokenType,
    refresh_token: Option<RefreshToken>,
    /// The scopes that were granted, where the provider says so.
    pub(super) scope: Option<String>,
    /// The ID token, if one came. An access token's type, because its `Debug` form is redacted.
    pub(super) id_token: Option<AccessToken>,
}

impl Fields {
    /// Refuses what cannot be used as a bearer token in a header.
    ///
    /// # Errors
    /// `UNEXPECTED_ANSWER`.
    pub(super) fn check(&self) -> Result<(), Failure> {
        if self.token_type != BasicTokenType::Bearer {
            return Err(untrusted("token_type"));
        }
        let token = self.access_token.secret();
        let usable =
            (1..=LONGEST_TOKEN).contains(&token.len()) && token.bytes().all(|byte| byte.is_ascii_graphic());
        if usable { Ok(()) } else { Err(untrusted("access_token")) }
    }

    /// The access token.
    pub(super) fn access(&self) -> &str {
        self.access_token.secret()
    }

    /// The refresh token, if one came.
    pub(super) fn refresh(&self) -> Option<&str> {
        let token = self.refresh_token.as_ref().map(|token| token.secret().as_str());
        token.filter(|token| !token.is_empty())
    }

    /// Refuses a grant that names its scopes without the one that is needed (RFC 6749, section 3.3).
    ///
    /// # Errors
    /// `CONSENT_NEEDED`.
    pub(super) fn check_scope(&self, needed: &str) -> Result<(), Failure> {
        if covers(self.scope.as_deref(), needed) {
            Ok(())
        } else {
            Err(Failure::of(FailureClass::ConsentNeeded).with_code("scope"))
        }
    }
}

impl TokenResponse for Fields {
    type TokenType = BasicTokenType;

    fn access_token(&self) -> &AccessToken {
        &self.access_token
    }

    fn token_type(&self) -> &BasicTokenType {
        &self.token_type
    }

    fn expires_in(&self) -> Option<Duration> {
        None
    }

    fn refresh_token(&self) -> Option<&RefreshToken> {
        self.refresh_token.as_ref()
    }

    fn scopes(&self) -> Option<&Vec<Scope>> {
        None
    }
}

/// `oauth2` asks for the trait; tokens are never written anywhere.
impl Serialize for Fields {
    fn serialize<S: Serializer>(&self, _: S) -> Result<S::Ok, S::Error> {
        Err(S::Error::custom("tokens are not written"))
    }
}

/// RFC 6749, section 5.1: the type is case insensitive.
fn in_lower_case<'de, D: Deserializer<'de>>(deserializer: D) -> Result<BasicTokenType, D::Error> {
    match String::deserialize(deserializer)?.to_ascii_lowercase().as_str() {
        "bearer" => Ok(BasicTokenType::Bearer),
        _ => Err(D::Error::custom("not a bearer token")),
    }
}

/// Whether the scopes that a provider states hold the one that is needed. A provider that states none granted what
/// was asked for. Entra ID states them in another order, in other letter case, sometimes with two slashes or with the
/// resource left out, and adds others.
fn covers(stated: Option<&str>, needed: &str) -> bool {
    let Some(stated) = stated.map(str::trim).filter(|stated| !stated.is_empty()) else { return true };
    let needed = normalized(needed);
    let permission = needed.rsplit('/').next().unwrap_or_default();
    let whole_resource = needed.strip_suffix(".default");
    stated.split_ascii_whitespace().map(normalized).any(|scope| {
        scope == needed
            || scope == permission
            || whole_resource.is_some_and(|resource| !resource.is_empty() && scope.starts_with(resource))
    })
}

fn normalized(scope: &str) -> String {
    let scope = scope.to_ascii_lowercase();
    match scope.split_once("://") {
        Some((scheme, rest)) => format!("{scheme}://{}", rest.replace("//", "/")),
        None => scope,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const NEEDED: &str = "https://api.partner.microsoft.com/user_impersonation";

    #[test]
    fn req_6749_05_a_stated_scope_has_to_hold_the_needed_one() {
        for stated in [
            "",
            NEEDED,
            "openid profile https://api.partner.microsoft.com/user_impersonation",
            "https://api.partner.microsoft.com/.default https://api.partner.microsoft.com//User_Impersonation",
            "openid user_impersonation",
        ] {
            assert!(covers(Some(stated), NEEDED), "{stated}");
        }
        assert!(covers(None, NEEDED));
        for stated in [
            "openid",
            "https://graph.microsoft.com/User.Read openid",
            "https://api.partner.microsoft.com/.default",
            "https://evil.example/user_impersonation",
        ] {
            assert!(!covers(Some(stated), NEEDED), "{stated}");
        }
        assert!(covers(Some("https://x.example/a"), "https://x.example/.default"));
    }

    fn read(body: &str) -> Result<Fields, serde_json::Error> {
        serde_json::from_str(body)
    }

    #[test]
    fn req_6749_04_any_expires_in_is_survived() {
        for expiry in [
            "",
            ",\"expires_in\":3599",
            ",\"expires_in\":\"3599\"",
            ",\"expires_in\":null",
            ",\"expires_in\":[]",
        ] {
            let fields = read(&format!("{{\"access_token\":\"a\",\"token_type\":\"bEARER\"{expiry}}}"));
            assert!(fields.is_ok_and(|fields| fields.check().is_ok()), "{expiry}");
        }
    }

    #[test]
    fn req_6749_03_other_types_and_unusable_tokens_are_refused() {
        for body in [
            r#"{"access_token":"a","token_type":"mac"}"#,
            r#"{"access_token":"a"}"#,
            r#"{"access_token":1,"token_type":"Bearer"}"#,
            r#"{"access_token":"a","access_token":"b","token_type":"Bearer"}"#,
            r#"{"access_token":"","token_type":"Bearer"}"#,
            r#"{"access_token":"a\r\nX: y","token_type":"Bearer"}"#,
        ] {
            assert!(!read(body).is_ok_and(|fields| fields.check().is_ok()), "{body}");
        }
    }

    #[test]
    fn tokens_are_neither_shown_nor_written() {
        let body = r#"{"access_token":"planted","token_type":"Bearer","refresh_token":"planted","id_token":"planted"}"#;
        let fields = read(body).expect("a token answer");
        assert!(!format!("{fields:?}").contains("planted"));
        assert!(serde_json::to_string(&fields).is_err());
    }
}
