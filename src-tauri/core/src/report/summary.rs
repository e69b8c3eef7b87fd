//! The summary for support.

use super::About;
use super::content::{Content, details};
use super::facts;
use super::foreign::{name, say, word};
use crate::step::StepCode;
use crate::view;
use crate::words::Text;

/// At most eight lines for support, always in English. `version` is the program's own line, such as
/// `MPC Connect 0.1.0`; `shown` is the state code of the screen that it is written on, where there is one.
#[must_use]
pub fn summary(about: &About<'_>, version: &str, shown: Option<&str>) -> String {
    let content = Content::of(about);
    let title = Text::new("summary-title").with("version", name(version));
    let title = say(&title.with("environment", &about.environment.name));
    let stamp = about.environment.is_rehearsal().then(|| word("ctl-rehearsal-stamp"));
    let code = shown.unwrap_or(&content.state_code);
    let code = Text::new("summary-code").with("code", code).with("status", &content.headline);
    let lines = [
        stamp.into_iter().chain([title]).collect::<Vec<_>>().join(" "),
        say(&code),
        say(&Text::new("summary-checked").with("time", &content.as_of)),
        step(about),
        failure(about),
        next(&content),
        say(&Text::new("summary-open-items").with("items", content.waiting_line())),
        about_connection(about, &content),
    ];
    lines.join("\n") + "\n"
}

fn step(about: &About<'_>) -> String {
    let Some(step) = view::current_step(about.state) else { return word("summary-no-step") };
    let title = say(&Text::step(StepCode::stage(step), "title"));
    let text = Text::new("summary-step").with("step", step).with("title", title);
    say(&text.with("flow", facts::route(step.flow())))
}

fn failure(about: &About<'_>) -> String {
    match about.state.failure() {
        Some(failure) => say(&Text::new("summary-failure").with("details", details(failure))),
        None => word("summary-no-failure"),
    }
}

fn next(content: &Content) -> String {
    match &content.failure {
        Some(failure) => {
            let text = Text::new("summary-next-task").with("who", &content.next);
            say(&text.with("task", &failure.act))
        }
        None => say(&Text::new("summary-next").with("who", &content.next)),
    }
}

fn about_connection(about: &About<'_>, content: &Content) -> String {
    let text = Text::new("summary-about").with("account", facts::account_line(about));
    say(&text.with("organization", &content.organization).with("computer", &content.computer))
}
