//! What stands around every screen.

use super::Shown;
use crate::state_code::{self, Place, Said};
use crate::step::{Flow, Stage};
use crate::wizard::{ScreenName, StepHead};
use crate::words::Text;

impl Shown<'_> {
    /// The five characters of what is on the screen: its step, the word, and the class of the card that is shown, else
    /// of the failure that stands.
    pub(super) fn state_code(&self) -> String {
        let shown = self.card_failure().or_else(|| self.state.failure().cloned());
        state_code::encode(&Said {
            rehearsal: self.around.environment.is_rehearsal(),
            place: self.place(),
            word: self.state.record.word(),
            class: shown.map(|failure| failure.class),
        })
    }

    fn place(&self) -> Place {
        let Some(flow) = self.state.record.settings.flow else { return Place::Start };
        match (self.wizard.screen, self.wizard.screen.stage()) {
            (_, Some(stage)) => Place::Step(flow.step(stage)),
            (ScreenName::Start, None) => Place::Start,
            (_, None) => self.state.record.resume().map_or(Place::Done(flow), Place::Step),
        }
    }

    pub(super) fn step_head(&self) -> Option<StepHead> {
        let flow = self.state.record.settings.flow?;
        let step = flow.step(self.wizard.screen.stage()?);
        let of = u8::try_from(flow.stages().len()).unwrap_or(u8::MAX);
        Some(StepHead { code: step.to_string(), number: step.number(), of })
    }

    pub(super) fn flow_name(&self) -> Option<Text> {
        if self.wizard.screen == ScreenName::Start {
            return None;
        }
        self.state.record.settings.flow.map(|flow| match flow {
            Flow::NewUsers => Text::new("wizard-flow-new-users"),
            Flow::Migration => Text::new("wizard-flow-migration"),
        })
    }

    pub(super) fn title(&self) -> Text {
        match (self.wizard.screen, self.wizard.screen.stage()) {
            (_, Some(stage)) => Text::step(stage, "title"),
            (ScreenName::Start, None) => Text::new("wizard-start.title"),
            (ScreenName::Done, None) => self.of_done("title"),
            (_, None) => Text::new("wizard-status.title"),
        }
    }

    pub(super) fn purpose(&self) -> Option<Text> {
        match (self.wizard.screen, self.wizard.screen.stage()) {
            (_, Some(stage)) => Some(Text::step(stage, "purpose")),
            (ScreenName::Start, None) => Some(Text::new("wizard-start.purpose")),
            (ScreenName::Done, None) => Some(self.of_done("purpose")),
            (_, None) => Some(Text::new("wizard-status.purpose")),
        }
    }

    fn of_done(&self, part: &str) -> Text {
        let flow = match self.flow() {
            Flow::NewUsers => "new-users",
            Flow::Migration => "migration",
        };
        Text::new(format!("step-done-{flow}.{part}"))
    }

    /// The number of a step in the chosen flow.
    pub(super) fn number(&self, stage: Stage) -> u8 {
        self.flow().step(stage).number()
    }
}
