//! One run of `mpcctl`, read line by line.

use std::process::Stdio;
use std::time::Duration;

use tokio::io::{AsyncBufReadExt as _, AsyncReadExt as _, BufReader, Lines};
use tokio::process::{Child, ChildStdout, Command};
use tokio::task::JoinHandle;
use tokio::time::timeout;

/// Longer than anything here takes on a busy computer.
pub(crate) const PATIENCE: Duration = Duration::from_secs(90);

/// A run under way. Dropped, it is killed.
pub(crate) struct Program {
    child: Child,
    lines: Lines<BufReader<ChildStdout>>,
    errors: JoinHandle<String>,
    seen: Vec<String>,
}

/// A run that has ended.
#[derive(Debug)]
pub(crate) struct Ended {
    pub(crate) code: i32,
    pub(crate) lines: Vec<String>,
    pub(crate) errors: String,
}

impl Program {
    pub(crate) fn start(mut command: Command) -> Self {
        command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped()).kill_on_drop(true);
        let mut child = command.spawn().unwrap();
        let lines = BufReader::new(child.stdout.take().unwrap()).lines();
        let mut stderr = child.stderr.take().unwrap();
        let errors = tokio::spawn(async move {
            let mut text = String::new();
            stderr.read_to_string(&mut text).await.unwrap();
            text
        });
        Self { child, lines, errors, seen: Vec::new() }
    }

    /// The next line; `None` at the end.
    pub(crate) async fn line(&mut self) -> Option<String> {
        let next = timeout(PATIENCE, self.lines.next_line()).await;
        let line = next.unwrap_or_else(|_| panic!("no further line after {:#?}", self.seen)).unwrap();
        self.seen.extend(line.clone());
        line
    }

    /// Presses Ctrl-C.
    pub(crate) async fn interrupt(&mut self) {
        assert!(self.child.try_wait().unwrap().is_none(), "ended by itself: {:#?}", self.seen);
        let process = self.child.id().unwrap().to_string();
        assert!(Command::new("kill").args(["-INT", &process]).status().await.unwrap().success());
    }

    pub(crate) async fn end(mut self) -> Ended {
        while self.line().await.is_some() {}
        let status =
            timeout(PATIENCE, self.child.wait()).await.expect("the output ended, the program did not");
        let code = status.unwrap().code().unwrap_or_else(|| panic!("killed: {:#?}", self.seen));
        Ended { code, lines: self.seen, errors: self.errors.await.unwrap() }
    }
}
