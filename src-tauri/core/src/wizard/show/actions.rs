//! The bar at the bottom: Back, one other, one primary.

use super::{Shown, button};
use crate::wizard::{Actions, Button, CardView, Press, Primary};
use crate::words::Text;

impl Shown<'_> {
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
