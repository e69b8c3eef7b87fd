//! The status and its parts.

use mpc_connect_core::view;
use serde::Serialize;
use specta::Type;

use super::{ChosenEnvironment, CommandLine, Text};

/// The status as the core shows it, with what this window adds.
#[derive(Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Status {
    environment: ChosenEnvironment,
    rehearsal: bool,
    state_code: String,
    step: Option<String>,
    step_title: Option<Text>,
    mark: Mark,
    headline: Text,
    sentence: Text,
    checked: Text,
    last_known: Option<Text>,
    qualifiers: Vec<Qualifier>,
    card: Option<Card>,
    account: Option<String>,
    organization: Option<String>,
    computer_label: String,
    checks: Vec<Check>,
    open_items: Vec<OpenItem>,
    terminal: Vec<CommandLine>,
}

impl Status {
    pub(crate) fn of(
        view: view::StatusView,
        environment: ChosenEnvironment,
        terminal: Vec<CommandLine>,
    ) -> Self {
        Self {
            environment,
            rehearsal: view.rehearsal,
            state_code: view.state_code,
            step: view.step,
            step_title: view.step_title.map(Text::from),
            mark: view.mark.into(),
            headline: view.headline.into(),
            sentence: view.sentence.into(),
            checked: view.checked.into(),
            last_known: view.last_known.map(Text::from),
            qualifiers: view.qualifiers.into_iter().map(Qualifier::from).collect(),
            card: view.card.map(Card::from),
            account: view.account,
            organization: view.organization,
            computer_label: view.computer_label,
            checks: view.checks.into_iter().map(Check::from).collect(),
            open_items: view.open_items.into_iter().map(OpenItem::from).collect(),
            terminal,
        }
    }
}

/// Shape and colour of the status.
#[derive(Serialize, Type)]
#[serde(rename_all = "camelCase")]
enum Mark {
    NotConnected,
    Active,
    Inactive,
    CantCheck,
    Stale,
}

impl From<view::Mark> for Mark {
    fn from(mark: view::Mark) -> Self {
        match mark {
            view::Mark::NotConnected => Self::NotConnected,
            view::Mark::Active => Self::Active,
            view::Mark::Inactive => Self::Inactive,
            view::Mark::CantCheck => Self::CantCheck,
            view::Mark::Stale => Self::Stale,
        }
    }
}

/// What limits the claim.
#[derive(Serialize, Type)]
#[serde(rename_all = "camelCase")]
struct Qualifier {
    label: Text,
    sentence: Text,
}

impl From<view::QualifierView> for Qualifier {
    fn from(view: view::QualifierView) -> Self {
        Self { label: view.label.into(), sentence: view.sentence.into() }
    }
}

/// The card of a failure. Its button is left out: this window has nothing to press yet.
#[derive(Serialize, Type)]
#[serde(rename_all = "camelCase")]
struct Card {
    class: &'static str,
    what: Text,
    why: Text,
    who: Text,
    act: Text,
    redo: Option<String>,
    code: Option<String>,
    correlation_id: Option<String>,
}

impl From<view::Card> for Card {
    fn from(view: view::Card) -> Self {
        Self {
            class: view.class,
            what: view.what.into(),
            why: view.why.into(),
            who: view.who.into(),
            act: view.act.into(),
            redo: view.redo,
            code: view.code,
            correlation_id: view.correlation_id,
        }
    }
}

/// One check of the last report.
#[derive(Serialize, Type)]
#[serde(rename_all = "camelCase")]
struct Check {
    id: &'static str,
    label: Text,
    /// `passed`, `warning`, `failed` or `not_checked`.
    result: &'static str,
    result_label: Text,
    sentence: Text,
    milliseconds: u32,
}

impl From<view::CheckView> for Check {
    fn from(view: view::CheckView) -> Self {
        Self {
            id: view.id,
            label: view.label.into(),
            result: view.result,
            result_label: view.result_label.into(),
            sentence: view.sentence.into(),
            // A check that took longer than 49 days reads as 49 days: TypeScript's numbers hold no more whole ones.
            milliseconds: u32::try_from(view.milliseconds).unwrap_or(u32::MAX),
        }
    }
}

/// What is waited for.
#[derive(Serialize, Type)]
#[serde(rename_all = "camelCase")]
struct OpenItem {
    id: &'static str,
    what: Text,
    who: Text,
    asked: String,
    arrived: Option<String>,
}

impl From<view::OpenItemView> for OpenItem {
    fn from(view: view::OpenItemView) -> Self {
        Self {
            id: view.id,
            what: view.what.into(),
            who: view.who.into(),
            asked: view.asked,
            arrived: view.arrived,
        }
    }
}
