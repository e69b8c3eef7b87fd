//! Starting the system's browser.

use std::process::Stdio;
use std::time::Duration;

use mpc_connect_core::failure::{Failure, FailureClass};
use mpc_connect_core::ports::{Browser, SignInAddress};
use tokio::process::Command;
use tokio::time::timeout;

use crate::platform;

/// A starter that failed has said so within this time; a browser that runs in the foreground goes on.
const TELLS_WITHIN: Duration = Duration::from_secs(3);

/// `$BROWSER` where it is set, else what the system opens addresses with.
#[derive(Clone, Copy, Debug, Default)]
pub struct SystemBrowser;

impl Browser for SystemBrowser {
    async fn open(&self, address: &SignInAddress) -> Result<(), Failure> {
        let chosen = std::env::var("BROWSER").ok().filter(|value| !value.trim().is_empty());
        let attempts: Vec<Vec<String>> = match chosen {
            Some(list) => {
                list.split(platform::PATH_SEPARATOR).filter_map(|one| words(one, &address.0)).collect()
            }
            None => platform::open_command(&address.0).into_iter().collect(),
        };
        for command in attempts {
            if start(&command).await {
                return Ok(());
            }
        }
        Err(Failure::of(FailureClass::BrowserNotOpened))
    }
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
async fn start(command: &[String]) -> bool {
    let Some((program, arguments)) = command.split_first() else { return false };
    let started = Command::new(program)
        .args(arguments)
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

    #[tokio::test]
    async fn a_starter_that_is_missing_or_fails_is_no_browser() {
        assert!(!start(&["/nowhere/browser".to_owned()]).await);
        assert!(!start(&["false".to_owned()]).await);
        assert!(start(&["true".to_owned()]).await);
    }
}
