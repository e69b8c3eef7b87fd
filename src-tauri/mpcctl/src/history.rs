//! `history`: what happened, newest first, from the database alone.

use std::ffi::OsStr;

use mpc_connect_adapters::place::history_is_lost;
use mpc_connect_adapters::store::HistoryQuery;
use mpc_connect_core::contract::SCHEMA;
use mpc_connect_core::flow::State;
use mpc_connect_core::history::HistoryEntry;
use mpc_connect_core::present::{date_and_time, utc};
use mpc_connect_core::words::Text;
use serde_json::json;

use crate::card;
use crate::exit::Exit;
use crate::output::Output;
use crate::session::{Place, zone};

pub(crate) async fn run(output: &Output, environment: Option<&OsStr>, limit: u32) -> Exit {
    let place = match Place::choose(output, environment) {
        Ok(place) => place,
        Err(exit) => return exit,
    };
    let (_, store) = match place.read(output).await {
        Ok(read) => read,
        Err(exit) => return exit,
    };
    let entries = match store.history(&HistoryQuery::newest(limit as usize)) {
        Ok(entries) => entries,
        Err(failure) => {
            card::show_everywhere(output, &State::default(), &failure);
            return Exit::Disk;
        }
    };
    let lost = history_is_lost(&place.environment, &place.folder);
    let lines: Vec<_> = entries.iter().map(|(sequence, entry)| line(*sequence, entry)).collect();
    let name = &place.environment.name;
    output.json(&json!({"schema": SCHEMA, "environment": name, "history": lines, "history_lost": lost}));
    if !output.is_json() {
        place.banner(output);
        show(output, &entries, lost);
    }
    Exit::Healthy
}

fn line(sequence: i64, entry: &HistoryEntry) -> serde_json::Value {
    json!({
        "sequence": sequence,
        "at": utc(entry.at),
        "what": entry.what.as_str(),
        "step": entry.step,
        "account": entry.account_number,
        "result": entry.result,
        "class": entry.class,
        "code": entry.code,
        "correlation_id": entry.correlation_id,
    })
}

fn show(output: &Output, entries: &[(i64, HistoryEntry)], lost: bool) {
    if lost {
        return output.say(&Text::new("ctl-history-lost"));
    }
    if entries.is_empty() {
        return output.say(&Text::new("ctl-history-empty"));
    }
    output.say(&Text::new("ctl-history-header"));
    for (_, entry) in entries {
        let time = date_and_time(entry.at, &zone());
        let step = entry.step.map(|step| step.to_string()).unwrap_or_else(|| "–".to_owned());
        let event = event(output, entry);
        let row = match entry.class {
            Some(class) => Text::new("ctl-history-row-failed").with("class", class),
            None => Text::new("ctl-history-row"),
        };
        output.say_indented(&row.with("time", time).with("step", step).with("event", event));
    }
}

fn event(output: &Output, entry: &HistoryEntry) -> String {
    let sentence = output.word(&Text::new(format!("history-{}", entry.what.as_str())));
    match &entry.result {
        Some(result) => format!("{}: {result}", sentence.trim_end_matches('.')),
        None => sentence,
    }
}
