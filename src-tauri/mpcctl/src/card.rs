//! What happened, why, who fixes it, and the one thing to do.

use mpc_connect_core::failure::Failure;
use mpc_connect_core::flow::State;
use mpc_connect_core::view;
use mpc_connect_core::words::Text;
use serde_json::json;

use crate::output::Output;

/// Shows a failure's card; scripts get it from the status line, or from here where there is none.
pub(crate) fn show(output: &Output, state: &State, failure: &Failure) {
    let card = view::card(state, failure);
    output.say(&card.what);
    let line = |id: &'static str, text: &Text| Text::new(id).with("text", output.word(text));
    output.say_indented(&line("ctl-failure-why", &card.why));
    if let Some(quotation) = &card.quotation {
        output.say_indented(quotation);
    }
    output.say_indented(&line("ctl-failure-who", &card.who));
    output.say_indented(&line("ctl-failure-do", &card.act));
    let addresses = output.addresses(failure);
    if !addresses.is_empty() {
        output.say_indented(&Text::new("ctl-failure-addresses").with("addresses", addresses.join(" ")));
    }
    if let Some(step) = &card.redo {
        output.say_indented(&Text::new("ctl-failure-redo").with("step", step));
    }
    output.say_indented(&Text::new("ctl-failure-details").with("details", details(failure)));
}

/// Shows a failure to people and, as a line of its own, to scripts.
pub(crate) fn show_everywhere(output: &Output, state: &State, failure: &Failure) {
    show(output, state, failure);
    let card = view::card(state, failure);
    output.json(&json!({
        "error": failure.class.as_str(),
        "actor": failure.actor().as_str(),
        "code": failure.code,
        "correlation_id": failure.correlation_id,
        "message": output.word(&card.what),
        "why": output.word(&card.why),
        "quotation": card.quotation.as_ref().map(|quotation| output.word(quotation)),
        "do": output.word(&card.act),
        "redo": card.redo,
        "addresses": output.addresses(failure),
    }));
}

/// Class, code and id, for Microsoft's support and ours.
pub(crate) fn details(failure: &Failure) -> String {
    let parts =
        [Some(failure.class.as_str().to_owned()), failure.code.clone(), failure.correlation_id.clone()];
    parts.into_iter().flatten().collect::<Vec<_>>().join(" · ")
}
