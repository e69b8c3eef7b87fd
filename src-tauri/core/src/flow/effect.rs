//! What the flow wants done in the world.

use std::time::Duration;

use crate::check::CheckKind;
use crate::identity::{Credential, Identity};
use crate::ports::{AttemptId, AuthorizationRequest, SignInAddress};
use crate::record::Change;
use crate::step::Flow;

/// The times of the waiting state.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum WaitMark {
    /// 8 s: point to the other ways.
    Nudge,
    /// 60 s: the page may stand in another window or desktop.
    Long,
    /// 10 minutes: ask "Keep waiting?".
    Ask,
    /// 30 minutes: end.
    End,
}

impl WaitMark {
    /// All marks, in order.
    pub const ALL: [Self; 4] = [Self::Nudge, Self::Long, Self::Ask, Self::End];

    /// How long after the start of the wait it comes.
    #[must_use]
    pub fn after(self) -> Duration {
        match self {
            Self::Nudge => Duration::from_secs(8),
            Self::Long => Duration::from_secs(60),
            Self::Ask => Duration::from_secs(10 * 60),
            Self::End => Duration::from_secs(30 * 60),
        }
    }
}

/// What a run of checks needs to know.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CheckPlan {
    /// Probe or test.
    pub kind: CheckKind,
    /// The flow decides whether the webhook is looked at.
    pub flow: Flow,
    /// The credential to check.
    pub credential: Credential,
    /// The account's name, compared with the teams of referrals.
    pub username: String,
    /// The chosen organization's id.
    pub organization: Option<String>,
}

/// One thing to do. Each but `Commit`, `End`, `Discard` and `Stop` answers with an event.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Effect {
    /// Keep these changes, in one transaction, before what follows is done.
    Commit(Vec<Change>),
    /// Try the keychain.
    ProbeKeychain(AttemptId),
    /// See whether a deep link arrives here; without an answer in 2 s it does not.
    ProveDeepLink(AttemptId),
    /// Make an address and open the way back.
    Begin(AuthorizationRequest),
    /// Open the browser.
    OpenBrowser(AttemptId, SignInAddress),
    /// Tell when a time of the waiting state has come.
    Wake(AttemptId, WaitMark),
    /// Wait for the browser's answer.
    AwaitAnswer(AttemptId),
    /// Redeem the code.
    Redeem(AttemptId),
    /// Put the attempt's credential into the keychain, or into memory alone.
    Keep {
        /// Of which attempt.
        attempt: AttemptId,
        /// Whose it is.
        identity: Identity,
        /// Memory alone.
        session_only: bool,
    },
    /// Close the way back of an attempt and forget its secrets.
    End(AttemptId),
    /// Run the checks.
    Check(CheckPlan),
    /// Run the pre-flight with this number, beside everything else. `Stop` does not end it.
    Preflight(u64),
    /// Read the organizations.
    ListOrganizations(CheckPlan),
    /// Remove the credential from keychain and memory.
    Forget {
        /// Passed back with the answer.
        wipe: bool,
    },
    /// Stop what is running; a token exchange that is under way is finished first.
    Stop,
}
