//! Who signed in, and the credential that came of it.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

/// The key of a connection: (`tid`, `oid`), or (`iss`, `sub`) where a provider has no such claims.
///
/// Source: Microsoft Learn, "Secure applications and APIs by validating claims".
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Identity {
    /// `tid`, or the issuer.
    pub tenant: String,
    /// `oid`, or the subject.
    pub object: String,
}

/// What a validated ID token says about the person who signed in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SignedIn {
    /// The key.
    pub identity: Identity,
    /// `preferred_username`, for showing and comparing with the saved name; mutable, never a key.
    pub username: Option<String>,
}

/// What a sign-in asked Microsoft for beyond the usual.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Asked {
    /// A second factor, by the person's press.
    pub second_check: bool,
    /// The claims of a challenge, passed back once.
    pub claims: bool,
}

/// The credential in use, without its secret.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Credential {
    /// Made at each sign-in, kept across refreshes. Active is bound to it.
    pub id: String,
    /// Whose it is.
    pub identity: Identity,
    /// Where it was obtained, as [`Authority::name`](crate::ports::Authority::name) says it. It is shown nowhere else.
    pub authority: String,
    /// The name that Microsoft gave at the sign-in.
    pub signed_in_as: Option<String>,
    /// When the sign-in ended.
    pub obtained_at: Timestamp,
    /// When it was last refreshed.
    pub last_used_at: Timestamp,
    /// Whether it lives in the memory of one process alone.
    pub session_only: bool,
    /// What the sign-in asked for.
    pub asked: Asked,
    /// Number of the account in history rows; the name stands in the connection row only.
    pub account_number: u32,
}
