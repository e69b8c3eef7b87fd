//! Checks, and what their reports make of the status.

use super::{Activity, CheckPlan, Effect, Turn};
use crate::check::{Check, CheckKind, Face, Report};
use crate::failure::{Failure, FailureClass};
use crate::history::What;
use crate::open_item::OpenItemId;
use crate::record::Change;
use crate::status::Verdict;
use crate::step::{Flow, Stage};

impl Turn {
    pub(super) fn check(&mut self, kind: CheckKind) {
        if self.state.is_busy() {
            return;
        }
        let Some(plan) = self.check_plan(kind) else { return };
        self.state.last_failure = None;
        self.state.activity = Activity::Checking { kind, ended: Vec::new() };
        self.act(Effect::Check(plan));
    }

    pub(super) fn check_plan(&self, kind: CheckKind) -> Option<CheckPlan> {
        let record = &self.state.record;
        let credential = record.credential.clone()?;
        let saved = record.settings.username.as_ref().map(|username| username.as_str().to_owned());
        let username = credential.signed_in_as.clone().or(saved).unwrap_or_default();
        let organization = record.organization.as_ref().map(|organization| organization.id.clone());
        let flow = record.settings.flow.unwrap_or(Flow::NewUsers);
        Some(CheckPlan { kind, flow, credential, username, organization })
    }

    pub(super) fn check_ended(&mut self, check: Check) {
        if let Activity::Checking { ended, .. } = &mut self.state.activity {
            ended.push(check);
        }
    }

    /// The only way to Active: a report without failure, of the credential in use.
    pub(super) fn checked(&mut self, mut report: Report) {
        if !matches!(self.state.activity, Activity::Checking { kind, .. } if kind == report.kind) {
            return;
        }
        self.state.activity = Activity::Idle;
        if !self.state.record.holds(&report.credential_id) {
            return;
        }
        self.refine(&mut report);
        let failure = report.failure().cloned();
        let old = &self.state.record.verdict;
        let verdict = match &failure {
            Some(failure) => old.failed(report.finished_at, failure.clone()),
            None => Verdict::passed(report.finished_at, report.qualifiers()),
        };
        self.change(Change::Report(report.clone()));
        self.set_verdict(verdict);
        self.note_report(&report, failure.as_ref());
        match failure {
            Some(failure) => self.send_back(report.kind, &failure),
            None => self.go_on(&report),
        }
    }

    fn note_report(&mut self, report: &Report, failure: Option<&Failure>) {
        let (what, stage) = match report.kind {
            CheckKind::Probe => (What::Checked, Stage::Verify),
            CheckKind::Test => (What::Tested, Stage::Test),
        };
        let step = self.state.record.settings.flow.map(|flow| flow.step(stage));
        let entry = self.entry(what).on(step).ending(report.face().as_str()).because(failure);
        self.note(entry);
    }

    /// What one answer alone cannot tell: whether a second check or the claims were already asked for.
    fn refine(&mut self, report: &mut Report) {
        let Some(credential) = self.state.record.credential.clone() else { return };
        let never_worked = self.state.record.verdict.last_known.is_none();
        for failure in report.checks.iter_mut().filter_map(|check| check.failure.as_mut()) {
            if failure.class == FailureClass::SignInWithMfa && credential.asked.second_check && never_worked {
                failure.class = FailureClass::MfaNotEnforced;
            }
            if failure.claims.is_some() && credential.asked.claims {
                failure.claims = None;
                if failure.class != FailureClass::PolicyBlocked {
                    failure.class = FailureClass::SignInAgain;
                }
            }
        }
    }

    fn send_back(&mut self, kind: CheckKind, failure: &Failure) {
        if failure.claims.is_some() {
            self.change(Change::PendingClaims(failure.claims.clone()));
        }
        if !is_refusal(failure) {
            return;
        }
        if failure.class == FailureClass::ConsentNeeded {
            self.wait_for(OpenItemId::Consent, None);
        }
        if failure.class == FailureClass::RoleMissing {
            self.wait_for(OpenItemId::Role, None);
        }
        let here = match kind {
            CheckKind::Probe => Stage::Verify,
            CheckKind::Test => Stage::Test,
        };
        if let Some(stage) = failure.redo(here) {
            self.undone(to_do_again(stage));
        }
        self.undone(&[Stage::Verify, Stage::Test]);
    }

    fn go_on(&mut self, report: &Report) {
        self.done(Stage::Verify);
        self.change_if_pending_claims();
        for id in [OpenItemId::Consent, OpenItemId::Role] {
            self.open_item_arrived(id);
        }
        self.wait_once(OpenItemId::IntegrationsOn);
        if self.state.record.settings.flow == Some(Flow::Migration) {
            self.wait_once(OpenItemId::FlowsOff);
        }
        if report.kind == CheckKind::Test && report.face() != Face::Failed {
            self.done(Stage::Test);
            self.wait_once(OpenItemId::WorkspanTest);
        }
    }

    fn change_if_pending_claims(&mut self) {
        if self.state.record.pending_claims.is_some() {
            self.change(Change::PendingClaims(None));
        }
    }

    /// An item that has arrived once is not asked for again.
    fn wait_once(&mut self, id: OpenItemId) {
        if self.state.record.open_items.iter().all(|item| item.id != id) {
            self.wait_for(id, None);
        }
    }
}

/// Whether the failure says something about the connection, not only about the moment.
fn is_refusal(failure: &Failure) -> bool {
    use crate::failure::HeldWord;
    matches!(failure.class.rule().held, HeldWord::Inactive | HeldWord::NotConnected)
}

/// The steps that a redo of `stage` leads through; the chosen organization stays where the account does.
fn to_do_again(stage: Stage) -> &'static [Stage] {
    match stage {
        Stage::Contact | Stage::Open => &[],
        Stage::Username => {
            &[Stage::Username, Stage::Authorize, Stage::LogIn, Stage::Accept, Stage::Verify, Stage::Test]
        }
        Stage::Authorize | Stage::LogIn | Stage::Accept => {
            &[Stage::Authorize, Stage::LogIn, Stage::Accept, Stage::Verify, Stage::Test]
        }
        Stage::Verify => &[Stage::Verify, Stage::Test],
        Stage::Organization => &[Stage::Organization, Stage::Test],
        Stage::Test => &[Stage::Test],
    }
}
