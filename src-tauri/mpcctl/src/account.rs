//! The question which account to use, answered by arguments or by the person at the terminal.

use mpc_connect_core::flow::{AccountAnswer, State};
use mpc_connect_core::identity::SignedIn;
use mpc_connect_core::username::MicrosoftUsername;
use mpc_connect_core::words::Text;
use serde_json::json;

use crate::output::Output;

/// Asks, naming both accounts in full. Answers what the number 1 means.
pub(crate) fn ask(output: &Output, state: &State, signed_in: &SignedIn) -> Option<AccountAnswer> {
    let record = &state.record;
    let actual = signed_in.username.as_deref().unwrap_or("–");
    let saved = record.settings.username.as_ref().map_or("", MicrosoftUsername::as_str);
    let held = record.credential.as_ref().and_then(|credential| credential.signed_in_as.as_deref());
    output.json(&json!({
        "event": "account_question", "saved": saved, "signed_in": signed_in.username, "held": held,
    }));
    let saved_signed_in = record.settings.username.as_ref().is_some_and(|saved| saved.is_same_as(actual));
    match held.filter(|_| saved_signed_in) {
        Some(held) => {
            let text = |id: &'static str| Text::new(id).with("held", held).with("signed-in", actual);
            output.say(&text("ctl-account-replaces"));
            output.say_indented(&text("ctl-account-keep"));
            output.say_indented(&text("ctl-account-replace"));
            None
        }
        None => {
            let text = |id: &'static str| Text::new(id).with("saved", saved).with("signed-in", actual);
            output.say(&text("ctl-account-question"));
            output.say_indented(&text("ctl-account-private-window"));
            output.say_indented(&text("ctl-account-accept"));
            Some(AccountAnswer::SignInAsSaved)
        }
    }
}

/// Whether `--accept-account` names the account that signed in.
pub(crate) fn is_accepted(signed_in: &SignedIn, accepted: Option<&MicrosoftUsername>) -> bool {
    let actual = signed_in.username.as_deref();
    accepted.zip(actual).is_some_and(|(accepted, actual)| accepted.is_same_as(actual))
}
