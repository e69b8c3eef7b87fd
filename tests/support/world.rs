//! A computer on which nothing was done yet, with everything that a sign-in needs around it.

use std::path::{Path, PathBuf};
use std::time::Duration;

use super::browser::{Browser, Ended, Moves, walk};
use super::driven::{Driven, Start};
use super::make_program;
use super::sandbox::Sandbox;
use super::session::Session;
use super::wait::{LONGEST, until};

/// Where the desktop keeps a link.
pub(crate) struct KeptLink(PathBuf);

impl KeptLink {
    /// The link, as soon as it is there.
    pub(crate) async fn link(&self) -> String {
        until("the browser hands a link over", async || std::fs::read_to_string(&self.0).ok()).await
    }
}

/// The account with nothing wrong.
pub(crate) const SERVICE: &str = "svc-cosell@contoso.example";

/// A session, a sandbox and a browser. The window is opened on them as often as a test wants.
pub(crate) struct World {
    // The order is the one in which they end.
    pub(crate) browser: Browser,
    pub(crate) sandbox: Sandbox,
    pub(crate) session: Session,
    environment: PathBuf,
}

impl World {
    /// In which an answer comes back by deep link.
    pub(crate) fn new() -> Self {
        let session = Session::start();
        let room = session.home().join("room");
        std::fs::create_dir(&room).expect("a folder");
        let sandbox = Sandbox::start(&room);
        let environment = sandbox.environment().to_owned();
        Self { browser: Browser::new(&room), sandbox, session, environment }
    }

    /// In which the environment names no deep link, so that an answer comes back by loopback.
    pub(crate) fn without_deep_link() -> Self {
        let world = Self::new();
        let environment = world.sandbox.environment_named("by-loopback", false);
        Self { environment, ..world }
    }

    fn room(&self) -> PathBuf {
        self.session.home().join("room")
    }

    /// Where the program keeps its data.
    pub(crate) fn data(&self) -> PathBuf {
        self.session.folder("XDG_DATA_HOME").join("mpc-connect")
    }

    /// A folder for data that is not where an installed program keeps it.
    pub(crate) fn data_made(&self) -> PathBuf {
        let folder = self.room().join("data");
        std::fs::create_dir_all(&folder).expect("a folder");
        folder
    }

    /// How the program is started here. Its data lies where an installed program keeps it.
    pub(crate) fn start(&self) -> Start {
        let environment = self.environment.to_str().expect("a path");
        let variables = [
            ("MPC_CONNECT_ENVIRONMENT", environment.to_owned()),
            ("MPC_TEST_CLOCK", self.clock().display().to_string()),
            ("PATH", self.browser.search_path()),
            ("MPC_CONNECT_LOG", "mpc_connect=debug".to_owned()),
            ("GTK_THEME", "Adwaita".to_owned()),
        ];
        let variables = variables.map(|(name, value)| (name.to_owned(), value)).to_vec();
        Start { arguments: Vec::new(), variables, log: self.room().join("window.log") }
    }

    /// Opens the window.
    pub(crate) async fn open(&self) -> Driven {
        Driven::open(&self.session, &self.start()).await
    }

    /// The same, started by an address that the desktop hands over: nothing but that address says where it works.
    pub(crate) async fn open_by_link(&self, link: &str) -> Driven {
        let mut start = self.start();
        start.arguments.push(link.to_owned());
        start.variables.retain(|(name, _)| name != "MPC_CONNECT_ENVIRONMENT");
        Driven::open(&self.session, &start).await
    }

    /// Starts the program once more, beside the open window, and waits for its end.
    pub(crate) async fn start_again(&self, arguments: &[&str]) {
        let mut command = self.session.command(env!("CARGO_BIN_EXE_mpc-connect"));
        command.args(arguments);
        let mut second = tokio::process::Command::from(command);
        let ended = tokio::time::timeout(LONGEST, second.kill_on_drop(true).status()).await;
        let status = ended.expect("the second start ends").expect("the program starts");
        assert!(status.success(), "{status}");
    }

    fn clock(&self) -> PathBuf {
        self.room().join("clock")
    }

    /// Moves the program's clock so far ahead of the computer's.
    pub(crate) fn set_clock_ahead(&self, ahead: Duration) {
        let new = self.room().join("clock.new");
        std::fs::write(&new, ahead.as_secs().to_string()).expect("the clock is written");
        std::fs::rename(new, self.clock()).expect("the clock is moved");
    }

    /// From now on the desktop keeps the app's links in a file, in place of starting the app.
    pub(crate) fn keep_links(&self) -> KeptLink {
        let applications = self.session.folder("XDG_DATA_HOME").join("applications");
        let entries = std::fs::read_dir(applications).expect("desktop entries").flatten();
        let mut entries =
            entries.map(|entry| entry.path()).filter(|entry| entry.to_string_lossy().contains("mpc-connect"));
        let entry = entries.next().expect("the app's own entry");
        let text = std::fs::read_to_string(&entry).expect("the entry");
        let program = env!("CARGO_BIN_EXE_mpc-connect");
        assert!(text.contains(&format!("Exec={program} %u")), "the desktop starts this program: {text}");
        let (keeper, file) = (self.room().join("keeper"), self.room().join("link"));
        let script =
            format!("#!/bin/sh\nprintf %s \"$1\" >'{0}.new' && mv '{0}.new' '{0}'\n", file.display());
        make_program(&keeper, &script);
        std::fs::write(&entry, text.replace(program, keeper.to_str().expect("a path")))
            .expect("the entry is changed");
        KeptLink(file)
    }

    /// The history on disk, as `mpcctl` tells it.
    pub(crate) fn history(&self) -> String {
        let program = Path::new(env!("CARGO_BIN_EXE_mpc-connect")).with_file_name("mpcctl");
        let mut told = self.session.command(program);
        told.args(["--json", "history", "--environment"]).arg(&self.environment);
        let told = told.output().expect("mpcctl is built: cargo build -p mpcctl");
        String::from_utf8_lossy(&told.stdout).into_owned()
    }

    /// What the keychain holds of this program, as a keychain viewer shows it, with the secrets.
    pub(crate) fn keychain(&self) -> String {
        let mut viewer = self.session.command("secret-tool");
        let found = viewer.args(["search", "--all", "--unlock", "username", "connection"]).output();
        let found = found.expect("secret-tool is needed (Debian package libsecret-tools)");
        String::from_utf8_lossy(&[found.stdout, found.stderr].concat()).into_owned()
    }

    /// What a person does with an address.
    pub(crate) async fn browse_at(&self, address: &str, moves: Moves<'_>) -> Ended {
        walk(&self.session, address, moves).await
    }

    /// What a person does with the address that the app opened last.
    pub(crate) async fn browse(&mut self, moves: Moves<'_>) -> Ended {
        let address = self.browser.address().await;
        walk(&self.session, &address, moves).await
    }
}
