//! The pure core of MPC Connect.
//!
//! It decides everything and touches nothing: no network, no file, no clock, no keychain. What it needs from
//! the world it asks through [`ports`]; what happened in the world reaches it as an event of [`flow`].

pub mod classify;
pub mod failure;
pub mod remote_text;
pub mod status;
pub mod step;
pub mod words;
