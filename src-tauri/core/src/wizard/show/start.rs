//! Start: what would you like to do?

use super::{Content, Shown};
use crate::step::Flow;
use crate::wizard::navigation::home;
use crate::wizard::{Actions, Body, Choice, FlowChoice, Press, Primary, ScreenName, StartBody};
use crate::words::Text;

impl Shown<'_> {
    pub(super) fn start(&self) -> Content {
        let begun = self.state.record.settings.flow;
        let body = Body::Start(StartBody {
            status: begun.map(|_| self.status_panel()),
            choices: self.choices(begun),
            before_you_begin: Text::new("wizard-before-you-begin"),
        });
        let primary = Some(Primary::Submit { label: Text::new("wizard-continue") });
        Content { body, actions: Actions { primary, ..Actions::default() } }
    }

    /// The likeliest first.
    fn choices(&self, begun: Option<Flow>) -> Vec<Choice> {
        let mut choices: Vec<Choice> = begun.map(|flow| self.go_on_choice(flow)).into_iter().collect();
        if begun != Some(Flow::NewUsers) {
            choices.push(flow_choice("newUsers", "wizard-choice-new-users", FlowChoice::NewUsers));
        }
        if begun != Some(Flow::Migration) {
            choices.push(flow_choice("migration", "wizard-choice-migration", FlowChoice::Migration));
        }
        choices.push(choice("review", "wizard-choice-review", Press::GoTo { screen: ScreenName::Status }));
        if !self.around.environment.is_rehearsal() {
            let rehearse = |flow| Press::Rehearse { flow };
            choices.push(choice("rehearse", "wizard-choice-rehearse", rehearse(FlowChoice::NewUsers)));
            choices.push(choice(
                "rehearseMigration",
                "wizard-choice-rehearse-migration",
                rehearse(FlowChoice::Migration),
            ));
        }
        choices
    }

    fn go_on_choice(&self, flow: Flow) -> Choice {
        let detail = match self.state.record.resume() {
            Some(step) => Text::new("wizard-choice-continue-at")
                .with("step", step.number())
                .with("of", flow.stages().len())
                .with("code", step),
            None => Text::new("wizard-choice-continue-finished"),
        };
        Choice {
            id: "continue".to_owned(),
            label: Text::new(match flow {
                Flow::NewUsers => "wizard-choice-continue-new-users",
                Flow::Migration => "wizard-choice-continue-migration",
            }),
            detail,
            press: Press::GoTo { screen: home(self.state) },
        }
    }
}

fn flow_choice(id: &str, text: &'static str, flow: FlowChoice) -> Choice {
    choice(id, text, Press::ChooseFlow { flow })
}

fn choice(id: &str, text: &'static str, press: Press) -> Choice {
    let part = |part: &str| Text::new(format!("{text}.{part}"));
    Choice { id: id.to_owned(), label: part("label"), detail: part("detail"), press }
}
