//! "What does the browser show?": from an answer to its class.

use super::opened::Opened;
use super::presses::Turn;
use super::typed::{carries_a_code, pasted};
use super::{BrowserShows, Order, Shown};
use crate::classify;
use crate::failure::{Failure, FailureClass};
use crate::words::Text;

impl Turn<'_> {
    pub(super) fn browser_shows(&mut self, answer: BrowserShows) -> Vec<Order> {
        if self.waits() && matches!(self.wizard.dialog, Some(Opened::BrowserShows { .. })) {
            self.wizard.dialog =
                Some(Opened::BrowserShows { given: Some(answer), read: None, refused: None });
        }
        Vec::new()
    }

    /// A pasted address may carry a sign-in: it is thrown away and the person warned.
    pub(super) fn browser_shows_number(&mut self, text: &str) -> Vec<Order> {
        if !self.waits() || !matches!(self.wizard.dialog, Some(Opened::BrowserShows { .. })) {
            return Vec::new();
        }
        let given = Some(BrowserShows::ErrorNumber);
        let text = pasted(text);
        let (read, refused) = if carries_a_code(&text) {
            (None, Some(Text::new("wizard-browser-carries-a-code")))
        } else if text.trim().is_empty() {
            (None, Some(Text::new("wizard-browser-number-empty")))
        } else {
            (Some(classify::pasted_text(&text)), None)
        };
        self.wizard.dialog = Some(Opened::BrowserShows { given, read, refused });
        Vec::new()
    }
}

impl Shown<'_> {
    /// The failure behind the answer that was given; `None` before one, and where nothing has failed yet.
    pub(super) fn browser_failure(&self) -> Option<Failure> {
        let Some(Opened::BrowserShows { given, read, .. }) = &self.wizard.dialog else { return None };
        match (*given)? {
            BrowserShows::AdminApproval | BrowserShows::RequestForm => {
                Some(Failure::of(FailureClass::ConsentNeeded))
            }
            BrowserShows::PermissionDenied => Some(Failure::of(FailureClass::NotAssigned)),
            BrowserShows::AnotherName => Some(Failure::of(FailureClass::WrongAccount)),
            BrowserShows::ErrorNumber => read.clone(),
            BrowserShows::Nothing => None,
        }
    }
}
