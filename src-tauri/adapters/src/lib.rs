//! What MPC Connect touches: Entra ID, Partner Center, the keychain, SQLite, the browser.
//!
//! Each module stands behind one port of the core; [`machine`] puts them together.

pub mod browser;
pub mod clock;
pub mod deep_link;
pub mod entra;
pub mod http;
pub mod keychain;
pub mod machine;
pub mod partner_center;
pub mod place;
mod platform;
pub mod store;
pub mod vault;

pub use platform::{Interrupts, has_display};
