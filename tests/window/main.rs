//! The real program under a display of its own: WebDriver in its web view, a real Chromium for Microsoft's side, a real
//! keychain, a real file.

#![expect(clippy::expect_used, clippy::indexing_slicing, clippy::panic, reason = "a test fails by panicking")]
#![cfg(target_os = "linux")]

mod new_users;
mod page;
mod probe;
#[path = "../support/mod.rs"]
mod support;
