//! A stand-in for Entra ID and Partner Center that listens on loopback only.
//!
//! The sandbox speaks the two protocols that MPC Connect speaks: OpenID Connect as Entra ID does it (metadata, signing
//! keys, sign-in pages, token and admin-consent endpoints) and the read side of Partner Center (referrals, profiles,
//! webhook registration). It is the rehearsal a person can walk through and the double the tests run against, so it
//! is a real authorization server: codes work once, PKCE is checked, consent is kept for each resource, refresh tokens
//! rotate. Its people stand in [`accounts`]; what can go wrong stands in [`faults`] and is switched on and off through
//! the control interface ([`control`]), which also shows every request that arrived, without its secrets
//! ([`request_log`]).
//!
//! Nothing here is shared with the application: both sides meet on the wire alone, so that a misunderstanding in one
//! cannot hide in the other.

pub mod aadsts;
pub mod accounts;
mod admin_consent;
mod authorize;
pub mod control;
mod discovery;
pub mod environment;
pub mod faults;
mod gateway;
mod grants;
mod interaction;
mod json;
mod keys;
mod pages;
mod profiles;
mod referral_data;
mod referrals;
mod reply;
pub mod request_log;
mod resource;
mod server;
mod state;
mod tls;
mod token;
mod weather;

pub use server::{Running, Settings, StartError, start};
