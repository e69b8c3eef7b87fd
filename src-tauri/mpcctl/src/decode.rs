//! `decode`: what a state code says.

use mpc_connect_core::failure::Failure;
use mpc_connect_core::state_code::{self, NotACode, Place, Said};
use mpc_connect_core::step::Flow;
use mpc_connect_core::words::{CardPart, Text};
use serde_json::json;

use crate::exit::Exit;
use crate::output::Output;

pub(crate) fn run(output: &Output, code: &str) -> Exit {
    match state_code::decode(code) {
        Ok(said) => {
            show(output, code, &said);
            Exit::Healthy
        }
        Err(error) => {
            let id = match error {
                NotACode::Shape => "ctl-decode-not-a-code",
                NotACode::Check => "ctl-decode-wrong-check",
                NotACode::Version => "ctl-decode-too-new",
            };
            output.refuse(id, &output.word(&Text::new(id)));
            Exit::Usage
        }
    }
}

fn show(output: &Output, code: &str, said: &Said) {
    let (step, title) = place(output, said.place);
    output.json(&json!({
        "state_code": code.trim().to_ascii_uppercase(),
        "rehearsal": said.rehearsal,
        "step": step,
        "status": said.word.as_str(),
        "class": said.class.map(|class| class.as_str()),
    }));
    output.say(&Text::new("ctl-decode-header").with("code", code.trim().to_ascii_uppercase()));
    if let (Some(step), Some(title)) = (step, title) {
        output.say_indented(&Text::new("ctl-decode-step").with("step", step).with("title", title));
    }
    let word = output.word(&Text::status(said.word));
    output.say_indented(&Text::new("ctl-decode-status").with("status", word));
    match said.class {
        None => output.say_indented(&Text::new("ctl-decode-no-class")),
        Some(class) => {
            let what = output.word(&Text::failure(&Failure::of(class), CardPart::What));
            output.say_indented(&Text::new("ctl-decode-class").with("class", class).with("what", what));
        }
    }
    if said.rehearsal {
        output.say_indented(&Text::new("ctl-decode-rehearsal"));
    }
}

fn place(output: &Output, place: Place) -> (Option<String>, Option<String>) {
    let title = |id: &'static str| Some(output.word(&Text::new(id)));
    match place {
        Place::Start => (None, None),
        Place::Step(step) => (Some(step.to_string()), Some(output.word(&Text::step(step.stage(), "title")))),
        Place::Done(Flow::NewUsers) => (Some("Done".to_owned()), title("step-done-new-users.title")),
        Place::Done(Flow::Migration) => (Some("Done".to_owned()), title("step-done-migration.title")),
    }
}
