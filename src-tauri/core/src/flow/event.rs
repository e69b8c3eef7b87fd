//! What can happen.

use jiff::Timestamp;

use super::effect::WaitMark;
use super::preflight::PreflightRow;
use crate::check::{Check, CheckKind, Report};
use crate::failure::Failure;
use crate::identity::SignedIn;
use crate::open_item::OpenItemId;
use crate::organization::OrganizationList;
use crate::ports::{AttemptId, SignInAddress};
use crate::record::Settings;
use crate::step::Stage;
use crate::username::{AccountKind, MicrosoftUsername};

/// Something that happened at a time.
#[derive(Clone, Debug)]
pub struct Event {
    /// When.
    pub at: Timestamp,
    /// What.
    pub kind: EventKind,
}

/// The answer to the question which account to use.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AccountAnswer {
    /// Sign in once more, as the saved account.
    SignInAsSaved,
    /// Use the account that signed in.
    UseSignedIn,
}

/// What a person wants.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Intent {
    /// The program was opened: whatever an earlier run left half-way is named.
    Resume,
    /// Keep what the person told: the flow chosen on Start, what NEW-1 asks for, or all at once. It finishes NEW-1 and
    /// NEW-2 only where it brings another username than the saved one.
    Settings(Settings),
    /// Save in the Edit pop-up, also of the same name: finishes NEW-2.
    SaveUsername {
        /// The name.
        username: MicrosoftUsername,
        /// Whose account it is.
        kind: AccountKind,
    },
    /// A step without work of its own was read and continued.
    FinishStep(Stage),
    /// Support was contacted (MIG-1).
    ContactedSupport {
        /// Support's reference, if one was given.
        reference: Option<String>,
    },
    /// Somebody was asked for something, with the message sent. Asking again does not restart the clock. The note of
    /// `FlowsOff` is the names of the flows and stays.
    ItemAsked(OpenItemId, Option<String>),
    /// What was waited for is there.
    OpenItemArrived(OpenItemId),
    /// The names of the Power Automate flows, one a line: the note of `FlowsOff`.
    SaveFlowNames(String),
    /// The Power Automate flows were turned off.
    FlowsTurnedOff {
        /// By whom.
        by: String,
    },
    /// "Mine is not listed."
    CompanyNotListed {
        /// Name and Partner ID.
        note: String,
    },
    /// Start a sign-in.
    Authorize {
        /// Ask Microsoft for a second check.
        second_check: bool,
        /// The person chose a credential that ends with the process.
        session_only: bool,
    },
    /// Go on although the keychain does not answer.
    UseSessionOnly,
    /// Open the browser once more for the same attempt.
    OpenBrowserAgain,
    /// Take the loopback for this attempt. Where that leads to a sign-in, later attempts take it at once.
    UseAnotherWay,
    /// Go on waiting after ten minutes.
    KeepWaiting,
    /// Answer the account question.
    AnswerAccount(AccountAnswer),
    /// Stop what is under way.
    Cancel,
    /// The browser showed why this attempt will bring no answer: that ends it.
    BrowserShowed(Failure),
    /// See whether this computer is ready. Needs no connection and disturbs nothing; once at a time.
    Preflight,
    /// Check the status or test the connection.
    Check(CheckKind),
    /// Read the organizations.
    ListOrganizations,
    /// Choose one.
    SelectOrganization {
        /// Its id.
        id: String,
    },
    /// Forget the connection on this computer.
    Disconnect {
        /// The history too.
        wipe: bool,
    },
    /// The program is about to end: what it held in memory alone ends with it.
    Leave,
}

/// What happened.
#[derive(Clone, Debug)]
pub enum EventKind {
    /// A person wants something.
    Intent(Intent),
    /// The keychain's dummy was written and read, or not.
    KeychainProbed {
        /// For which attempt.
        attempt: AttemptId,
        /// Whether it worked.
        result: Result<(), Failure>,
    },
    /// A deep link arrived here by the system, or not.
    DeepLinkProven {
        /// For which attempt.
        attempt: AttemptId,
        /// Whether it did.
        result: Result<(), Failure>,
    },
    /// The attempt has an address.
    Begun {
        /// Which attempt.
        attempt: AttemptId,
        /// The address to open.
        result: Result<SignInAddress, Failure>,
    },
    /// The browser was started, or not.
    BrowserOpened {
        /// For which attempt.
        attempt: AttemptId,
        /// Whether it worked.
        result: Result<(), Failure>,
    },
    /// A time of the waiting state has come.
    Woke {
        /// For which attempt.
        attempt: AttemptId,
        /// Which.
        mark: WaitMark,
    },
    /// The browser brought an answer.
    Answered {
        /// For which attempt.
        attempt: AttemptId,
        /// A code, or what Microsoft said instead.
        result: Result<(), Failure>,
    },
    /// The code was redeemed, or not.
    Redeemed {
        /// For which attempt.
        attempt: AttemptId,
        /// The id that the credential gets.
        credential_id: String,
        /// Who signed in.
        result: Result<SignedIn, Failure>,
    },
    /// The credential is in the keychain, or not.
    Kept {
        /// Of which attempt.
        attempt: AttemptId,
        /// Whether it worked.
        result: Result<(), Failure>,
    },
    /// A check of the running report ended; for showing.
    CheckEnded {
        /// The check.
        check: Check,
    },
    /// A row of the pre-flight is known. It may come after the end, from who answered late.
    PreflightRowEnded {
        /// Of which run.
        run: u64,
        /// The row.
        row: PreflightRow,
    },
    /// The time of the pre-flight is over.
    PreflightEnded {
        /// Which run.
        run: u64,
    },
    /// A report is complete.
    Checked {
        /// The report.
        report: Report,
    },
    /// A refreshed credential was written to the keychain, or not.
    CredentialSaved {
        /// Which credential.
        credential_id: String,
        /// Whether it worked.
        result: Result<(), Failure>,
    },
    /// The organizations were read, or not.
    Listed {
        /// The list.
        result: Result<OrganizationList, Failure>,
    },
    /// The credential was removed, or not.
    Forgotten {
        /// Whether the history goes too.
        wipe: bool,
        /// Whether it worked.
        result: Result<(), Failure>,
    },
    /// Changes were kept, or not.
    Committed {
        /// Whether it worked.
        result: Result<(), Failure>,
    },
}

impl Event {
    /// An intent at a time.
    #[must_use]
    pub fn intent(at: Timestamp, intent: Intent) -> Self {
        Self { at, kind: EventKind::Intent(intent) }
    }
}
