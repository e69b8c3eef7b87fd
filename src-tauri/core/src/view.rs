//! What a screen or a terminal may know of a state: message ids, arguments and ready strings. No secret.

use jiff::Timestamp;
use jiff::tz::TimeZone;
use serde::Serialize;

use crate::check::{Check, CheckResult};
use crate::environment::Environment;
use crate::failure::{Failure, FailureClass};
use crate::flow::State;
use crate::open_item::OpenItem;
use crate::present::{date_and_time, day};
use crate::state_code::{self, Place, Said};
use crate::status::{Qualifier, Word};
use crate::step::{Stage, StepCode};
use crate::words::{CardPart, Text};

/// The status as every face of the program shows it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub struct StatusView {
    /// The environment's name; everything but `public` wears a banner.
    pub environment: String,
    /// Whether nothing real is touched.
    pub rehearsal: bool,
    /// The five characters to read out.
    pub state_code: String,
    /// The step where the person stands, such as `NEW-6`.
    pub step: Option<String>,
    /// Its title.
    pub step_title: Option<Text>,
    /// The word; never `active` once the check is older than a day.
    pub mark: Mark,
    /// The line in large letters.
    pub headline: Text,
    /// What exactly is claimed.
    pub sentence: Text,
    /// When it was found out.
    pub checked: Text,
    /// The last word that was really found out, where the present one is "Can't check".
    pub last_known: Option<Text>,
    /// What limits the claim.
    pub qualifiers: Vec<QualifierView>,
    /// The card of the failure.
    pub card: Option<Card>,
    /// The account, in full: people must find typos.
    pub account: Option<String>,
    /// The chosen organization's name.
    pub organization: Option<String>,
    /// The computer's label.
    pub computer_label: String,
    /// The last checks.
    pub checks: Vec<CheckView>,
    /// What is waited for.
    pub open_items: Vec<OpenItemView>,
}

/// The shape and colour of the status.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub enum Mark {
    /// No credential.
    NotConnected,
    /// Active, checked within a day.
    Active,
    /// Inactive.
    Inactive,
    /// Could not be found out.
    CantCheck,
    /// Found out, but more than a day ago.
    Stale,
}

/// A qualifier beside the word.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub struct QualifierView {
    /// Two or three words.
    pub label: Text,
    /// What it means.
    pub sentence: Text,
}

/// What happened, why, who, and the one thing to press.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub struct Card {
    /// The class, for "Details for support".
    pub class: &'static str,
    /// What happened.
    pub what: Text,
    /// Why.
    pub why: Text,
    /// Who mends it.
    pub who: Text,
    /// What to do.
    pub act: Text,
    /// The label of the one thing to press.
    pub button: Text,
    /// What somebody else said about it, quoted.
    pub quotation: Option<Text>,
    /// The step to do again.
    pub redo: Option<String>,
    /// The code behind the class.
    pub code: Option<String>,
    /// The id for Microsoft's support.
    pub correlation_id: Option<String>,
}

/// One check.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub struct CheckView {
    /// Its id, such as `referral-by-id`.
    pub id: &'static str,
    /// Its name.
    pub label: Text,
    /// `passed`, `warning`, `failed` or `not_checked`.
    pub result: &'static str,
    /// The result as a word.
    pub result_label: Text,
    /// What the result means.
    pub sentence: Text,
    /// How long it took; what took longer than 49 days reads as 49 days.
    pub milliseconds: u32,
}

/// One thing that somebody else has to do.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub struct OpenItemView {
    /// Its id, such as `integrations-on`.
    pub id: &'static str,
    /// What.
    pub what: Text,
    /// Who.
    pub who: Text,
    /// Since when it is waited for, or when it was asked for; `None` once something has arrived unasked.
    pub asked: Option<Text>,
    /// Since when it is done.
    pub arrived: Option<String>,
}

/// The view of a state at a time, with times in a zone.
#[must_use]
pub fn status(state: &State, environment: &Environment, now: Timestamp, zone: &TimeZone) -> StatusView {
    let record = &state.record;
    let word = record.word();
    let label = record.settings.computer_label.clone().unwrap_or_else(|| "–".to_owned());
    let mark = mark(state, now);
    StatusView {
        environment: environment.name.clone(),
        rehearsal: environment.is_rehearsal(),
        state_code: state_code(state, environment.is_rehearsal()),
        step: current_step(state).map(|step| step.to_string()),
        step_title: current_step(state).map(|step| Text::step(step.stage(), "title")),
        mark,
        headline: headline(state, mark, zone),
        sentence: sentence(word, mark, &label),
        checked: checked(state, zone),
        last_known: last_known(state, zone),
        qualifiers: qualifiers(state).into_iter().map(qualifier).collect(),
        card: state.failure().map(|failure| card(state, failure)),
        account: record.account().map(str::to_owned),
        organization: record.organization.as_ref().map(|chosen| chosen.name.clone()),
        computer_label: label,
        checks: record.last_report.iter().flat_map(|report| report.checks.iter().map(check)).collect(),
        open_items: record.open_items.iter().map(|item| open_item(item, zone)).collect(),
    }
}

/// The state code of what is shown.
#[must_use]
pub fn state_code(state: &State, rehearsal: bool) -> String {
    let record = &state.record;
    let place = match (record.settings.flow, record.resume()) {
        (None, _) => Place::Start,
        (Some(_), Some(step)) => Place::Step(step),
        (Some(flow), None) => Place::Done(flow),
    };
    let class = state.failure().map(|failure| failure.class);
    state_code::encode(&Said { rehearsal, place, word: record.word(), class })
}

/// The step where the person stands: the first unfinished one, or the last of the flow.
#[must_use]
pub fn current_step(state: &State) -> Option<StepCode> {
    let flow = state.record.settings.flow?;
    state.record.resume().or_else(|| flow.steps().last())
}

/// What limits the claim: found by the last check, or true of this computer now.
#[must_use]
pub fn qualifiers(state: &State) -> Vec<Qualifier> {
    let mut all = state.record.verdict.qualifiers.clone();
    let in_memory = state.record.credential.as_ref().is_some_and(|credential| credential.session_only);
    if in_memory || state.credential_not_saved.is_some() {
        all.push(Qualifier::SessionOnly);
    }
    if state.not_saving.is_some() {
        all.push(Qualifier::HistoryNotSaved);
    }
    all.sort_unstable();
    all.dedup();
    all
}

/// The card of a failure.
#[must_use]
pub fn card(state: &State, failure: &Failure) -> Card {
    Card {
        class: failure.class.as_str(),
        what: Text::failure(failure, CardPart::What),
        why: Text::failure(failure, CardPart::Why),
        who: Text::failure(failure, CardPart::Who),
        act: Text::failure(failure, CardPart::Do),
        button: Text::failure(failure, CardPart::Button),
        quotation: Text::quotation(failure),
        redo: redo(state, failure).map(|step| step.to_string()),
        code: failure.code.clone(),
        correlation_id: failure.correlation_id.clone(),
    }
}

/// The step to do again for a failure, whether it stands already or is only looked at.
fn redo(state: &State, failure: &Failure) -> Option<StepCode> {
    let flow = state.record.settings.flow?;
    let here = state.record.resume().map_or(Stage::Test, StepCode::stage);
    failure.redo(here).map(|stage| flow.step(stage))
}

/// What has to be open for this environment, as scheme and host, where `failure` is one of the network; else empty.
#[must_use]
pub fn addresses(environment: &Environment, failure: &Failure) -> Vec<String> {
    if ![FailureClass::NetworkBlocked, FailureClass::Offline].contains(&failure.class) {
        return Vec::new();
    }
    let profiles = environment.profiles.iter().map(|profiles| &profiles.base);
    let all = [&environment.metadata, &environment.referrals.base].into_iter().chain(profiles);
    let mut origins: Vec<String> = Vec::new();
    for origin in all.map(|address| address.origin().ascii_serialization()) {
        if !origins.contains(&origin) {
            origins.push(origin);
        }
    }
    origins
}

/// Shows one check.
#[must_use]
pub fn check(check: &Check) -> CheckView {
    let id = check.id.as_str();
    let result = check.result.as_str();
    let attribute = result.replace('_', "-");
    let sentence = match (&check.reason, &check.failure) {
        (Some(reason), _) => Text::new(reason.clone()),
        (None, Some(failure)) if check.result == CheckResult::Failed => {
            Text::failure(failure, CardPart::What)
        }
        (None, _) => Text::new(format!("check-{id}.{attribute}")),
    };
    CheckView {
        id,
        label: Text::new(format!("check-{id}.label")),
        result,
        result_label: Text::new(format!("result-{attribute}")),
        sentence,
        milliseconds: u32::try_from(check.milliseconds).unwrap_or(u32::MAX),
    }
}

pub(crate) fn mark(state: &State, now: Timestamp) -> Mark {
    match state.record.word() {
        Word::NotConnected => Mark::NotConnected,
        Word::Active if state.record.verdict.is_stale(now) => Mark::Stale,
        Word::Active => Mark::Active,
        Word::Inactive => Mark::Inactive,
        Word::CantCheck => Mark::CantCheck,
    }
}

pub(crate) fn headline(state: &State, mark: Mark, zone: &TimeZone) -> Text {
    let word = state.record.word();
    match state.record.verdict.checked_at {
        Some(at) if mark == Mark::Stale => {
            Text::new("status-stale").with("date", day(at, zone)).with("was", word.as_str())
        }
        Some(_) | None => Text::status(word),
    }
}

/// What the word claims; a check that is too old speaks of the past.
pub(crate) fn sentence(word: Word, mark: Mark, label: &str) -> Text {
    if mark == Mark::Stale {
        return Text::new("status-stale-sentence").with("label", label);
    }
    Text::status_sentence(word, label)
}

pub(crate) fn checked(state: &State, zone: &TimeZone) -> Text {
    match state.record.verdict.checked_at.filter(|_| state.record.credential.is_some()) {
        Some(at) => Text::new("status-checked-at").with("time", date_and_time(at, zone)),
        None => Text::new("status-never-checked"),
    }
}

pub(crate) fn last_known(state: &State, zone: &TimeZone) -> Option<Text> {
    let known = state.record.verdict.last_known.filter(|_| state.record.word() == Word::CantCheck)?;
    let time = date_and_time(known.checked_at, zone);
    Some(Text::new("status-last-known").with("was", known.word.as_str()).with("time", time))
}

pub(crate) fn qualifier(qualifier: Qualifier) -> QualifierView {
    QualifierView {
        label: Text::qualifier(qualifier, "label"),
        sentence: Text::qualifier(qualifier, "sentence"),
    }
}

pub(crate) fn open_item(item: &OpenItem, zone: &TimeZone) -> OpenItemView {
    let id = item.id.as_str();
    OpenItemView {
        id,
        what: Text::new(format!("open-item-{id}.what")),
        who: Text::new(format!("open-item-{id}.who")),
        asked: item_asked(item, zone),
        arrived: item.arrived_at.map(|at| date_and_time(at, zone)),
    }
}

/// "Asked" stands only where somebody was asked.
pub(crate) fn item_asked(item: &OpenItem, zone: &TimeZone) -> Option<Text> {
    let at = |id: &'static str, at| Text::new(id).with("time", date_and_time(at, zone));
    match item.asked_at {
        Some(asked_at) => Some(at("open-item-asked", asked_at)),
        None => item.is_open().then(|| at("open-item-waiting", item.since)),
    }
}

#[cfg(test)]
mod tests;
