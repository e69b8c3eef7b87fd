//! What the person tells, the steps without work of their own, and disconnecting.

use super::{Activity, Effect, Turn};
use crate::failure::{Failure, FailureClass};
use crate::history::What;
use crate::record::{Change, Settings, StepDone};
use crate::status::Verdict;
use crate::step::Stage;
use crate::username::{AccountKind, MicrosoftUsername};

impl Turn {
    pub(super) fn resume(&mut self) {
        let unfinished = self.state.record.attempt.clone().filter(|attempt| !attempt.ended);
        if let Some(mut attempt) = unfinished.filter(|_| self.state.plan().is_none()) {
            attempt.ended = true;
            self.change(Change::Attempt(Some(attempt)));
            self.note(self.entry(What::Interrupted));
        }
        let held_here = self.state.last_attempt > 0 || self.state.credential_not_saved.is_some();
        if !held_here {
            self.leave();
        }
    }

    /// A credential that one process alone held has ended with it.
    pub(super) fn leave(&mut self) {
        let held = self.state.record.credential.as_ref().filter(|credential| credential.session_only);
        let Some(credential_id) = held.map(|credential| credential.id.clone()) else { return };
        self.note(self.entry(What::Disconnected));
        self.change(Change::SessionEnded { credential_id });
    }

    /// Another username leaves the connection as it is until its account has signed in.
    pub(super) fn save_settings(&mut self, settings: Settings) {
        let known = self.state.record.settings.username.clone();
        let username = settings.username.clone();
        self.change(Change::Settings(settings));
        match username {
            Some(username) if known.as_ref() != Some(&username) => {
                self.username_saved(known.as_ref(), &username);
            }
            Some(_same) => {}
            None => self.undone(&[Stage::Username]),
        }
    }

    pub(super) fn save_username(&mut self, username: MicrosoftUsername, kind: AccountKind) {
        let known = self.state.record.settings.clone();
        let before = known.username.clone();
        self.change(Change::Settings(Settings { username: Some(username.clone()), kind, ..known }));
        self.username_saved(before.as_ref(), &username);
    }

    fn username_saved(&mut self, known: Option<&MicrosoftUsername>, username: &MicrosoftUsername) {
        self.done(Stage::Open);
        self.done(Stage::Username);
        if known != Some(username) {
            self.note(self.entry(What::UsernameSaved));
        }
        if known.is_some_and(|known| !known.is_same_as(username.as_str())) {
            self.undone(&[Stage::Authorize, Stage::LogIn, Stage::Accept, Stage::Verify, Stage::Test]);
        }
    }

    pub(super) fn finish_step(&mut self, stage: Stage) {
        if matches!(stage, Stage::Open) {
            self.done(stage);
        }
    }

    pub(super) fn done(&mut self, stage: Stage) {
        let exists = self.state.record.settings.flow.is_some_and(|flow| flow.stages().contains(&stage));
        if exists && !self.state.record.is_done(stage) {
            self.change(Change::Done(StepDone { stage, at: self.at }));
        }
    }

    pub(super) fn undone(&mut self, stages: &[Stage]) {
        let known: Vec<Stage> =
            stages.iter().copied().filter(|stage| self.state.record.is_done(*stage)).collect();
        if !known.is_empty() {
            self.change(Change::Undone(known));
        }
    }

    pub(super) fn disconnect(&mut self, wipe: bool) {
        self.attempt_failed(Failure::of(FailureClass::UserCancelled));
        self.act(Effect::Stop);
        self.state.last_failure = None;
        self.state.activity = Activity::Disconnecting;
        self.act(Effect::Forget { wipe });
    }

    pub(super) fn forgotten(&mut self, wipe: bool, result: Result<(), Failure>) {
        if self.state.activity != Activity::Disconnecting {
            return;
        }
        self.state.activity = Activity::Idle;
        if let Err(failure) = result {
            self.note(self.entry(What::NotDisconnected).because(Some(&failure)));
            self.state.last_failure = Some(failure);
            return;
        }
        self.state.credential_not_saved = None;
        if wipe {
            self.change(Change::Wiped);
            return;
        }
        self.lose_credential();
    }

    fn lose_credential(&mut self) {
        self.note(self.entry(What::Disconnected));
        self.change(Change::Credential(None));
        self.change(Change::Attempt(None));
        self.change(Change::PendingClaims(None));
        self.change(Change::Organization(None));
        self.forget_list();
        self.undone(&Stage::NEED_A_CREDENTIAL);
    }

    pub(super) fn credential_saved(
        &mut self,
        credential_id: &str,
        is_first: bool,
        result: Result<(), Failure>,
    ) {
        let held = self.state.record.credential.as_ref().filter(|known| known.id == credential_id);
        let Some((was_session_only, asked)) = held.map(|held| (held.session_only, held.asked)) else {
            return;
        };
        let was_unsaved = self.state.credential_not_saved.is_some();
        self.change(Change::CredentialUsed {
            credential_id: credential_id.to_owned(),
            at: self.at,
            // What the keychain took once is there in an older state when a refreshed token does not follow it.
            session_only: result.is_err() && (is_first || was_session_only),
            asked,
        });
        match result {
            Ok(()) if was_unsaved => self.note(self.entry(What::CredentialSaved)),
            Ok(()) => {}
            Err(ref failure) => self.note(self.entry(What::CredentialNotSaved).because(Some(failure))),
        }
        self.state.credential_not_saved = result.err();
    }

    pub(super) fn set_verdict(&mut self, verdict: Verdict) {
        let Some(credential_id) =
            self.state.record.credential.as_ref().map(|credential| credential.id.clone())
        else {
            return;
        };
        self.change(Change::Verdict { credential_id, verdict });
    }
}
