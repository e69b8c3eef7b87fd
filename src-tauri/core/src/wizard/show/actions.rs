//! The bar at the bottom: Back, one other, one primary.

use super::{Shown, button, go_to};
use crate::flow::Activity;
use crate::wizard::navigation::sign_in;
use crate::wizard::possible::may_stop;
use crate::wizard::{Actions, Button, CardView, Press, Primary, ScreenName};
use crate::words::Text;

impl Shown<'_> {
    /// The bar of a screen while something is under way that has to end first; `None` where nothing is.
    pub(super) fn held_up(&self) -> Option<Actions> {
        let offered = matches!(self.state.activity, Activity::SessionOnlyOffered(..));
        if self.state.activity == Activity::Idle {
            return None;
        }
        let to_sign_in = if offered { ScreenName::Authorize } else { ScreenName::LogIn };
        if (offered || sign_in(&self.state.activity).is_some()) && self.may_open(to_sign_in) {
            return Some(self.back_and(go_to("wizard-back-to-sign-in", to_sign_in)));
        }
        let stop = may_stop(self.state).then(|| button("wizard-stop", Press::Stop));
        Some(Actions { other: stop, ..self.back_only() })
    }

    /// Only Back.
    pub(super) fn back_only(&self) -> Actions {
        Actions { back: Some(button("wizard-back", Press::Back)), other: None, primary: None }
    }

    /// Back, and one primary that presses.
    pub(super) fn back_and(&self, primary: Button) -> Actions {
        Actions { primary: Some(Primary::Press { button: primary }), ..self.back_only() }
    }

    /// Back, and one primary that sends the form.
    pub(super) fn back_and_submit(&self, label: &'static str) -> Actions {
        Actions { primary: Some(Primary::Submit { label: Text::new(label) }), ..self.back_only() }
    }

    /// The button of a card takes the place of the screen's own primary, which becomes the second choice where it is
    /// worth one.
    pub(super) fn with_card(&self, card: Option<&CardView>, own: Option<Button>) -> Actions {
        match (card.and_then(|card| card.button.clone()), own) {
            (Some(first), own) => {
                let other = own.filter(|own| own.press != first.press);
                Actions { other, ..self.back_and(first) }
            }
            (None, Some(own)) => self.back_and(own),
            (None, None) => self.back_only(),
        }
    }
}
