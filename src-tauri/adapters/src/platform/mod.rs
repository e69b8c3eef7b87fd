//! What differs between operating systems: one file each, the same names in all.

#[cfg(target_os = "linux")]
mod linux;
#[cfg(target_os = "macos")]
mod macos;
#[cfg(target_os = "windows")]
mod windows;

#[cfg(target_os = "linux")]
pub use linux::{Interrupts, has_display};
#[cfg(target_os = "linux")]
pub(crate) use linux::{
    KEYCHAIN_MODIFIERS, PATH_SEPARATOR, computer_name, keychain_verdict, open_command, open_keychain,
    policy_file,
};
#[cfg(target_os = "macos")]
pub use macos::{Interrupts, has_display};
#[cfg(target_os = "macos")]
pub(crate) use macos::{
    KEYCHAIN_MODIFIERS, PATH_SEPARATOR, computer_name, keychain_verdict, open_command, open_keychain,
    policy_file,
};
#[cfg(target_os = "windows")]
pub use windows::{Interrupts, has_display};
#[cfg(target_os = "windows")]
pub(crate) use windows::{
    KEYCHAIN_MODIFIERS, PATH_SEPARATOR, computer_name, keychain_verdict, open_command, open_keychain,
    policy_file,
};

use std::error::Error;

/// The platform's own error, as `keyring_core` carries it.
pub(crate) type PlatformError = dyn Error + Send + Sync;
