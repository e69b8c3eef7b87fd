//! Where the program stands.

use super::preflight::Preflight;
use crate::check::{Check, CheckKind};
use crate::failure::{Actor, Failure};
use crate::identity::{Asked, SignedIn};
use crate::ports::{AttemptId, SignInAddress, Way};
use crate::record::Record;
use crate::step::{Stage, StepCode};

/// What a sign-in is made of, before and while it runs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Plan {
    /// Which attempt.
    pub attempt: AttemptId,
    /// The way back. A deep link is taken only once it was proven for this attempt.
    pub way: Way,
    /// The person pressed "Use another way".
    pub another_way: bool,
    /// Whether the account has to be proven anew.
    pub fresh_login: bool,
    /// What is asked for beyond the usual.
    pub asked: Asked,
    /// Claims to pass back.
    pub claims: Option<String>,
    /// Whether the person chose a credential for this process alone.
    pub session_only: bool,
}

/// The waiting state, as far as time has gone.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Waiting {
    /// The attempt.
    pub plan: Plan,
    /// The address, for opening again and for copying.
    pub address: SignInAddress,
    /// When the wait began.
    pub since: jiff::Timestamp,
    /// Eight seconds have passed.
    pub nudged: bool,
    /// A minute has passed.
    pub long: bool,
    /// Ten minutes have passed and the person has not said "Keep waiting".
    pub asked_to_keep_waiting: bool,
    /// The browser was started.
    pub browser_opened: bool,
    /// The browser could not be started; the address can still be copied.
    pub browser_failed: Option<Failure>,
}

/// What is under way.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Activity {
    /// Nothing.
    #[default]
    Idle,
    /// The keychain is tried before the browser opens.
    Preparing(Plan),
    /// The keychain did not answer; the person may go on for this session only.
    SessionOnlyOffered(Plan, Failure),
    /// A round trip through the system shows whether a deep link arrives here.
    ProvingDeepLink(Plan),
    /// Address and way back are made.
    Beginning(Plan),
    /// The browser has it.
    Waiting(Waiting),
    /// The code is redeemed.
    Redeeming(Plan),
    /// Another account than the saved one signed in.
    AccountQuestion {
        /// The attempt.
        plan: Plan,
        /// The id of the credential to be.
        credential_id: String,
        /// Who signed in.
        signed_in: SignedIn,
    },
    /// The credential is put away.
    Keeping {
        /// The attempt.
        plan: Plan,
        /// The credential's id.
        credential_id: String,
    },
    /// Checks are running.
    Checking {
        /// Probe or test.
        kind: CheckKind,
        /// What has ended so far.
        ended: Vec<Check>,
    },
    /// The organizations are read.
    Listing,
    /// The credential is being removed.
    Disconnecting,
}

/// The whole state.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct State {
    /// What survives closing the program.
    pub record: Record,
    /// What is under way.
    pub activity: Activity,
    /// The provider that this process signs in at, by its name.
    pub authority: String,
    /// Whether this process has a deep link that the system says leads here.
    pub deep_link_available: bool,
    /// The number of the last attempt.
    pub last_attempt: AttemptId,
    /// The last pre-flight of this process. It runs beside everything else and is never stored.
    pub preflight: Option<Preflight>,
    /// Why the last action of the person led nowhere: list, disconnect, selection.
    pub last_failure: Option<Failure>,
    /// Why the history is not being saved, if it is not.
    pub not_saving: Option<Failure>,
    /// Why the credential is not in the keychain, if it is not.
    pub credential_not_saved: Option<Failure>,
}

impl State {
    /// The state of a program that was just started.
    #[must_use]
    pub fn of(record: Record) -> Self {
        Self { record, ..Self::default() }
    }

    /// Whether something is under way that will answer by itself.
    #[must_use]
    pub fn is_busy(&self) -> bool {
        !matches!(
            self.activity,
            Activity::Idle | Activity::SessionOnlyOffered(..) | Activity::AccountQuestion { .. }
        )
    }

    /// The failure that the person has to deal with, newest reason first.
    #[must_use]
    pub fn failure(&self) -> Option<&Failure> {
        if let Activity::SessionOnlyOffered(_, failure) = &self.activity {
            return Some(failure);
        }
        self.last_failure.as_ref().or_else(|| self.record.failure())
    }

    /// Who acts next on a failure.
    #[must_use]
    pub fn actor(&self) -> Option<Actor> {
        self.failure().map(Failure::actor)
    }

    /// The one step to do again.
    #[must_use]
    pub fn redo(&self) -> Option<StepCode> {
        let flow = self.record.settings.flow?;
        let here = self.record.resume().map_or(Stage::Test, StepCode::stage);
        self.failure().and_then(|failure| failure.redo(here)).map(|stage| flow.step(stage))
    }

    pub(super) fn plan(&self) -> Option<&Plan> {
        match &self.activity {
            Activity::Preparing(plan)
            | Activity::SessionOnlyOffered(plan, _)
            | Activity::ProvingDeepLink(plan)
            | Activity::Beginning(plan)
            | Activity::Redeeming(plan)
            | Activity::AccountQuestion { plan, .. }
            | Activity::Keeping { plan, .. } => Some(plan),
            Activity::Waiting(waiting) => Some(&waiting.plan),
            Activity::Idle | Activity::Checking { .. } | Activity::Listing | Activity::Disconnecting => None,
        }
    }
}
