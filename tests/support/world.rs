//! A computer on which nothing was done yet, with everything that a sign-in needs around it.

use std::path::PathBuf;

use super::browser::{Browser, Ended, Moves, walk};
use super::driven::{Driven, Start};
use super::sandbox::Sandbox;
use super::session::Session;

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

    fn clock(&self) -> PathBuf {
        self.room().join("clock")
    }

    /// What a person does with the address that the app opened last.
    pub(crate) async fn browse(&mut self, moves: Moves<'_>) -> Ended {
        let address = self.browser.address().await;
        walk(&self.session, &address, moves).await
    }
}
