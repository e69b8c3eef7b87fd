//! The steps of the flow, and how far each is.

use super::Shown;
use crate::failure::{Actor, Failure};
use crate::flow::Activity;
use crate::step::{Stage, StepCode};
use crate::wizard::navigation::sign_in;
use crate::wizard::{Press, RailRow, RailState, ScreenName};
use crate::words::Text;

impl Shown<'_> {
    /// Nothing on Start: there the flow is chosen.
    pub(super) fn rail(&self) -> Vec<RailRow> {
        let flow = self.state.record.settings.flow.filter(|_| self.wizard.screen != ScreenName::Start);
        flow.into_iter().flat_map(|flow| flow.steps()).map(|step| self.rail_row(step)).collect()
    }

    fn rail_row(&self, step: StepCode) -> RailRow {
        let screen = ScreenName::of(step.stage());
        let state = self.rail_state(step.stage());
        let is_shown = screen == self.wizard.screen;
        RailRow {
            code: step.to_string(),
            number: step.number(),
            label: Text::step(step.stage(), "rail"),
            state,
            state_label: Text::new(state_label(state)),
            is_shown,
            open: (!is_shown && self.may_open(screen)).then_some(Press::GoTo { screen }),
        }
    }

    fn rail_state(&self, stage: Stage) -> RailState {
        let record = &self.state.record;
        let under_way = sign_in(&self.state.activity).is_some();
        let current = record.resume().map(StepCode::stage) == Some(stage);
        let again = self.state.failure().is_some_and(|failure| self.has_to_be_redone(failure, stage));
        let offered = matches!(self.state.activity, Activity::SessionOnlyOffered(..));
        let in_browser = ScreenName::of(stage).is_in_browser();
        if under_way && in_browser {
            RailState::Waiting
        } else if under_way && stage == Stage::Authorize {
            RailState::Done
        } else if !under_way && (again || (offered && stage == Stage::Authorize)) {
            RailState::NeedsAttention
        } else if record.is_done(stage) {
            RailState::Done
        } else if current {
            RailState::Current
        } else {
            RailState::NotStarted
        }
    }

    /// Whether the failure sends the person to this step, which was finished or is the one that failed. A sign-in that
    /// the person stopped is nothing to look at.
    fn has_to_be_redone(&self, failure: &Failure, stage: Stage) -> bool {
        let redo = self.state.redo().map(StepCode::stage) == Some(stage);
        let by_support = matches!(failure.actor(), Actor::Us);
        let current = self.state.record.resume().map(StepCode::stage) == Some(stage);
        redo || (by_support && current)
    }
}

fn state_label(state: RailState) -> &'static str {
    match state {
        RailState::NotStarted => "wizard-rail-not-started",
        RailState::Current => "wizard-rail-current",
        RailState::Done => "wizard-rail-done",
        RailState::NeedsAttention => "wizard-rail-needs-attention",
        RailState::Waiting => "wizard-rail-waiting",
    }
}
