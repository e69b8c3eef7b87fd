//! Windows: the Credential Manager.

use std::path::PathBuf;
use std::sync::Arc;

use keyring_core::CredentialStore;

use super::PlatformError;
use crate::keychain::StoreError;

/// `Local` keeps the credential on this computer; the store's default, `Enterprise`, roams with a domain profile.
pub(crate) const KEYCHAIN_MODIFIERS: &[(&str, &str)] = &[("persistence", "Local")];

/// The Credential Manager; it has no connection that could fail.
///
/// # Errors
/// None on this platform today; the signature is every platform's.
pub(crate) fn open_keychain() -> keyring_core::Result<Arc<CredentialStore>> {
    let store: Arc<CredentialStore> = windows_native_keyring_store::Store::new()?;
    Ok(store)
}

/// The store's one access error is `ERROR_NO_SUCH_LOGON_SESSION`: a logon (network, service) without a Credential
/// Manager. Nothing on Windows is "locked" while a person is signed in.
/// Source: Win32 `CredWriteW`, return values.
pub(crate) fn keychain_verdict(error: &PlatformError) -> Option<StoreError> {
    error.to_string().contains("ERROR_NO_SUCH_LOGON_SESSION").then_some(StoreError::NoStore)
}

/// Separates the commands of `$BROWSER`.
pub(crate) const PATH_SEPARATOR: char = ';';

/// Where an administrator fixes environment and client id.
pub(crate) fn policy_file() -> PathBuf {
    let base =
        std::env::var_os("ProgramData").map_or_else(|| PathBuf::from(r"C:\ProgramData"), PathBuf::from);
    base.join("MPC Connect").join("policy.toml")
}

/// Whether there is a display to show a window on; a program that a person starts always has one.
#[must_use]
pub fn has_display() -> bool {
    true
}

/// What opens an address. `start` of the command shell would read `&` in it.
pub(crate) fn open_command(address: &str) -> Option<Vec<String>> {
    Some(vec!["rundll32".to_owned(), "url.dll,FileProtocolHandler".to_owned(), address.to_owned()])
}

/// The computer's name.
pub(crate) fn computer_name() -> Option<String> {
    std::env::var("COMPUTERNAME").ok()
}

/// Ctrl-C, from the moment of its making: none is missed between two waits.
#[derive(Debug)]
pub struct Interrupts(tokio::signal::windows::CtrlC);

impl Interrupts {
    /// Listens from now on.
    ///
    /// # Errors
    /// When the system takes no handler.
    pub fn listen() -> std::io::Result<Self> {
        tokio::signal::windows::ctrl_c().map(Self)
    }

    /// Waits for the next one. Dropping the future loses none.
    pub async fn next(&mut self) {
        let _ = self.0.recv().await;
    }
}
