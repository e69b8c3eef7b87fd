//! A person at a computer: data folder, keyring, browser, and `mpcctl`.

use std::path::PathBuf;

use reqwest::redirect::Policy;
use serde_json::Value;
use tempfile::TempDir;
use tokio::process::Command;
use tokio::sync::oneshot;
use tokio::time::timeout;

use super::program::{Ended, PATIENCE, Program};
use super::room::{Place, fixtures};
use crate::scripted_browser::{Choices, Outcome, sign_in};

const MPCCTL: &str = env!("CARGO_BIN_EXE_mpcctl");
/// Runs a command as the same user in a network of its own, in which nothing is switched on.
const UNPLUGGED: [&str; 4] = ["unshare", "--user", "--map-current-user", "--net"];

/// Who opens the address of a sign-in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Browser {
    /// A few lines that walk the sandbox's pages.
    Scripted,
    /// A real Chromium on the sandbox's pages.
    Chromium,
    /// A real Chromium on the provider's pages.
    ChromiumAtProvider,
}

/// A computer of its own: private data, a real keyring.
pub(crate) struct Desk {
    data: TempDir,
    session: Vec<(String, String)>,
    place: Place,
    browser: Browser,
    plugged_in: bool,
}

/// How `connect` ended.
#[derive(Debug)]
pub(crate) struct Connected {
    pub(crate) code: i32,
    /// The events before the status.
    pub(crate) events: Vec<Value>,
    /// The last line.
    pub(crate) status: Value,
}

/// What a command answered.
#[derive(Debug)]
pub(crate) struct Answer {
    pub(crate) code: i32,
    pub(crate) json: Value,
}

impl Connected {
    /// How often an event was told.
    pub(crate) fn count(&self, event: &str) -> usize {
        self.events.iter().filter(|line| line["event"] == event).count()
    }

    pub(crate) fn authorize_address(&self) -> url::Url {
        let event = self.events.iter().find(|line| line["event"] == "authorize").unwrap();
        event["address"].as_str().unwrap().parse().unwrap()
    }
}

impl Desk {
    pub(crate) fn new(session: &[(String, String)], place: &Place, browser: Browser) -> Self {
        Self {
            data: tempfile::tempdir().unwrap(),
            session: session.to_vec(),
            place: place.clone(),
            browser,
            plugged_in: true,
        }
    }

    /// From now on `mpcctl` has no network, not even loopback.
    pub(crate) async fn unplug(&mut self) {
        let [program, arguments @ ..] = UNPLUGGED;
        let can = Command::new(program).args(arguments).arg("true").status().await.unwrap().success();
        assert!(can, "This computer does not let a test go without a network: {UNPLUGGED:?} is refused.");
        self.plugged_in = false;
    }

    fn command(&self, arguments: &[&str]) -> Command {
        let mut command = self.in_session(if self.plugged_in { MPCCTL } else { UNPLUGGED[0] });
        if !self.plugged_in {
            command.args(&UNPLUGGED[1..]).arg(MPCCTL);
        }
        command.arg("--environment").arg(&self.place.environment).args(arguments);
        command.env("MPC_CONNECT_DATA", self.data.path()).env("BROWSER", "true");
        for proxy in ["http_proxy", "https_proxy", "all_proxy", "HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY"] {
            command.env_remove(proxy);
        }
        if let Some(authority) = &self.place.authority {
            command.env("SSL_CERT_FILE", authority);
        }
        command
    }

    /// A program in the session of the keyring.
    pub(crate) fn in_session(&self, program: &str) -> Command {
        let mut command = Command::new(program);
        command.envs(self.session.iter().map(|(name, value)| (name, value)));
        command
    }

    /// Runs a command for people.
    pub(crate) async fn say(&self, arguments: &[&str]) -> Ended {
        Program::start(self.command(arguments)).end().await
    }

    /// Runs a command for scripts.
    pub(crate) async fn ask(&self, arguments: &[&str]) -> Answer {
        let ended = self.say(&[&["--json"], arguments].concat()).await;
        let [line] = ended.lines.as_slice() else { panic!("{arguments:?} has not one line: {ended:#?}") };
        Answer { code: ended.code, json: serde_json::from_str(line).unwrap() }
    }

    /// Starts `connect` and does not wait for it.
    pub(crate) fn begin_connect(&self, username: &str, more: &[&str]) -> Program {
        Program::start(self.command(&[&["connect", "--username", username], more].concat()))
    }

    /// Connects as `username`, who signs in as such.
    pub(crate) async fn connect(&self, username: &str, more: &[&str]) -> Connected {
        self.connect_as(username, username, more).await
    }

    /// Connects as `username`, while `account` signs in.
    pub(crate) async fn connect_as(&self, username: &str, account: &str, more: &[&str]) -> Connected {
        let more = [&["--json"], more].concat();
        let ended = match self.browser {
            Browser::Scripted => self.connect_by_script(self.begin_connect(username, &more), account).await,
            Browser::Chromium => self.connect_by_chromium(username, account, "sandbox", &more).await,
            Browser::ChromiumAtProvider => self.connect_by_chromium(username, account, "oidc", &more).await,
        };
        let mut events: Vec<Value> =
            ended.lines.iter().map(|line| serde_json::from_str(line).unwrap()).collect();
        let status = events.pop().unwrap_or_else(|| panic!("connect said nothing: {ended:#?}"));
        assert_eq!(status["schema"], "mpcctl/1", "the status is not the last line: {ended:#?}");
        Connected { code: ended.code, events, status }
    }

    /// Signs in at each address that the program tells.
    pub(crate) async fn connect_by_script(&self, mut program: Program, account: &str) -> Ended {
        let mut walks = Vec::new();
        while let Some(line) = program.line().await {
            if let Some(address) = authorize_address(&line) {
                walks.push(self.browse(&address, account, Choices::default()).await);
            }
        }
        let delivered = |walk: &Outcome| matches!(walk, Outcome::Delivered { status: 200, .. });
        let ended = program.end().await;
        assert!(walks.iter().all(delivered), "not every page led back: {walks:#?}\n{ended:#?}");
        ended
    }

    /// Walks the pages behind an address.
    pub(crate) async fn browse(&self, address: &str, account: &str, choices: Choices) -> Outcome {
        let mut client = reqwest::Client::builder().redirect(Policy::none()).no_proxy();
        if let Some(authority) = &self.place.authority {
            let authority = reqwest::Certificate::from_pem(&std::fs::read(authority).unwrap()).unwrap();
            client = client.tls_certs_only([authority]);
        }
        let client = client.build().unwrap();
        let walk = sign_in(&client, address, account, choices);
        timeout(PATIENCE, walk).await.unwrap_or_else(|_| panic!("no end of the pages at {address}"))
    }

    async fn connect_by_chromium(
        &self,
        username: &str,
        account: &str,
        provider: &str,
        more: &[&str],
    ) -> Ended {
        let log = self.data.path().join("browser.log");
        let made = std::process::Command::new("mkfifo").arg(&log).status().unwrap();
        assert!(made.success());
        let mut command = self.command(&[&["connect", "--username", username], more].concat());
        command.env("BROWSER", fixtures().join("browser.sh"));
        command.env("MPC_TEST_USERNAME", account).env("MPC_TEST_PROVIDER", provider);
        command.env("MPC_TEST_BROWSER_LOG", &log);
        if let Some(authority) = &self.place.authority {
            command.env("MPC_TEST_CA", authority);
        }
        let mut browser = browser_end(log.clone());
        let mut program = Program::start(command);
        let mut walks = Vec::new();
        while let Some(line) = program.line().await {
            assert!(!line.contains("browser_not_opened"), "the browser failed: {walks:#?}");
            if authorize_address(&line).is_some() {
                let end = timeout(PATIENCE, browser).await;
                walks
                    .push(end.unwrap_or_else(|_| panic!("the browser goes on for ever: {walks:?}")).unwrap());
                browser = browser_end(log.clone());
            }
        }
        let ended = program.end().await;
        std::fs::remove_file(&log).unwrap();
        assert!(!walks.is_empty(), "no browser was opened: {ended:#?}");
        Ended { errors: format!("{}{}", ended.errors, walks.concat()), ..ended }
    }
}

/// What the browser says at its end, which is when it has closed the pipe.
fn browser_end(log: PathBuf) -> oneshot::Receiver<String> {
    let (sender, end) = oneshot::channel();
    // A thread of its own, which may wait for a browser that is never opened.
    std::thread::spawn(move || sender.send(std::fs::read_to_string(log).unwrap_or_default()));
    end
}

/// The address to open, from an event or from a line for people.
pub(crate) fn authorize_address(line: &str) -> Option<String> {
    if let Ok(event) = serde_json::from_str::<Value>(line) {
        return (event["event"] == "authorize").then(|| event["address"].as_str().unwrap().to_owned());
    }
    let address =
        line.split_whitespace().find(|word| word.starts_with("http") && word.contains("/authorize?"));
    address.map(str::to_owned)
}
