//! Lines for people, or JSON for scripts. Every line is flushed: a script may wait for it.

use std::io::{IsTerminal, Write};
use std::sync::OnceLock;

use mpc_connect_core::environment::Environment;
use mpc_connect_core::failure::Failure;
use mpc_connect_core::view;
use mpc_connect_core::words::{Text, Words};
use serde::Serialize;

/// Where a command writes.
pub(crate) struct Output {
    json: bool,
    words: Words,
    /// The one that the command works in, as soon as it is known.
    environment: OnceLock<Environment>,
}

impl Output {
    pub(crate) fn new(json: bool) -> Self {
        Self { json, words: Words::plain(), environment: OnceLock::new() }
    }

    /// From now on the command speaks of this environment.
    pub(crate) fn is_about(&self, environment: &Environment) {
        // A command works in one alone, so the first stays.
        let _ = self.environment.set(environment.clone());
    }

    /// What has to be open on the network, where `failure` is one of the network.
    pub(crate) fn addresses(&self, failure: &Failure) -> Vec<String> {
        self.environment.get().map(|environment| view::addresses(environment, failure)).unwrap_or_default()
    }

    /// Whether a script reads.
    pub(crate) fn is_json(&self) -> bool {
        self.json
    }

    /// Whether a person sits before it and can answer.
    pub(crate) fn can_ask(&self) -> bool {
        !self.json && std::io::stdin().is_terminal() && std::io::stdout().is_terminal()
    }

    /// Whether a line can be written over.
    pub(crate) fn has_live_line(&self) -> bool {
        !self.json && std::io::stderr().is_terminal()
    }

    pub(crate) fn word(&self, text: &Text) -> String {
        self.words.say(text)
    }

    /// A line for people.
    pub(crate) fn say(&self, text: &Text) {
        if !self.json {
            write_line(&self.word(text));
        }
    }

    /// A line for people, under another.
    pub(crate) fn say_indented(&self, text: &Text) {
        if !self.json {
            for line in self.word(text).lines() {
                write_line(&format!("  {line}"));
            }
        }
    }

    /// An empty line for people.
    pub(crate) fn gap(&self) {
        if !self.json {
            write_line("");
        }
    }

    /// One line of JSON for scripts.
    pub(crate) fn json(&self, value: &impl Serialize) {
        if self.json {
            write_line(&serde_json::to_string(value).unwrap_or_default());
        }
    }

    /// A failure that kept the command from starting.
    pub(crate) fn refuse(&self, id: &str, text: &str) {
        if self.json {
            write_line(&serde_json::json!({"error": id, "message": text}).to_string());
        } else {
            to_stderr(text);
        }
    }

    /// The live line of a wait, on standard error, written over itself.
    pub(crate) fn live(&self, text: &Text) {
        if self.has_live_line() {
            let _ = write!(std::io::stderr(), "\r\u{1b}[K{}", self.word(text));
            let _ = std::io::stderr().flush();
        }
    }

    /// Removes the live line.
    pub(crate) fn end_live(&self) {
        if self.has_live_line() {
            let _ = write!(std::io::stderr(), "\r\u{1b}[K");
            let _ = std::io::stderr().flush();
        }
    }
}

/// A reader that went away is no reason to fail.
fn write_line(line: &str) {
    let mut out = std::io::stdout().lock();
    let _ = writeln!(out, "{line}");
    let _ = out.flush();
}

fn to_stderr(line: &str) {
    let _ = writeln!(std::io::stderr(), "{line}");
}
