//! Done: who does what next.

use super::{Content, Shown, button, go_to};
use crate::report;
use crate::step::Flow;
use crate::view::Mark;
use crate::wizard::{Actions, Body, CardView, CopyWhat, DoneBody, Press, ScreenName};
use crate::words::Text;

impl Shown<'_> {
    pub(super) fn done(&self, card: Option<&CardView>) -> Content {
        let body = Body::Done(DoneBody {
            lead: self.lead(),
            status: self.status_panel(),
            next: self.next_steps(),
            mail: report::mail(&self.about()),
            report: vec![
                button("wizard-copy-report", Press::Copy { what: CopyWhat::MailReport }),
                button("wizard-save-report", Press::SaveReport),
            ],
            saved_at: self
                .wizard
                .saved_report
                .as_ref()
                .map(|path| Text::new("wizard-report-saved").with("path", path)),
        });
        Content { body, actions: self.done_actions(card) }
    }

    fn done_actions(&self, card: Option<&CardView>) -> Actions {
        let close = button("wizard-close", Press::Close);
        let status = go_to("wizard-view-status", ScreenName::Status);
        if card.is_some_and(|card| card.button.is_some()) {
            return self.with_card(card, Some(close));
        }
        match self.check_button().filter(|_| self.mark() == Mark::Stale) {
            Some(check) => Actions { other: Some(close), ..self.back_and(check) },
            None => Actions { other: Some(status), ..self.back_and(close) },
        }
    }

    /// What is waited for and a status that is not Active are said first.
    fn lead(&self) -> Text {
        let working = self.mark() == Mark::Active;
        match (working, self.open_count()) {
            (false, _) => Text::new("wizard-done-not-active"),
            (true, 0) => Text::new("wizard-done"),
            (true, 1) => Text::new("wizard-done-one-open"),
            (true, count) => Text::new("wizard-done-open").with("count", count),
        }
    }

    /// What is waited for stands beside it, with who acts.
    fn next_steps(&self) -> Vec<Text> {
        let contact = self.state.record.settings.contact.clone();
        let of_flow = match (self.flow(), contact) {
            (_, Some(name)) => Text::new("wizard-next-send-to").with("name", name),
            (Flow::NewUsers, None) => Text::new("wizard-next-send-services"),
            (Flow::Migration, None) => Text::new("wizard-next-send-support"),
        };
        vec![of_flow, Text::new("wizard-next-ask")]
    }
}
