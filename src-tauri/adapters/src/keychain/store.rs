//! One opened store of small entries, and the operating system's as one of them.

use std::{collections::HashMap, fmt, sync::Arc};

use keyring_core::{CredentialStore, Entry as KeyringEntry, Error};

use super::secret::Entry;
use crate::platform;

/// A store of small secrets under (service, account). Calls may block for as long as a person takes to answer.
///
/// Entries are at most 2,560 bytes of printable ASCII and line feeds: the least of Windows (size) and KDE (text).
pub trait SecretStore: Send + Sync {
    /// Creates or replaces an entry.
    ///
    /// # Errors
    /// Any [`StoreError`] but `NotThere`; the entry is then whole, either old or new.
    fn set(&self, service: &str, account: &str, entry: &[u8]) -> Result<(), StoreError>;

    /// Reads an entry.
    ///
    /// # Errors
    /// `NotThere` where there is none, else any [`StoreError`].
    fn get(&self, service: &str, account: &str) -> Result<Entry, StoreError>;

    /// Deletes an entry.
    ///
    /// # Errors
    /// `NotThere` where there is none, else any [`StoreError`].
    fn delete(&self, service: &str, account: &str) -> Result<(), StoreError>;
}

impl SecretStore for Arc<dyn SecretStore> {
    fn set(&self, service: &str, account: &str, entry: &[u8]) -> Result<(), StoreError> {
        (**self).set(service, account, entry)
    }

    fn get(&self, service: &str, account: &str) -> Result<Entry, StoreError> {
        (**self).get(service, account)
    }

    fn delete(&self, service: &str, account: &str) -> Result<(), StoreError> {
        (**self).delete(service, account)
    }
}

/// Why one call to a store failed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum StoreError {
    /// There is no such entry.
    #[error("no such entry")]
    NotThere,
    /// The store is locked and nobody unlocked it.
    #[error("locked")]
    Locked,
    /// No store answers.
    #[error("no store")]
    NoStore,
    /// The entry is larger than the store takes.
    #[error("entry too large")]
    TooBig,
    /// The entry is there and cannot be read as one.
    #[error("damaged entry")]
    Broken,
    /// The store failed in another way.
    #[error("{0}")]
    Failed(FailureKind),
}

/// The other ways in which a store fails.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FailureKind {
    /// The operating system's store reported an error of its own.
    Platform,
    /// The store refused a name or a value that we gave it.
    Refused,
    /// The store cannot do this at all.
    Unsupported,
    /// An error this program has no word for, or the thread of the keychain ended.
    Unknown,
}

impl fmt::Display for FailureKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Platform => "the operating system reported an error",
            Self::Refused => "a name or value was refused",
            Self::Unsupported => "the operation is not supported",
            Self::Unknown => "an unknown error",
        })
    }
}

/// The operating system's keychain, opened for one attempt.
///
/// Nothing outlives the value: a keychain that was missing a moment ago is found by the next [`PlatformStore::open`].
pub struct PlatformStore {
    store: Arc<CredentialStore>,
}

impl PlatformStore {
    /// Connects to the keychain of this session.
    ///
    /// # Errors
    /// `NoStore` whatever the reason: nothing answers that could be asked.
    pub fn open() -> Result<Self, StoreError> {
        let store = platform::open_keychain().map_err(|error| {
            classify(&error);
            StoreError::NoStore
        })?;
        Ok(Self { store })
    }

    fn entry(&self, service: &str, account: &str) -> Result<KeyringEntry, StoreError> {
        let modifiers: HashMap<&str, &str> = platform::KEYCHAIN_MODIFIERS.iter().copied().collect();
        self.store.build(service, account, Some(&modifiers)).map_err(|error| classify(&error))
    }
}

impl SecretStore for PlatformStore {
    fn set(&self, service: &str, account: &str, entry: &[u8]) -> Result<(), StoreError> {
        let keyring = self.entry(service, account)?;
        let outcome = match keyring.set_secret(entry) {
            // Duplicates cannot be told apart, so no reader trusts any of them; one new entry takes their place.
            Err(Error::Ambiguous(duplicates)) => {
                delete_all(&duplicates).and_then(|()| keyring.set_secret(entry))
            }
            other => other,
        };
        outcome.map_err(|error| classify(&error))
    }

    fn get(&self, service: &str, account: &str) -> Result<Entry, StoreError> {
        let secret = self.entry(service, account)?.get_secret();
        secret.map(Entry::new).map_err(|error| classify(&error))
    }

    fn delete(&self, service: &str, account: &str) -> Result<(), StoreError> {
        let outcome = match self.entry(service, account)?.delete_credential() {
            Err(Error::Ambiguous(duplicates)) => delete_all(&duplicates),
            other => other,
        };
        outcome.map_err(|error| classify(&error))
    }
}

fn delete_all(entries: &[KeyringEntry]) -> keyring_core::Result<()> {
    entries.iter().try_for_each(KeyringEntry::delete_credential)
}

/// Every error of the keyring crates, in our five words.
///
/// Only the platform's own sentence is logged: other variants may carry the secret itself.
fn classify(error: &Error) -> StoreError {
    match error {
        Error::NoEntry => StoreError::NotThere,
        Error::NoStorageAccess(cause) => platform_verdict(cause.as_ref()).unwrap_or(StoreError::Locked),
        Error::PlatformFailure(cause) => {
            platform_verdict(cause.as_ref()).unwrap_or(StoreError::Failed(FailureKind::Platform))
        }
        Error::NoDefaultStore => StoreError::NoStore,
        Error::TooLong(_, _) => StoreError::TooBig,
        Error::BadEncoding(_)
        | Error::BadDataFormat(_, _)
        | Error::BadStoreFormat(_)
        | Error::Ambiguous(_) => StoreError::Broken,
        Error::Invalid(_, _) => StoreError::Failed(FailureKind::Refused),
        Error::NotSupportedByStore(_) => StoreError::Failed(FailureKind::Unsupported),
        _ => StoreError::Failed(FailureKind::Unknown),
    }
}

fn platform_verdict(cause: &platform::PlatformError) -> Option<StoreError> {
    tracing::debug!(%cause, "the keychain refused");
    platform::keychain_verdict(cause)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cause() -> Box<dyn std::error::Error + Send + Sync> {
        Box::new(std::io::Error::other("platform"))
    }

    #[test]
    fn every_error_of_the_keyring_crates_has_one_of_our_words() {
        let table = [
            (Error::NoEntry, StoreError::NotThere),
            (Error::NoStorageAccess(cause()), StoreError::Locked),
            (Error::PlatformFailure(cause()), StoreError::Failed(FailureKind::Platform)),
            (Error::NoDefaultStore, StoreError::NoStore),
            (Error::TooLong("secret".into(), 2560), StoreError::TooBig),
            (Error::BadEncoding(vec![0xff]), StoreError::Broken),
            (Error::BadDataFormat(vec![0xff], cause()), StoreError::Broken),
            (Error::BadStoreFormat("index".into()), StoreError::Broken),
            (Error::Ambiguous(Vec::new()), StoreError::Broken),
            (Error::Invalid("user".into(), "empty".into()), StoreError::Failed(FailureKind::Refused)),
            (Error::NotSupportedByStore("x".into()), StoreError::Failed(FailureKind::Unsupported)),
        ];
        for (error, expected) in table {
            assert_eq!(classify(&error), expected, "{error:?}");
        }
    }

    #[cfg(target_os = "linux")]
    #[test]
    fn the_platforms_own_error_overrules_the_general_word() {
        use secret_service::Error as ServiceError;
        let access = Error::NoStorageAccess(Box::new(ServiceError::NoResult));
        assert_eq!(classify(&access), StoreError::NoStore);
        let failure = Error::PlatformFailure(Box::new(ServiceError::Prompt));
        assert_eq!(classify(&failure), StoreError::Locked);
    }
}
