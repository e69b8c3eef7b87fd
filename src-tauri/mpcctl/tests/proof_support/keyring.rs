//! A keyring in a session of its own, seen by the programs that get its environment.

use std::io::{BufRead as _, BufReader, Write as _};
use std::path::Path;
use std::process::{Child, ChildStdin, Command, Output, Stdio};

use super::until;

/// What the session's own keyring was made with; the daemon takes the line feed as a part of it.
const PASSWORD: &str = "throw-away\n";

/// Variables that belong to the session. Nothing else of the caller's environment reaches a program under test.
const OF_THE_SESSION: [&str; 8] = [
    "DBUS_SESSION_BUS_ADDRESS",
    "MPC_TEST_KEYRING",
    "TMPDIR",
    "XDG_CACHE_HOME",
    "XDG_CONFIG_HOME",
    "XDG_DATA_HOME",
    "XDG_RUNTIME_DIR",
    "XDG_STATE_HOME",
];

/// A session made by `with-keyring.sh`; it ends with the value.
pub(crate) struct Keyring {
    script: Child,
    kept_open: Option<ChildStdin>,
    variables: Vec<(String, String)>,
}

impl Keyring {
    /// A session in this condition: `unlocked`, `locked`, `absent` or `none`.
    pub(crate) fn start(condition: &str) -> Self {
        let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/support/with-keyring.sh");
        let mut command = Command::new("bash");
        command.arg(script);
        if condition != "unlocked" {
            command.arg(format!("--{condition}"));
        }
        command.args(["sh", "-c", r"env -0; printf 'end\0'; exec cat"]);
        let mut script =
            command.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().expect("bash is needed");
        let kept_open = script.stdin.take();
        let mut output = BufReader::new(script.stdout.take().expect("piped"));
        let mut variables = Vec::new();
        loop {
            let mut line = Vec::new();
            let count = output.read_until(0, &mut line).expect("readable");
            assert!(count > 0, "the session with a keyring ({condition}) did not start");
            let line = String::from_utf8(line).expect("text");
            let line = line.trim_end_matches('\0');
            if line == "end" {
                break;
            }
            let (name, value) = line.split_once('=').expect("a variable");
            if OF_THE_SESSION.contains(&name) {
                variables.push((name.to_owned(), value.to_owned()));
            }
        }
        Self { script, kept_open, variables }
    }

    /// The variables that lead programs into the session, `PATH` among them.
    pub(crate) fn variables(&self) -> impl Iterator<Item = (&str, &str)> {
        self.variables.iter().map(|(name, value)| (name.as_str(), value.as_str()))
    }

    fn tool(&self, program: &str, arguments: &[&str]) -> Command {
        let mut command = Command::new(program);
        command.args(arguments).envs(self.variables());
        command
    }

    fn output(&self, program: &str, arguments: &[&str]) -> Output {
        let mut command = self.tool(program, arguments);
        command.stdin(Stdio::null()).output().unwrap_or_else(|error| panic!("{program} is needed: {error}"))
    }

    /// What `secret-tool` finds of the program's entries, attributes and secrets together.
    pub(crate) fn entries(&self, service: &str) -> String {
        let found = self.output("secret-tool", &["search", "--all", "--unlock", "service", service]);
        String::from_utf8_lossy(&[found.stdout, found.stderr].concat()).into_owned()
    }

    /// Deletes entries from outside.
    pub(crate) fn clear(&self, service: &str) {
        let cleared = self.output("secret-tool", &["clear", "service", service]);
        assert!(cleared.status.success(), "{cleared:?}");
    }

    /// Puts something else where the credential lies.
    pub(crate) fn overwrite(&self, service: &str, secret: &str) {
        self.clear(service);
        let entry = ["store", "--label=MPC Connect", "service", service, "username", "connection"];
        let mut tool =
            self.tool("secret-tool", &entry).stdin(Stdio::piped()).spawn().expect("secret-tool is needed");
        tool.stdin.take().expect("piped").write_all(secret.as_bytes()).expect("taken");
        assert!(tool.wait().expect("it ends").success());
    }

    /// The process that owns the Secret Service's name.
    fn process(&self) -> Option<String> {
        let method = "--method=org.freedesktop.DBus.GetConnectionUnixProcessID";
        let path = ["--dest=org.freedesktop.DBus", "--object-path=/org/freedesktop/DBus"];
        let arguments = ["call", "--session", path[0], path[1], method, "org.freedesktop.secrets"];
        let answer = self.output("gdbus", &arguments);
        let text = String::from_utf8_lossy(&answer.stdout).into_owned();
        // "(uint32 4711,)"
        let digits = text.chars().skip_while(|letter| *letter != ' ').filter(char::is_ascii_digit);
        answer.status.success().then(|| digits.collect())
    }

    fn signal(&self, name: &str) {
        let process = self.process().expect("a keyring runs");
        assert!(self.output("kill", &[name, &process]).status.success(), "{name} {process}");
    }

    /// Stops the keyring in its tracks until the value is dropped.
    pub(crate) fn freeze(&self) -> Frozen {
        let process = self.process().expect("a keyring runs");
        assert!(self.output("kill", &["-STOP", &process]).status.success(), "{process}");
        Frozen(process)
    }

    /// Ends the keyring and starts one that is locked, or unlocked again.
    pub(crate) async fn restart(&self, unlocked: bool) -> Daemon {
        self.signal("-TERM");
        self.start_daemon(unlocked).await
    }

    /// Starts a keyring as soon as the one before has ended.
    pub(crate) async fn start_daemon(&self, unlocked: bool) -> Daemon {
        until("the keyring ends", async || self.process().is_none().then_some(())).await;
        let mut command = self.tool("gnome-keyring-daemon", &["--foreground", "--components=secrets"]);
        if unlocked {
            command.arg("--unlock");
        }
        command.stdin(Stdio::piped()).stdout(Stdio::null()).stderr(Stdio::null());
        let mut daemon = Daemon(command.spawn().expect("gnome-keyring-daemon is needed"));
        let word = if unlocked { PASSWORD } else { "" };
        daemon.0.stdin.take().expect("piped").write_all(word.as_bytes()).expect("taken");
        until("the keyring starts", async || self.process()).await;
        daemon
    }
}

impl Drop for Keyring {
    fn drop(&mut self) {
        drop(self.kept_open.take());
        // It may have ended before.
        drop(self.script.wait());
    }
}

/// A keyring daemon beside the session's own; it ends with the value.
pub(crate) struct Daemon(Child);

impl Drop for Daemon {
    fn drop(&mut self) {
        // It may have ended before.
        drop(self.0.kill());
        drop(self.0.wait());
    }
}

/// A keyring that answers nobody.
pub(crate) struct Frozen(String);

impl Drop for Frozen {
    fn drop(&mut self) {
        drop(Command::new("kill").args(["-CONT", &self.0]).status());
    }
}
