//! One window for each person: a second start hands over what it was asked for, and ends.

use std::io::Write as _;
use std::path::PathBuf;
use std::sync::mpsc;
use std::thread;
use std::time::Duration;

use mpc_connect_core::words::{Text, Words};
use tauri::plugin::TauriPlugin;
use tauri::{AppHandle, Builder, Manager as _, Runtime, plugin};

use crate::session::{Session, Told};

/// A first start that takes longer to listen hangs; the second one does not wait for it.
const LISTENS_WITHIN: Duration = Duration::from_secs(10);

/// Adds what finds the first start, before anything else is set up.
pub(crate) fn watched<R: Runtime>(builder: Builder<R>) -> Builder<R> {
    let (passed, passes) = mpsc::channel();
    builder
        .plugin(step("before-the-single-instance", move || give_up_unless(passes)))
        .plugin(tauri_plugin_single_instance::init(hand_over))
        .plugin(step("after-the-single-instance", move || {
            let _gave_up = passed.send(());
        }))
}

fn hand_over<R: Runtime>(app: &AppHandle<R>, arguments: Vec<String>, folder: String) {
    let arguments: Vec<String> = arguments.into_iter().skip(1).collect();
    if let Some(session) = app.try_state::<Session>() {
        session.tell(Told::StartedAgain { arguments, folder: PathBuf::from(folder) });
    }
}

/// Plugins are set up in the order in which they were added: the single instance is found between two of these.
fn step<R: Runtime>(name: &'static str, act: impl FnOnce() + Send + 'static) -> TauriPlugin<R> {
    plugin::Builder::new(name)
        .setup(move |_, _| {
            act();
            Ok(())
        })
        .build()
}

/// The call to the first start has no limit of its own (tauri-plugin-single-instance 2.5, Linux).
fn give_up_unless(passes: mpsc::Receiver<()>) {
    thread::spawn(move || {
        if let Err(mpsc::RecvTimeoutError::Timeout) = passes.recv_timeout(LISTENS_WITHIN) {
            say_already_running();
            std::process::exit(0);
        }
    });
}

/// Says on standard error that another start has the window.
pub(crate) fn say_already_running() {
    let line = Words::plain().say(&Text::new("window-already-running"));
    let _nobody_reads = writeln!(std::io::stderr(), "{line}");
}
