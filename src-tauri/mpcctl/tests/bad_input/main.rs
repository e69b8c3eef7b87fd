//! `mpcctl` and what it must not trust: files, arguments, other programs on this computer, and servers that answer
//! with anything. Each ends in a clear word and a documented exit code, never in a panic or a changed state.
#![cfg(target_os = "linux")]

#[cfg(test)]
mod arguments;
#[cfg(test)]
mod environments;
#[cfg(test)]
mod fake;
#[cfg(test)]
#[expect(dead_code, reason = "each test program uses a part of it")]
#[path = "../proof_support/mod.rs"]
mod proof_support;
#[cfg(test)]
mod servers;
#[cfg(test)]
mod strangers;
