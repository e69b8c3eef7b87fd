//! Signing keys and signatures of a test provider, right ones and wrong ones.

use aws_lc_rs::hmac;
use aws_lc_rs::rand::SystemRandom;
use aws_lc_rs::rsa::{KeyPair, KeySize};
use aws_lc_rs::signature::{ECDSA_P256_SHA256_FIXED_SIGNING, EcdsaKeyPair, KeyPair as _, RSA_PKCS1_SHA256};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde_json::{Value, json};
use uuid::Uuid;

/// How a token is signed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Signing {
    Rs256,
    /// RS256 with one bit changed.
    Rs256Broken,
    /// The public modulus as a shared secret.
    Hs256,
    /// A key that nobody published.
    Es256,
    Nothing,
}

pub(crate) struct Key {
    pub(crate) id: String,
    pair: KeyPair,
}

impl Key {
    pub(crate) fn generate() -> Self {
        Self { id: Uuid::new_v4().to_string(), pair: KeyPair::generate(KeySize::Rsa2048).unwrap() }
    }

    fn modulus(&self) -> String {
        URL_SAFE_NO_PAD.encode(self.pair.public_key().modulus().big_endian_without_leading_zero())
    }

    pub(crate) fn jwk(&self) -> Value {
        let exponent = self.pair.public_key().exponent().big_endian_without_leading_zero().to_vec();
        json!({"kty": "RSA", "use": "sig", "kid": self.id, "n": self.modulus(), "e": URL_SAFE_NO_PAD.encode(exponent)})
    }

    fn rs256(&self, input: &[u8]) -> Vec<u8> {
        let mut signature = vec![0; self.pair.public_modulus_len()];
        self.pair.sign(&RSA_PKCS1_SHA256, &SystemRandom::new(), input, &mut signature).unwrap();
        signature
    }

    /// A compact JWS.
    pub(crate) fn sign(&self, header: &Value, claims: &Value, signing: Signing) -> String {
        let part = |value: &Value| URL_SAFE_NO_PAD.encode(value.to_string());
        let input = format!("{}.{}", part(header), part(claims));
        let mut signature = match signing {
            Signing::Rs256 | Signing::Rs256Broken => self.rs256(input.as_bytes()),
            Signing::Hs256 => {
                let key = hmac::Key::new(hmac::HMAC_SHA256, self.modulus().as_bytes());
                hmac::sign(&key, input.as_bytes()).as_ref().to_vec()
            }
            Signing::Es256 => {
                let pair = EcdsaKeyPair::generate(&ECDSA_P256_SHA256_FIXED_SIGNING).unwrap();
                pair.sign(&SystemRandom::new(), input.as_bytes()).unwrap().as_ref().to_vec()
            }
            Signing::Nothing => Vec::new(),
        };
        if signing == Signing::Rs256Broken {
            signature[40] ^= 1;
        }
        format!("{input}.{}", URL_SAFE_NO_PAD.encode(signature))
    }
}
