//! The real program under a display of its own: WebDriver in its web view, a real Chromium for Microsoft's side, a real
//! keychain, a real file.

#![expect(clippy::expect_used, clippy::indexing_slicing, clippy::panic, reason = "a test fails by panicking")]
#![expect(clippy::print_stdout, reason = "a walk without a person says what happens")]
#![cfg(target_os = "linux")]

mod coming_back;
mod migration;
mod new_users;
mod page;
mod secrets;
#[path = "../support/mod.rs"]
mod support;
mod surprises;
mod waiting;
