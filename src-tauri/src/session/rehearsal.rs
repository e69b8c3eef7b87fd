//! The sandbox as a process beside this one, which ends with it whatever happens.

use std::ffi::OsString;
use std::time::Duration;

use mpc_connect_adapters::browser::RENDERER_LEVER;
use mpc_connect_adapters::place::DataFolder;
use mpc_connect_core::environment::Environment;
use tauri::async_runtime::Receiver;
use tauri::{AppHandle, Runtime};
use tauri_plugin_shell::ShellExt as _;
use tauri_plugin_shell::process::{CommandChild, CommandEvent};
use tempfile::TempDir;
use tokio::sync::mpsc::UnboundedSender;
use tokio::time::timeout;

use super::Told;
use super::at_work::Place;
use crate::opening::SCHEME;

const PROGRAM: &str = "mpc-sandbox";
/// The sandbox makes a key before it is ready; a slow computer needs some seconds for it.
const READY_WITHIN: Duration = Duration::from_secs(20);

/// A sandbox that runs, with the folder of everything that the rehearsal writes. Both are gone when it is dropped.
pub(crate) struct Sandbox {
    environment: Environment,
    folder: TempDir,
    process: CommandChild,
}

impl Sandbox {
    /// Starts the sandbox that lies beside this program.
    ///
    /// # Errors
    /// Why there is none, for the log.
    pub(super) async fn start<R: Runtime>(
        app: &AppHandle<R>,
        told: UnboundedSender<Told>,
    ) -> Result<Self, String> {
        let folder = tempfile::tempdir().map_err(|error| error.to_string())?;
        let file = folder.path().join("rehearsal.toml");
        let command = app.shell().sidecar(PROGRAM).map_err(|error| error.to_string())?;
        let command = command
            .arg("--write-environment")
            .arg(&file)
            .args(["--deep-link", &format!("{SCHEME}://auth"), "--exit-with-stdin"])
            .env_clear()
            .envs(environment_for_children())
            .set_process_group(true)
            .kill_on_drop(true);
        let (mut events, process) = command.spawn().map_err(|error| error.to_string())?;
        timeout(READY_WITHIN, ready(&mut events)).await.map_err(|_| "not ready in time".to_owned())??;
        tauri::async_runtime::spawn(listen(events, process.pid(), told));
        let text = std::fs::read_to_string(&file).map_err(|error| error.to_string())?;
        let environment = Environment::parse(&text).map_err(|error| error.detail())?;
        if !environment.is_rehearsal() {
            return Err("its environment is not on this computer".to_owned());
        }
        Ok(Self { environment, folder, process })
    }

    /// Its process id.
    pub(super) fn process(&self) -> u32 {
        self.process.pid()
    }

    /// Where the rehearsal works.
    pub(super) fn place(&self) -> Place {
        Place {
            environment: self.environment.clone(),
            folder: DataFolder::throw_away(self.folder.path()),
            managed: false,
            is_left_again: true,
        }
    }
}

/// Everything but what was set for this process's window.
fn environment_for_children() -> Vec<(OsString, OsString)> {
    std::env::vars_os().filter(|(name, _)| name != RENDERER_LEVER).collect()
}

/// Waits for the one line that says so.
async fn ready(events: &mut Receiver<CommandEvent>) -> Result<(), String> {
    while let Some(event) = events.recv().await {
        if let CommandEvent::Terminated(end) = &event {
            return Err(format!("ended with {:?}", end.code));
        }
        if matches!(&event, CommandEvent::Stdout(line) if is_ready(line)) {
            return Ok(());
        }
        log(event);
    }
    Err("said nothing".to_owned())
}

fn is_ready(line: &[u8]) -> bool {
    let line: Result<serde_json::Value, _> = serde_json::from_slice(line);
    line.is_ok_and(|line| line.get("ready") == Some(&serde_json::Value::Bool(true)))
}

/// A pipe that nobody reads would stop the sandbox once it is full.
async fn listen(mut events: Receiver<CommandEvent>, process: u32, told: UnboundedSender<Told>) {
    while let Some(event) = events.recv().await {
        log(event);
    }
    let _closing = told.send(Told::RehearsalEnded(process));
}

fn log(event: CommandEvent) {
    if let CommandEvent::Stderr(line) = event {
        tracing::debug!(line = %String::from_utf8_lossy(&line), "the sandbox says");
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_ready_line_says_ready() {
        assert!(is_ready(br#"{"ready":true,"base":"http://127.0.0.1:1"}"#));
        for line in [&b"ready"[..], b"{}", br#"{"ready":false}"#, br#"{"ready":"true"}"#, b"\xff"] {
            assert!(!is_ready(line));
        }
    }
}
