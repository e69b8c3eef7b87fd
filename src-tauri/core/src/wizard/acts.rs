//! The presses that are intents of the flow: signing in, checking, disconnecting.

use super::navigation::may_open;
use super::opened::Opened;
use super::possible::{is_waiting, may_authorize, may_check, may_disconnect, may_stop};
use super::presses::{Turn, given};
use super::{Order, ScreenName};
use crate::check::CheckKind;
use crate::flow::{AccountAnswer, Activity, Intent};

impl Turn<'_> {
    /// Whether the browser has it.
    pub(super) fn waits(&self) -> bool {
        is_waiting(self.state)
    }

    pub(super) fn while_waiting(&mut self, intent: Intent) -> Vec<Order> {
        let waits = self.waits();
        if waits {
            self.wizard.dialog = None;
        }
        given(waits, Order::Intend(intent))
    }

    pub(super) fn authorize(&mut self, second_check: bool) -> Vec<Order> {
        if !may_authorize(self.state) {
            return Vec::new();
        }
        self.wizard.dialog = None;
        vec![Order::Intend(Intent::Authorize { second_check, session_only: false })]
    }

    pub(super) fn use_session_only(&self) -> Vec<Order> {
        let offered = matches!(self.state.activity, Activity::SessionOnlyOffered(..));
        given(offered, Order::Intend(Intent::UseSessionOnly))
    }

    pub(super) fn answer(&self, answer: AccountAnswer) -> Vec<Order> {
        let asked = matches!(self.state.activity, Activity::AccountQuestion { .. });
        given(asked, Order::Intend(Intent::AnswerAccount(answer)))
    }

    /// What the browser was said to show is kept as the reason.
    pub(super) fn stop(&mut self) -> Vec<Order> {
        let shown = match &self.wizard.dialog {
            Some(Opened::BrowserShows { .. }) => self.shown().browser_failure(),
            _ => None,
        };
        self.wizard.dialog = None;
        let intent = shown.filter(|_| self.waits()).map_or(Intent::Cancel, Intent::BrowserShowed);
        given(may_stop(self.state), Order::Intend(intent))
    }

    /// A test is shown on its own screen where that can be opened; elsewhere the status alone is looked at.
    pub(super) fn check(&mut self, kind: CheckKind) -> Vec<Order> {
        if !may_check(self.state) {
            return Vec::new();
        }
        self.wizard.dialog = None;
        let mut orders = Vec::new();
        let can_test = self.wizard.screen == ScreenName::Test || may_open(ScreenName::Test, self.state);
        let kind = if can_test { kind } else { CheckKind::Probe };
        if kind == CheckKind::Test && self.wizard.screen != ScreenName::Test {
            orders = self.wizard.enter(ScreenName::Test, self.state);
        }
        self.wizard.acted = true;
        orders.push(Order::Intend(Intent::Check(kind)));
        orders
    }

    pub(super) fn reload(&mut self) -> Vec<Order> {
        if !may_check(self.state) || self.wizard.screen != ScreenName::Organization {
            return Vec::new();
        }
        self.wizard.nothing_chosen = false;
        vec![Order::Intend(Intent::ListOrganizations)]
    }

    pub(super) fn disconnect(&mut self, wipe: bool) -> Vec<Order> {
        if !may_disconnect(self.state) {
            return Vec::new();
        }
        self.wizard.dialog = None;
        self.wizard.disconnecting = Some(wipe);
        vec![Order::Intend(Intent::Disconnect { wipe })]
    }
}
