//! The sections of the page below its headline.

use super::About;
use super::content::{Content, FailureLines};
use super::facts::{self, CheckRow, OpenItemRow, StepRow};
use super::foreign::{say, word};
use super::markup::{Html, element, list};
use super::moment::moment;
use crate::check::CheckResult;
use crate::words::Text;

/// All sections in order; what has nothing to say is left out.
pub(super) fn all(about: &About<'_>, content: &Content) -> Vec<Html> {
    let mut all = vec![open_items(&content.open_items)];
    all.extend(content.failure.as_ref().map(failed));
    all.extend([checks(about), known(about), steps(about), reading()]);
    all
}

fn open_items(items: &[OpenItemRow]) -> Html {
    if items.is_empty() {
        return section("items", "report-label-open-items", [note("report-open-items-none")]);
    }
    let columns = ["report-column-item", "report-column-who", "report-column-since"];
    let row = |item: &OpenItemRow| {
        let noted = |note: &String| small(&say(&Text::new("report-item-note").with("note", note)));
        let since = since(item);
        let shape = shape(if item.is_open { "old" } else { "good" });
        let what = list(
            "th",
            &[("scope", "row")],
            [shape, text(&item.what)].into_iter().chain(item.note.iter().map(noted)),
        );
        element("tr", &[], [what, cell(&item.who), cell(&since)])
    };
    section("items", "report-label-open-items", [table("items", &columns, items.iter().map(row))])
}

fn since(item: &OpenItemRow) -> String {
    match (&item.arrived, &item.done_by) {
        (Some(arrived), Some(who)) => {
            say(&Text::new("report-item-arrived-by").with("time", arrived).with("who", who))
        }
        (Some(arrived), None) => say(&Text::new("report-item-arrived").with("time", arrived)),
        (None, _) => item.asked.clone(),
    }
}

fn failed(failure: &FailureLines) -> Html {
    let rows = [
        ("report-label-why", Some(&failure.why)),
        ("report-label-next", Some(&failure.who)),
        ("report-label-act", Some(&failure.act)),
        ("report-label-redo", failure.redo.as_ref()),
        ("report-label-when", failure.when.as_ref()),
        ("report-label-details", Some(&failure.details)),
    ];
    let filled = rows.into_iter().filter_map(|(label, value)| Some((label, value?)));
    let row = |(label, value): (&'static str, &String)| {
        let label = element("dt", &[], [text(&word(label))]);
        element("div", &[], [label, element("dd", &[], [text(value)])])
    };
    let what = element("p", &[("class", "what")], [shape("bad"), text(&failure.what)]);
    let quotation = failure.quotation.iter().map(|said| element("blockquote", &[], [text(said)]));
    let lines = std::iter::once(what).chain(quotation).chain([list("dl", &[], filled.map(row))]);
    section("failed", "report-label-failed", [list("div", &[("class", "card")], lines)])
}

fn checks(about: &About<'_>) -> Html {
    let rows = facts::checks(about);
    if rows.is_empty() {
        return section("checks", "report-section-checks", [note("report-failed-unchecked")]);
    }
    let columns = ["report-column-check", "report-column-result", "report-column-duration"];
    let row = |check: &CheckRow| {
        let details = check.details.iter().map(|said| element("small", &[("class", "id")], [text(said)]));
        let said = [element("strong", &[], [text(&check.label)]), small(&check.sentence)];
        let what = list("th", &[("scope", "row")], said.into_iter().chain(details));
        let class = format!("result {}", tone(check.result));
        let result = [shape(tone(check.result)), text(&check.result_label)];
        let result = element("td", &[("class", &class)], result);
        let duration = element("td", &[("class", "number")], [text(&check.duration)]);
        element("tr", &[], [what, result, duration])
    };
    let finished = about.state.record.last_report.iter().map(|report| {
        let ended = Text::new("report-checks-ended").with("time", moment(report.finished_at, about.zone));
        element("p", &[], [text(&say(&ended))])
    });
    let table = table("checks", &columns, rows.iter().map(row));
    section("checks", "report-section-checks", finished.chain([table]))
}

fn known(about: &About<'_>) -> Html {
    let row = |(label, value): (String, String)| {
        let label = element("th", &[("scope", "row")], [text(&label)]);
        element("tr", &[], [label, element("td", &[], [Html::foreign(&value)])])
    };
    let rows = list("tbody", &[], facts::facts(about).into_iter().map(row));
    let table = element("table", &[("class", "facts"), ("aria-labelledby", "facts")], [rows]);
    section("facts", "report-section-facts", [table])
}

fn steps(about: &About<'_>) -> Html {
    let rows = facts::steps(about);
    if rows.is_empty() {
        return section("steps", "report-section-steps", [note("report-steps-none")]);
    }
    let columns = ["report-column-step", "report-column-title", "report-column-done"];
    let row = |step: &StepRow| {
        let code = element("th", &[("scope", "row"), ("class", "number")], [text(&step.step)]);
        let done = step.done.clone().unwrap_or_else(|| word("report-step-not-done"));
        let done = [shape(if step.done.is_some() { "good" } else { "none" }), text(&done)];
        let done = element("td", &[("class", "result")], done);
        element("tr", &[], [code, cell(&step.title), done])
    };
    section("steps", "report-section-steps", [table("steps", &columns, rows.iter().map(row))])
}

fn reading() -> Html {
    let lines = [
        "report-reading-active",
        "report-expires",
        "report-reading-others",
        "report-reading-checks",
        "report-reading-items",
        "report-reading-times",
        "report-reading-masked",
        "report-history-only",
        "report-reading-proof",
        "report-reading-print",
    ];
    let line = |id| element("li", &[], [text(&word(id))]);
    section("reading", "report-section-reading", [list("ul", &[], lines.map(line))])
}

/// A landmark with a heading of its own.
fn section(id: &'static str, heading: &'static str, lines: impl IntoIterator<Item = Html>) -> Html {
    let heading = element("h2", &[("id", id)], [text(&word(heading))]);
    list("section", &[("aria-labelledby", id)], std::iter::once(heading).chain(lines))
}

fn table(section: &'static str, columns: &[&'static str], rows: impl IntoIterator<Item = Html>) -> Html {
    let column = |id: &&'static str| element("th", &[("scope", "col")], [text(&word(id))]);
    let head = element("thead", &[], [list("tr", &[], columns.iter().map(column))]);
    element("table", &[("class", section), ("aria-labelledby", section)], [head, list("tbody", &[], rows)])
}

fn note(id: &'static str) -> Html {
    element("p", &[], [text(&word(id))])
}

fn cell(said: &str) -> Html {
    element("td", &[], [text(said)])
}

fn small(said: &str) -> Html {
    element("small", &[], [text(said)])
}

fn text(said: &str) -> Html {
    Html::text(said)
}

fn tone(result: CheckResult) -> &'static str {
    match result {
        CheckResult::Passed => "good",
        CheckResult::Warning => "doubt",
        CheckResult::Failed => "bad",
        CheckResult::NotChecked => "none",
    }
}

/// The sign beside a word, so that colour is never alone: disc, square, triangle, clock, dash.
pub(super) fn shape(tone: &'static str) -> Html {
    let path = match tone {
        "good" => "M10 2a8 8 0 1 0 0 16a8 8 0 0 0 0-16z",
        "bad" => "M3 3h14v14h-14z",
        "doubt" => "M10 2l9 16h-18z",
        "old" => "M10 2a8 8 0 1 0 0 16a8 8 0 0 0 0-16zm0 2.2a5.8 5.8 0 0 1 5.8 5.8h-5.8z",
        _ => "M3 8.5h14v3h-14z",
    };
    let path = element("path", &[("d", path)], []);
    element("svg", &[("viewBox", "0 0 20 20"), ("aria-hidden", "true"), ("class", tone)], [path])
}
