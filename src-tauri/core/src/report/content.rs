//! What a report says first, as ready lines of plain text: made once, for mail, page and summary.

use jiff::Timestamp;

use super::About;
use super::facts::{self, OpenItemRow};
use super::foreign::{name, quote, request_id, say, word};
use super::moment::{aged, moment};
use crate::failure::{Actor, Failure};
use crate::flow::State;
use crate::status::Word;
use crate::step::Flow;
use crate::view::{self, Card, Mark};
use crate::words::Text;

/// The headline block of a report.
pub(super) struct Content {
    /// That it is a rehearsal, and which environment it is where it is not the public one.
    pub(super) stamps: Vec<String>,
    pub(super) mark: Mark,
    pub(super) headline: String,
    pub(super) sentence: String,
    /// The last word that was found out, where the present one is "Can't check".
    pub(super) last_known: Option<String>,
    /// What limits the claim.
    pub(super) limits: Vec<String>,
    pub(super) as_of: String,
    /// The computer's label.
    pub(super) computer: String,
    pub(super) organization: String,
    /// What failed, in one line.
    pub(super) failed: String,
    /// The card behind it.
    pub(super) failure: Option<FailureLines>,
    /// Who acts next, and on what.
    pub(super) next: String,
    /// All items; the open ones first.
    pub(super) open_items: Vec<OpenItemRow>,
    pub(super) state_code: String,
    /// What the reader is asked.
    pub(super) question: String,
}

/// The card of a failure for readers elsewhere.
pub(super) struct FailureLines {
    pub(super) what: String,
    pub(super) why: String,
    pub(super) quotation: Option<String>,
    pub(super) who: String,
    pub(super) act: String,
    pub(super) redo: Option<String>,
    pub(super) when: Option<String>,
    pub(super) details: String,
}

impl Content {
    pub(super) fn of(about: &About<'_>) -> Self {
        let state = about.state;
        let view = view::status(state, about.environment, about.now, about.zone);
        let failure = state.failure().map(|failure| failure_lines(about, failure));
        let open_items = facts::open_items(about);
        let next = next(state, view.mark, &open_items);
        let label = label(state);
        Self {
            stamps: stamps(about),
            mark: view.mark,
            headline: say(&view.headline),
            sentence: sentence(state.record.word(), view.mark, label.as_deref()),
            last_known: view.last_known.as_ref().map(say),
            limits: limits(about, &view),
            as_of: as_of(about),
            computer: label.unwrap_or_else(|| word("report-not-named")),
            organization: view.organization.map_or_else(|| word("report-not-chosen"), |it| name(&it)),
            failed: failure.as_ref().map_or_else(|| nothing_failed(state), |failure| failure.what.clone()),
            failure,
            next,
            open_items,
            state_code: view.state_code,
            question: question(state.record.settings.flow),
        }
    }

    /// The items that still wait.
    pub(super) fn waiting(&self) -> impl Iterator<Item = &OpenItemRow> {
        self.open_items.iter().filter(|item| item.is_open)
    }

    /// How many items wait, and which.
    pub(super) fn waiting_line(&self) -> String {
        let waiting: Vec<_> = self.waiting().map(|item| item.what.as_str()).collect();
        if waiting.is_empty() {
            return word("report-open-items-none");
        }
        let text = Text::new("report-open-items").with("count", waiting.len());
        say(&text.with("items", waiting.join("; ")))
    }
}

fn stamps(about: &About<'_>) -> Vec<String> {
    let rehearsal = about.environment.is_rehearsal().then(|| word("ctl-rehearsal-stamp"));
    let name = &about.environment.name;
    let other = (name != crate::environment::PUBLIC)
        .then(|| say(&Text::new("ctl-environment-banner").with("environment", name)));
    rehearsal.into_iter().chain(other).collect()
}

/// The claim.
fn sentence(status: Word, mark: Mark, label: Option<&str>) -> String {
    let label = label.map_or_else(|| word("report-unnamed"), str::to_owned);
    say(&view::sentence(status, mark, &label))
}

fn limits(about: &About<'_>, view: &view::StatusView) -> Vec<String> {
    let lost = about.history_lost.then(|| word("ctl-history-lost"));
    let line = |qualifier: &view::QualifierView| {
        let (label, sentence) = (say(&qualifier.label), say(&qualifier.sentence));
        say(&Text::new("report-line").with("label", label).with("value", sentence))
    };
    lost.into_iter().chain(view.qualifiers.iter().map(line)).collect()
}

/// When the status was found out; where nothing was checked it is as old as the report.
fn as_of(about: &About<'_>) -> String {
    match found_out_at(about.state) {
        Some(at) => aged(at, about.now, about.zone),
        None => say(&Text::new("report-as-of-written").with("time", moment(about.now, about.zone))),
    }
}

fn found_out_at(state: &State) -> Option<Timestamp> {
    state.record.verdict.checked_at.filter(|_| state.record.credential.is_some())
}

fn nothing_failed(state: &State) -> String {
    match &state.record.last_report {
        _ if state.record.credential.is_none() => word("report-failed-no-sign-in"),
        None => word("report-failed-unchecked"),
        Some(report) => {
            let total = report.checks.len();
            match report.open_count() {
                0 => say(&Text::new("report-failed-nothing").with("total", total)),
                open => say(&Text::new("report-failed-partial").with("open", open).with("total", total)),
            }
        }
    }
}

fn failure_lines(about: &About<'_>, failure: &Failure) -> FailureLines {
    let card: Card = view::card(about.state, failure);
    let attempt = about.state.record.attempt.as_ref().filter(|_| about.state.record.credential.is_none());
    let when = found_out_at(about.state).or_else(|| attempt.map(|attempt| attempt.started_at));
    FailureLines {
        what: quote(&card.what),
        why: quote(&card.why),
        quotation: card.quotation.as_ref().map(quote),
        who: actor(failure.actor()),
        act: quote(&card.act),
        redo: card.redo,
        when: when.filter(|_| about.state.last_failure.is_none()).map(|at| moment(at, about.zone)),
        details: details(failure),
    }
}

/// Class, code and the id of the request, for Microsoft's support and ours.
pub(super) fn details(failure: &Failure) -> String {
    let reason = failure.code.as_deref().map(name);
    let request = failure.correlation_id.as_deref().map(request_id);
    let rest = reason.into_iter().chain(request);
    std::iter::once(failure.class.as_str().to_owned()).chain(rest).collect::<Vec<_>>().join(" · ")
}

/// Who mends something, for a reader who is not at that computer.
pub(super) fn actor(actor: Actor) -> String {
    match actor {
        Actor::User => word("report-actor-user"),
        Actor::TenantAdmin => word("report-actor-tenant-admin"),
        Actor::PartnerAdmin => word("report-actor-partner-admin"),
        Actor::Network => word("report-actor-network"),
        Actor::Microsoft | Actor::Us | Actor::Support => say(&Text::actor(actor)),
    }
}

/// Who acts next, and on what. A failure's card says by itself what is to be done.
fn next(state: &State, mark: Mark, open_items: &[OpenItemRow]) -> String {
    let task = |who: &str, task: &str| say(&Text::new("report-next").with("who", who).with("task", task));
    let user = actor(Actor::User);
    let record = &state.record;
    if let Some(failure) = state.failure() {
        return actor(failure.actor());
    }
    if mark == Mark::Stale {
        return task(&user, &word("report-next-check"));
    }
    if record.settings.flow.is_none() && record.credential.is_none() {
        return task(&user, &word("report-next-begin"));
    }
    if let Some(step) = record.resume() {
        let title = say(&Text::step(step.stage(), "title"));
        let step = Text::new("report-step").with("step", step).with("title", title);
        return task(&user, &say(&step));
    }
    match open_items.iter().find(|item| item.is_open) {
        Some(item) => task(&item.who, &item.what),
        None => word("report-next-nobody"),
    }
}

/// The label of the computer that it is about, if it was given one.
pub(super) fn label(state: &State) -> Option<String> {
    state.record.settings.computer_label.as_deref().map(name).filter(|label| !label.is_empty())
}

fn question(flow: Option<Flow>) -> String {
    match flow {
        Some(Flow::NewUsers) => word("report-question-new-users"),
        Some(Flow::Migration) => word("report-question-migration"),
        None => word("report-question-either"),
    }
}
