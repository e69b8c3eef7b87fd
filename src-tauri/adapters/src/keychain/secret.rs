//! What is kept: a refresh token as bytes, and whose it is.

use std::fmt;

use secrecy::{ExposeSecret, SecretSlice, zeroize::Zeroizing};

/// The text of one keychain entry; erased from memory when dropped.
pub type Entry = Zeroizing<Vec<u8>>;

/// The credential's bytes. Erased from memory when dropped, never printed, never serialized.
#[derive(Clone)]
pub struct Payload(SecretSlice<u8>);

impl Payload {
    /// Takes the bytes over; spare capacity of the vector is given back first.
    #[must_use]
    pub fn new(bytes: Vec<u8>) -> Self {
        Self(SecretSlice::from(bytes))
    }

    /// The bytes themselves, for the one place that sends them to Microsoft.
    #[must_use]
    pub fn expose(&self) -> &[u8] {
        self.0.expose_secret()
    }
}

impl fmt::Debug for Payload {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Payload(redacted)")
    }
}

/// Whose credential it is: `tid` and `oid`, or `iss` and `sub` where a provider has no such claims.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Identity {
    tenant: String,
    object_id: String,
}

/// An identity that is empty, longer than 255 characters, or not printable ASCII.
///
/// Source: OpenID Connect Core 1.0, section 2 (`sub` is at most 255 ASCII characters).
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the identity is not 1 to 255 printable ASCII characters")]
pub struct InvalidIdentity;

impl Identity {
    /// Each part is 1 to 255 printable ASCII characters.
    ///
    /// # Errors
    /// [`InvalidIdentity`] for anything else.
    pub fn new(tenant: &str, object_id: &str) -> Result<Self, InvalidIdentity> {
        let fits = |part: &str| {
            (1..=255).contains(&part.len())
                && part.bytes().all(|byte| byte == b' ' || byte.is_ascii_graphic())
        };
        if !fits(tenant) || !fits(object_id) {
            return Err(InvalidIdentity);
        }
        Ok(Self { tenant: tenant.to_owned(), object_id: object_id.to_owned() })
    }

    /// `tid`, or `iss`.
    #[must_use]
    pub fn tenant(&self) -> &str {
        &self.tenant
    }

    /// `oid`, or `sub`.
    #[must_use]
    pub fn object_id(&self) -> &str {
        &self.object_id
    }
}

/// A credential as the keychain holds it.
#[derive(Debug, Clone)]
pub struct Held {
    /// Whose it is.
    pub identity: Identity,
    /// Grows by one with each write; starts again at 1 after a deletion.
    pub generation: u64,
    /// The credential.
    pub payload: Payload,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_payload_is_never_printed() {
        let identity = Identity::new("tenant", "person").unwrap();
        let held = Held { identity, generation: 7, payload: Payload::new(b"0.AXoA-secret".to_vec()) };
        let printed = format!("{held:?}");
        assert!(!printed.contains("AXoA") && !printed.contains("48, 46"), "{printed}");
    }

    #[test]
    fn an_identity_is_printable_ascii_of_bounded_length() {
        let longest = "x".repeat(255);
        assert!(Identity::new("https://issuer.example/a b", &longest).is_ok());
        assert!(Identity::new("auth0|1", "auth0|2").is_ok());
        for bad in ["", "a\nb", "a\0", "größe", &"x".repeat(256)] {
            assert_eq!(Identity::new(bad, "x"), Err(InvalidIdentity), "{bad:?}");
            assert_eq!(Identity::new("x", bad), Err(InvalidIdentity), "{bad:?}");
        }
    }
}
