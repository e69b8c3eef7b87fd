//! The real program, started once, started again, and started with whatever another process may think of.

#![expect(clippy::expect_used, clippy::panic, reason = "a test fails by panicking")]
#![cfg(target_os = "linux")]

#[path = "support/session.rs"]
mod session;

use std::ffi::OsString;
use std::fs::File;
use std::os::unix::ffi::OsStringExt as _;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitStatus, Output, Stdio};
use std::time::{Duration, Instant};

use session::Session;

const NAME: &str = "com.mpc-connect.desktop.dev.SingleInstance";
/// Nothing here takes longer, not even on a busy computer.
const LONGEST: Duration = Duration::from_secs(60);
/// REQ-DL-08, with what a busy computer adds.
const LEAVES_WITHIN: Duration = Duration::from_secs(12 + 8);

/// A desktop on which the program runs, or does not yet.
struct Desktop {
    session: Session,
    log: PathBuf,
}

/// The program, which ends with this value.
struct Running(Child);

impl Drop for Running {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

impl Desktop {
    fn new() -> Self {
        let session = Session::start();
        let log = session.home().join("program.log");
        Self { session, log }
    }

    fn program(&self, arguments: &[OsString]) -> Command {
        let mut command = self.session.command(env!("CARGO_BIN_EXE_mpc-connect"));
        command.args(arguments).stdin(Stdio::null());
        // Without the accessibility bus, which this session lacks, GTK says nothing on standard error.
        command.env("NO_AT_BRIDGE", "1").env("GTK_THEME", "Adwaita");
        command
    }

    /// Starts the program and waits until another start finds it.
    fn run(&self, arguments: &[OsString]) -> Running {
        let log = File::options().create(true).append(true).open(&self.log).expect("a log");
        let mut command = self.program(arguments);
        command.env("MPC_CONNECT_LOG", "mpc_connect=debug");
        command.stdout(log.try_clone().expect("the log twice")).stderr(log);
        let mut running = Running(command.spawn().expect("the program starts"));
        let begun = Instant::now();
        while !self.is_found() {
            assert!(begun.elapsed() < LONGEST, "the program is not found: {}", self.said());
            let ended = running.0.try_wait().expect("its state");
            assert!(ended.is_none(), "it ended with {ended:?}: {}", self.said());
        }
        running
    }

    fn is_found(&self) -> bool {
        let mut asks = self.session.command("dbus-send");
        asks.args(["--session", "--print-reply", "--dest=org.freedesktop.DBus", "/"]);
        asks.args(["org.freedesktop.DBus.NameHasOwner", &format!("string:{NAME}")]);
        let answer = asks.output().expect("dbus-send is needed (Debian package dbus-bin)");
        String::from_utf8_lossy(&answer.stdout).contains("boolean true")
    }

    fn said(&self) -> String {
        std::fs::read_to_string(&self.log).unwrap_or_default()
    }

    /// A second start, to its end.
    fn again(&self, arguments: &[OsString]) -> Output {
        self.program(arguments).output().expect("the program starts")
    }
}

impl Running {
    fn signal(&self, name: &str) {
        let id = self.0.id().to_string();
        let sent = Command::new("kill").args([name, &id]).status().expect("kill");
        assert!(sent.success(), "{name}");
    }

    /// Ends it as a session does that ends.
    fn ends(mut self) -> ExitStatus {
        self.signal("-TERM");
        let begun = Instant::now();
        loop {
            if let Some(status) = self.0.try_wait().expect("its state") {
                return status;
            }
            assert!(begun.elapsed() < LONGEST, "the program does not end");
            std::thread::yield_now();
        }
    }
}

fn arguments(texts: &[&str]) -> Vec<OsString> {
    texts.iter().map(OsString::from).collect()
}

/// Arguments that any process on the computer may pass on.
fn odd() -> Vec<Vec<OsString>> {
    let link = "com.mpc-connect.desktop.dev://auth?code=c&state=s";
    vec![
        arguments(&["-h"]),
        arguments(&["--remote-debugging-port=9222"]),
        arguments(&["/etc/passwd"]),
        arguments(&[link, link]),
        arguments(&["-v", link]),
        arguments(&[&"x".repeat(100 * 1024)]),
        arguments(&[&format!("{link}{}", "x".repeat(100 * 1024))]),
        vec![OsString::from_vec(b"\xff\xfe\x80".to_vec())],
        vec![OsString::from_vec(b"com.mpc-connect.desktop.dev://auth?code=\xff".to_vec())],
    ]
}

fn means_to_be_a_link(argument: &OsString) -> bool {
    argument.to_string_lossy().to_lowercase().starts_with("com.mpc-connect.desktop.dev:")
}

#[test]
fn a_second_start_hands_over_says_nothing_and_ends_well() {
    let desktop = Desktop::new();
    let first = desktop.run(&[]);
    let mut starts = odd();
    starts.push(arguments(&[]));
    starts.push(arguments(&["--environment", "another"]));
    starts.push(arguments(&["com.mpc-connect.desktop.dev://elsewhere?code=c&state=s"]));
    let links = starts.iter().filter(|given| given.iter().any(means_to_be_a_link)).count();
    for given in starts {
        let Output { status, stdout, stderr } = desktop.again(&given);
        let shown: Vec<_> =
            given.iter().map(|one| one.to_string_lossy().chars().take(60).collect::<String>()).collect();
        assert!(status.success(), "{shown:?}: {status:?}");
        assert_eq!((stdout, String::from_utf8_lossy(&stderr).trim()), (Vec::new(), ""), "{shown:?}");
    }
    assert!(first.ends().success(), "the first one lived on: {}", desktop.said());
    let said = desktop.said();
    assert_eq!(said.matches("handed an address over").count(), 1, "{said}");
    assert_eq!(said.matches("an address that is not ours").count(), links, "{said}");
    assert!(!said.contains("code="), "no address is logged: {said}");
}

#[test]
fn a_first_start_takes_any_arguments_without_harm() {
    for given in odd() {
        let desktop = Desktop::new();
        let running = desktop.run(&given);
        let ended = running.ends();
        assert!(ended.success(), "{given:.60?}: {ended:?} {}", desktop.said());
    }
}

/// Waits for what becomes of a file.
fn until_it_holds(file: &Path, wanted: &str) -> String {
    let begun = Instant::now();
    loop {
        let text = std::fs::read_to_string(file).unwrap_or_default();
        if text.contains(wanted) {
            return text;
        }
        assert!(begun.elapsed() < LONGEST, "{} has no {wanted}: {text}", file.display());
        std::thread::yield_now();
    }
}

#[test]
fn the_scheme_leads_here_on_a_bare_desktop_and_an_installed_copy_keeps_its_own() {
    let desktop = Desktop::new();
    let entries = desktop.session.folder("XDG_DATA_HOME").join("applications");
    std::fs::create_dir_all(&entries).expect("a folder");
    let installed = entries.join("com.mpc-connect.desktop-handler.desktop");
    std::fs::write(&installed, "[Desktop Entry]\nExec=/usr/bin/mpc-connect %u\n").expect("an entry");
    let running = desktop.run(&[]);
    let list = desktop.session.folder("XDG_CONFIG_HOME").join("mimeapps.list");
    let entry = "com.mpc-connect.desktop.dev-handler.desktop";
    until_it_holds(&list, &format!("x-scheme-handler/com.mpc-connect.desktop.dev={entry}"));
    let text = std::fs::read_to_string(entries.join(entry)).expect("the entry");
    let program = env!("CARGO_BIN_EXE_mpc-connect");
    assert!(text.contains(&format!("\nExec={program} %u\n")), "without quotes: {text}");
    assert!(std::fs::read_to_string(&installed).is_ok_and(|text| text.contains("/usr/bin/mpc-connect")));

    // Without a named desktop, Debian's xdg-open starts the entry's program itself.
    let mut opens = desktop.session.command("xdg-open");
    opens.env_remove("XDG_CURRENT_DESKTOP").arg("com.mpc-connect.desktop.dev://elsewhere?code=c&state=s");
    assert!(opens.status().expect("xdg-open").success());
    let said = until_it_holds(&desktop.log, "an address that is not ours");
    assert!(!said.contains("code="), "{said}");
    assert!(running.ends().success());
}

#[test]
fn a_second_start_leaves_a_first_one_that_hangs() {
    let desktop = Desktop::new();
    let first = desktop.run(&[]);
    first.signal("-STOP");
    let begun = Instant::now();
    let Output { status, stderr, .. } = desktop.again(&[]);
    assert!(status.success() && begun.elapsed() < LEAVES_WITHIN, "{status:?} after {:?}", begun.elapsed());
    let said = String::from_utf8_lossy(&stderr).into_owned();
    assert!(said.contains("MPC Connect is already running"), "{said}");
    first.signal("-CONT");
    let ended = first.ends();
    assert!(ended.success(), "{ended:?} {}", desktop.said());
}

#[test]
fn without_a_display_the_program_says_so() {
    let desktop = Desktop::new();
    let output = desktop.program(&[]).env_remove("DISPLAY").output().expect("the program starts");
    assert_eq!(output.status.code(), Some(1));
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(said.contains("needs a display") && !said.contains("panicked"), "{said}");
}
