//! From the press on Authorize to a credential that is put away.

use super::{AccountAnswer, Activity, Effect, Plan, Turn, WaitMark, Waiting};
use crate::check::CheckKind;
use crate::failure::{Failure, FailureClass};
use crate::history::What;
use crate::identity::{Asked, Credential, SignedIn};
use crate::open_item::OpenItemId;
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
        self.begin_attempt(second_check, session_only, false);
    }

    fn begin_attempt(&mut self, second_check: bool, session_only: bool, fresh_login: bool) {
        if self.state.record.settings.username.is_none() || self.state.record.settings.flow.is_none() {
            return;
        }
        self.leave_attempt();
        self.state.last_attempt += 1;
        self.state.last_failure = None;
        let pending = self.state.record.pending_claims.clone();
        let asked = Asked { second_check, claims: !second_check && pending.is_some() };
        let claims = if second_check { Some(SECOND_CHECK_CLAIMS.to_owned()) } else { pending };
        let way = Way::Loopback;
        let plan = Plan { attempt: self.state.last_attempt, way, fresh_login, asked, claims, session_only };
        let attempt = Attempt { started_at: self.at, ended: false, failure: None, asked };
        self.change(Change::Attempt(Some(attempt)));
        self.note(self.entry(What::SignInStarted));
        if session_only {
            self.begin(plan);
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

    fn begin(&mut self, plan: Plan) {
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
            Ok(()) => self.begin(plan),
            Err(failure) => self.state.activity = Activity::SessionOnlyOffered(plan, failure),
        }
    }

    pub(super) fn use_session_only(&mut self) {
        if let Activity::SessionOnlyOffered(plan, _) = &self.state.activity {
            let plan = Plan { session_only: true, ..plan.clone() };
            self.begin(plan);
        }
    }

    pub(super) fn begun(&mut self, attempt: AttemptId, result: Result<SignInAddress, Failure>) {
        let Activity::Beginning(plan) = self.state.activity.clone() else { return };
        if plan.attempt != attempt {
            return;
        }
        match result {
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
                    asked_to_keep_waiting: false,
                    browser_failed: None,
                });
            }
        }
    }

    pub(super) fn browser_opened(&mut self, attempt: AttemptId, result: Result<(), Failure>) {
        if let Some(waiting) = self.waiting(attempt) {
            waiting.browser_failed = result.err();
        }
    }

    pub(super) fn open_browser_again(&mut self) {
        if let Activity::Waiting(waiting) = &self.state.activity {
            let effect = Effect::OpenBrowser(waiting.plan.attempt, waiting.address.clone());
            self.act(effect);
        }
    }

    /// The other way back needs another redirect and so another attempt.
    pub(super) fn use_another_way(&mut self) {
        if let Activity::Waiting(waiting) = &self.state.activity {
            let asked = waiting.plan.asked;
            let session_only = waiting.plan.session_only;
            self.state.loopback_only = true;
            self.begin_attempt(asked.second_check, session_only, false);
        }
    }

    pub(super) fn keep_waiting(&mut self) {
        if let Activity::Waiting(waiting) = &mut self.state.activity {
            waiting.asked_to_keep_waiting = false;
        }
    }

    pub(super) fn woke(&mut self, attempt: AttemptId, mark: WaitMark) {
        let Some(waiting) = self.waiting(attempt) else { return };
        match mark {
            WaitMark::Nudge => waiting.nudged = true,
            WaitMark::Ask => waiting.asked_to_keep_waiting = true,
            WaitMark::End => {
                self.attempt_failed(Failure::of(FailureClass::RestartSignIn).with_code("30 minutes"));
            }
        }
    }

    fn waiting(&mut self, attempt: AttemptId) -> Option<&mut Waiting> {
        match &mut self.state.activity {
            Activity::Waiting(waiting) if waiting.plan.attempt == attempt => Some(waiting),
            Activity::Idle
            | Activity::Preparing(_)
            | Activity::SessionOnlyOffered(..)
            | Activity::Beginning(_)
            | Activity::Waiting(_)
            | Activity::Redeeming(_)
            | Activity::AccountQuestion { .. }
            | Activity::Keeping { .. }
            | Activity::Checking { .. }
            | Activity::Listing
            | Activity::Disconnecting => None,
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

    /// The saved name signed in, and no other identity's connection would be replaced.
    fn is_expected(&self, signed_in: &SignedIn) -> bool {
        let record = &self.state.record;
        let saved = record.settings.username.as_ref();
        let same_name = match (saved, &signed_in.username) {
            (Some(saved), Some(actual)) => saved.is_same_as(actual),
            (None, _) | (_, None) => false,
        };
        let known = record.credential.as_ref();
        let replaces_another = known.is_some_and(|credential| credential.identity != signed_in.identity);
        let was_accepted = known.is_some_and(|credential| credential.identity == signed_in.identity);
        (same_name || was_accepted) && !replaces_another
    }

    pub(super) fn answer_account(&mut self, answer: AccountAnswer) {
        let Activity::AccountQuestion { plan, credential_id, signed_in } = self.state.activity.clone() else {
            return;
        };
        match answer {
            AccountAnswer::SignInAsSaved => {
                self.begin_attempt(plan.asked.second_check, plan.session_only, true);
            }
            AccountAnswer::UseSignedIn => {
                let actual =
                    signed_in.username.as_deref().and_then(|name| MicrosoftUsername::parse(name).ok());
                if let Some(username) = actual {
                    let mut settings = self.state.record.settings.clone();
                    settings.username = Some(username);
                    self.save_settings(settings);
                }
                self.keep(plan, credential_id, signed_in);
            }
        }
    }

    /// The new credential is noted before it is put away: after a crash in between no earlier Active remains.
    fn keep(&mut self, plan: Plan, credential_id: String, signed_in: SignedIn) {
        let record = &self.state.record;
        let old = record.credential.as_ref();
        let same_account = old.is_some_and(|old| old.identity == signed_in.identity);
        let other_directory = old.is_some_and(|old| old.identity.tenant != signed_in.identity.tenant);
        let account_number = match old {
            Some(old) if same_account => old.account_number,
            Some(_) | None => record.accounts_seen + 1,
        };
        let credential = Credential {
            id: credential_id.clone(),
            identity: signed_in.identity.clone(),
            signed_in_as: signed_in.username,
            obtained_at: self.at,
            last_used_at: self.at,
            session_only: plan.session_only,
            asked: plan.asked,
            account_number,
        };
        self.change(Change::Credential(Some(credential)));
        self.undone(&[Stage::Verify, Stage::Test]);
        if other_directory {
            self.change(Change::Organization(None));
            self.undone(&[Stage::Organization]);
        }
        self.act(Effect::Keep {
            attempt: plan.attempt,
            identity: signed_in.identity,
            session_only: plan.session_only,
        });
        self.state.activity = Activity::Keeping { plan, credential_id };
    }

    pub(super) fn kept(&mut self, attempt: AttemptId, result: Result<(), Failure>) {
        let Activity::Keeping { plan, credential_id } = self.state.activity.clone() else { return };
        if plan.attempt != attempt {
            return;
        }
        self.end_attempt(None);
        self.change(Change::PendingClaims(None));
        self.note(self.entry(What::SignedIn));
        for stage in [Stage::Authorize, Stage::LogIn, Stage::Accept] {
            self.done(stage);
        }
        self.open_item_arrived(OpenItemId::Consent);
        if !plan.session_only {
            self.state.credential_not_saved = None;
            self.credential_saved(&credential_id, result);
        }
        self.act(Effect::End(attempt));
        self.state.activity = Activity::Idle;
        self.check(CheckKind::Probe);
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
    fn attempt_failed(&mut self, failure: Failure) {
        let Some(attempt) = self.state.plan().map(|plan| plan.attempt) else { return };
        self.act(Effect::End(attempt));
        self.state.activity = Activity::Idle;
        let cancelled = failure.class == FailureClass::UserCancelled;
        let what = if cancelled { What::SignInCancelled } else { What::SignInFailed };
        let step = self.state.record.settings.flow.map(|flow| flow.step(Stage::LogIn));
        let entry = self.entry(what).on(step).because(Some(&failure));
        self.note(entry);
        if failure.class == FailureClass::ConsentNeeded {
            self.wait_for(OpenItemId::Consent, None);
        }
        if failure.claims.is_some() {
            self.change(Change::PendingClaims(failure.claims.clone()));
        }
        if self.state.record.credential.is_some() {
            self.state.last_failure = Some(failure.clone());
        }
        self.end_attempt(Some(failure));
    }

    fn end_attempt(&mut self, failure: Option<Failure>) {
        if let Some(mut attempt) = self.state.record.attempt.clone() {
            attempt.ended = true;
            attempt.failure = failure;
            self.change(Change::Attempt(Some(attempt)));
        }
    }
}
