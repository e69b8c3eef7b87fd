//! Which way the browser's answer comes back.

use super::{Activity, Effect, Plan, Turn};
use crate::failure::Failure;
use crate::ports::{AttemptId, Way};
use crate::record::Change;

impl Turn {
    /// The deep link where the system says that it leads here, unless the other way has proven better.
    pub(super) fn best_way(&self) -> Way {
        let deep_link = self.state.deep_link_available && !self.state.record.prefers_loopback;
        if deep_link { Way::DeepLink } else { Way::Loopback }
    }

    pub(super) fn prove_way(&mut self, plan: Plan) {
        match plan.way {
            Way::Loopback => self.begin(plan),
            Way::DeepLink => {
                self.act(Effect::ProveDeepLink(plan.attempt));
                self.state.activity = Activity::ProvingDeepLink(plan);
            }
        }
    }

    /// What does not arrive is no failure: the loopback stands behind it.
    pub(super) fn deep_link_proven(&mut self, attempt: AttemptId, result: Result<(), Failure>) {
        let Activity::ProvingDeepLink(plan) = self.state.activity.clone() else { return };
        if plan.attempt != attempt {
            return;
        }
        let way = if result.is_ok() { Way::DeepLink } else { Way::Loopback };
        self.begin(Plan { way, ..plan });
    }

    /// The other way back needs another redirect and so another attempt.
    pub(super) fn use_another_way(&mut self) {
        if let Activity::Waiting(waiting) = &self.state.activity {
            let Plan { asked, session_only, fresh_login, .. } = waiting.plan;
            self.begin_attempt(asked.second_check, session_only, fresh_login, Some(Way::Loopback));
        }
    }

    /// The proof shows the system, not the browser's own question before it opens a program: only a sign-in that came
    /// back shows which way works.
    pub(super) fn remember_the_way(&mut self, plan: &Plan) {
        let worth = plan.another_way && self.state.deep_link_available;
        if worth && !self.state.record.prefers_loopback {
            self.change(Change::PrefersLoopback(true));
        }
    }
}
