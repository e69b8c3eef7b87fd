//! One person's computer: a data folder, a keyring, a sandbox, and commands that run there.

use std::path::{Path, PathBuf};
use std::process::{ExitStatus, Stdio};

use serde_json::Value;
use tempfile::TempDir;
use tokio::io::{AsyncBufReadExt as _, AsyncReadExt as _, BufReader, Lines};
use tokio::process::{Child, ChildStdout, Command};
use tokio::task::JoinHandle;
use tokio::time::timeout;

use super::keyring::Keyring;
use super::sandbox::Sandbox;
use super::scripted_browser::{Choices, Outcome, sign_in};
use super::{LONGEST, browser};

/// Where commands run. Everything ends with the value.
pub(crate) struct Desk {
    /// The keyring.
    pub(crate) keyring: Keyring,
    /// Microsoft.
    pub(crate) sandbox: Sandbox,
    home: TempDir,
}

/// A command that has ended.
#[derive(Debug)]
pub(crate) struct Ended {
    /// The exit code; `None` after a signal.
    pub(crate) code: Option<i32>,
    /// Standard output.
    pub(crate) stdout: String,
    /// Standard error.
    pub(crate) stderr: String,
}

impl Ended {
    fn new(status: ExitStatus, stdout: String, stderr: String) -> Self {
        let ended = Self { code: status.code(), stdout, stderr };
        assert!(!ended.stderr.contains("stopped because of a fault"), "a panic: {ended:?}");
        assert_ne!(ended.code, Some(101), "a panic: {ended:?}");
        ended
    }

    /// The last line of standard output.
    pub(crate) fn json(&self) -> Value {
        let line = self.stdout.lines().last().unwrap_or_else(|| panic!("nothing was said: {self:?}"));
        serde_json::from_str(line).unwrap_or_else(|error| panic!("{error}: {self:?}"))
    }

    /// A field of the last line.
    pub(crate) fn field(&self, name: &str) -> String {
        let value = &self.json()[name];
        value.as_str().map_or_else(|| value.to_string(), str::to_owned)
    }

    /// Fails unless the command ended with this code.
    #[track_caller]
    pub(crate) fn expect(self, code: i32) -> Self {
        assert_eq!(self.code, Some(code), "{self:?}");
        self
    }
}

impl Desk {
    /// A new home under a keyring in this condition.
    pub(crate) fn with_keyring(condition: &str) -> Self {
        // Short and open to other users, whom some tests become.
        let home = TempDir::new_in("/tmp").expect("a folder");
        std::fs::create_dir(home.path().join("data")).expect("a folder");
        let (keyring, sandbox) = (Keyring::start(condition), Sandbox::start(home.path()));
        Self { keyring, sandbox, home }
    }

    /// A new home under an unlocked keyring.
    pub(crate) fn new() -> Self {
        Self::with_keyring("unlocked")
    }

    /// A connected one.
    pub(crate) async fn connected() -> Self {
        let desk = Self::new();
        let connected = desk.connect(super::ACCOUNT, &[]).await.expect(0);
        assert_eq!(connected.field("status"), "active");
        desk
    }

    /// Everything of this computer lies below.
    pub(crate) fn home(&self) -> &Path {
        self.home.path()
    }

    /// The data folder.
    pub(crate) fn data(&self) -> PathBuf {
        self.home.path().join("data")
    }

    /// The database of the sandbox's environment.
    pub(crate) fn database(&self) -> PathBuf {
        self.data().join("sandbox-rehearsal.db")
    }

    /// The keychain's service name.
    pub(crate) fn service(&self) -> String {
        let folder = mpc_connect_adapters::place::DataFolder::at(&self.data());
        folder.keychain_service("sandbox-rehearsal")
    }

    /// What the keychain holds of the connection, as another program sees it; empty when nothing.
    pub(crate) fn kept(&self) -> String {
        let all = self.keyring.entries(&self.service());
        // Left-overs of killed probes hold random bytes and are no credential.
        let entries = all.split("[/").filter(|entry| entry.contains("attribute.username = connection"));
        entries.collect()
    }

    /// `mpcctl` with these arguments, in an environment of nothing but this desk.
    pub(crate) fn command(&self, arguments: &[&str]) -> Command {
        self.wrapped(&[], arguments)
    }

    /// The same under another program.
    pub(crate) fn wrapped(&self, wrapper: &[&str], arguments: &[&str]) -> Command {
        let mut words = wrapper.iter().copied().chain([env!("CARGO_BIN_EXE_mpcctl")]);
        let mut command = Command::new(words.next().expect("a program"));
        command.args(words).args(arguments).env_clear();
        let kept = ["PATH", "LLVM_PROFILE_FILE"].into_iter();
        command.envs(kept.filter_map(|name| Some((name, std::env::var_os(name)?))));
        command.envs(self.keyring.variables());
        command.env("HOME", self.home()).env("MPC_CONNECT_DATA", self.data()).env("BROWSER", "true");
        command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped()).kill_on_drop(true);
        command
    }

    /// Runs a command to its end.
    pub(crate) async fn run(&self, arguments: &[&str]) -> Ended {
        run(self.command(arguments)).await
    }

    /// Runs a command whose answer is JSON.
    pub(crate) async fn json(&self, arguments: &[&str]) -> Ended {
        self.run(&[&["--json"], arguments].concat()).await
    }

    /// The arguments of `connect`, by the sandbox's own environment file.
    pub(crate) fn connect_arguments<'a>(&'a self, account: &'a str, more: &[&'a str]) -> Vec<&'a str> {
        let environment = self.sandbox.environment.to_str().expect("a path");
        let first = ["--json", "--environment", environment, "connect", "--username", account];
        [&first[..], more].concat()
    }

    /// Starts `connect`; nobody signs in yet.
    pub(crate) fn start_connect(&self, account: &str, more: &[&str]) -> Connecting {
        Connecting::start(self.command(&self.connect_arguments(account, more)))
    }

    /// Signs in as `account`, with the scripted browser.
    pub(crate) async fn connect(&self, account: &str, more: &[&str]) -> Ended {
        self.start_connect(account, more).signed_in_as(account).await
    }
}

/// Runs a command to its end.
pub(crate) async fn run(mut command: Command) -> Ended {
    let output = timeout(LONGEST, command.output()).await.expect("the command ends").expect("it starts");
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    Ended::new(output.status, text(&output.stdout), text(&output.stderr))
}

/// A `connect` under way.
pub(crate) struct Connecting {
    /// The process.
    pub(crate) process: Child,
    lines: Lines<BufReader<ChildStdout>>,
    stderr: JoinHandle<String>,
    seen: Vec<String>,
}

impl Connecting {
    /// Starts a command that says its lines one by one.
    pub(crate) fn start(mut command: Command) -> Self {
        let mut process = command.spawn().expect("mpcctl starts");
        let lines = BufReader::new(process.stdout.take().expect("piped")).lines();
        let mut complaints = process.stderr.take().expect("piped");
        let stderr = tokio::spawn(async move {
            let mut all = Vec::new();
            complaints.read_to_end(&mut all).await.expect("readable");
            String::from_utf8_lossy(&all).into_owned()
        });
        Self { process, lines, stderr, seen: Vec::new() }
    }

    /// The next line; `None` at the end.
    pub(crate) async fn line(&mut self) -> Option<String> {
        let next = timeout(LONGEST, self.lines.next_line()).await;
        let line = next.unwrap_or_else(|_| panic!("no further line after {:?}", self.seen)).expect("text")?;
        self.seen.push(line.clone());
        Some(line)
    }

    /// The address for the browser; `None` when the command ended without one.
    pub(crate) async fn address(&mut self) -> Option<String> {
        while let Some(line) = self.line().await {
            let event: Value = serde_json::from_str(&line).expect("JSON");
            if event["event"] == "authorize" {
                return event["address"].as_str().map(str::to_owned);
            }
        }
        None
    }

    /// Lets the browser sign in wherever the command asks for it, and waits for the end.
    pub(crate) async fn signed_in_as(mut self, account: &str) -> Ended {
        while let Some(address) = self.address().await {
            let outcome = sign_in(&browser(), &address, account, Choices::default()).await;
            if !matches!(outcome, Outcome::Delivered { .. }) {
                self.interrupt();
            }
        }
        self.end().await
    }

    /// Ctrl-C.
    pub(crate) fn interrupt(&self) {
        let process = self.process.id().expect("it runs").to_string();
        let sent = std::process::Command::new("kill").args(["-INT", &process]).status();
        assert!(sent.is_ok_and(|status| status.success()), "{process} is not there any more");
    }

    /// Waits for the end.
    pub(crate) async fn end(mut self) -> Ended {
        while self.line().await.is_some() {}
        let status = timeout(LONGEST, self.process.wait()).await.expect("it ends").expect("a status");
        let stderr = self.stderr.await.expect("standard error is read");
        Ended::new(status, self.seen.join("\n"), stderr)
    }
}
