//! From the press on Authorize to a credential that is put away.

use super::checking::refine;
use super::{Activity, Effect, Plan, Turn, WaitMark, Waiting};
use crate::failure::{Failure, FailureClass, HeldWord};
use crate::history::What;
use crate::identity::{Asked, SignedIn};
use crate::ports::{AttemptId, AuthorizationRequest, SignInAddress, Way};
use crate::record::{Attempt, Change};
use crate::step::Stage;
use crate::username::MicrosoftUsername;

/// Asks Entra ID for a second factor. Undocumented by Microsoft; reported to work in
/// <https://github.com/auth0/passport-azure-ad-oauth2/issues/33>, so it is tried once and by a press alone.
pub(super) const SECOND_CHECK_CLAIMS: &str =
    r#"{"id_token":{"acr":{"essential":true,"values":["urn:microsoft:policies:mfa"]}}}"#;

impl Turn {
    pub(super) fn authorize(&mut self, second_check: bool, session_only: bool) {
        let last = self.state.record.attempt.as_ref().and_then(|attempt| attempt.failure.as_ref());
        let fresh_login = last.is_some_and(|failure| failure.class == FailureClass::WrongAccount);
        self.begin_attempt(second_check, session_only, fresh_login, None);
    }

    /// A credential that is being put away or removed is not interrupted: that ends by itself.
    pub(super) fn begin_attempt(
        &mut self,
        second_check: bool,
        session_only: bool,
        fresh_login: bool,
        wanted: Option<Way>,
    ) {
        if self.state.record.settings.username.is_none() || self.state.record.settings.flow.is_none() {
            return;
        }
        if matches!(self.state.activity, Activity::Keeping { .. } | Activity::Disconnecting) {
            return;
        }
        self.leave_attempt();
        self.state.last_attempt += 1;
        self.state.last_failure = None;
        let pending = self.state.record.pending_claims.clone();
        let asked = Asked { second_check, claims: !second_check && pending.is_some() };
        let claims = if second_check { Some(SECOND_CHECK_CLAIMS.to_owned()) } else { pending };
        let plan = Plan {
            attempt: self.state.last_attempt,
            way: wanted.unwrap_or_else(|| self.best_way()),
            another_way: wanted.is_some(),
            fresh_login,
            asked,
            claims,
            session_only,
        };
        let attempt = Attempt { started_at: self.at, ended: false, failure: None, asked };
        self.change(Change::Attempt(Some(attempt)));
        self.note(self.entry(What::SignInStarted));
        if session_only {
            self.prove_way(plan);
        } else {
            self.act(Effect::ProbeKeychain(plan.attempt));
            self.state.activity = Activity::Preparing(plan);
        }
    }

    /// A new attempt replaces the old one; running checks are stopped.
    fn leave_attempt(&mut self) {
        if let Some(attempt) = self.state.plan().map(|plan| plan.attempt) {
            self.act(Effect::End(attempt));
        } else if self.state.is_busy() {
            self.act(Effect::Stop);
        }
    }

    pub(super) fn begin(&mut self, plan: Plan) {
        let username = self.state.record.settings.username.as_ref().map_or("", MicrosoftUsername::as_str);
        self.act(Effect::Begin(AuthorizationRequest {
            attempt: plan.attempt,
            way: plan.way,
            fresh_login: plan.fresh_login,
            username: username.to_owned(),
            claims: plan.claims.clone(),
        }));
        self.state.activity = Activity::Beginning(plan);
    }

    pub(super) fn keychain_probed(&mut self, attempt: AttemptId, result: Result<(), Failure>) {
        let Activity::Preparing(plan) = self.state.activity.clone() else { return };
        if plan.attempt != attempt {
            return;
        }
        match result {
            Ok(()) => self.prove_way(plan),
            Err(failure) => {
                self.note(self.entry(What::CredentialNotSaved).because(Some(&failure)));
                self.state.activity = Activity::SessionOnlyOffered(plan, failure);
            }
        }
    }

    pub(super) fn use_session_only(&mut self) {
        if let Activity::SessionOnlyOffered(plan, _) = &self.state.activity {
            let plan = Plan { session_only: true, ..plan.clone() };
            self.prove_way(plan);
        }
    }

    pub(super) fn begun(&mut self, attempt: AttemptId, result: Result<SignInAddress, Failure>) {
        let Activity::Beginning(plan) = self.state.activity.clone() else { return };
        if plan.attempt != attempt {
            return;
        }
        match result {
            Err(failure) if plan.way == Way::DeepLink && failure.class == FailureClass::ReturnBlocked => {
                self.begin(Plan { way: Way::Loopback, ..plan });
            }
            Err(failure) => self.attempt_failed(failure),
            Ok(address) => {
                self.act(Effect::OpenBrowser(attempt, address.clone()));
                self.act(Effect::AwaitAnswer(attempt));
                for mark in WaitMark::ALL {
                    self.act(Effect::Wake(attempt, mark));
                }
                self.state.activity = Activity::Waiting(Waiting {
                    plan,
                    address,
                    since: self.at,
                    nudged: false,
                    long: false,
                    asked_to_keep_waiting: false,
                    browser_opened: false,
                    browser_failed: None,
                });
            }
        }
    }

    pub(super) fn answered(&mut self, attempt: AttemptId, result: Result<(), Failure>) {
        let Some(plan) = self.waiting(attempt).map(|waiting| waiting.plan.clone()) else { return };
        match result {
            Err(failure) => self.attempt_failed(failure),
            Ok(()) => {
                self.act(Effect::Redeem(attempt));
                self.state.activity = Activity::Redeeming(plan);
            }
        }
    }

    /// A returned browser or a received code is nothing yet: who signed in is compared first.
    pub(super) fn redeemed(
        &mut self,
        attempt: AttemptId,
        credential_id: String,
        result: Result<SignedIn, Failure>,
    ) {
        let Activity::Redeeming(plan) = self.state.activity.clone() else { return };
        if plan.attempt != attempt {
            return;
        }
        match result {
            Err(failure) => self.attempt_failed(failure),
            Ok(signed_in) if self.is_expected(&signed_in) => self.keep(plan, credential_id, signed_in),
            Ok(signed_in) => {
                self.note(self.entry(What::AccountQuestion));
                self.state.activity = Activity::AccountQuestion { plan, credential_id, signed_in };
            }
        }
    }

    /// Most of Microsoft's errors never come back to a program: the person tells what the page says.
    pub(super) fn browser_showed(&mut self, failure: Failure) {
        if matches!(self.state.activity, Activity::Waiting(_)) {
            self.attempt_failed(failure);
        }
    }

    pub(super) fn cancel(&mut self) {
        if matches!(self.state.activity, Activity::Keeping { .. } | Activity::Disconnecting) {
            return;
        }
        let offered = match &self.state.activity {
            Activity::SessionOnlyOffered(_, failure) => Some(failure.clone()),
            Activity::AccountQuestion { .. } => Some(Failure::of(FailureClass::WrongAccount)),
            Activity::Idle
            | Activity::Preparing(_)
            | Activity::ProvingDeepLink(_)
            | Activity::Beginning(_)
            | Activity::Waiting(_)
            | Activity::Redeeming(_)
            | Activity::Keeping { .. }
            | Activity::Checking { .. }
            | Activity::Listing
            | Activity::Disconnecting => None,
        };
        if self.state.plan().is_some() {
            self.attempt_failed(offered.unwrap_or_else(|| Failure::of(FailureClass::UserCancelled)));
        } else if self.state.is_busy() {
            self.act(Effect::Stop);
            self.state.activity = Activity::Idle;
        }
    }

    /// A failed attempt never changes the word of a credential that is already held.
    pub(super) fn attempt_failed(&mut self, mut failure: Failure) {
        let Some(plan) = self.state.plan().cloned() else { return };
        refine(&mut failure, plan.asked);
        self.act(Effect::End(plan.attempt));
        self.state.activity = Activity::Idle;
        let cancelled = failure.class == FailureClass::UserCancelled;
        let what = if cancelled { What::SignInCancelled } else { What::SignInFailed };
        let step = self.state.record.settings.flow.map(|flow| flow.step(Stage::LogIn));
        let entry = self.entry(what).on(step).because(Some(&failure));
        self.note(entry);
        self.ask_for_help(&failure);
        self.answer_claims(plan.asked, &failure);
        if self.state.record.credential.is_some() {
            self.state.last_failure = Some(failure.clone());
        }
        self.end_attempt(Some(failure));
    }

    /// Claims that were refused are not passed back again; those that never reached an answer are.
    fn answer_claims(&mut self, asked: Asked, failure: &Failure) {
        if asked.claims && failure.class.rule().held == HeldWord::Inactive {
            self.change(Change::PendingClaims(None));
        }
        self.remember_claims(failure);
    }

    pub(super) fn end_attempt(&mut self, failure: Option<Failure>) {
        if let Some(mut attempt) = self.state.record.attempt.clone() {
            attempt.ended = true;
            attempt.failure = failure;
            self.change(Change::Attempt(Some(attempt)));
        }
    }
}
