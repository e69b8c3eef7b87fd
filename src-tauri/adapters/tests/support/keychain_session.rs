//! A test inside a throw-away session with a keyring, and what it does to that keyring.

use std::{
    env,
    future::Future,
    io::Write as _,
    path::Path,
    process::{Child, Command, Output, Stdio},
    time::Duration,
};

pub(crate) const SERVICE: &str = "com.mpc-connect.test.secret-service";

/// What the session's own keyring was made with; the daemon takes the line feed as a part of it.
pub(crate) const PASSWORD: &str = "throw-away\n";

/// Runs the ignored test `cases::<case>` of this binary in a session in this condition; a session that cannot be
/// made, or a case that does not exist, is a failure.
pub(crate) fn run_case(condition: &str, case: &str) {
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/support/with-keyring.sh");
    let mut command = Command::new("bash");
    command.arg(script);
    if condition != "unlocked" {
        command.arg(format!("--{condition}"));
    }
    command.arg(env::current_exe().unwrap());
    command.args(["--exact", "--ignored", "--nocapture", &format!("cases::{case}")]);
    let Output { status, stdout, stderr } = command.stdin(Stdio::null()).output().unwrap();
    let (said, complained) = (String::from_utf8_lossy(&stdout), String::from_utf8_lossy(&stderr));
    assert!(status.success() && said.contains("1 passed"), "{case}: {status}\n{said}\n{complained}");
}

/// Guards a case against running on the keyring of the person who runs the tests.
pub(crate) fn expect_condition(condition: &str) {
    assert_eq!(env::var("MPC_TEST_KEYRING").as_deref(), Ok(condition), "not in a session of its own");
}

fn output_of(program: &str, arguments: &[&str]) -> Option<String> {
    let Output { status, stdout, .. } = Command::new(program).args(arguments).output().unwrap();
    status.success().then(|| String::from_utf8(stdout).unwrap())
}

/// The process that owns the Secret Service's name.
fn keyring_process() -> Option<String> {
    let answer = output_of(
        "gdbus",
        &[
            "call",
            "--session",
            "--dest=org.freedesktop.DBus",
            "--object-path=/org/freedesktop/DBus",
            "--method=org.freedesktop.DBus.GetConnectionUnixProcessID",
            "org.freedesktop.secrets",
        ],
    )?;
    // "(uint32 4711,)"
    Some(answer.chars().skip_while(|c| *c != ' ').filter(char::is_ascii_digit).collect())
}

fn signal(name: &str, process: &str) {
    assert!(output_of("kill", &[name, process]).is_some(), "{name} {process}");
}

/// Ends the keyring; returns when its name is free.
pub(crate) async fn stop_keyring() {
    signal("-TERM", &keyring_process().expect("no keyring runs"));
    until(|| async { keyring_process().is_none() }).await;
}

/// A keyring daemon of a case's own; ends with the value.
pub(crate) struct Keyring(Child);

impl Drop for Keyring {
    fn drop(&mut self) {
        // It may have ended before.
        drop(self.0.kill());
        drop(self.0.wait());
    }
}

/// A new keyring daemon: unlocked with this password, or without any.
pub(crate) fn start_keyring(password: Option<&str>) -> Keyring {
    let mut command = Command::new("gnome-keyring-daemon");
    command.args(["--foreground", "--components=secrets"]);
    if password.is_some() {
        command.arg("--unlock");
    }
    command.stdin(Stdio::piped()).stdout(Stdio::null()).stderr(Stdio::null());
    let mut daemon = Keyring(command.spawn().unwrap());
    daemon.0.stdin.take().unwrap().write_all(password.unwrap_or_default().as_bytes()).unwrap();
    let ready = output_of("gdbus", &["wait", "--session", "--timeout", "20", "org.freedesktop.secrets"]);
    assert!(ready.is_some(), "the keyring does not start");
    daemon
}

/// The accounts of our entries, as another program sees them.
pub(crate) fn kept_accounts() -> Vec<String> {
    let Output { stdout, stderr, .. } =
        Command::new("secret-tool").args(["search", "--all", "service", SERVICE]).output().unwrap();
    // Attributes stand on one stream, secrets on the other; which one depends on the version.
    let seen = [stdout, stderr].concat();
    let lines = String::from_utf8_lossy(&seen).into_owned();
    lines
        .lines()
        .filter_map(|line| line.strip_prefix("attribute.username = ").map(ToOwned::to_owned))
        .collect()
}

/// A second entry that a search for this account finds as well.
pub(crate) fn store_duplicate(account: &str) {
    let mut tool = Command::new("secret-tool")
        .args(["store", "--label=duplicate", "service", SERVICE, "username", account, "made-by", "test"])
        .stdin(Stdio::piped())
        .spawn()
        .unwrap();
    tool.stdin.take().unwrap().write_all(b"x").unwrap();
    assert!(tool.wait().unwrap().success());
}

/// The keyring daemon, stopped in its tracks until dropped.
pub(crate) struct Frozen(String);

impl Frozen {
    pub(crate) fn keyring() -> Self {
        let process = keyring_process().expect("no keyring runs");
        signal("-STOP", &process);
        Self(process)
    }
}

impl Drop for Frozen {
    fn drop(&mut self) {
        signal("-CONT", &self.0);
    }
}

pub(crate) async fn until<F: Future<Output = bool>>(condition: impl Fn() -> F) {
    let wait = async {
        while !condition().await {
            tokio::task::yield_now().await;
        }
    };
    tokio::time::timeout(Duration::from_secs(30), wait).await.expect("the condition never came true");
}
