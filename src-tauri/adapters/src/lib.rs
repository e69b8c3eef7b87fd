//! Placeholder.

pub mod keychain;
mod platform;
