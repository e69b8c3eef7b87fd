//! From where the person stands to what is drawn. Reads everything, changes nothing.

mod actions;
mod authorize;
mod browser;
mod cards;
mod computer;
mod dialogs;
mod done;
mod forms;
mod frame;
mod open_items;
mod organization;
mod outside;
mod rail;
mod start;
mod status;
mod test;
mod test_result;
mod verify;
mod waiting;

use jiff::Timestamp;

use super::navigation::may_open;
use super::{Actions, Body, Button, CardView, Press, Screen, ScreenName, Surroundings, Wizard};
use crate::flow::State;
use crate::step::{Flow, Stage};
use crate::view;
use crate::words::Text;

/// Everything that a page is made of.
#[derive(Clone, Copy)]
pub(super) struct Shown<'a> {
    pub(super) wizard: &'a Wizard,
    pub(super) state: &'a State,
    pub(super) around: &'a Surroundings,
    pub(super) now: Timestamp,
}

/// The part of a page that belongs to its screen alone.
struct Content {
    body: Body,
    actions: Actions,
}

impl Shown<'_> {
    /// The whole page.
    pub(super) fn screen(&self) -> Screen {
        let card = self.card();
        let Content { body, actions } = self.content(card.as_ref());
        let mark = self.mark();
        Screen {
            name: self.wizard.screen,
            environment: super::EnvironmentView::of(self.around),
            state_code: self.state_code(),
            mark,
            headline: self.headline(),
            flow: self.flow_name(),
            rail: self.rail(),
            step: self.step_head(),
            title: self.title(),
            purpose: self.purpose(),
            qualifiers: view::qualifiers(self.state).into_iter().map(view::qualifier).collect(),
            message: self.wizard.messages.shown(),
            card,
            body,
            open_items: self.open_items(),
            open_count: self.open_count(),
            actions,
            dialog: self.dialog(),
        }
    }

    fn content(&self, card: Option<&CardView>) -> Content {
        match self.wizard.screen {
            ScreenName::Start => self.start(),
            ScreenName::Contact => self.contact(),
            ScreenName::Open => self.open(),
            ScreenName::Username => self.username(card),
            ScreenName::Authorize => self.authorize(card),
            ScreenName::LogIn | ScreenName::Accept => self.browser(card),
            ScreenName::Verify => self.verify(card),
            ScreenName::Organization => self.organization(card),
            ScreenName::Test => self.test(card),
            ScreenName::Done => self.done(card),
            ScreenName::Status => self.status(card),
        }
    }

    /// The flow that was chosen; New users before.
    fn flow(&self) -> Flow {
        self.state.record.settings.flow.unwrap_or(Flow::NewUsers)
    }

    fn is_finished(&self, stage: Stage) -> bool {
        self.state.record.is_done(stage)
    }

    fn may_open(&self, screen: ScreenName) -> bool {
        may_open(screen, self.state)
    }
}

/// Something to press.
fn button(label: &'static str, press: Press) -> Button {
    labelled(Text::new(label), press)
}

/// Something to press, with a label that is a text already. Whatever begins a sign-in leaves for the browser.
fn labelled(label: Text, press: Press) -> Button {
    let opens_browser = matches!(
        press,
        Press::Authorize | Press::AskForSecondCheck | Press::OpenBrowserAgain | Press::OpenLink { .. }
    );
    Button { label, press, opens_browser }
}

/// Leads to a screen.
fn go_to(label: &'static str, screen: ScreenName) -> Button {
    button(label, Press::GoTo { screen })
}
