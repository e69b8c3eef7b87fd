//! Lines for the person at the terminal, and the one error type.

use std::fmt::Display;
use std::io::Write;

/// Why a command ended early, as a sentence for the person who typed it.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Failure(pub(crate) String);

/// What every step of a command returns.
pub(crate) type Done<T = ()> = Result<T, Failure>;

impl Failure {
    pub(crate) fn new(text: impl Into<String>) -> Self {
        Self(text.into())
    }
}

/// Writes one line to standard output. A closed output is nobody left to tell, and no reason to stop.
pub(crate) fn say(line: impl Display) {
    let mut out = std::io::stdout().lock();
    let _ = writeln!(out, "{line}").and_then(|()| out.flush());
}
