//! The report as the text of a mail.

use super::content::{Content, FailureLines};
use super::facts::{self, CheckRow, OpenItemRow};
use super::foreign::{say, word};
use super::wrap::wrapped;
use super::{About, moment};
use crate::words::Text;

/// The report as plain text. Its first paragraph alone says what the status is, as of when, on which computer, for which
/// organization, what failed, which items are open and who acts next.
#[must_use]
pub fn mail(about: &About<'_>) -> String {
    let content = Content::of(about);
    let paragraphs = [
        head(&content),
        vec![content.question.clone()],
        content.failure.as_ref().map(failed).unwrap_or_default(),
        about_connection(about),
        checks(about),
        foot(about),
    ];
    let filled = paragraphs.iter().filter(|lines| !lines.is_empty());
    wrapped(&filled.map(|lines| lines.join("\n")).collect::<Vec<_>>().join("\n\n"))
}

fn head(content: &Content) -> Vec<String> {
    let status = say(&Text::new("ctl-status-headline").with("status", &content.headline));
    let mut lines = content.stamps.clone();
    lines.extend([status, content.sentence.clone()]);
    lines.extend(content.limits.iter().chain(&content.last_known).cloned());
    lines.extend([
        line("report-label-as-of", &content.as_of),
        line("report-label-computer", &content.computer),
        line("report-label-organization", &content.organization),
        line("report-label-failed", &content.failed),
        line("report-label-next", &content.next),
    ]);
    lines.push(line("report-label-open-items", &open_count(content)));
    lines.extend(content.waiting().map(waiting));
    lines.push(line("report-label-state-code", &content.state_code));
    lines.push(word("report-expires"));
    lines
}

fn open_count(content: &Content) -> String {
    match content.waiting().count() {
        0 => word("report-open-items-none"),
        count => count.to_string(),
    }
}

fn waiting(item: &OpenItemRow) -> String {
    let text = Text::new("ctl-open-item-row").with("what", &item.what).with("who", &item.who);
    format!("- {}", say(&text.with("asked", &item.asked)))
}

fn failed(failure: &FailureLines) -> Vec<String> {
    let mut lines = vec![line("report-label-why", &failure.why)];
    lines.extend(failure.quotation.clone());
    lines.push(line("report-label-act", &failure.act));
    lines.extend(failure.redo.iter().map(|redo| line("report-label-redo", redo)));
    lines.push(line("report-label-details", &failure.details));
    lines
}

fn about_connection(about: &About<'_>) -> Vec<String> {
    let account = line("report-label-account", &facts::account_line(about));
    let route = about.state.record.settings.flow.map(|flow| line("report-label-route", &facts::route(flow)));
    let test = facts::last_test(about).map(|test| line("report-label-last-test", &test));
    std::iter::once(account).chain(route).chain(test).collect()
}

fn checks(about: &About<'_>) -> Vec<String> {
    let row = |check: CheckRow| {
        let label = format!("- {}", check.label);
        let line = Text::new("report-line").with("label", label);
        say(&line.with("value", check.result_label.to_lowercase()))
    };
    let ended = about.state.record.last_report.iter().map(|report| {
        let time = moment::moment(report.finished_at, about.zone);
        say(&Text::new("report-checks-list").with("time", time))
    });
    ended.chain(facts::checks(about).into_iter().map(row)).collect()
}

fn foot(about: &About<'_>) -> Vec<String> {
    let written = moment::moment(about.now, about.zone);
    let version = env!("CARGO_PKG_VERSION");
    let footer = Text::new("report-footer").with("time", written).with("version", version);
    vec![say(&footer), word("report-history-only")]
}

/// A label and a value.
fn line(label: &'static str, value: &str) -> String {
    say(&Text::new("report-line").with("label", word(label)).with("value", value))
}
