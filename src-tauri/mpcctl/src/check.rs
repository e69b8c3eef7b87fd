//! `test`: every check, and what it makes of the status.

use std::ffi::OsStr;

use mpc_connect_core::check::{CheckKind, CheckResult, Face, Report};
use mpc_connect_core::contract;
use mpc_connect_core::flow::{Intent, State};
use mpc_connect_core::present::date_and_time;
use mpc_connect_core::view;
use mpc_connect_core::words::Text;

use crate::card;
use crate::exit::Exit;
use crate::output::Output;
use crate::session::{Session, say_stopped, zone};

pub(crate) async fn run(output: &Output, environment: Option<&OsStr>) -> Exit {
    let mut session = match Session::connected(output, environment).await {
        Ok(session) => session,
        Err(exit) => return exit,
    };
    session.place.banner(output);
    let before = session.driver.state().record.verdict.checked_at;
    let finished = session.settle(Intent::Check(CheckKind::Test)).await;
    let state = session.driver.state();
    let ran = finished || state.record.verdict.checked_at != before;
    let exit = match state.record.last_report.as_ref().filter(|report| ran && report.kind == CheckKind::Test)
    {
        Some(report) => {
            output.json(&contract::test(state, report));
            show(output, state, report);
            Exit::of_word(state.record.word(), false)
        }
        None => say_stopped(output),
    };
    session.close(output).await;
    exit
}

/// The report for people: each check, then the face, then the card of a failure.
pub(crate) fn show(output: &Output, state: &State, report: &Report) {
    let time = date_and_time(report.finished_at, &zone());
    output.say(&Text::new("ctl-test-header").with("time", time));
    for check in &report.checks {
        let shown = view::check(check);
        let row = match check.milliseconds {
            0 => Text::new("ctl-test-row-untimed"),
            milliseconds => Text::new("ctl-test-row").with("duration", format!("{milliseconds} ms")),
        };
        let (result, label) = (output.word(&shown.result_label), output.word(&shown.label));
        output.say_indented(&row.with("result", result).with("check", label));
        if check.result != CheckResult::Passed {
            output.say_indented(&Text::new("ctl-test-reason").with("text", output.word(&shown.sentence)));
        }
        if let Some(failure) = check.failure.as_ref() {
            output.say_indented(&Text::new("ctl-test-details").with("details", card::details(failure)));
        }
    }
    output.gap();
    output.say(&face(report));
    let word = output.word(&Text::status(state.record.word()));
    output.say(&Text::new("ctl-status-change").with("status", word));
    if let Some(failure) = state.failure() {
        card::show(output, state, failure);
    }
}

fn face(report: &Report) -> Text {
    match report.face() {
        Face::Passed => Text::new("test-face-passed"),
        Face::Failed => Text::new("test-face-failed"),
        Face::Partial => Text::new("test-face-partial")
            .with("open", report.open_count())
            .with("total", report.checks.len()),
    }
}
