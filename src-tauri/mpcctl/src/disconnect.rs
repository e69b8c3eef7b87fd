//! `disconnect`: forgets the credential on this computer, online or not.

use std::ffi::OsStr;

use mpc_connect_core::flow::Intent;
use mpc_connect_core::words::Text;
use serde_json::json;

use crate::card;
use crate::exit::Exit;
use crate::output::Output;
use crate::session::Session;
use crate::status::keychain_holds_something;

/// Where a sign-in was found.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Found {
    InHistory,
    InKeychainAlone,
    Nowhere,
}

pub(crate) async fn run(output: &Output, environment: Option<&OsStr>, wipe: bool) -> Exit {
    let mut session = match Session::open(output, environment).await {
        Ok(session) => session,
        Err(exit) => return exit,
    };
    session.place.banner(output);
    let found = find(&mut session).await;
    let damaged = session.driver.ports().store().kept_files().len();
    session.settle(Intent::Disconnect { wipe }).await;
    let state = session.driver.state();
    let exit = match (&state.last_failure, &state.not_saving) {
        (Some(failure), _) => {
            card::show_everywhere(output, state, failure);
            Exit::of_failure(failure)
        }
        (None, not_saving) => {
            tell(output, found);
            let exit = not_saving.as_ref().filter(|_| wipe).map_or(Exit::Healthy, Exit::of_failure);
            tell_of_files(output, &session, wipe, damaged);
            output.json(&session.status_line());
            exit
        }
    };
    session.close(output).await;
    exit
}

async fn find(session: &mut Session) -> Found {
    if session.driver.state().record.credential.is_some() {
        Found::InHistory
    } else if keychain_holds_something(session).await {
        Found::InKeychainAlone
    } else {
        Found::Nowhere
    }
}

/// Entra ID has no way to end a sign-in from here, so the words claim only what was done.
fn tell(output: &Output, found: Found) {
    output.say(&Text::new(match found {
        Found::InHistory => "ctl-disconnected",
        Found::InKeychainAlone => "ctl-disconnected-unrecorded",
        Found::Nowhere => "ctl-nothing-to-disconnect",
    }));
    if found != Found::Nowhere {
        output.say(&Text::new("ctl-disconnected-at-microsoft"));
    }
}

/// What became of the history, and of damaged files of it that were kept aside: they name the account too.
fn tell_of_files(output: &Output, session: &Session, wipe: bool, damaged: usize) {
    let is_wiped = wipe && session.driver.state().not_saving.is_none();
    output.say(&Text::new(match (wipe, is_wiped) {
        (false, _) => "ctl-history-kept",
        (true, true) => "ctl-history-wiped",
        (true, false) => "ctl-history-not-wiped",
    }));
    if !wipe {
        return;
    }
    let left = session.driver.ports().store().kept_files();
    let deleted = damaged.saturating_sub(left.len());
    if deleted > 0 {
        output.say(&Text::new("ctl-damaged-files-deleted").with("count", deleted));
    }
    if !left.is_empty() {
        output.json(&json!({"event": "damaged_files_left", "files": left.iter().map(|file| file.display().to_string()).collect::<Vec<_>>()}));
    }
    for file in left {
        output.say(&Text::new("ctl-damaged-file-left").with("path", file.display()));
    }
}
