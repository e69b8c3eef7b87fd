//! Starting the system's browser.

use std::path::Path;
use std::process::Stdio;
use std::time::Duration;

use mpc_connect_core::failure::{Failure, FailureClass};
use mpc_connect_core::ports::{Browser, SignInAddress};
use tokio::process::Command;
use tokio::time::timeout;

use crate::platform;

/// A starter that failed has said so within this time; a browser that runs in the foreground goes on.
const TELLS_WITHIN: Duration = Duration::from_secs(3);

/// What chooses WebKitGTK's renderer for the window of this process, and for no program that it starts.
pub const RENDERER_LEVER: &str = "WEBKIT_DISABLE_DMABUF_RENDERER";

/// `$BROWSER` where it is set, else what the system opens addresses with.
#[derive(Clone, Copy, Debug, Default)]
pub struct SystemBrowser;

impl Browser for SystemBrowser {
    async fn open(&self, address: &SignInAddress) -> Result<(), Failure> {
        for command in commands(&address.0) {
            if start(&command).await {
                return Ok(());
            }
        }
        Err(Failure::of(FailureClass::BrowserNotOpened))
    }

    fn is_available(&self) -> bool {
        let address = "https://example.invalid";
        commands(address).iter().filter_map(|command| command.first()).any(|program| is_installed(program))
    }
}

/// What is tried, in order.
fn commands(address: &str) -> Vec<Vec<String>> {
    let chosen = std::env::var("BROWSER").ok().filter(|value| !value.trim().is_empty());
    match chosen {
        Some(list) => list.split(platform::PATH_SEPARATOR).filter_map(|one| words(one, address)).collect(),
        None => platform::open_command(address).into_iter().collect(),
    }
}

/// Whether a program of this name or path would be found.
fn is_installed(program: &str) -> bool {
    let named = Path::new(program);
    if named.components().count() > 1 {
        return named.is_file();
    }
    let folders = std::env::var_os("PATH").unwrap_or_default();
    std::env::split_paths(&folders).any(|folder| {
        let place = folder.join(program);
        place.is_file() || place.with_extension("exe").is_file()
    })
}

/// A command of `$BROWSER`: the address takes the place of `%s`, or stands last.
fn words(command: &str, address: &str) -> Option<Vec<String>> {
    let mut words: Vec<String> = command.split_whitespace().map(str::to_owned).collect();
    if words.is_empty() {
        return None;
    }
    if words.iter().any(|word| word.contains("%s")) {
        for word in &mut words {
            *word = word.replace("%s", address);
        }
    } else {
        words.push(address.to_owned());
    }
    Some(words)
}

/// Its output is not ours to show: it would stand between the lines that scripts read.
pub(crate) async fn start(command: &[String]) -> bool {
    let Some((program, arguments)) = command.split_first() else { return false };
    let started = Command::new(program)
        .args(arguments)
        .env_remove(RENDERER_LEVER)
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn();
    let Ok(mut child) = started else { return false };
    match timeout(TELLS_WITHIN, child.wait()).await {
        Ok(Ok(status)) => status.success(),
        Ok(Err(_)) => false,
        Err(_still_running) => true,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_address_takes_its_place_in_the_command() {
        let words = |command| words(command, "https://x.example/?a=b&c=d").expect("a command");
        assert_eq!(words("firefox"), ["firefox", "https://x.example/?a=b&c=d"]);
        assert_eq!(words("run --url=%s now"), ["run", "--url=https://x.example/?a=b&c=d", "now"]);
    }

    #[test]
    fn a_browser_is_there_where_its_program_would_be_found() {
        let this = std::env::current_exe().expect("this program");
        assert!(is_installed(this.to_str().expect("a path")));
        assert!(!is_installed("/nowhere/browser") && !is_installed("no-such-browser") && !is_installed(""));
        #[cfg(unix)]
        assert!(is_installed("true"), "by its name alone");
    }

    #[tokio::test]
    async fn a_starter_that_is_missing_or_fails_is_no_browser() {
        assert!(!start(&["/nowhere/browser".to_owned()]).await);
        assert!(!start(&["false".to_owned()]).await);
        assert!(start(&["true".to_owned()]).await);
    }
}
