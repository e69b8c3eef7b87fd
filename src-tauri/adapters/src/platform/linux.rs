//! Linux: the Secret Service of the session (GNOME Keyring, KWallet, KeePassXC …) over D-Bus.

use std::path::PathBuf;
use std::sync::Arc;

use keyring_core::CredentialStore;
use secret_service::Error as ServiceError;

use super::PlatformError;
use crate::keychain::StoreError;
use tokio::signal::unix::{Signal, SignalKind, signal};

/// What keychain viewers show as the name of an entry.
pub(crate) const KEYCHAIN_MODIFIERS: &[(&str, &str)] = &[("label", "MPC Connect")];

/// The D-Bus error name by which a service says "locked".
/// Source: Secret Service API draft 0.2, section "Errors".
const IS_LOCKED: &str = "org.freedesktop.Secret.Error.IsLocked";

/// The D-Bus error name for "nobody owns this bus name". Source: D-Bus specification, "Standard error names".
const SERVICE_UNKNOWN: &str = "org.freedesktop.DBus.Error.ServiceUnknown";

/// Connects to the session bus and the Secret Service.
///
/// # Errors
/// Whatever keeps the service from answering: no bus, no service on it, a refused session.
pub(crate) fn open_keychain() -> keyring_core::Result<Arc<CredentialStore>> {
    let store: Arc<CredentialStore> = zbus_secret_service_keyring_store::Store::new()?;
    Ok(store)
}

/// What the Secret Service's own error says more exactly than `keyring_core` does.
pub(crate) fn keychain_verdict(error: &PlatformError) -> Option<StoreError> {
    match error.downcast_ref::<ServiceError>()? {
        ServiceError::Locked | ServiceError::Prompt | ServiceError::PromptDisconnected => {
            Some(StoreError::Locked)
        }
        // No default collection: a service runs, but there is no keyring to write into.
        ServiceError::NoResult | ServiceError::Unavailable => Some(StoreError::NoStore),
        ServiceError::Zbus(cause) => named_verdict(&cause.to_string()),
        ServiceError::ZbusFdo(cause) => named_verdict(&cause.to_string()),
        ServiceError::Crypto(_) | ServiceError::Zvariant(_) => None,
        _ => None,
    }
}

/// The verdict for a D-Bus error whose text begins with its name.
fn named_verdict(text: &str) -> Option<StoreError> {
    if text.contains(IS_LOCKED) {
        return Some(StoreError::Locked);
    }
    text.contains(SERVICE_UNKNOWN).then_some(StoreError::NoStore)
}

/// Separates the commands of `$BROWSER`.
pub(crate) const PATH_SEPARATOR: char = ':';

/// Where an administrator fixes environment and client id.
pub(crate) fn policy_file() -> PathBuf {
    PathBuf::from("/etc/mpc-connect/policy.toml")
}

/// Whether there is a display to show a window on.
#[must_use]
pub fn has_display() -> bool {
    let is_set = |name| std::env::var_os(name).is_some_and(|value| !value.is_empty());
    ["DISPLAY", "WAYLAND_DISPLAY"].into_iter().any(is_set)
}

/// What opens an address; nothing where no display is there to open it on.
pub(crate) fn open_command(address: &str) -> Option<Vec<String>> {
    has_display().then(|| vec!["xdg-open".to_owned(), address.to_owned()])
}

/// The host's name.
pub(crate) fn computer_name() -> Option<String> {
    std::fs::read_to_string("/proc/sys/kernel/hostname").ok()
}

/// Ctrl-C and a polite end, from the moment of its making: none is missed between two waits.
#[derive(Debug)]
pub struct Interrupts {
    interrupt: Signal,
    end: Signal,
}

impl Interrupts {
    /// Listens from now on.
    ///
    /// # Errors
    /// When the system takes no handler.
    pub fn listen() -> std::io::Result<Self> {
        Ok(Self { interrupt: signal(SignalKind::interrupt())?, end: signal(SignalKind::terminate())? })
    }

    /// Waits for the next one. Dropping the future loses none.
    pub async fn next(&mut self) {
        tokio::select! {
            _ = self.interrupt.recv() => {}
            _ = self.end.recv() => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_dismissed_prompt_is_locked_and_a_missing_collection_is_no_store() {
        let verdict = |error: ServiceError| keychain_verdict(&error);
        assert_eq!(verdict(ServiceError::Prompt), Some(StoreError::Locked));
        assert_eq!(verdict(ServiceError::Locked), Some(StoreError::Locked));
        assert_eq!(verdict(ServiceError::PromptDisconnected), Some(StoreError::Locked));
        assert_eq!(verdict(ServiceError::NoResult), Some(StoreError::NoStore));
        assert_eq!(verdict(ServiceError::Unavailable), Some(StoreError::NoStore));
        assert_eq!(verdict(ServiceError::Crypto("padding")), None);
    }

    #[test]
    fn the_names_of_bus_errors_decide() {
        let locked = "org.freedesktop.Secret.Error.IsLocked: The object is locked";
        let unknown = "org.freedesktop.DBus.Error.ServiceUnknown: no such name";
        assert_eq!(named_verdict(locked), Some(StoreError::Locked));
        assert_eq!(named_verdict(unknown), Some(StoreError::NoStore));
        assert_eq!(named_verdict("org.freedesktop.DBus.Error.NoReply: nothing"), None);
    }

    #[test]
    fn another_kind_of_error_has_no_verdict() {
        assert_eq!(keychain_verdict(&std::io::Error::other("disk")), None);
    }
}
