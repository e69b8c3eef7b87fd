//! The keychain: where the one credential of a connection is kept between runs.
//!
//! Three layers, each usable alone: [`SecretStore`] is one opened store of small entries ([`PlatformStore`] is the
//! operating system's), [`Chunked`] lays a credential of up to [`PAYLOAD_LIMIT`] bytes out over such entries so that
//! a torn write never reads as a mix, and [`Keychain`] makes both safe to call from async code, although a keychain
//! may wait for a person without end. [`CredentialLock`] keeps two processes from refreshing the same credential.

mod calls;
mod head;
mod layout;
mod lock;
mod secret;
mod store;

pub use calls::Keychain;
pub use layout::{CHUNK_SIZE, Chunked, ENTRY_LIMIT, PAYLOAD_LIMIT};
pub use lock::{CredentialLock, LockError};
pub use secret::{Entry, Held, Identity, InvalidIdentity, Payload};
pub use store::{FailureKind, PlatformStore, SecretStore, StoreError};

/// Why the keychain could not do what was asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum KeychainError {
    /// The keychain is locked, or the person dismissed the question to unlock it. Nothing is lost.
    #[error("the keychain is locked")]
    Locked,
    /// No keychain answers on this computer or in this session.
    #[error("no keychain answers")]
    NoStore,
    /// The credential is larger than [`PAYLOAD_LIMIT`], or than this store takes. Nothing was written in the first case.
    #[error("the credential is too large for the keychain")]
    TooBig,
    /// What the keychain holds cannot be read as a credential. A new write mends it.
    #[error("what the keychain holds is damaged")]
    Broken,
    /// A newer version of this program wrote the entry. Nothing is changed or deleted.
    #[error("the keychain entry was written by a newer version")]
    NewerVersion,
    /// The time is over and the keychain has not answered; it may still be asking the person. The call goes on
    /// unattended, so a write may still land.
    #[error("the keychain has not answered in time")]
    TimedOut,
    /// An earlier call is still under way; nothing was asked of the keychain.
    #[error("the keychain has not answered an earlier call yet")]
    Busy,
    /// The keychain refused for another reason.
    #[error("the keychain failed: {0}")]
    Failed(FailureKind),
}

impl From<StoreError> for KeychainError {
    fn from(error: StoreError) -> Self {
        match error {
            // The layout handles absence where it has a meaning; anywhere else a piece is missing.
            StoreError::NotThere | StoreError::Broken => Self::Broken,
            StoreError::Locked => Self::Locked,
            StoreError::NoStore => Self::NoStore,
            StoreError::TooBig => Self::TooBig,
            StoreError::Failed(kind) => Self::Failed(kind),
        }
    }
}
