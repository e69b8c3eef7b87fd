//! The one machine of the connection: `step(state, event)` answers the next state and what to do in the world.
//!
//! It is deterministic, does no I/O and reads no clock: every event carries the time at which it happened.
//! Nothing else in the program decides anything.

mod account;
mod checking;
mod effect;
mod event;
mod open_items;
mod organizations;
mod preflight;
mod settings;
mod sign_in;
mod state;
#[cfg(test)]
mod tests;
mod waiting;
mod way_back;

pub use effect::{CheckPlan, Effect, WaitMark};
pub use event::{AccountAnswer, Event, EventKind, Intent};
pub use preflight::{Preflight, PreflightId, PreflightRow};
pub use state::{Activity, Plan, State, Waiting};

use crate::history::{HistoryEntry, What};
use crate::record::Change;

/// The state after an event, and what has to be done in the world, in order.
#[must_use]
pub fn step(state: State, event: Event) -> (State, Vec<Effect>) {
    let mut turn = Turn { state, at: event.at, changes: Vec::new(), effects: Vec::new() };
    match event.kind {
        EventKind::Intent(intent) => turn.intend(intent),
        EventKind::KeychainProbed { attempt, result } => turn.keychain_probed(attempt, result),
        EventKind::DeepLinkProven { attempt, result } => turn.deep_link_proven(attempt, result),
        EventKind::Begun { attempt, result } => turn.begun(attempt, result),
        EventKind::BrowserOpened { attempt, result } => turn.browser_opened(attempt, result),
        EventKind::Woke { attempt, mark } => turn.woke(attempt, mark),
        EventKind::Answered { attempt, result } => turn.answered(attempt, result),
        EventKind::Redeemed { attempt, credential_id, result } => {
            turn.redeemed(attempt, credential_id, result)
        }
        EventKind::Kept { attempt, result } => turn.kept(attempt, result),
        EventKind::CheckEnded { check } => turn.check_ended(check),
        EventKind::PreflightRowEnded { run, row } => turn.preflight_row_ended(run, row),
        EventKind::PreflightEnded { run } => turn.preflight_ended(run),
        EventKind::Checked { report } => turn.checked(report),
        EventKind::CredentialSaved { credential_id, result } => {
            turn.credential_saved(&credential_id, false, result)
        }
        EventKind::Listed { result } => turn.listed(result),
        EventKind::Forgotten { wipe, result } => turn.forgotten(wipe, result),
        EventKind::Committed { result } => turn.state.not_saving = result.err(),
    }
    turn.end()
}

/// One call of `step`: what it has changed so far.
struct Turn {
    state: State,
    at: jiff::Timestamp,
    changes: Vec<Change>,
    effects: Vec<Effect>,
}

impl Turn {
    fn intend(&mut self, intent: Intent) {
        match intent {
            Intent::Resume => self.resume(),
            Intent::Settings(settings) => self.save_settings(settings),
            Intent::SaveUsername { username, kind } => self.save_username(username, kind),
            Intent::FinishStep(stage) => self.finish_step(stage),
            Intent::ContactedSupport { reference } => self.contacted_support(reference),
            Intent::ItemAsked(id, note) => self.item_asked(id, note),
            Intent::OpenItemArrived(id) => self.open_item_arrived(id),
            Intent::SaveFlowNames(names) => self.save_flow_names(&names),
            Intent::FlowsTurnedOff { by } => self.flows_turned_off(&by),
            Intent::CompanyNotListed { note } => self.company_not_listed(note),
            Intent::Authorize { second_check, session_only } => self.authorize(second_check, session_only),
            Intent::UseSessionOnly => self.use_session_only(),
            Intent::OpenBrowserAgain => self.open_browser_again(),
            Intent::UseAnotherWay => self.use_another_way(),
            Intent::KeepWaiting => self.keep_waiting(),
            Intent::AnswerAccount(answer) => self.answer_account(answer),
            Intent::Cancel => self.cancel(),
            Intent::BrowserShowed(failure) => self.browser_showed(failure),
            Intent::Preflight => self.preflight(),
            Intent::Check(kind) => self.check(kind),
            Intent::ListOrganizations => self.list_organizations(),
            Intent::SelectOrganization { id } => self.select_organization(&id),
            Intent::Disconnect { wipe } => self.disconnect(wipe),
            Intent::Leave => self.leave(),
        }
    }

    fn change(&mut self, change: Change) {
        self.state.record.apply(&change);
        self.changes.push(change);
    }

    /// Writes an entry for the account in use, on the step where the person stands.
    fn note(&mut self, entry: HistoryEntry) {
        let account = self.state.record.credential.as_ref().map(|credential| credential.account_number);
        let step = entry.step.or_else(|| self.state.record.resume());
        let account = entry.account_number.or(account);
        self.change(Change::History(entry.on(step).of_account(account)));
    }

    fn entry(&self, what: What) -> HistoryEntry {
        HistoryEntry::new(self.at, what)
    }

    fn act(&mut self, effect: Effect) {
        self.effects.push(effect);
    }

    /// Changes are kept before anything else is done, so that a crash leaves the last durable state.
    fn end(mut self) -> (State, Vec<Effect>) {
        if !self.changes.is_empty() {
            self.effects.insert(0, Effect::Commit(self.changes));
        }
        (self.state, self.effects)
    }
}
