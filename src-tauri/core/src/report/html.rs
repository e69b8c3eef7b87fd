//! The report as one page.

use super::About;
use super::content::Content;
use super::foreign::{say, word};
use super::markup::{Html, element, list, void};
use super::moment::moment;
use super::sections;
use crate::view::Mark;
use crate::words::Text;

/// The page loads nothing and runs nothing; its own style sheet is all that it may use.
const POLICY: &str = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'";

/// The report as one self-contained page: no script, nothing loaded from elsewhere, at most 60 KB.
#[must_use]
pub fn html(about: &About<'_>) -> String {
    let content = Content::of(about);
    let body = element(
        "body",
        &[],
        [
            banner(&content),
            list("main", &[], [headline(&content)].into_iter().chain(sections::all(about, &content))),
            element("footer", &[], [element("p", &[], [Html::text(&footer(about))])]),
        ],
    );
    element("html", &[("lang", "en"), ("dir", "ltr")], [head(&content), body]).page()
}

fn head(content: &Content) -> Html {
    let title = format!("{} · {}", content.headline, word("report-title"));
    element(
        "head",
        &[],
        [
            void("meta", &[("charset", "utf-8")]),
            void("meta", &[("http-equiv", "Content-Security-Policy"), ("content", POLICY)]),
            void("meta", &[("name", "viewport"), ("content", "width=device-width, initial-scale=1")]),
            void("meta", &[("name", "color-scheme"), ("content", "light dark")]),
            void("meta", &[("name", "referrer"), ("content", "no-referrer")]),
            element("title", &[], [Html::text(&title)]),
            Html::style(include_str!("page.css")),
        ],
    )
}

fn banner(content: &Content) -> Html {
    let stamps = content.stamps.join(" ");
    let stamp = element("p", &[("class", "stamp")], [sections::shape("doubt"), Html::text(&stamps)]);
    let name = element("p", &[("class", "name")], [Html::text(&word("report-title"))]);
    list("header", &[], (!stamps.is_empty()).then_some(stamp).into_iter().chain([name]))
}

fn footer(about: &About<'_>) -> String {
    let text = Text::new("report-footer").with("time", moment(about.now, about.zone));
    say(&text.with("version", env!("CARGO_PKG_VERSION")))
}

/// What has to be seen without scrolling.
fn headline(content: &Content) -> Html {
    let class = format!("headline {}", tone(content.mark));
    let status = element(
        "h1",
        &[],
        [sections::shape(tone(content.mark)), element("span", &[], [Html::text(&content.headline)])],
    );
    let paragraph = |class, said: &String| element("p", &[("class", class)], [Html::text(said)]);
    let limit =
        |said: &String| element("p", &[("class", "limit")], [sections::shape("doubt"), Html::text(said)]);
    let rest = content.last_known.iter().map(|said| paragraph("limit", said));
    let rest = rest.chain(content.limits.iter().map(limit));
    let claim = [status, paragraph("lead", &content.sentence)].into_iter().chain(rest);
    let claim = list("div", &[("class", "claim")], claim);
    let top = element("div", &[("class", &class)], [claim, state_code(content)]);
    let question = element("p", &[("class", "question")], [Html::text(&content.question)]);
    element("div", &[("class", "first")], [top, first_facts(content), question])
}

fn state_code(content: &Content) -> Html {
    element(
        "p",
        &[("class", "code")],
        [
            element("span", &[("class", "hint")], [Html::text(&word("report-code-hint"))]),
            element("strong", &[], [Html::text(&content.state_code)]),
        ],
    )
}

fn first_facts(content: &Content) -> Html {
    let expires = element("small", &[], [Html::text(&word("report-expires"))]);
    let as_of = element("span", &[], [Html::text(&content.as_of)]);
    let rows = [
        ("report-label-as-of", list("span", &[], [as_of, expires])),
        ("report-label-computer", Html::foreign(&content.computer)),
        ("report-label-organization", Html::foreign(&content.organization)),
        ("report-label-failed", Html::text(&content.failed)),
        ("report-label-open-items", Html::text(&content.waiting_line())),
        ("report-label-next", Html::text(&content.next)),
    ];
    let row = |(label, value)| {
        let (label, value) = (element("dt", &[], [Html::text(&word(label))]), element("dd", &[], [value]));
        element("div", &[], [label, value])
    };
    list("dl", &[], rows.map(row))
}

fn tone(mark: Mark) -> &'static str {
    match mark {
        Mark::NotConnected => "none",
        Mark::Active => "good",
        Mark::Inactive => "bad",
        Mark::CantCheck => "doubt",
        Mark::Stale => "old",
    }
}
