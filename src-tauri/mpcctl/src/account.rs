//! The questions that a sign-in may raise, answered by arguments or by the person at the terminal.

use mpc_connect_core::flow::AccountAnswer;
use mpc_connect_core::identity::SignedIn;
use mpc_connect_core::username::MicrosoftUsername;
use mpc_connect_core::words::Text;
use serde_json::json;
use tokio::io::{AsyncBufReadExt, BufReader};

use crate::output::Output;

/// Which account to use; `None` ends the attempt with nothing changed.
pub(crate) async fn answer(
    output: &Output,
    saved: &str,
    signed_in: &SignedIn,
    accepted: Option<&MicrosoftUsername>,
) -> Option<AccountAnswer> {
    let actual = signed_in.username.as_deref().unwrap_or("–");
    output.json(&json!({"event": "account_question", "saved": saved, "signed_in": signed_in.username}));
    if accepted.is_some_and(|accepted| accepted.is_same_as(actual)) {
        return Some(AccountAnswer::UseSignedIn);
    }
    let text = |id: &'static str| Text::new(id).with("saved", saved).with("signed-in", actual);
    output.say(&text("ctl-account-question"));
    output.say_indented(&text("ctl-account-private-window"));
    output.say_indented(&text("ctl-account-accept"));
    if !output.can_ask() {
        return None;
    }
    match line().await.as_deref() {
        Some("1") => Some(AccountAnswer::SignInAsSaved),
        Some("2") => Some(AccountAnswer::UseSignedIn),
        Some(_) | None => None,
    }
}

/// Whether to ask Microsoft for a second check. A script that ran `connect` has pressed already.
pub(crate) async fn wants_second_check(output: &Output) -> bool {
    output.json(&json!({"event": "second_check"}));
    if !output.can_ask() {
        output.say(&Text::new("ctl-second-check-opens"));
        return true;
    }
    output.say(&Text::new("ctl-second-check-question"));
    matches!(line().await.as_deref(), Some("y" | "Y" | "yes"))
}

async fn line() -> Option<String> {
    let mut text = String::new();
    BufReader::new(tokio::io::stdin()).read_line(&mut text).await.ok()?;
    Some(text.trim().to_owned())
}
