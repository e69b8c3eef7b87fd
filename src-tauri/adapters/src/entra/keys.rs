//! The authority's signing keys (RFC 7517).

use jsonwebtoken::DecodingKey;
use mpc_connect_core::failure::Failure;
use serde::Deserialize;
use serde_json::Value;

use super::metadata::untrusted;

/// More keys than this are not looked at; Entra publishes fewer than ten.
const MOST_KEYS: usize = 100;

#[derive(Deserialize)]
struct Document {
    keys: Vec<Value>,
}

#[derive(Deserialize)]
struct RsaKey {
    kty: String,
    #[serde(rename = "use")]
    usage: Option<String>,
    alg: Option<String>,
    kid: Option<String>,
    n: String,
    e: String,
    issuer: Option<String>,
}

/// A key that may sign ID tokens.
pub(super) struct SigningKey {
    id: Option<String>,
    /// The issuer whose tokens it signs, where the set says so. May hold Entra's placeholder.
    pub(super) issuer: Option<String>,
    /// The public key.
    pub(super) key: DecodingKey,
}

/// The usable keys of a set: RSA, for signatures.
pub(super) struct KeySet(Vec<SigningKey>);

impl KeySet {
    /// Reads a JWK set. Keys of other kinds are passed over.
    ///
    /// # Errors
    /// `UNEXPECTED_ANSWER` when it is no JWK set.
    pub(super) fn read(body: &[u8]) -> Result<Self, Failure> {
        let document: Document = serde_json::from_slice(body).map_err(|_| untrusted("signing keys"))?;
        Ok(Self(document.keys.into_iter().take(MOST_KEYS).filter_map(signing_key).collect()))
    }

    /// The keys to try for a token: the one it names, or all where it names none.
    pub(super) fn candidates(&self, kid: Option<&str>) -> impl Iterator<Item = &SigningKey> {
        self.0.iter().filter(move |key| kid.is_none() || key.id.as_deref() == kid)
    }
}

fn signing_key(value: Value) -> Option<SigningKey> {
    let jwk: RsaKey = serde_json::from_value(value).ok()?;
    let signs = jwk.usage.as_deref().is_none_or(|usage| usage == "sig");
    let rs256 = jwk.alg.as_deref().is_none_or(|algorithm| algorithm == "RS256");
    if jwk.kty != "RSA" || !signs || !rs256 {
        return None;
    }
    let key = DecodingKey::from_rsa_components(&jwk.n, &jwk.e).ok()?;
    Some(SigningKey { id: jwk.kid, issuer: jwk.issuer, key })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ids(set: &str, kid: Option<&str>) -> Vec<Option<String>> {
        KeySet::read(set.as_bytes()).expect("a set").candidates(kid).map(|key| key.id.clone()).collect()
    }

    #[test]
    fn only_rsa_keys_for_signatures_are_taken() {
        let set = r#"{"keys":[{"kty":"RSA","kid":"a","n":"AQAB","e":"AQAB"},{"kty":"EC","kid":"b","crv":"P-256"},
            {"kty":"RSA","use":"enc","kid":"c","n":"AQAB","e":"AQAB"},{"kty":"oct","kid":"d","k":"AQAB"},
            {"kty":"RSA","alg":"RS512","kid":"e","n":"AQAB","e":"AQAB"},{"kty":"RSA","kid":"f","n":"*","e":""},null,7]}"#;
        assert_eq!(ids(set, None), [Some("a".to_owned())]);
        assert_eq!(ids(set, Some("a")).len(), 1);
        assert!(ids(set, Some("b")).is_empty());
    }

    #[test]
    fn anything_but_a_set_is_refused() {
        for body in ["", "[]", "{}", "{\"keys\":{}}", "<html>"] {
            assert!(KeySet::read(body.as_bytes()).is_err(), "{body}");
        }
    }
}
