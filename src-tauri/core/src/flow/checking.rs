//! Checks, and what their reports make of the status.

use super::{Activity, CheckPlan, Effect, Turn};
use crate::check::{Check, CheckKind, Face, Report};
use crate::failure::{Failure, FailureClass, HeldWord, Redo};
use crate::history::What;
use crate::identity::Asked;
use crate::open_item::OpenItemId;
use crate::record::Change;
use crate::status::{Qualifier, Verdict};
use crate::step::{Flow, Stage};

impl Turn {
    pub(super) fn check(&mut self, kind: CheckKind) {
        if self.state.activity != Activity::Idle {
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
        let username = record.account().unwrap_or_default().to_owned();
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
        let awaited = matches!(self.state.activity, Activity::Checking { kind, .. } if kind == report.kind);
        if !awaited || !self.state.record.holds(&report.credential_id) {
            return;
        }
        self.state.activity = Activity::Idle;
        self.refine(&mut report);
        let failure = report.refusal();
        let verdict = match &failure {
            Some(failure) => self.state.record.verdict.failed(report.finished_at, failure.clone()),
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

    fn refine(&mut self, report: &mut Report) {
        let Some(asked) = self.state.record.credential.as_ref().map(|credential| credential.asked) else {
            return;
        };
        for failure in report.checks.iter_mut().filter_map(|check| check.failure.as_mut()) {
            refine(failure, asked);
        }
    }

    /// To the one step that has to be done again; what could not be found out undoes nothing.
    fn send_back(&mut self, kind: CheckKind, failure: &Failure) {
        self.remember_claims(failure);
        self.ask_for_help(failure);
        let here = match kind {
            CheckKind::Probe => Stage::Verify,
            CheckKind::Test => Stage::Test,
        };
        match failure.class.rule().redo {
            Redo::Stage(stage) => self.undone(to_do_again(stage)),
            Redo::Nothing if is_refusal(failure) => self.undone(to_do_again(here)),
            Redo::Nothing | Redo::FailedStep => {}
        }
    }

    pub(super) fn remember_claims(&mut self, failure: &Failure) {
        if failure.claims.is_some() && failure.claims != self.state.record.pending_claims {
            self.change(Change::PendingClaims(failure.claims.clone()));
        }
    }

    /// What an administrator has to do is waited for.
    pub(super) fn ask_for_help(&mut self, failure: &Failure) {
        if let Some(id) = OpenItemId::behind(failure) {
            self.wait_for(id, None);
        }
    }

    fn go_on(&mut self, report: &Report) {
        self.done(Stage::Verify);
        self.forget_what_was_asked();
        self.open_item_arrived(OpenItemId::Consent);
        // An empty list is what an account without the role may see too.
        if !report.qualifiers().contains(&Qualifier::RightsNotProven) {
            self.open_item_arrived(OpenItemId::Role);
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

    /// What the sign-in asked for has done its work: a later challenge is answered anew.
    fn forget_what_was_asked(&mut self) {
        if self.state.record.pending_claims.is_some() {
            self.change(Change::PendingClaims(None));
        }
        let asked_for = self.state.record.credential.clone().filter(|known| known.asked != Asked::default());
        if let Some(held) = asked_for {
            self.change(Change::CredentialUsed {
                credential_id: held.id,
                at: held.last_used_at,
                session_only: held.session_only,
                asked: Asked::default(),
            });
        }
    }
}

/// What one answer alone cannot tell: whether a second check or the claims were already asked for.
pub(super) fn refine(failure: &mut Failure, asked: Asked) {
    if asked.second_check && failure.class == FailureClass::SignInWithMfa {
        failure.class = FailureClass::MfaNotEnforced;
        failure.refined_actor = None;
    }
    if asked.claims && failure.claims.take().is_some() && failure.class != FailureClass::PolicyBlocked {
        failure.class = FailureClass::SignInAgain;
        failure.refined_actor = None;
    }
}

/// Whether the failure says something about the connection, not only about the moment.
fn is_refusal(failure: &Failure) -> bool {
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
