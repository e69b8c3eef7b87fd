//! The pure core of MPC Connect.
//!
//! It decides everything and touches nothing: no network, no file, no clock, no keychain. What it needs from
//! the world it asks through [`ports`]; what happened in the world reaches it as an event of [`flow`].

pub mod check;
pub mod classify;
pub mod consent;
pub mod contract;
pub mod driver;
pub mod environment;
pub mod failure;
pub mod flow;
pub mod history;
pub mod identity;
pub mod mask;
pub mod open_item;
pub mod organization;
pub mod ports;
pub mod present;
pub mod record;
pub mod remote_text;
pub mod report;
pub mod secret;
pub mod state_code;
pub mod status;
pub mod step;
pub mod username;
pub mod view;
pub mod wizard;
pub mod words;
