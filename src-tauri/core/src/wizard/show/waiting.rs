//! The rows of the wait: what has happened, what is waited for, what comes.

use super::Shown;
use crate::flow::Activity;
use crate::present::time_of_day;
use crate::step::Stage;
use crate::wizard::{WaitRow, WaitState};
use crate::words::Text;

impl Shown<'_> {
    /// Nothing here says "signed in" before it is true: a browser that has come back is only that.
    pub(super) fn wait_rows(&self) -> Vec<WaitRow> {
        use WaitState::{Done, Failed, NotStarted, Waiting};
        let opened = self.waiting().filter(|waiting| waiting.browser_opened).map(|waiting| waiting.since);
        let [ready, browser, answer] = match &self.state.activity {
            Activity::Preparing(_) | Activity::ProvingDeepLink(_) | Activity::Beginning(_) => {
                [Waiting, NotStarted, NotStarted]
            }
            Activity::Waiting(waiting) if waiting.browser_failed.is_some() => [Failed, Waiting, NotStarted],
            Activity::Waiting(waiting) if waiting.browser_opened => [Done, Waiting, NotStarted],
            Activity::Waiting(_) => [Waiting, NotStarted, NotStarted],
            Activity::Redeeming(_) | Activity::Keeping { .. } => [Done, Done, Waiting],
            Activity::AccountQuestion { .. } => [Done, Done, Waiting],
            Activity::Idle
            | Activity::SessionOnlyOffered(..)
            | Activity::Checking { .. }
            | Activity::Listing
            | Activity::Disconnecting => return self.finished_rows(),
        };
        let opens = match ready {
            Failed => Text::new("wizard-wait-not-opened"),
            Done => Text::new("wizard-wait-opened"),
            Waiting | NotStarted => Text::new("wizard-wait-opens"),
        };
        vec![
            self.row(opens, ready, opened),
            self.row(self.in_the_browser(browser), browser, None),
            self.row(Text::new(self.answer_row()), answer, None),
        ]
    }

    fn in_the_browser(&self, state: WaitState) -> Text {
        if state == WaitState::Done {
            return Text::new("wizard-wait-came-back");
        }
        Text::new("wizard-wait-for-you")
            .with("log-in", self.number(Stage::LogIn))
            .with("accept", self.number(Stage::Accept))
    }

    fn answer_row(&self) -> &'static str {
        match &self.state.activity {
            Activity::Redeeming(_) => "wizard-wait-checking",
            Activity::Keeping { .. } => "wizard-wait-keeping",
            Activity::AccountQuestion { .. } => "wizard-wait-account",
            Activity::Idle
            | Activity::Preparing(_)
            | Activity::SessionOnlyOffered(..)
            | Activity::ProvingDeepLink(_)
            | Activity::Beginning(_)
            | Activity::Waiting(_)
            | Activity::Checking { .. }
            | Activity::Listing
            | Activity::Disconnecting => "wizard-wait-return",
        }
    }

    /// Both steps are finished: when the sign-in of today came.
    fn finished_rows(&self) -> Vec<WaitRow> {
        let Some(credential) = &self.state.record.credential else { return Vec::new() };
        let text = Text::new("wizard-wait-finished");
        vec![self.row(text, WaitState::Done, Some(credential.obtained_at))]
    }

    fn row(&self, text: Text, state: WaitState, at: Option<jiff::Timestamp>) -> WaitRow {
        let state_label = Text::new(match state {
            WaitState::Done => "wizard-wait-state-done",
            WaitState::Waiting => "wizard-wait-state-waiting",
            WaitState::NotStarted => "wizard-rail-not-started",
            WaitState::Failed => "result-failed",
        });
        let time = at.map(|at| time_of_day(at, &self.around.zone));
        WaitRow { text, state, state_label, time }
    }
}
