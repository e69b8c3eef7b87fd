//! Who signed in, and putting the credential away.

use super::{AccountAnswer, Activity, Effect, Plan, Turn};
use crate::check::CheckKind;
use crate::failure::Failure;
use crate::history::What;
use crate::identity::{Credential, SignedIn};
use crate::open_item::OpenItemId;
use crate::ports::AttemptId;
use crate::record::Change;
use crate::step::Stage;
use crate::username::MicrosoftUsername;

impl Turn {
    /// The saved name signed in, and no other identity's connection would be replaced. A provider that gives no
    /// comparable name is asked about once per identity.
    pub(super) fn is_expected(&self, signed_in: &SignedIn) -> bool {
        let record = &self.state.record;
        let known = record.credential.as_ref().map(|credential| &credential.identity);
        let name = signed_in.username.as_deref().filter(|name| MicrosoftUsername::parse(name).is_ok());
        let name_fits = match (&record.settings.username, name) {
            (Some(saved), Some(actual)) => saved.is_same_as(actual),
            (None, _) | (_, None) => known == Some(&signed_in.identity),
        };
        name_fits && known.is_none_or(|known| *known == signed_in.identity)
    }

    pub(super) fn answer_account(&mut self, answer: AccountAnswer) {
        let Activity::AccountQuestion { plan, credential_id, signed_in } = self.state.activity.clone() else {
            return;
        };
        match answer {
            AccountAnswer::SignInAsSaved => {
                let wanted = plan.another_way.then_some(plan.way);
                self.begin_attempt(plan.asked.second_check, plan.session_only, true, wanted);
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
    pub(super) fn keep(&mut self, plan: Plan, credential_id: String, signed_in: SignedIn) {
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
            authority: self.state.authority.clone(),
            signed_in_as: signed_in.username,
            obtained_at: self.at,
            last_used_at: self.at,
            session_only: plan.session_only,
            asked: plan.asked,
            account_number,
        };
        self.change(Change::Credential(Some(credential)));
        self.undone(&[Stage::Verify, Stage::Test]);
        if !same_account {
            self.forget_list();
        }
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
        for stage in [Stage::Username, Stage::Authorize, Stage::LogIn, Stage::Accept] {
            self.done(stage);
        }
        self.open_item_arrived(OpenItemId::Consent);
        self.remember_the_way(&plan);
        self.state.credential_not_saved = None;
        if !plan.session_only {
            self.credential_saved(&credential_id, true, result);
        }
        self.act(Effect::End(attempt));
        self.state.activity = Activity::Idle;
        self.check(CheckKind::Probe);
    }
}
