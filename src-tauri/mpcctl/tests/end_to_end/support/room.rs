//! What a test has around it: a keyring, and a sandbox or a provider.

use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::Value;
use tempfile::TempDir;

use super::background::Background;
use super::desk::{Browser, Desk};

/// The folder of the whole project.
pub(crate) fn project() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..").canonicalize().unwrap()
}

/// Where a client finds its environment, and whom it trusts.
#[derive(Clone)]
pub(crate) struct Place {
    pub(crate) environment: PathBuf,
    pub(crate) authority: Option<PathBuf>,
}

/// A session with a real keyring that nobody else uses.
struct Keyring {
    variables: Vec<(String, String)>,
    _session: Background,
}

impl Keyring {
    fn start() -> Self {
        // Chromium's socket needs a short path, so that one session inside another takes no folder of that one.
        let mut command = Command::new("bash");
        command.env_remove("TMPDIR").arg(project().join("tests/support/with-keyring.sh"));
        // The variables of the session, one on a line, then silence until the test is over.
        command.args([
            "bash",
            "-c",
            "compgen -e | while read -r name; do echo \"$name=${!name}\"; done; echo .; cat",
        ]);
        let session = Background::start("the session with a keyring", &mut command);
        let lines = std::iter::repeat_with(|| session.line()).take_while(|line| line != ".");
        let of_session =
            |name: &str| name.starts_with("XDG_") || ["DBUS_SESSION_BUS_ADDRESS", "TMPDIR"].contains(&name);
        let variables = lines
            .filter_map(|line| line.split_once('=').map(|(name, value)| (name.to_owned(), value.to_owned())))
            .filter(|(name, _)| of_session(name))
            .collect();
        Self { variables, _session: session }
    }
}

/// The sandbox, as a program of its own.
pub(crate) struct Sandbox {
    ready: Value,
    place: Place,
    client: reqwest::Client,
    folder: TempDir,
    _program: Background,
}

impl Sandbox {
    fn start(arguments: &[&str]) -> Self {
        let program = Path::new(env!("CARGO_BIN_EXE_mpcctl")).with_file_name("mpc-sandbox");
        assert!(
            program.is_file(),
            "mpc-sandbox is not beside mpcctl. Build it first: cargo build -p mpc-sandbox"
        );
        let folder = tempfile::tempdir().unwrap();
        let environment = folder.path().join("sandbox.toml");
        let mut command = Command::new(program);
        command.arg("--exit-with-stdin").arg("--write-environment").arg(&environment).args(arguments);
        let program = Background::start("mpc-sandbox", &mut command);
        let ready: Value = serde_json::from_str(&program.line()).unwrap();
        let authority = ready["ca"].as_str().map(PathBuf::from);
        let client = reqwest::Client::builder().no_proxy().build().unwrap();
        Self { ready, place: Place { environment, authority }, client, folder, _program: program }
    }

    async fn control(&self, method: reqwest::Method, path: &str) -> Value {
        let address = format!("{}{path}", self.ready["control"].as_str().unwrap());
        let answer = self.client.request(method, address).send().await.unwrap();
        assert!(answer.status().is_success(), "{path}: {}", answer.status());
        serde_json::from_str(&answer.text().await.unwrap()).unwrap_or_default()
    }

    pub(crate) async fn switch_on(&self, fault: &str) {
        self.control(reqwest::Method::PUT, &format!("/faults/{fault}")).await;
    }

    pub(crate) async fn switch_off(&self, fault: &str) {
        self.control(reqwest::Method::DELETE, &format!("/faults/{fault}")).await;
    }

    /// The status of each answer to a request whose path holds `part`, in order.
    pub(crate) async fn answers(&self, part: &str) -> Vec<u64> {
        let requests = self.control(reqwest::Method::GET, "/requests").await;
        let requests = requests.as_array().unwrap();
        let wanted = requests.iter().filter(|request| request["path"].as_str().unwrap().contains(part));
        wanted.filter_map(|request| request["status"].as_u64()).collect()
    }
}

/// A keyring and a sandbox.
pub(crate) struct Room {
    keyring: Keyring,
    pub(crate) sandbox: Sandbox,
}

impl Room {
    pub(crate) fn open() -> Self {
        Self { keyring: Keyring::start(), sandbox: Sandbox::start(&[]) }
    }

    pub(crate) fn open_with_tls() -> Self {
        Self { keyring: Keyring::start(), sandbox: Sandbox::start(&["--tls"]) }
    }

    /// A computer on which nothing was done yet, with a browser that follows a script.
    pub(crate) fn desk(&self) -> Desk {
        self.desk_with(Browser::Scripted)
    }

    pub(crate) fn desk_with(&self, browser: Browser) -> Desk {
        Desk::new(&self.keyring.variables, &self.sandbox.place, browser)
    }

    /// Stops the sandbox; what is left is the keyring and the file that leads nowhere now.
    pub(crate) fn stop_sandbox(self) -> impl Sized {
        (self.keyring, self.sandbox.folder)
    }
}

/// The provider that somebody else wrote, as a program of its own, and a keyring.
pub(crate) struct Provider {
    keyring: Keyring,
    place: Place,
    _program: Background,
    _folder: TempDir,
}

impl Provider {
    pub(crate) fn start() -> Self {
        let fixtures = fixtures();
        let folder = tempfile::tempdir().unwrap();
        let environment = folder.path().join("provider.toml");
        let mut command = Command::new("node");
        command.arg(fixtures.join("provider.mjs")).arg("--write-environment").arg(&environment);
        let program = Background::start("the provider", &mut command);
        let ready: Value = serde_json::from_str(&program.line()).unwrap();
        assert_eq!(ready["ready"], true);
        let place = Place { environment, authority: None };
        Self { keyring: Keyring::start(), place, _program: program, _folder: folder }
    }

    pub(crate) fn desk(&self) -> Desk {
        Desk::new(&self.keyring.variables, &self.place, Browser::ChromiumAtProvider)
    }
}

/// The folder of the programs for Node, with what they need.
pub(crate) fn fixtures() -> PathBuf {
    let fixtures = project().join("tests/fixtures");
    assert!(
        fixtures.join("node_modules/playwright-core").is_dir(),
        "The npm packages of tests/fixtures are not installed. Install them first: npm ci --prefix tests/fixtures"
    );
    fixtures
}
