//! Connection status.

use super::{Content, Shown, button};
use crate::flow::Activity;
use crate::step::{Flow, Stage};
use crate::view::{self, CheckView, Mark};
use crate::wizard::{Actions, Body, CardView, Press, VerifyBody};
use crate::words::Text;

impl Shown<'_> {
    pub(super) fn verify(&self, card: Option<&CardView>) -> Content {
        let migration = self.flow() == Flow::Migration;
        let body = Body::Verify(VerifyBody {
            status: self.status_panel(),
            checks: self.probe_checks(),
            note: Text::new("note-power-automate.body"),
            power_automate: migration.then(|| self.power_automate()),
        });
        Content { body, actions: self.verify_actions(card) }
    }

    /// What was found out today leads on; what is too old is looked at first.
    fn verify_actions(&self, card: Option<&CardView>) -> Actions {
        if let Some(actions) = self.held_up() {
            return actions;
        }
        let go_on = self.is_finished(Stage::Verify).then(|| button("wizard-continue", Press::Continue));
        if card.is_some() {
            return self.with_card(card, go_on);
        }
        match (self.mark(), go_on) {
            (Mark::Active, Some(go_on)) => self.back_and(go_on),
            (_, other) => Actions { other, ..self.with_card(None, self.check_button()) },
        }
    }

    /// While checks run, those that have ended.
    fn probe_checks(&self) -> Vec<CheckView> {
        if let Activity::Checking { ended, .. } = &self.state.activity {
            return ended.iter().map(view::check).collect();
        }
        self.last_checks()
    }
}
