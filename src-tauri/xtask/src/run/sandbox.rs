//! The sandbox as a program of its own: started, read until it is ready, ended with this program.

use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{ChildStdin, ChildStdout, Stdio};

use serde_json::Value;

use super::built;
use crate::processes::{Running, tied};
use crate::words::{Done, Failure};

/// A sandbox that answers. It ends when its standard input closes, so that it never outlives this value.
pub(super) struct Sandbox {
    /// Where it listens.
    pub(super) base: String,
    /// Where its faults are switched on and off.
    pub(super) control: String,
    _input: Option<ChildStdin>,
    _output: BufReader<ChildStdout>,
    _process: Running,
}

impl Sandbox {
    /// Starts it on a free port and lets it write its environment file.
    pub(super) fn start(environment: &Path) -> Done<Self> {
        let mut command = built("mpc-sandbox");
        command
            .args(["--listen", "127.0.0.1:0", "--exit-with-stdin", "--write-environment"])
            .arg(environment);
        let mut process = Running::start(tied(&command).stdin(Stdio::piped()).stdout(Stdio::piped()))?;
        let Some(output) = process.0.stdout.take() else {
            return Err(Failure::new("The sandbox has no standard output."));
        };
        let mut output = BufReader::new(output);
        let mut line = String::new();
        let read = output.read_line(&mut line);
        let Some((base, control)) = read.ok().and_then(|_| ready(&line)) else {
            return Err(Failure::new(format!(
                "The sandbox did not say that it is ready, but: {}",
                line.trim()
            )));
        };
        Ok(Self { base, control, _input: process.0.stdin.take(), _output: output, _process: process })
    }
}

/// Base and control address of the ready line.
fn ready(line: &str) -> Option<(String, String)> {
    let value: Value = serde_json::from_str(line).ok()?;
    let text = |name: &str| value.get(name).and_then(Value::as_str).map(str::to_owned);
    value.get("ready")?.as_bool()?.then_some((text("base")?, text("control")?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_ready_line_names_both_addresses() {
        let line = r#"{"ready":true,"base":"http://127.0.0.1:1","control":"http://127.0.0.1:2","ca":null}"#;
        assert_eq!(ready(line), Some(("http://127.0.0.1:1".to_owned(), "http://127.0.0.1:2".to_owned())));
    }

    #[test]
    fn any_other_line_is_not_ready() {
        for line in ["", "listening", r#"{"ready":false,"base":"a","control":"b"}"#, r#"{"ready":true}"#] {
            assert_eq!(ready(line), None, "{line}");
        }
    }
}
