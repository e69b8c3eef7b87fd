//! A desktop session of its own for one test: a bus, an unlocked keychain, a screen and an empty home.

use std::io::{BufRead as _, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, Command, Stdio};

use tempfile::TempDir;

/// The root of the project.
pub(crate) fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).to_owned()
}

/// What a program of this session finds in its environment. Nothing of it leads back to the person's own desktop.
pub(crate) struct Session {
    variables: Vec<(String, String)>,
    home: TempDir,
    screen: Child,
    keyring: Child,
    kept_open: Option<ChildStdin>,
}

/// Variables that would lead out of the session, or into another one.
const FOREIGN: [&str; 12] = [
    "http_proxy",
    "https_proxy",
    "all_proxy",
    "HTTP_PROXY",
    "HTTPS_PROXY",
    "ALL_PROXY",
    "BROWSER",
    "WAYLAND_DISPLAY",
    "MPC_CONNECT_DATA",
    "MPC_CONNECT_ENVIRONMENT",
    "XAUTHORITY",
    "DESKTOP_SESSION",
];

impl Session {
    pub(crate) fn start() -> Self {
        let home = tempfile::tempdir().expect("a home");
        let documents = home.path().join("Documents");
        std::fs::create_dir(&documents).expect("a folder for documents");
        let (mut keyring, mut variables) = keyring();
        let (screen, display) = screen();
        let settings =
            variables.iter().find(|(name, _)| name == "XDG_CONFIG_HOME").expect("a folder").1.clone();
        std::fs::write(
            Path::new(&settings).join("user-dirs.dirs"),
            "XDG_DOCUMENTS_DIR=\"$HOME/Documents\"\n",
        )
        .expect("the folder for documents is known");
        variables.push(("HOME".to_owned(), home.path().display().to_string()));
        variables.push(("DISPLAY".to_owned(), display));
        // Without a named desktop, xdg-open cannot hand the app its links.
        variables.push(("XDG_CURRENT_DESKTOP".to_owned(), "GNOME".to_owned()));
        variables.push(("TZ".to_owned(), "UTC".to_owned()));
        let kept_open = keyring.stdin.take();
        Self { variables, home, screen, keyring, kept_open }
    }

    /// A program in this session.
    pub(crate) fn command(&self, program: impl AsRef<std::ffi::OsStr>) -> Command {
        let mut command = Command::new(program);
        FOREIGN.into_iter().for_each(|name| {
            command.env_remove(name);
        });
        command.envs(self.variables.iter().map(|(name, value)| (name, value)));
        command
    }

    /// The empty home, with its folder `Documents`.
    pub(crate) fn home(&self) -> &Path {
        self.home.path()
    }

    /// One of the session's own folders, such as `XDG_DATA_HOME`.
    pub(crate) fn folder(&self, name: &str) -> PathBuf {
        let found = self.variables.iter().find(|(other, _)| other == name);
        PathBuf::from(&found.unwrap_or_else(|| panic!("the session has {name}")).1)
    }
}

impl Drop for Session {
    fn drop(&mut self) {
        let _ = self.screen.kill();
        let _ = self.screen.wait();
        drop(self.kept_open.take());
        let _ = self.keyring.wait();
    }
}

/// The session with a keyring, which lasts as long as its standard input, and the variables that lead into it.
fn keyring() -> (Child, Vec<(String, String)>) {
    let mut command = Command::new("bash");
    // Sockets need short paths, so that one session inside another takes no folder of that one.
    command.env_remove("TMPDIR").arg(root().join("tests/support/with-keyring.sh"));
    command.args(["sh", "-c", "env; echo .; exec cat"]);
    let mut keyring = command.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().expect("bash is needed");
    let lines = BufReader::new(keyring.stdout.take().expect("piped")).lines().map_while(Result::ok);
    let of_session =
        |name: &str| name.starts_with("XDG_") || ["DBUS_SESSION_BUS_ADDRESS", "TMPDIR"].contains(&name);
    let variables: Vec<_> = lines
        .take_while(|line| line != ".")
        .filter_map(|line| line.split_once('=').map(|(name, value)| (name.to_owned(), value.to_owned())))
        .filter(|(name, _)| of_session(name))
        .collect();
    assert!(!variables.is_empty(), "the session with a keyring did not start");
    (keyring, variables)
}

/// A screen that nobody else draws on, and its name.
fn screen() -> (Child, String) {
    let mut command = Command::new("setpriv");
    command.args(["--pdeathsig", "TERM", "--", "Xvfb", "-displayfd", "1", "-screen", "0", "1280x800x24"]);
    command.args(["-nolisten", "tcp", "-noreset"]).stdin(Stdio::null()).stderr(Stdio::null());
    let mut screen = command.stdout(Stdio::piped()).spawn().expect("Xvfb is needed (Debian package xvfb)");
    let mut number = String::new();
    let mut output = BufReader::new(screen.stdout.take().expect("piped"));
    output.read_line(&mut number).expect("Xvfb tells its number");
    assert!(!number.trim().is_empty(), "Xvfb did not start");
    (screen, format!(":{}", number.trim()))
}
