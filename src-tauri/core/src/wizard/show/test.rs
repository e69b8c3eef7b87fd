//! Test connection.

use super::{Content, Shown, button, go_to};
use crate::check::{Check, CheckId, CheckKind, CheckResult};
use crate::flow::Activity;
use crate::step::{Flow, Stage};
use crate::view::{self, CheckView};
use crate::wizard::{Actions, Body, Button, CardView, Fact, Press, ScreenName, TestBody};
use crate::words::{Text, Words};

impl Shown<'_> {
    pub(super) fn test(&self, card: Option<&CardView>) -> Content {
        let running = self.running_test().is_some();
        let body = Body::Test(TestBody {
            facts: self.test_facts(),
            running,
            result: if running { None } else { self.test_result() },
            checks: self.test_checks(),
        });
        Content { body, actions: self.test_actions(card) }
    }

    fn test_actions(&self, card: Option<&CardView>) -> Actions {
        if let Some(actions) = self.held_up() {
            return actions;
        }
        let again = button("wizard-test-connection", Press::TestConnection);
        if card.is_none() && self.is_finished(Stage::Test) {
            return Actions { other: Some(again), ..self.back_and(self.finish()) };
        }
        self.with_card(card, Some(again))
    }

    /// To Done, or to what is left to do.
    pub(super) fn finish(&self) -> Button {
        if self.may_open(ScreenName::Done) {
            go_to("wizard-finish", ScreenName::Done)
        } else {
            button("wizard-continue", Press::Continue)
        }
    }

    fn test_facts(&self) -> Vec<Fact> {
        let record = &self.state.record;
        let account = record.account().unwrap_or("–").to_owned();
        let organization = record.organization.as_ref().map_or("–", |chosen| chosen.name.as_str()).to_owned();
        let headline = view::headline(self.state, self.mark(), &self.around.zone);
        vec![
            self.fact("wizard-fact-account", account, Some(ScreenName::Username)),
            self.fact("wizard-fact-organization", organization, Some(ScreenName::Organization)),
            self.fact("wizard-fact-status", Words::plain().say(&headline), None),
        ]
    }

    fn running_test(&self) -> Option<&[Check]> {
        if let Activity::Checking { kind: CheckKind::Test, ended } = &self.state.activity {
            return Some(ended);
        }
        None
    }

    /// Every check in its order, whether it has run or not.
    fn test_checks(&self) -> Vec<CheckView> {
        let all = match self.flow() {
            Flow::NewUsers => CheckId::TEST,
            Flow::Migration => CheckId::MIGRATION_TEST,
        };
        let running = self.running_test();
        let last = self.last_test().map(|report| report.checks.as_slice()).unwrap_or_default();
        let known = running.unwrap_or(last);
        let open = if running.is_some() { "wizard-check-pending" } else { "wizard-check-not-run" };
        all.iter()
            .map(|id| match known.iter().rev().find(|check| check.id == *id) {
                Some(check) => view::check(check),
                None => not_run(*id, open),
            })
            .collect()
    }
}

fn not_run(id: CheckId, label: &'static str) -> CheckView {
    let sentence = Text::new(label);
    CheckView {
        result_label: Text::new(label),
        sentence,
        ..view::check(&Check::ended(id, CheckResult::NotChecked))
    }
}
