//! The wait for the browser: what the clock says of it, and its ways out.

use super::{Activity, Effect, Turn, WaitMark, Waiting};
use crate::failure::{Failure, FailureClass};
use crate::history::What;
use crate::ports::AttemptId;

impl Turn {
    pub(super) fn browser_opened(&mut self, attempt: AttemptId, result: Result<(), Failure>) {
        let Some(waiting) = self.waiting(attempt) else { return };
        waiting.browser_opened |= result.is_ok();
        waiting.browser_failed = result.err();
        if let Some(failure) = waiting.browser_failed.clone() {
            self.note(self.entry(What::SignInFailed).because(Some(&failure)));
        }
    }

    pub(super) fn open_browser_again(&mut self) {
        if let Activity::Waiting(waiting) = &self.state.activity {
            let effect = Effect::OpenBrowser(waiting.plan.attempt, waiting.address.clone());
            self.act(effect);
        }
    }

    pub(super) fn keep_waiting(&mut self) {
        if let Activity::Waiting(waiting) = &mut self.state.activity {
            waiting.asked_to_keep_waiting = false;
        }
    }

    /// The question whose account it is comes while the same clock runs, and ends with it.
    pub(super) fn woke(&mut self, attempt: AttemptId, mark: WaitMark) {
        let asks =
            matches!(&self.state.activity, Activity::AccountQuestion { plan, .. } if plan.attempt == attempt);
        if asks && mark == WaitMark::End {
            self.attempt_failed(Failure::of(FailureClass::WrongAccount).with_code("30 minutes"));
        }
        let Some(waiting) = self.waiting(attempt) else { return };
        match mark {
            WaitMark::Nudge => waiting.nudged = true,
            WaitMark::Long => waiting.long = true,
            WaitMark::Ask => waiting.asked_to_keep_waiting = true,
            WaitMark::End => {
                self.attempt_failed(Failure::of(FailureClass::RestartSignIn).with_code("30 minutes"));
            }
        }
    }

    pub(super) fn waiting(&mut self, attempt: AttemptId) -> Option<&mut Waiting> {
        match &mut self.state.activity {
            Activity::Waiting(waiting) if waiting.plan.attempt == attempt => Some(waiting),
            Activity::Idle
            | Activity::Preparing(_)
            | Activity::SessionOnlyOffered(..)
            | Activity::ProvingDeepLink(_)
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
}
