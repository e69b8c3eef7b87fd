//! The person's browser: a real Chromium, which signs in when the test says so.

use std::path::{Path, PathBuf};
use std::process::{Output, Stdio};

use serde_json::Value;

use super::narrated::demo_folder;
use super::session::{Session, root};
use super::wait::until;

/// What stands first in the app's search path as `xdg-open`: the addresses of web pages are noted for the test, and
/// everything else goes where the desktop sends it.
pub(crate) struct Browser {
    folder: PathBuf,
    seen: usize,
}

/// What a person does in the browser.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Moves<'a> {
    /// Signs in and accepts the permissions.
    Accepts(&'a str),
    /// Signs in and presses Cancel on the permissions.
    Declines(&'a str),
    /// Looks at the first page and closes the browser.
    Leaves,
}

/// How the browser ended.
#[derive(Debug)]
pub(crate) struct Ended {
    /// Host and path of the last page, or the app's link without its query.
    pub(crate) at: String,
    /// The text of the page that is left open.
    pub(crate) text: String,
}

impl Browser {
    /// Makes the stand-in in a folder.
    pub(crate) fn new(folder: &Path) -> Self {
        let tools = folder.join("tools");
        std::fs::create_dir_all(&tools).expect("a folder for the browser");
        let opened = folder.join("opened");
        std::fs::write(&opened, "").expect("a list of addresses");
        let path = std::env::var("PATH").expect("a search path");
        let script = format!(
            "#!/bin/sh\ncase $1 in http://*|https://*) printf '%s\\n' \"$1\" >>'{}'; exit 0 ;; esac\n\
             PATH='{path}' exec xdg-open \"$@\"\n",
            opened.display()
        );
        super::make_program(&tools.join("xdg-open"), &script);
        Self { folder: folder.to_owned(), seen: 0 }
    }

    /// The search path of the app.
    pub(crate) fn search_path(&self) -> String {
        format!("{}:{}", self.folder.join("tools").display(), std::env::var("PATH").expect("a search path"))
    }

    /// The next address that the app opens.
    pub(crate) async fn address(&mut self) -> String {
        let opened = self.folder.join("opened");
        let wanted = self.seen;
        let next = until("the app opens the browser", async || {
            let all = std::fs::read_to_string(&opened).expect("the list of addresses");
            let (whole, _) = all.rsplit_once('\n')?;
            whole.lines().nth(wanted).map(str::to_owned)
        });
        let address = next.await;
        self.seen += 1;
        address
    }
}

/// Walks the pages behind an address in a Chromium of the session, to the end.
///
/// The link that leads back to the app goes to the desktop.
pub(crate) async fn walk(session: &Session, address: &str, moves: Moves<'_>) -> Ended {
    let mut command = session.command("node");
    command.arg(root().join("tests/fixtures/sign-in.mjs")).arg(address);
    match moves {
        Moves::Accepts(account) => command.args(["--username", account]),
        Moves::Declines(account) => command.args(["--username", account, "--consent", "cancel"]),
        Moves::Leaves => command.arg("--leave"),
    };
    if let Some(folder) = demo_folder() {
        command.arg("--pictures").arg(folder.join("browser"));
    }
    command.args(["--password", "Sandbox-1", "--code", "000000"]).stdin(Stdio::null());
    let output = tokio::process::Command::from(command).kill_on_drop(true).output();
    ended(&output.await.expect("node is needed"))
}

fn ended(output: &Output) -> Ended {
    let line = String::from_utf8_lossy(&output.stdout);
    let said: Value =
        serde_json::from_str(line.trim()).unwrap_or_else(|_| panic!("the browser failed: {output:?}"));
    let text = |name: &str| said[name].as_str().unwrap_or_default().to_owned();
    Ended { at: text("ended_at"), text: text("text") }
}
