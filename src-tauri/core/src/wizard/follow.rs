//! Where the window moves by itself after the flow has moved.

use super::navigation::{may_open, sign_in};
use super::opened::Opened;
use super::{Order, ScreenName, Tone, Wizard};
use crate::check::CheckKind;
use crate::flow::{Activity, State};
use crate::status::Word;
use crate::step::Stage;
use crate::words::{Text, Words};

impl Wizard {
    /// Moves on after the flow has moved. Several events may lie between the two states.
    pub fn follow(&mut self, before: &State, after: &State) -> Vec<Order> {
        self.close_what_is_over(after);
        let mut orders = if self.was_disconnected(before, after) {
            self.after_disconnect(after)
        } else if let Some(orders) = self.follow_sign_in(before, after) {
            orders
        } else {
            self.follow_check(before, after);
            Vec::new()
        };
        // A check may have undone the steps in the browser while they were looked at.
        if self.screen.is_in_browser() && !may_open(self.screen, after) {
            orders.extend(self.head_on(after));
        }
        orders.extend(self.list_when_idle(after));
        orders
    }

    /// The question about the browser ends with the wait.
    fn close_what_is_over(&mut self, after: &State) {
        let asks = matches!(self.dialog, Some(Opened::BrowserShows { .. }));
        if asks && !matches!(after.activity, Activity::Waiting(_)) {
            self.dialog = None;
        }
        if self.dialog == Some(Opened::Test) && after.record.last_test.is_none() {
            self.dialog = None;
        }
    }

    fn follow_sign_in(&mut self, before: &State, after: &State) -> Option<Vec<Order>> {
        let under_way = |state: &State| sign_in(&state.activity).map(|plan| plan.attempt);
        let was_under_way = under_way(before).is_some() || is_offered(before);
        let is_another = before.last_attempt != after.last_attempt;
        if let Some(attempt) = under_way(after) {
            if asks_for_account(after) && !asks_for_account(before) {
                return Some(self.ask_for_account(after));
            }
            let began = under_way(before) != Some(attempt);
            return began.then(|| self.show(ScreenName::LogIn, after));
        }
        if is_offered(after) {
            let offered = is_another || !is_offered(before);
            return offered.then(|| self.show(ScreenName::Authorize, after));
        }
        (was_under_way || is_another).then(|| self.sign_in_ended(after))
    }

    /// Nothing goes on before it is answered: the person is led there, unless that would lose what they are typing.
    fn ask_for_account(&mut self, after: &State) -> Vec<Order> {
        let types = matches!(self.screen, ScreenName::Contact | ScreenName::Open | ScreenName::Organization);
        if self.screen.is_in_browser() || !(types || self.dialog.is_some()) {
            return self.enter(ScreenName::LogIn, after);
        }
        if let Some(flow) = after.record.settings.flow {
            let step = flow.step(Stage::LogIn).number();
            self.messages.say(Tone::Warning, Text::new("wizard-account-question").with("step", step));
        }
        Vec::new()
    }

    /// Kept: the status decides. Failed: the one step to do again, with its card.
    fn sign_in_ended(&mut self, after: &State) -> Vec<Order> {
        let failed = after.record.attempt.as_ref().and_then(|attempt| attempt.failure.as_ref());
        let Some(failure) = failed else {
            let orders = self.show(ScreenName::Verify, after);
            self.acted = true;
            return orders;
        };
        let renames = failure.redo(Stage::Authorize) == Some(Stage::Username);
        self.show(if renames { ScreenName::Username } else { ScreenName::Authorize }, after)
    }

    /// Whoever looks at Status stays there and finds the screen when they go back.
    fn show(&mut self, screen: ScreenName, after: &State) -> Vec<Order> {
        if self.screen == ScreenName::Status {
            self.left = screen;
            return Vec::new();
        }
        self.enter(screen, after)
    }

    /// A test has its pop-up where it was begun; what else ends is said, once, to whoever pressed.
    fn follow_check(&mut self, before: &State, after: &State) {
        let report = after.record.last_report.as_ref();
        let is_new = before.record.last_report.as_ref() != report;
        let Some(report) = report.filter(|_| is_new && !is_checking(after)) else { return };
        let status = Words::plain().say(&Text::status(after.record.word()));
        match report.kind {
            CheckKind::Test if self.screen == ScreenName::Test => self.dialog = Some(Opened::Test),
            CheckKind::Probe if !self.acted => {}
            CheckKind::Test | CheckKind::Probe => {
                let good = after.record.word() == Word::Active;
                let tone = if good { Tone::Good } else { Tone::Warning };
                self.messages.say(tone, Text::new("wizard-checked").with("status", status));
            }
        }
    }

    fn was_disconnected(&self, before: &State, after: &State) -> bool {
        let gone = before.record.credential.is_some() && after.record.credential.is_none();
        let ended = before.activity == Activity::Disconnecting || (self.disconnecting.is_some() && gone);
        ended && after.activity != Activity::Disconnecting
    }

    /// Removed: Start. Not removed: Status says why.
    fn after_disconnect(&mut self, after: &State) -> Vec<Order> {
        if after.record.credential.is_some() {
            return self.enter(ScreenName::Status, after);
        }
        self.disconnecting = None;
        self.listed_for = None;
        self.saved_report = None;
        let orders = self.enter(ScreenName::Start, after);
        self.messages.say(Tone::Good, Text::new("wizard-disconnected"));
        orders
    }
}

fn asks_for_account(state: &State) -> bool {
    matches!(state.activity, Activity::AccountQuestion { .. })
}

fn is_checking(state: &State) -> bool {
    matches!(state.activity, Activity::Checking { .. })
}

fn is_offered(state: &State) -> bool {
    matches!(state.activity, Activity::SessionOnlyOffered(..))
}
