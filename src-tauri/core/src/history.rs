//! The append-only record of what happened.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::failure::{Failure, FailureClass};
use crate::step::StepCode;

/// What an entry tells.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum What {
    /// The username was saved.
    UsernameSaved,
    /// A sign-in was begun.
    SignInStarted,
    /// A sign-in ended with a credential.
    SignedIn,
    /// A sign-in failed.
    SignInFailed,
    /// A sign-in was cancelled.
    SignInCancelled,
    /// A sign-in was under way when the program ended.
    Interrupted,
    /// Another account signed in and the person was asked.
    AccountQuestion,
    /// The credential was put into the keychain.
    CredentialSaved,
    /// The credential could not be put into the keychain.
    CredentialNotSaved,
    /// The status was checked.
    Checked,
    /// The connection was tested.
    Tested,
    /// An organization was chosen.
    OrganizationChosen,
    /// Something was asked of somebody else.
    OpenItemAdded,
    /// What was asked for arrived.
    OpenItemArrived,
    /// The connection was forgotten.
    Disconnected,
    /// The connection could not be forgotten.
    NotDisconnected,
    /// The organizations could not be read.
    OrganizationsNotRead,
}

impl What {
    /// All kinds of entries.
    pub const ALL: [Self; 17] = [
        Self::UsernameSaved,
        Self::SignInStarted,
        Self::SignedIn,
        Self::SignInFailed,
        Self::SignInCancelled,
        Self::Interrupted,
        Self::AccountQuestion,
        Self::CredentialSaved,
        Self::CredentialNotSaved,
        Self::Checked,
        Self::Tested,
        Self::OrganizationChosen,
        Self::OpenItemAdded,
        Self::OpenItemArrived,
        Self::Disconnected,
        Self::NotDisconnected,
        Self::OrganizationsNotRead,
    ];

    /// The word in files and JSON, such as `signed-in`.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::UsernameSaved => "username-saved",
            Self::SignInStarted => "sign-in-started",
            Self::SignedIn => "signed-in",
            Self::SignInFailed => "sign-in-failed",
            Self::SignInCancelled => "sign-in-cancelled",
            Self::Interrupted => "interrupted",
            Self::AccountQuestion => "account-question",
            Self::CredentialSaved => "credential-saved",
            Self::CredentialNotSaved => "credential-not-saved",
            Self::Checked => "checked",
            Self::Tested => "tested",
            Self::OrganizationChosen => "organization-chosen",
            Self::OpenItemAdded => "open-item-added",
            Self::OpenItemArrived => "open-item-arrived",
            Self::Disconnected => "disconnected",
            Self::NotDisconnected => "not-disconnected",
            Self::OrganizationsNotRead => "organizations-not-read",
        }
    }
}

/// One entry. It names no person and holds no body of any answer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct HistoryEntry {
    /// When, in UTC.
    pub at: Timestamp,
    /// What.
    pub what: What,
    /// On which step.
    pub step: Option<StepCode>,
    /// Which account, by number.
    pub account_number: Option<u32>,
    /// How it ended: a word such as `passed`, `active`, or an open item's id.
    pub result: Option<String>,
    /// The failure class.
    pub class: Option<FailureClass>,
    /// The code behind the class.
    pub code: Option<String>,
    /// The id for Microsoft's support.
    pub correlation_id: Option<String>,
}

impl HistoryEntry {
    /// An entry with a time and nothing else known.
    #[must_use]
    pub fn new(at: Timestamp, what: What) -> Self {
        Self {
            at,
            what,
            step: None,
            account_number: None,
            result: None,
            class: None,
            code: None,
            correlation_id: None,
        }
    }

    /// The same entry on a step.
    #[must_use]
    pub fn on(mut self, step: Option<StepCode>) -> Self {
        self.step = step;
        self
    }

    /// The same entry for an account.
    #[must_use]
    pub fn of_account(mut self, number: Option<u32>) -> Self {
        self.account_number = number;
        self
    }

    /// The same entry with its result.
    #[must_use]
    pub fn ending(mut self, result: &str) -> Self {
        self.result = Some(result.to_owned());
        self
    }

    /// The same entry with a failure's class, code and correlation id.
    #[must_use]
    pub fn because(mut self, failure: Option<&Failure>) -> Self {
        self.class = failure.map(|failure| failure.class);
        self.code = failure.and_then(|failure| failure.code.clone());
        self.correlation_id = failure.and_then(|failure| failure.correlation_id.clone());
        self
    }
}
