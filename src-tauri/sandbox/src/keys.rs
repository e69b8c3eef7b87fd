//! Signing keys: RS256, published as a JWK set, replaced on demand.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use aws_lc_rs::error::Unspecified;
use aws_lc_rs::rand::SystemRandom;
use aws_lc_rs::rsa::{KeyPair, KeySize};
use aws_lc_rs::signature::{KeyPair as _, RSA_PKCS1_SHA256};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde_json::{Value, json};
use uuid::Uuid;

/// How many keys stay published after rotations.
const PUBLISHED_KEYS: usize = 4;

struct SigningKey {
    id: String,
    pair: KeyPair,
}

impl SigningKey {
    fn generate() -> Result<Self, Unspecified> {
        let id = URL_SAFE_NO_PAD.encode(Uuid::new_v4().as_bytes());
        Ok(Self { id, pair: KeyPair::generate(KeySize::Rsa2048)? })
    }

    fn jwk(&self, issuer: &str) -> Value {
        let public = self.pair.public_key();
        json!({
            "kty": "RSA",
            "use": "sig",
            "kid": self.id,
            "x5t": self.id,
            "n": URL_SAFE_NO_PAD.encode(public.modulus().big_endian_without_leading_zero()),
            "e": URL_SAFE_NO_PAD.encode(public.exponent().big_endian_without_leading_zero()),
            "issuer": issuer,
        })
    }
}

/// The keys in publication order; the last one signs.
pub(crate) struct KeyRing {
    keys: Mutex<Vec<Arc<SigningKey>>>,
}

impl KeyRing {
    /// A ring with one new key.
    pub(crate) fn generate() -> Result<Self, Unspecified> {
        Ok(Self { keys: Mutex::new(vec![Arc::new(SigningKey::generate()?)]) })
    }

    fn keys(&self) -> MutexGuard<'_, Vec<Arc<SigningKey>>> {
        self.keys.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Signs with a new key from now on.
    pub(crate) fn rotate(&self) -> Result<(), Unspecified> {
        let new = Arc::new(SigningKey::generate()?);
        let mut keys = self.keys();
        keys.push(new);
        if keys.len() > PUBLISHED_KEYS {
            keys.remove(0);
        }
        Ok(())
    }

    /// The JWK set; `issuer` stands in every key, as Entra ID publishes it.
    pub(crate) fn jwks(&self, issuer: &str) -> Value {
        let keys: Vec<Value> = self.keys().iter().map(|key| key.jwk(issuer)).collect();
        json!({ "keys": keys })
    }

    /// A compact JWS of the claims (RFC 7515, section 7.1).
    pub(crate) fn sign(&self, claims: &Value) -> Result<String, Unspecified> {
        let key = self.keys().last().cloned().ok_or(Unspecified)?;
        let header = json!({"typ": "JWT", "alg": "RS256", "kid": key.id}).to_string();
        let input =
            format!("{}.{}", URL_SAFE_NO_PAD.encode(header), URL_SAFE_NO_PAD.encode(claims.to_string()));
        let mut signature = vec![0; key.pair.public_modulus_len()];
        key.pair.sign(&RSA_PKCS1_SHA256, &SystemRandom::new(), input.as_bytes(), &mut signature)?;
        Ok(format!("{input}.{}", URL_SAFE_NO_PAD.encode(signature)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jsonwebtoken::jwk::JwkSet;
    use jsonwebtoken::{Algorithm, DecodingKey, Validation, decode, decode_header};

    fn verified(token: &str, published: Value) -> bool {
        let set: JwkSet = serde_json::from_value(published).unwrap();
        let Some(jwk) = decode_header(token).unwrap().kid.and_then(|kid| set.find(&kid).cloned()) else {
            return false;
        };
        let mut validation = Validation::new(Algorithm::RS256);
        validation.set_audience(&["me"]);
        decode::<Value>(token, &DecodingKey::from_jwk(&jwk).unwrap(), &validation).is_ok()
    }

    #[test]
    fn tokens_verify_against_the_published_set_across_a_rotation() {
        let ring = KeyRing::generate().unwrap();
        let claims = json!({"aud": "me", "exp": 4_000_000_000_u64});
        let before = ring.sign(&claims).unwrap();
        let old_set = ring.jwks("issuer");
        ring.rotate().unwrap();
        let after = ring.sign(&claims).unwrap();
        assert!(verified(&before, old_set.clone()));
        assert!(verified(&before, ring.jwks("issuer")));
        assert!(verified(&after, ring.jwks("issuer")));
        assert!(!verified(&after, old_set), "the old set cannot know the new key");
    }
}
