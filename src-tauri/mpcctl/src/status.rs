//! `status`: what was last found, from the database alone.

use std::ffi::OsStr;

use jiff::Timestamp;
use mpc_connect_adapters::place;
use mpc_connect_core::contract::{self, KeychainLooked};
use mpc_connect_core::environment::Environment;
use mpc_connect_core::failure::FailureClass;
use mpc_connect_core::flow::State;
use mpc_connect_core::ports::{Ports, Vault};
use mpc_connect_core::record::Record;
use mpc_connect_core::view::{self, StatusView};
use mpc_connect_core::words::Text;
use serde_json::json;

use crate::card;
use crate::exit::Exit;
use crate::output::Output;
use crate::session::{Place, Session, zone};

pub(crate) async fn run(output: &Output, environment: Option<&OsStr>) -> Exit {
    let place = match Place::choose(output, environment) {
        Ok(place) => place,
        Err(exit) => return exit,
    };
    let (state, _store) = match place.read(output).await {
        Ok(read) => read,
        Err(exit) => return exit,
    };
    let now = Timestamp::now();
    let lost = place::history_is_lost(&place.environment, &place.folder);
    let line = contract::status(&state, &place.environment, now, KeychainLooked::NotChecked);
    output.json(&line.with_history_lost(lost));
    if !output.is_json() {
        place.banner(output);
        if lost {
            output.say(&Text::new("ctl-history-lost"));
        }
        show(output, &state, &place.environment);
        output.say(&Text::new("ctl-status-keychain"));
    }
    Exit::of_word(state.record.word(), state.record.verdict.is_stale(now))
}

/// Says to a command that needs a connection why there is none. Where nothing is known at all, the keychain tells
/// whether there was a connection whose history is lost.
pub(crate) async fn say_not_connected(output: &Output, session: &mut Session) {
    let knows_nothing = session.driver.state().record == Record::default();
    let lost = knows_nothing && keychain_holds_something(session).await;
    let id = if lost { "ctl-usage-history-lost" } else { "ctl-usage-not-connected" };
    let text = output.word(&Text::new(id));
    if lost && output.is_json() {
        output.json(&json!({"error": "not_connected", "message": text, "history_lost": true}));
    } else {
        output.refuse("not_connected", &text);
    }
    output.say(&Text::new("ctl-next-connect"));
}

/// Whether the keychain holds a sign-in, readable or not. One that does not answer tells nothing; Ctrl-C ends the wait.
pub(crate) async fn keychain_holds_something(session: &mut Session) -> bool {
    let held = tokio::select! {
        held = session.driver.ports().vault().read() => held,
        () = session.interrupts.next() => return false,
    };
    match held {
        Ok(held) => held.is_some(),
        Err(failure) => failure.class == FailureClass::KeychainDamaged,
    }
}

/// The status for people; the same words that the window shows.
pub(crate) fn show(output: &Output, state: &State, environment: &Environment) {
    let view = view::status(state, environment, Timestamp::now(), &zone());
    let headline = output.word(&view.headline);
    output.say(&Text::new("ctl-status-headline").with("status", headline));
    output.say_indented(&view.sentence);
    output.say_indented(&view.checked);
    if let Some(last_known) = &view.last_known {
        output.say_indented(last_known);
    }
    for qualifier in &view.qualifiers {
        let (label, sentence) = (output.word(&qualifier.label), output.word(&qualifier.sentence));
        let text = Text::new("ctl-status-qualifier").with("label", label).with("sentence", sentence);
        output.say_indented(&text);
    }
    if let Some(failure) = state.failure() {
        output.gap();
        card::show(output, state, failure);
    }
    output.gap();
    facts(output, state, &view);
    open_items(output, &view);
    output.say(&Text::new("ctl-state-code").with("code", &view.state_code));
}

fn facts(output: &Output, state: &State, view: &StatusView) {
    if let Some(account) = &view.account {
        let kind = format!("account-kind-{}", state.record.settings.kind.as_str());
        let kind = output.word(&Text::new(kind));
        output.say(&Text::new("ctl-status-account").with("account", account).with("kind", kind));
    }
    match &view.organization {
        Some(name) => output.say(&Text::new("ctl-status-organization").with("name", name)),
        None => output.say(&Text::new("ctl-status-no-organization")),
    }
    output.say(&Text::new("ctl-status-computer").with("label", &view.computer_label));
    if let (Some(step), Some(title)) = (&view.step, &view.step_title) {
        output.say(&Text::new("ctl-status-step").with("step", step).with("title", output.word(title)));
    }
}

fn open_items(output: &Output, view: &StatusView) {
    let open = view.open_items.iter().filter(|item| item.arrived.is_none()).count();
    if open == 0 {
        output.say(&Text::new("ctl-open-items-none"));
    } else {
        output.say(&Text::new("ctl-open-items-header").with("count", open));
    }
    for item in &view.open_items {
        let what = output.word(&item.what);
        let what = what.trim_end_matches('.');
        let row = match &item.arrived {
            Some(arrived) => Text::new("ctl-open-item-arrived").with("what", what).with("arrived", arrived),
            None => {
                let who = output.word(&item.who);
                let who = who.trim_end_matches('.');
                let asked = item.asked.as_ref().map(|asked| output.word(asked)).unwrap_or_default();
                Text::new("ctl-open-item-row").with("what", what).with("who", who).with("asked", asked)
            }
        };
        output.say_indented(&row);
    }
}
