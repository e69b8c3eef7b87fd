//! The machine on a bench: events in, and everything that came of them.

mod accounts;
mod activities;
mod challenges;
mod keychain;
mod open_items;
mod preflight;
mod properties;
mod steps;
mod waiting;
mod way_back;
mod words;

use jiff::Timestamp;

use super::{Activity, Effect, Event, EventKind, Intent, State, step};
use crate::check::{Check, CheckId, CheckKind, CheckResult, Report};
use crate::failure::{Failure, FailureClass};
use crate::history::{HistoryEntry, What};
use crate::identity::{Identity, SignedIn};
use crate::organization::{OrganizationList, SeenInReferral, merge};
use crate::ports::{AttemptId, SignInAddress};
use crate::record::{Change, Record, Settings};
use crate::status::Word;
use crate::step::Flow;
use crate::username::{AccountKind, MicrosoftUsername};

const SAVED: &str = "svc@contoso.com";

/// One act on a bench.
type Act = fn(&mut Bench);

/// A state under way, the history so far, and the record as a store would have it.
#[derive(Clone)]
struct Bench {
    state: State,
    second: i64,
    /// What the last event asked for, without the commit.
    effects: Vec<Effect>,
    stored: Record,
    rows: Vec<HistoryEntry>,
}

impl Bench {
    fn empty() -> Self {
        let state = State::default();
        Self { state, second: 0, effects: Vec::new(), stored: Record::default(), rows: Vec::new() }
    }

    /// Username and flow are saved.
    fn of(flow: Flow) -> Self {
        let mut bench = Self::empty();
        bench.want(Intent::Settings(settings(flow, SAVED)));
        bench
    }

    /// Signed in, probed, an organization chosen and tested.
    fn done(flow: Flow) -> Self {
        let mut bench = Self::of(flow);
        if flow == Flow::Migration {
            bench.want(Intent::ContactedSupport { reference: None });
        }
        bench.sign_in().pass(CheckKind::Probe).choose("org-1");
        bench.want(Intent::Check(CheckKind::Test)).pass(CheckKind::Test);
        assert_eq!(bench.resume(), None, "the flow is finished");
        bench
    }

    /// The program was closed and opened again.
    fn reopened(&self) -> Self {
        let mut bench = Self { state: State::of(self.stored.clone()), ..self.clone() };
        bench.want(Intent::Resume);
        bench
    }

    fn now(&self) -> Timestamp {
        Timestamp::from_second(1_800_000_000 + self.second).expect("a time")
    }

    fn send(&mut self, kind: EventKind) -> &mut Self {
        self.second += 1;
        let event = Event { at: self.now(), kind };
        let (state, effects) = step(std::mem::take(&mut self.state), event);
        self.state = state;
        self.effects.clear();
        for effect in effects {
            if let Effect::Commit(changes) = effect {
                changes.iter().for_each(|change| self.store(change));
            } else {
                self.effects.push(effect);
            }
        }
        assert_eq!(self.stored, self.state.record, "what is stored is what is known");
        self
    }

    fn store(&mut self, change: &Change) {
        self.stored.apply(change);
        if let Change::History(entry) = change {
            self.rows.push(entry.clone());
        }
    }

    fn want(&mut self, intent: Intent) -> &mut Self {
        self.send(EventKind::Intent(intent))
    }

    fn authorize(&mut self) -> &mut Self {
        self.want(Intent::Authorize { second_check: false, session_only: false })
    }

    fn attempt(&self) -> AttemptId {
        self.state.last_attempt
    }

    fn probed(&mut self, result: Result<(), Failure>) -> &mut Self {
        self.send(EventKind::KeychainProbed { attempt: self.attempt(), result })
    }

    fn begun(&mut self) -> &mut Self {
        let address = SignInAddress(format!("https://login.example/{}", self.attempt()));
        self.send(EventKind::Begun { attempt: self.attempt(), result: Ok(address) })
    }

    fn answered(&mut self, result: Result<(), Failure>) -> &mut Self {
        self.send(EventKind::Answered { attempt: self.attempt(), result })
    }

    fn redeemed(&mut self, result: Result<SignedIn, Failure>) -> &mut Self {
        let credential_id = format!("credential-{}", self.attempt());
        self.send(EventKind::Redeemed { attempt: self.attempt(), credential_id, result })
    }

    fn kept(&mut self, result: Result<(), Failure>) -> &mut Self {
        self.send(EventKind::Kept { attempt: self.attempt(), result })
    }

    /// As far as the browser.
    fn wait_for_browser(&mut self) -> &mut Self {
        self.authorize().probed(Ok(())).begun()
    }

    /// As far as the running probe, as the saved account.
    fn sign_in(&mut self) -> &mut Self {
        self.wait_for_browser().answered(Ok(())).redeemed(Ok(signed_in(SAVED))).kept(Ok(()))
    }

    fn report(&mut self, report: Report) -> &mut Self {
        self.send(EventKind::Checked { report })
    }

    fn credential_id(&self) -> String {
        self.state.record.credential.as_ref().expect("a credential").id.clone()
    }

    fn pass(&mut self, kind: CheckKind) -> &mut Self {
        let report = report(kind, &self.credential_id(), self.now(), None);
        self.report(report)
    }

    fn fail(&mut self, kind: CheckKind, failure: Failure) -> &mut Self {
        let report = report(kind, &self.credential_id(), self.now(), Some(failure));
        self.report(report)
    }

    /// A check by the person's press that fails.
    fn check_fails(&mut self, class: FailureClass) -> &mut Self {
        self.want(Intent::Check(CheckKind::Test)).fail(CheckKind::Test, Failure::of(class))
    }

    fn choose(&mut self, id: &str) -> &mut Self {
        self.want(Intent::ListOrganizations).send(EventKind::Listed { result: Ok(organizations()) });
        self.want(Intent::SelectOrganization { id: id.to_owned() })
    }

    fn resume(&self) -> Option<String> {
        self.state.record.resume().map(|step| step.to_string())
    }

    fn word(&self) -> Word {
        self.state.record.word()
    }

    fn said(&self) -> Vec<What> {
        self.rows.iter().map(|row| row.what).collect()
    }

    fn failure(&self) -> Option<FailureClass> {
        self.state.failure().map(|failure| failure.class)
    }

    fn is_idle(&self) -> bool {
        self.state.activity == Activity::Idle
    }
}

fn settings(flow: Flow, username: &str) -> Settings {
    Settings {
        flow: Some(flow),
        computer_label: Some("Desk 4".to_owned()),
        username: Some(MicrosoftUsername::parse(username).expect("a username")),
        kind: AccountKind::Service,
        ..Settings::default()
    }
}

/// Who signs in: one identity for each name, one directory for each domain.
fn signed_in(username: &str) -> SignedIn {
    let (_, domain) = username.split_once('@').expect("a domain");
    let identity = Identity { tenant: domain.to_owned(), object: username.to_lowercase() };
    SignedIn { identity, username: Some(username.to_owned()) }
}

fn report(kind: CheckKind, credential_id: &str, at: Timestamp, failure: Option<Failure>) -> Report {
    let ids = if kind == CheckKind::Probe { CheckId::PROBE } else { CheckId::TEST };
    let mut checks: Vec<Check> = ids.iter().map(|id| Check::ended(*id, CheckResult::Passed)).collect();
    if let Some(failure) = failure {
        let stopped = CheckId::PROBE.len() - 2;
        checks[stopped] = Check::ended(CheckId::Referrals, CheckResult::Failed).with_failure(failure);
        for check in &mut checks[stopped + 1..] {
            check.result = CheckResult::NotChecked;
        }
    }
    Report { kind, credential_id: credential_id.to_owned(), finished_at: at, checks }
}

fn organizations() -> OrganizationList {
    let seen = ["org-1", "org-2"].map(|id| SeenInReferral { id: id.to_owned(), name: id.to_owned() });
    merge(&seen, &[], false)
}
