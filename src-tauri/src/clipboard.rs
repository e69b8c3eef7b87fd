//! The system's clipboard, on a thread of its own: under X11 whoever copied has to answer for it as long as it lasts.

use std::sync::mpsc;
use std::thread;
use std::time::Duration;

use tokio::sync::oneshot;

/// A clipboard keeper takes the text over within this time, or it is gone with the program.
const HANDS_OVER_WITHIN: Duration = Duration::from_secs(2);

struct Job {
    text: String,
    done: oneshot::Sender<bool>,
}

/// The thread with the clipboard. Connected to it when something is copied for the first time.
pub(crate) struct Clipboard {
    jobs: mpsc::Sender<Job>,
    thread: thread::JoinHandle<()>,
}

impl Clipboard {
    /// # Errors
    /// When the system gives no thread.
    pub(crate) fn start() -> std::io::Result<Self> {
        let (jobs, waiting) = mpsc::channel();
        let thread = thread::Builder::new().name("clipboard".to_owned()).spawn(move || serve(&waiting))?;
        Ok(Self { jobs, thread })
    }

    /// Copies a text, which may be a sign-in address and is never logged. Answers whether the clipboard took it.
    pub(crate) fn copy(&self, text: String) -> oneshot::Receiver<bool> {
        let (done, answer) = oneshot::channel();
        // A thread that ended drops the job, and the answer says so.
        let _ended = self.jobs.send(Job { text, done });
        answer
    }

    /// Lets a keeper of the desktop take over what was copied.
    pub(crate) async fn close(self) {
        drop(self.jobs);
        let ended = tokio::task::spawn_blocking(move || self.thread.join());
        if tokio::time::timeout(HANDS_OVER_WITHIN, ended).await.is_err() {
            tracing::info!("the clipboard was not handed over");
        }
    }
}

fn serve(jobs: &mpsc::Receiver<Job>) {
    let mut clipboard: Option<arboard::Clipboard> = None;
    while let Ok(Job { text, done }) = jobs.recv() {
        let copied = copy(&mut clipboard, text);
        if let Err(error) = &copied {
            // The text is not in it: arboard's errors describe the connection.
            tracing::info!(%error, "nothing was copied");
            clipboard = None;
        }
        let _nobody_waits = done.send(copied.is_ok());
    }
}

fn copy(clipboard: &mut Option<arboard::Clipboard>, text: String) -> Result<(), arboard::Error> {
    let connected = match clipboard.take() {
        Some(connected) => connected,
        None => arboard::Clipboard::new()?,
    };
    clipboard.insert(connected).set_text(text)
}

#[cfg(all(test, target_os = "linux"))]
mod tests {
    use std::process::Command;

    use super::*;

    const READER: &str = "clipboard::tests::another_program_reads";

    #[test]
    #[ignore = "the other program of the next test"]
    fn another_program_reads() {
        let text = arboard::Clipboard::new().and_then(|mut clipboard| clipboard.get_text());
        assert_eq!(text.as_deref().ok(), std::env::var("MPC_WANTED_TEXT").ok().as_deref(), "{text:?}");
    }

    #[tokio::test]
    async fn what_was_copied_is_there_for_other_programs_until_the_next() {
        assert!(std::env::var_os("DISPLAY").is_some(), "a display is needed: xvfb-run -a cargo nextest run");
        let clipboard = Clipboard::start().expect("a thread");
        for text in ["https://login.example/authorize?state=s&nonce=ü", "the second text"] {
            assert_eq!(clipboard.copy(text.to_owned()).await, Ok(true));
            let mut reads = Command::new(std::env::current_exe().expect("this test"));
            reads.args(["--exact", READER, "--ignored"]).env("MPC_WANTED_TEXT", text);
            let read = reads.output().expect("another program");
            assert!(read.status.success(), "{}", String::from_utf8_lossy(&read.stdout));
        }
        clipboard.close().await;
    }
}
