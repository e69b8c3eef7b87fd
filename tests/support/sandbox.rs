//! The stand-in for Microsoft, as a program of its own.

use std::io::{BufRead as _, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

use serde_json::Value;

use super::session::root;

/// The deep link of a development build.
pub(crate) const DEEP_LINK: &str = "com.mpc-connect.desktop.dev://auth";

/// A running `mpc-sandbox`; it ends when its standard input closes, which this value holds.
pub(crate) struct Sandbox {
    process: Child,
    ready: Value,
    environment: PathBuf,
    client: reqwest::Client,
}

impl Sandbox {
    /// Starts it; its environment file lies in `folder`.
    pub(crate) fn start(folder: &Path) -> Self {
        let environment = folder.join("sandbox.toml");
        let mut command = Command::new(program());
        command.args([
            "--keep-secrets",
            "--exit-with-stdin",
            "--deep-link",
            DEEP_LINK,
            "--write-environment",
        ]);
        command.arg(&environment).stdin(Stdio::piped()).stdout(Stdio::piped());
        let mut process = command.spawn().expect("mpc-sandbox starts");
        let mut line = String::new();
        let output = process.stdout.take().expect("piped");
        BufReader::new(output).read_line(&mut line).expect("a line when it is ready");
        let ready = serde_json::from_str(&line).expect("JSON");
        let client = reqwest::Client::builder().no_proxy().build().expect("a client");
        Self { process, ready, environment, client }
    }

    /// The environment file that leads here.
    pub(crate) fn environment(&self) -> &Path {
        &self.environment
    }

    /// The same environment under another name, and without a deep link where that is wanted.
    pub(crate) fn environment_named(&self, name: &str, deep_link: bool) -> PathBuf {
        let text = std::fs::read_to_string(&self.environment).expect("the environment file");
        let mut table: toml::Table = text.parse().expect("TOML");
        table.insert("name".to_owned(), name.into());
        if !deep_link {
            table.remove("deep_link");
        }
        let file = self.environment.with_file_name(format!("{name}.toml"));
        std::fs::write(&file, toml::to_string(&table).expect("TOML")).expect("an environment file");
        file
    }

    async fn control(&self, method: reqwest::Method, path: &str) -> Value {
        let address = format!("{}{path}", self.ready["control"].as_str().expect("an address"));
        let answer = self.client.request(method, address).send().await.expect("the control interface");
        assert!(answer.status().is_success(), "{path}: {}", answer.status());
        serde_json::from_str(&answer.text().await.expect("a text")).unwrap_or_default()
    }

    pub(crate) async fn switch_on(&self, fault: &str) {
        self.control(reqwest::Method::PUT, &format!("/faults/{fault}")).await;
    }

    /// From now on the refresh tokens of this account are refused, as after a new password.
    pub(crate) async fn change_password(&self, account: &str) {
        self.control(reqwest::Method::POST, &format!("/accounts/{account}/password-changed")).await;
    }

    /// Every request whose path ends like this, oldest first, without its secrets.
    pub(crate) async fn requests(&self, path: &str) -> Vec<Value> {
        let all = self.control(reqwest::Method::GET, "/requests").await;
        let all = all.as_array().expect("a list").iter();
        all.filter(|request| request["path"].as_str().is_some_and(|own| own.ends_with(path)))
            .cloned()
            .collect()
    }

    /// The address to which each sign-in was asked to return, oldest first.
    pub(crate) async fn ways_back(&self) -> Vec<String> {
        let asked = self.requests("/oauth2/v2.0/authorize").await;
        asked.iter().filter_map(|one| one["query"]["redirect_uri"].as_str().map(str::to_owned)).collect()
    }

    /// Every secret that reached it, as name and value.
    pub(crate) async fn secrets(&self) -> Vec<(String, String)> {
        let secrets = self.control(reqwest::Method::GET, "/secrets").await;
        let text = |secret: &Value, name: &str| secret[name].as_str().expect("a text").to_owned();
        let secrets = secrets.as_array().expect("a list").iter();
        secrets.map(|secret| (text(secret, "name"), text(secret, "value"))).collect()
    }
}

impl Drop for Sandbox {
    fn drop(&mut self) {
        drop(self.process.stdin.take());
        let _ = self.process.wait();
    }
}

fn program() -> PathBuf {
    let program = Path::new(env!("CARGO_BIN_EXE_mpc-connect")).with_file_name("mpc-sandbox");
    assert!(
        program.is_file(),
        "mpc-sandbox is not built. In {}: cargo build -p mpc-sandbox",
        root().display()
    );
    program
}
