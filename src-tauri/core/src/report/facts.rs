//! What a report lists: open items, checks, facts and steps, as ready plain text.

use super::About;
use super::content::{actor, details, label};
use super::foreign::{account, name, note, quote, request_id, say, word};
use super::moment::moment;
use crate::check::{Check, CheckResult};
use crate::open_item::{OpenItem, OpenItemId};
use crate::present::date_and_time;
use crate::step::Flow;
use crate::view;
use crate::words::Text;

/// Somebody else's part.
pub(super) struct OpenItemRow {
    pub(super) what: String,
    pub(super) who: String,
    /// When it was asked for or since when it is waited for, in local time.
    pub(super) asked: String,
    /// When it was there, in local time.
    pub(super) arrived: Option<String>,
    /// Who did it, where that was told.
    pub(super) done_by: Option<String>,
    /// What the person noted.
    pub(super) note: Option<String>,
    pub(super) is_open: bool,
}

/// One check.
pub(super) struct CheckRow {
    pub(super) label: String,
    pub(super) result: CheckResult,
    pub(super) result_label: String,
    pub(super) sentence: String,
    pub(super) duration: String,
    pub(super) details: Option<String>,
}

/// One step of the route.
pub(super) struct StepRow {
    pub(super) step: String,
    pub(super) title: String,
    pub(super) done: Option<String>,
}

/// The items, the open ones first.
pub(super) fn open_items(about: &About<'_>) -> Vec<OpenItemRow> {
    let (open, settled): (Vec<_>, Vec<_>) =
        about.state.record.open_items.iter().partition(|item| item.is_open());
    open.into_iter().chain(settled).map(|item| open_item(about, item)).collect()
}

fn open_item(about: &About<'_>, item: &OpenItem) -> OpenItemRow {
    OpenItemRow {
        what: say(&Text::new(format!("open-item-{}.what", item.id.as_str()))),
        who: who(item.id),
        asked: view::item_asked(item, about.zone).as_ref().map(say).unwrap_or_default(),
        arrived: item.arrived_at.map(|at| date_and_time(at, about.zone)),
        note: item.note.as_deref().map(note).filter(|note| !note.is_empty()),
        done_by: item.done_by.as_deref().map(name).filter(|who| !who.is_empty()),
        is_open: item.is_open(),
    }
}

fn who(id: OpenItemId) -> String {
    if id == OpenItemId::FlowsOff {
        return word("open-item-flows-off.who");
    }
    if id == OpenItemId::WorkspanTest {
        return word("report-actor-contact");
    }
    actor(id.who())
}

/// The last checks.
pub(super) fn checks(about: &About<'_>) -> Vec<CheckRow> {
    about.state.record.last_report.iter().flat_map(|report| report.checks.iter().map(check)).collect()
}

fn check(check: &Check) -> CheckRow {
    let shown = view::check(check);
    let request = |id: &str| say(&Text::new("report-request").with("id", request_id(id)));
    CheckRow {
        label: say(&shown.label),
        result: check.result,
        result_label: say(&shown.result_label),
        sentence: quote(&shown.sentence),
        duration: duration(check.milliseconds),
        details: check.failure.as_ref().map(details).or_else(|| check.correlation_id.as_deref().map(request)),
    }
}

/// `612 ms`, `2.4 s`; nothing for what took no time because it was not run.
fn duration(milliseconds: u64) -> String {
    match milliseconds {
        0 => "–".to_owned(),
        1..1000 => format!("{milliseconds} ms"),
        1000.. => format!("{}.{} s", milliseconds / 1000, milliseconds % 1000 / 100),
    }
}

/// Label and value of what is known about the connection.
pub(super) fn facts(about: &About<'_>) -> Vec<(String, String)> {
    let record = &about.state.record;
    let settings = &record.settings;
    let credential = record.credential.as_ref();
    let not_told = || word("report-not-told");
    let organization = record.organization.as_ref().map(|chosen| name(&chosen.name));
    let flow = settings.flow.map_or_else(not_told, route);
    let fact = |id: &'static str, value: String| (word(id), value);
    let mut facts = vec![
        fact("report-label-company", settings.company.as_deref().map_or_else(not_told, name)),
        fact("report-label-organization", organization.unwrap_or_else(|| word("report-not-chosen"))),
        fact("report-label-account", account_line(about)),
        fact("report-label-computer", label(about.state).unwrap_or_else(|| word("report-not-named"))),
        fact("report-label-route", flow),
    ];
    facts.extend(step(about).map(|step| fact("report-label-step", step)));
    facts.extend(credential.map(|held| fact("report-label-signed-in", moment(held.obtained_at, about.zone))));
    facts
        .extend(credential.map(|held| fact("report-label-last-used", moment(held.last_used_at, about.zone))));
    facts.extend(last_test(about).map(|test| fact("report-label-last-test", test)));
    facts.push(fact("report-label-environment", about.environment.name.clone()));
    facts.push(fact("report-label-written", moment(about.now, about.zone)));
    facts
}

/// The last test, where the checks that are listed are those of a later probe.
pub(super) fn last_test(about: &About<'_>) -> Option<String> {
    let record = &about.state.record;
    let test = record.last_test.as_ref().filter(|_| record.last_test != record.last_report)?;
    let (total, time) = (test.checks.len(), moment(test.finished_at, about.zone));
    let passed = total - test.open_count();
    let text = Text::new("report-last-test").with("passed", passed).with("total", total);
    Some(say(&text.with("time", time)))
}

/// The masked account with its kind.
pub(super) fn account_line(about: &About<'_>) -> String {
    let record = &about.state.record;
    let kind = word(match record.settings.kind {
        crate::username::AccountKind::Service => "account-kind-service",
        crate::username::AccountKind::Person => "account-kind-person",
        crate::username::AccountKind::Unknown => "account-kind-unknown",
    });
    match record.account() {
        Some(known) => say(&Text::new("report-account").with("account", account(known)).with("kind", kind)),
        None => word("report-not-saved"),
    }
}

/// The name of a route.
pub(super) fn route(flow: Flow) -> String {
    word(match flow {
        Flow::NewUsers => "report-flow-new-users",
        Flow::Migration => "report-flow-migration",
    })
}

fn step(about: &About<'_>) -> Option<String> {
    let step = view::current_step(about.state)?;
    let title = say(&Text::step(step.stage(), "title"));
    Some(say(&Text::new("report-step").with("step", step).with("title", title)))
}

/// The steps of the route, done or not; empty before one was chosen.
pub(super) fn steps(about: &About<'_>) -> Vec<StepRow> {
    let record = &about.state.record;
    let done = |stage| record.done.iter().find(|done| done.stage == stage);
    let steps = record.settings.flow.into_iter().flat_map(Flow::steps);
    steps
        .map(|step| StepRow {
            step: step.to_string(),
            title: say(&Text::step(step.stage(), "title")),
            done: done(step.stage()).map(|done| date_and_time(done.at, about.zone)),
        })
        .collect()
}
