//! macOS: the login keychain of the person.

use std::path::PathBuf;
use std::sync::Arc;

use keyring_core::CredentialStore;
use security_framework::base::Error as SecurityError;

use super::PlatformError;
use crate::keychain::StoreError;
use tokio::signal::unix::{Signal, SignalKind, signal};

/// The login keychain takes no modifiers.
pub(crate) const KEYCHAIN_MODIFIERS: &[(&str, &str)] = &[];

/// The person's login keychain; it is first touched by the first entry.
///
/// # Errors
/// None on this platform today; the signature is every platform's.
pub(crate) fn open_keychain() -> keyring_core::Result<Arc<CredentialStore>> {
    let store: Arc<CredentialStore> = apple_native_keyring_store::keychain::Store::new()?;
    Ok(store)
}

/// What the Security framework's result code says more exactly than `keyring_core` does.
/// Source: Apple, Security Framework Result Codes (`SecBase.h`).
pub(crate) fn keychain_verdict(error: &PlatformError) -> Option<StoreError> {
    match error.downcast_ref::<SecurityError>()?.code() {
        // userCanceledErr, errSecAuthFailed, errSecInteractionNotAllowed, errSecInteractionRequired
        -128 | -25293 | -25308 | -25315 => Some(StoreError::Locked),
        // errSecNotAvailable, errSecNoSuchKeychain, errSecInvalidKeychain, errSecNoDefaultKeychain
        -25291 | -25294 | -25295 | -25307 => Some(StoreError::NoStore),
        _ => None,
    }
}

/// Separates the commands of `$BROWSER`.
pub(crate) const PATH_SEPARATOR: char = ':';

/// Where an administrator fixes environment and client id.
pub(crate) fn policy_file() -> PathBuf {
    PathBuf::from("/Library/Application Support/MPC Connect/policy.toml")
}

/// Whether there is a display to show a window on; a program that a person starts always has one.
#[must_use]
pub fn has_display() -> bool {
    true
}

/// What opens an address.
pub(crate) fn open_command(address: &str) -> Option<Vec<String>> {
    Some(vec!["open".to_owned(), address.to_owned()])
}

/// The computer's name.
pub(crate) fn computer_name() -> Option<String> {
    let output = std::process::Command::new("scutil").args(["--get", "ComputerName"]).output().ok()?;
    String::from_utf8(output.stdout).ok()
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
