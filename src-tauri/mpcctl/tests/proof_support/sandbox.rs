//! The stand-in for Microsoft, as a process of its own.

use std::io::{BufRead as _, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

use serde_json::Value;

/// A running `mpc-sandbox`; it ends with the value.
pub(crate) struct Sandbox {
    process: Child,
    control: String,
    /// The environment file that leads to it.
    pub(crate) environment: PathBuf,
    client: reqwest::Client,
}

impl Sandbox {
    /// Starts it; its environment file lies in `folder`.
    pub(crate) fn start(folder: &Path) -> Self {
        Self::start_with(folder, &[])
    }

    /// The same with more arguments.
    pub(crate) fn start_with(folder: &Path, more: &[&str]) -> Self {
        let program = Path::new(env!("CARGO_BIN_EXE_mpcctl")).with_file_name("mpc-sandbox");
        assert!(program.exists(), "{} is missing: run cargo build -p mpc-sandbox", program.display());
        let environment = folder.join("sandbox.toml");
        let mut process = Command::new(program)
            .args(["--listen", "127.0.0.1:0", "--exit-with-stdin", "--write-environment"])
            .arg(&environment)
            .args(more)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .expect("mpc-sandbox starts");
        let mut line = String::new();
        let output = process.stdout.take().expect("piped");
        BufReader::new(output).read_line(&mut line).expect("a line when it is ready");
        let ready: Value = serde_json::from_str(&line).expect("JSON");
        let control = ready["control"].as_str().expect("an address").to_owned();
        Self { process, control, environment, client: reqwest::Client::new() }
    }

    /// Switches a fault on.
    pub(crate) async fn fault(&self, id: &str) {
        let address = format!("{}/faults/{id}", self.control);
        let answer = self.client.put(address).send().await.expect("the control interface");
        assert!(answer.status().is_success(), "no fault {id}");
    }

    /// Every request that arrived, oldest first.
    pub(crate) async fn requests(&self) -> Vec<Value> {
        let address = format!("{}/requests", self.control);
        let answer = self.client.get(address).send().await.expect("the control interface");
        let text = answer.text().await.expect("a list");
        serde_json::from_str(&text).expect("JSON")
    }
}

impl Sandbox {
    /// From now on nobody listens there.
    pub(crate) fn stop(&mut self) {
        // It may have ended before.
        drop(self.process.kill());
        drop(self.process.wait());
    }
}

impl Drop for Sandbox {
    fn drop(&mut self) {
        self.stop();
    }
}
