//! The page is well formed, closed to the outside, and can be read by anybody.

use super::super::html;
use super::samples::{active, all, cant_check, inactive, nothing};

const NOT_CLOSED: [&str; 1] = ["meta"];

/// Elements in order with their attributes; panics where the page is not strictly well formed.
pub(super) fn elements(page: &str) -> Vec<(String, Vec<(String, String)>)> {
    let mut rest = page.strip_prefix("<!doctype html>\n").expect("a doctype");
    let (mut open, mut found) = (Vec::new(), Vec::new());
    while let Some(start) = rest.find('<') {
        assert!(!rest[..start].contains('>'), "a stray > in {}", &rest[..start]);
        let end = rest[start..].find('>').expect("a tag ends") + start;
        let tag = &rest[start + 1..end];
        rest = &rest[end + 1..];
        if let Some(name) = tag.strip_prefix('/') {
            assert_eq!(open.pop().as_deref(), Some(name), "closed in another order");
            continue;
        }
        let (name, attributes) = tag.split_once(' ').unwrap_or((tag, ""));
        assert!(name.chars().all(|letter| letter.is_ascii_alphanumeric()), "<{tag}>");
        found.push((name.to_owned(), read_attributes(attributes)));
        if name == "style" {
            rest = &rest[rest.find('<').expect("the sheet ends")..];
        }
        if !NOT_CLOSED.contains(&name) {
            open.push(name.to_owned());
        }
    }
    assert!(open.is_empty(), "never closed: {open:?}");
    found
}

fn read_attributes(mut rest: &str) -> Vec<(String, String)> {
    let mut found = Vec::new();
    while !rest.is_empty() {
        let (name, after) = rest.split_once("=\"").expect("a value in quotes");
        let (value, after) = after.split_once('"').expect("its end");
        assert!(name.chars().all(|letter| letter.is_ascii_alphabetic() || letter == '-'), "{name}");
        found.push((name.to_owned(), value.to_owned()));
        rest = after.strip_prefix(' ').unwrap_or(after);
    }
    found
}

fn named<'e>(found: &'e [(String, Vec<(String, String)>)], name: &str) -> Vec<&'e Vec<(String, String)>> {
    found.iter().filter(|element| element.0 == name).map(|element| &element.1).collect()
}

fn value<'e>(attributes: &'e [(String, String)], name: &str) -> &'e str {
    attributes.iter().find(|known| known.0 == name).map_or("", |known| known.1.as_str())
}

#[test]
fn the_page_is_well_formed_and_small() {
    for sample in all() {
        let page = html(&sample.about());
        elements(&page);
        assert!(page.len() <= 60_000, "{} bytes", page.len());
        assert!(!page.contains("[report-") && !page.contains("{$"), "{page}");
    }
}

#[test]
fn the_page_runs_nothing_and_loads_nothing() {
    for sample in all() {
        let page = html(&sample.about());
        let found = elements(&page);
        for (name, attributes) in &found {
            let active =
                ["script", "iframe", "object", "embed", "link", "img", "form", "input", "base", "a", "use"];
            assert!(!active.contains(&name.as_str()), "<{name}>");
            for (attribute, _) in attributes {
                let loads =
                    ["src", "href", "srcset", "data", "action", "style"].contains(&attribute.as_str());
                assert!(!loads && !attribute.starts_with("on"), "{attribute} in <{name}>");
            }
        }
        let policy = named(&found, "meta");
        let policy = policy.iter().find(|meta| value(meta, "http-equiv") == "Content-Security-Policy");
        let policy = value(policy.expect("a policy"), "content").replace("&#39;", "'");
        assert!(policy.starts_with("default-src 'none'; style-src 'unsafe-inline'"), "{policy}");
        let lower = page.to_lowercase();
        for load in ["url(", "@import", "http://", "https://", "javascript:"] {
            assert!(!lower.contains(load), "{load}");
        }
    }
}

#[test]
fn headings_landmarks_and_tables_can_be_walked_through() {
    for sample in all() {
        let found = elements(&html(&sample.about()));
        let [page] = named(&found, "html")[..] else { panic!("one page") };
        assert_eq!(value(page, "lang"), "en");
        for landmark in ["header", "main", "footer", "h1", "title"] {
            assert_eq!(named(&found, landmark).len(), 1, "{landmark}");
        }
        let first = found.iter().find(|element| element.0.starts_with('h') && element.0.len() == 2);
        assert_eq!(first.map(|element| element.0.as_str()), Some("h1"));
        let ids: Vec<_> = named(&found, "h2").into_iter().map(|heading| value(heading, "id")).collect();
        let sections = named(&found, "section").into_iter().map(|section| value(section, "aria-labelledby"));
        assert_eq!(sections.collect::<Vec<_>>(), ids);
        for heading in named(&found, "th") {
            assert!(["row", "col"].contains(&value(heading, "scope")), "a heading of nothing");
        }
    }
}

#[test]
fn no_status_and_no_result_is_told_by_colour_alone() {
    let words = [
        (active(), "Active"),
        (inactive(), "Inactive"),
        (cant_check(), "Can&#39;t check"),
        (nothing(), "Not connected"),
        (active().after_days(2), "Not checked since 22 Nov (was Active)"),
    ];
    let mut shapes = Vec::new();
    for (sample, word) in words {
        let page = html(&sample.about());
        let start = page.find("<h1>").expect("a heading");
        let heading = &page[start..page.find("</h1>").expect("its end")];
        assert!(heading.ends_with(&format!("<span>{word}</span>")), "{heading}");
        shapes.push(
            heading.split(" d=\"").nth(1).expect("a shape").split('"').next().expect("its path").to_owned(),
        );
    }
    shapes.sort_unstable();
    shapes.dedup();
    assert_eq!(shapes.len(), 5, "two statuses share a shape");
}

#[test]
fn the_page_says_what_failed_with_everything_for_support() {
    let page = html(&inactive().about());
    for part in
        ["ROLE_MISSING · HTTP 403 · 5c1e0c3c-", "MIG-9", "Referrals admin", "Noted: ticket 4711", "2.4 s"]
    {
        assert!(page.contains(part), "{part}");
    }
    assert!(page.contains("Settled 22 Nov 2026, 11:58 by Ada of IT"), "a settled item is told");
    assert!(html(&active().about()).contains("s••••••••@c••••••.com (service account)"));
}
