//! The person at the terminal: one reader for everything that is asked.

use std::io::BufRead;
use std::time::Duration;

use mpc_connect_adapters::Interrupts;
use tokio::sync::mpsc::{UnboundedReceiver, unbounded_channel};

/// A question that nobody answers ends as if it had been declined.
const PATIENCE: Duration = Duration::from_secs(10 * 60);

/// How a question ended.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Reply {
    /// A line was typed.
    Line(String),
    /// Ctrl-C.
    Interrupted,
    /// The input has ended, or nobody answered.
    Nothing,
}

/// Reads standard input from the first question on; a second reader would eat the next answer.
#[derive(Debug, Default)]
pub(crate) struct Person {
    lines: Option<UnboundedReceiver<String>>,
}

impl Person {
    /// Waits for a line that is typed from now on.
    pub(crate) async fn reply(&mut self, interrupts: &mut Interrupts) -> Reply {
        let lines = self.lines.get_or_insert_with(read);
        while lines.try_recv().is_ok() {}
        tokio::select! {
            line = lines.recv() => line.map_or(Reply::Nothing, |line| Reply::Line(line.trim().to_owned())),
            () = interrupts.next() => Reply::Interrupted,
            () = tokio::time::sleep(PATIENCE) => Reply::Nothing,
        }
    }

    /// Waits for the Enter key where it was asked for, else for ever.
    pub(crate) async fn enter(&mut self, asked: bool) {
        if asked && self.lines.get_or_insert_with(read).recv().await.is_some() {
            return;
        }
        std::future::pending().await
    }
}

/// The thread ends with the input, or with the process: a read cannot be called back.
fn read() -> UnboundedReceiver<String> {
    let (sender, receiver) = unbounded_channel();
    std::thread::spawn(move || {
        for line in std::io::stdin().lock().lines().map_while(Result::ok) {
            if sender.send(line).is_err() {
                return;
            }
        }
    });
    receiver
}
