//! The real programs, end to end: `mpcctl` against `mpc-sandbox` and against a provider that somebody else wrote,
//! signed in by a scripted browser or by Chromium, each with a keyring of its own.

#[cfg(test)]
mod accounts;
#[cfg(test)]
mod browsers;
#[cfg(test)]
mod faults;
#[cfg(test)]
mod provider;
#[cfg(test)]
#[path = "../../../sandbox/tests/support/scripted_browser.rs"]
mod scripted_browser;
#[cfg(test)]
mod support;
