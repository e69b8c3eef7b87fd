//! What is known about the connection, and the changes that the store keeps.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::check::{CheckKind, Report};
use crate::failure::{Failure, FailureClass};
use crate::history::HistoryEntry;
use crate::identity::{Asked, Credential};
use crate::open_item::{OpenItem, OpenItemId};
use crate::organization::OrganizationList;
use crate::status::{Verdict, Word};
use crate::step::{Flow, Stage, StepCode};
use crate::username::{AccountKind, MicrosoftUsername};

/// What the person told about the connection.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Settings {
    /// The flow chosen on Start.
    pub flow: Option<Flow>,
    /// The company's name.
    pub company: Option<String>,
    /// The contact at WorkSpan.
    pub contact: Option<String>,
    /// The only thing in a file that names the machine.
    pub computer_label: Option<String>,
    /// The saved Microsoft username.
    pub username: Option<MicrosoftUsername>,
    /// Service account or person.
    pub kind: AccountKind,
    /// Who holds the account's second factor.
    pub second_factor_holder: Option<String>,
    /// Whether a vault rotates the account's password; `None` when nobody has said.
    pub password_rotates: Option<bool>,
}

/// The organization that was chosen.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ChosenOrganization {
    /// Its id.
    pub id: String,
    /// Its name when it was chosen.
    pub name: String,
}

/// A sign-in that was begun, and how it ended.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Attempt {
    /// When it was begun.
    pub started_at: Timestamp,
    /// Whether it has ended.
    pub ended: bool,
    /// Why it failed, if it did.
    pub failure: Option<Failure>,
    /// What it asked for.
    pub asked: Asked,
}

/// A finished step.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct StepDone {
    /// Which screen.
    pub stage: Stage,
    /// When.
    pub at: Timestamp,
}

/// Everything that survives closing the app, apart from the history and the secret.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Record {
    /// What the person told.
    pub settings: Settings,
    /// The credential in use, without its secret.
    pub credential: Option<Credential>,
    /// The number that the next account gets in the history.
    pub accounts_seen: u32,
    /// The status of that credential.
    pub verdict: Verdict,
    /// The last test or probe of that credential.
    pub last_report: Option<Report>,
    /// The last test of that credential with the chosen organization; a later probe leaves it.
    pub last_test: Option<Report>,
    /// The last sign-in.
    pub attempt: Option<Attempt>,
    /// Claims that the next sign-in passes back.
    pub pending_claims: Option<String>,
    /// "Use another way" led to a sign-in on this computer: the next ones take the loopback at once (REQ-DL-09).
    pub prefers_loopback: bool,
    /// The chosen organization.
    pub organization: Option<ChosenOrganization>,
    /// The list as last read.
    pub organizations: OrganizationList,
    /// The finished steps.
    pub done: Vec<StepDone>,
    /// What is waited for.
    pub open_items: Vec<OpenItem>,
}

/// One change of the record; the store keeps each, the flow applies each.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Change {
    /// The person's settings.
    Settings(Settings),
    /// A new or forgotten credential. A new one starts without verdict and report.
    Credential(Option<Credential>),
    /// A credential ended with the process that held it in memory, and what rested on it with it.
    /// Another, which a later sign-in of any process has put in its place, stays as it is.
    SessionEnded {
        /// Whose end.
        credential_id: String,
    },
    /// News of one credential; another, which a later sign-in of any process has put in its place, stays as it is.
    CredentialUsed {
        /// Whose news.
        credential_id: String,
        /// When it was last refreshed.
        at: Timestamp,
        /// Whether it lives in the memory of one process alone.
        session_only: bool,
        /// What its sign-in asked for and has not been answered yet.
        asked: Asked,
    },
    /// The status of one credential; it does not touch another.
    Verdict {
        /// Whose status.
        credential_id: String,
        /// The status.
        verdict: Verdict,
    },
    /// A report, for the credential that it names.
    Report(Report),
    /// A sign-in that was begun or has ended.
    Attempt(Option<Attempt>),
    /// Claims for the next sign-in.
    PendingClaims(Option<String>),
    /// Whether sign-ins take the loopback at once.
    PrefersLoopback(bool),
    /// The chosen organization.
    Organization(Option<ChosenOrganization>),
    /// The list as just read.
    Organizations(OrganizationList),
    /// A finished step.
    Done(StepDone),
    /// Steps that have to be done again.
    Undone(Vec<Stage>),
    /// An open item, new or changed.
    OpenItem(OpenItem),
    /// A history entry.
    History(HistoryEntry),
    /// All of the above is removed, the history too.
    Wiped,
}

impl Record {
    /// Applies one change, exactly as the store does.
    pub fn apply(&mut self, change: &Change) {
        match change {
            Change::Settings(settings) => self.settings = settings.clone(),
            Change::Credential(credential) => self.apply_credential(credential.as_ref()),
            Change::SessionEnded { credential_id } => self.end_session(credential_id),
            Change::CredentialUsed { credential_id, at, session_only, asked } => {
                if let Some(held) = self.credential.as_mut().filter(|held| held.id == *credential_id) {
                    held.last_used_at = *at;
                    held.session_only = *session_only;
                    held.asked = *asked;
                }
            }
            Change::Verdict { credential_id, verdict } => {
                if self.holds(credential_id) {
                    self.verdict = verdict.clone();
                }
            }
            Change::Report(report) => {
                if self.holds(&report.credential_id) {
                    self.last_report = Some(report.clone());
                    if report.kind == CheckKind::Test {
                        self.last_test = self.last_report.clone();
                    }
                }
            }
            Change::Attempt(attempt) => self.attempt = attempt.clone(),
            Change::PendingClaims(claims) => self.pending_claims = claims.clone(),
            Change::PrefersLoopback(prefers) => self.prefers_loopback = *prefers,
            Change::Organization(organization) => self.apply_organization(organization.as_ref()),
            Change::Organizations(list) => self.organizations = list.clone(),
            Change::Done(done) => {
                self.done.retain(|known| known.stage != done.stage);
                self.done.push(*done);
                self.done.sort_by_key(|known| known.stage);
            }
            Change::Undone(stages) => self.done.retain(|known| !stages.contains(&known.stage)),
            Change::OpenItem(item) => {
                self.open_items.retain(|known| known.id != item.id);
                self.open_items.push(item.clone());
                self.open_items.sort_by_key(|known| known.id);
            }
            Change::History(_) => {}
            Change::Wiped => *self = Self::default(),
        }
    }

    fn apply_credential(&mut self, credential: Option<&Credential>) {
        let same = matches!((&self.credential, credential), (Some(old), Some(new)) if old.id == new.id);
        if !same {
            self.verdict = Verdict::default();
            self.last_report = None;
            self.last_test = None;
        }
        if let Some(credential) = credential {
            self.accounts_seen = self.accounts_seen.max(credential.account_number);
        }
        self.credential = credential.cloned();
    }

    fn apply_organization(&mut self, organization: Option<&ChosenOrganization>) {
        let id = |chosen: Option<&ChosenOrganization>| chosen.map(|chosen| chosen.id.clone());
        if id(self.organization.as_ref()) != id(organization) {
            self.last_test = None;
        }
        self.organization = organization.cloned();
    }

    fn end_session(&mut self, credential_id: &str) {
        if self.holds(credential_id) {
            self.apply_credential(None);
            self.attempt = None;
            self.pending_claims = None;
            self.apply_organization(None);
            self.done.retain(|known| !Stage::NEED_A_CREDENTIAL.contains(&known.stage));
        }
    }

    /// Whether this credential is the one in use.
    #[must_use]
    pub fn holds(&self, credential_id: &str) -> bool {
        self.credential.as_ref().is_some_and(|credential| credential.id == credential_id)
    }

    /// The account that the status speaks of: who signed in, or before that the saved name.
    #[must_use]
    pub fn account(&self) -> Option<&str> {
        let signed_in = self.credential.as_ref().and_then(|credential| credential.signed_in_as.as_deref());
        signed_in.or(self.settings.username.as_ref().map(MicrosoftUsername::as_str))
    }

    /// The word of the connection.
    #[must_use]
    pub fn word(&self) -> Word {
        if self.credential.is_some() { self.verdict.word() } else { Word::NotConnected }
    }

    /// The failure that explains the word, or the last sign-in where no credential is held.
    #[must_use]
    pub fn failure(&self) -> Option<&Failure> {
        match self.credential {
            Some(_) => self.verdict.failure.as_ref(),
            None => self.attempt.as_ref().and_then(|attempt| attempt.failure.as_ref()),
        }
    }

    /// Whether a step is finished.
    #[must_use]
    pub fn is_done(&self, stage: Stage) -> bool {
        self.done.iter().any(|done| done.stage == stage)
    }

    /// The first unfinished step; `None` before a flow was chosen and behind the last step.
    #[must_use]
    pub fn resume(&self) -> Option<StepCode> {
        let flow = self.settings.flow?;
        flow.steps().find(|step| !self.is_done(step.stage()))
    }

    /// The item with this id that still waits.
    #[must_use]
    pub fn waits_for(&self, id: OpenItemId) -> Option<&OpenItem> {
        self.open_items.iter().find(|item| item.id == id && item.is_open())
    }

    /// Whether the last sign-in or check was refused for want of a second factor, so that asking for one may help.
    #[must_use]
    pub fn second_check_helps(&self) -> bool {
        self.failure().is_some_and(|failure| failure.class == FailureClass::SignInWithMfa)
            && self.credential.as_ref().is_none_or(|credential| !credential.asked.second_check)
    }
}

#[cfg(test)]
mod tests;
