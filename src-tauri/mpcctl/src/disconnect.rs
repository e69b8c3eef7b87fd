//! `disconnect`: forgets the credential on this computer, online or not.

use std::ffi::OsStr;

use mpc_connect_core::flow::Intent;
use mpc_connect_core::words::Text;

use crate::card;
use crate::exit::Exit;
use crate::output::Output;
use crate::session::Session;

pub(crate) async fn run(output: &Output, environment: Option<&OsStr>, wipe: bool) -> Exit {
    let mut session = match Session::open(output, environment).await {
        Ok(session) => session,
        Err(exit) => return exit,
    };
    session.place.banner(output);
    let was_connected = session.driver.state().record.credential.is_some();
    session.settle(Intent::Disconnect { wipe }).await;
    let state = session.driver.state();
    let exit = match state.last_failure.clone() {
        Some(failure) => {
            card::show_everywhere(output, state, &failure);
            Exit::of_failure(&failure)
        }
        None => {
            tell(output, was_connected, wipe);
            output.json(&session.status_line());
            Exit::Healthy
        }
    };
    session.close(output).await;
    exit
}

/// Entra ID has no way to end a sign-in from here, so the words claim only what was done.
fn tell(output: &Output, was_connected: bool, wipe: bool) {
    if was_connected {
        output.say(&Text::new("ctl-disconnected"));
        output.say(&Text::new("ctl-disconnected-at-microsoft"));
    } else {
        output.say(&Text::new("ctl-nothing-to-disconnect"));
    }
    output.say(&Text::new(if wipe { "ctl-history-wiped" } else { "ctl-history-kept" }));
}
