//! The page that the browser shows after the answer was handed over. Nothing of the answer stands in it.

use aws_lc_rs::digest::{SHA256, digest};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use hyper::body::Bytes;
use mpc_connect_core::words::{Text, Words};

const STYLE: &str = ":root{color-scheme:light dark}body{font:1.125rem/1.5 system-ui,sans-serif;margin:15vh auto;\
    max-width:34rem;padding:0 1.5rem;background:#fff;color:#1b1b1b}h1{font-size:1.6rem;line-height:1.25}\
    @media (prefers-color-scheme:dark){body{background:#1b1b1b;color:#f3f3f3}}";

/// The words of one page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BrowserPage {
    /// The heading, which is the title too.
    pub heading: String,
    /// One paragraph.
    pub body: String,
}

/// The words of all pages, in one language.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BrowserPages {
    /// The language of the words (BCP 47), such as `en`.
    pub language: String,
    /// A code arrived.
    pub received: BrowserPage,
    /// The person said no.
    pub declined: BrowserPage,
    /// The authority refused.
    pub failed: BrowserPage,
    /// The answer belongs to no attempt that waits.
    pub too_old: BrowserPage,
}

impl BrowserPages {
    /// The pages in the words of the catalogue.
    #[must_use]
    pub fn from_words(words: &Words, language: impl Into<String>) -> Self {
        let page = |id: &str| BrowserPage {
            heading: words.say(&Text::new(format!("{id}.heading"))),
            body: words.say(&Text::new(format!("{id}.body"))),
        };
        Self {
            language: language.into(),
            received: page("browser-page-received"),
            declined: page("browser-page-declined"),
            failed: page("browser-page-failed"),
            too_old: page("browser-page-too-old"),
        }
    }
}

/// Which page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Page {
    /// A code arrived.
    Received,
    /// The person said no.
    Declined,
    /// The authority refused.
    Failed,
    /// Nobody waits for this.
    TooOld,
}

/// The pages as HTML, with the policy that fits them.
#[derive(Debug)]
pub(super) struct Rendered {
    received: Bytes,
    declined: Bytes,
    failed: Bytes,
    too_old: Bytes,
    /// The Content Security Policy: this style, and nothing else at all.
    pub(super) policy: String,
}

impl Rendered {
    /// Writes the pages.
    pub(super) fn of(pages: &BrowserPages) -> Self {
        let write = |page: &BrowserPage| Bytes::from(html(&pages.language, page));
        let hash = STANDARD.encode(digest(&SHA256, STYLE.as_bytes()));
        Self {
            received: write(&pages.received),
            declined: write(&pages.declined),
            failed: write(&pages.failed),
            too_old: write(&pages.too_old),
            policy: format!(
                "default-src 'none'; style-src 'sha256-{hash}'; base-uri 'none'; form-action 'none'; \
                 frame-ancestors 'none'"
            ),
        }
    }

    /// One page.
    pub(super) fn page(&self, page: Page) -> Bytes {
        match page {
            Page::Received => self.received.clone(),
            Page::Declined => self.declined.clone(),
            Page::Failed => self.failed.clone(),
            Page::TooOld => self.too_old.clone(),
        }
    }
}

fn html(language: &str, page: &BrowserPage) -> String {
    let (language, heading, body) = (escaped(language), escaped(&page.heading), escaped(&page.body));
    format!(
        "<!doctype html><html lang=\"{language}\"><head><meta charset=\"utf-8\">\
         <meta name=\"viewport\" content=\"width=device-width\"><title>{heading}</title>\
         <style>{STYLE}</style></head><body><main><h1>{heading}</h1><p>{body}</p></main></body></html>"
    )
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_page_has_its_own_words_and_no_script() {
        let pages = BrowserPages::from_words(&Words::plain(), "en");
        let rendered = Rendered::of(&pages);
        for (page, words) in [
            (Page::Received, &pages.received),
            (Page::Declined, &pages.declined),
            (Page::Failed, &pages.failed),
            (Page::TooOld, &pages.too_old),
        ] {
            let html = String::from_utf8(rendered.page(page).to_vec()).unwrap();
            assert!(html.contains(&format!("<h1>{}</h1>", escaped(&words.heading))), "{html}");
            assert!(html.contains("<html lang=\"en\">") && html.contains("prefers-color-scheme:dark"));
            for foreign in ["<script", "http:", "https:", "src=", "href=", "[browser-page"] {
                assert!(!html.contains(foreign), "{foreign} in {html}");
            }
        }
    }

    #[test]
    fn words_are_text_and_never_markup() {
        let page = BrowserPage { heading: "<img src=x>".into(), body: "a & \"b\"".into() };
        let html = html("en", &page);
        assert!(html.contains("&lt;img src=x&gt;") && html.contains("a &amp; &quot;b&quot;"));
    }
}
