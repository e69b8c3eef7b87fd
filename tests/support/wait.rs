//! Waiting for what a test needs, and ending what it started.

use std::process::{Child, Command};
use std::time::{Duration, Instant};

/// Longer than anything a test waits for, on a busy machine.
pub(crate) const LONGEST: Duration = Duration::from_secs(60);

/// Waits for what `look` finds.
pub(crate) async fn until<T>(what: &str, mut look: impl AsyncFnMut() -> Option<T>) -> T {
    let begun = Instant::now();
    loop {
        if let Some(found) = look().await {
            return found;
        }
        assert!(begun.elapsed() < LONGEST, "never came true: {what}");
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
}

/// A program beside the test, which ends with this value and, whatever happens, with the test.
pub(crate) struct Beside(pub(crate) Child);

impl Beside {
    pub(crate) fn start(command: &Command) -> Self {
        let mut tied = tied(command);
        let child = tied.spawn().unwrap_or_else(|error| panic!("{command:?} does not start: {error}"));
        Self(child)
    }
}

impl Drop for Beside {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// The same command, ended by the system when the test ends. Its standard streams are all piped or silent.
fn tied(command: &Command) -> Command {
    let mut tied = Command::new("setpriv");
    tied.args(["--pdeathsig", "TERM", "--"]).arg(command.get_program()).args(command.get_args());
    for (name, value) in command.get_envs() {
        match value {
            Some(value) => tied.env(name, value),
            None => tied.env_remove(name),
        };
    }
    tied
}
