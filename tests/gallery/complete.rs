//! The gallery leaves nothing out. These tests need no window.

use std::collections::{HashMap, HashSet};

use mpc_connect_core::wizard::{Dialog, Page, ScreenName};

use crate::seen;
use crate::shots::{self, Shot};
use crate::support::session::root;

fn screen(shot: &Shot) -> Option<String> {
    match &shot.page {
        Page::Wizard(screen) => Some(name_of(screen.name).to_owned()),
        Page::Refused(_) | Page::Unreadable(_) => None,
    }
}

/// A new screen does not compile here before it has a name.
fn name_of(screen: ScreenName) -> &'static str {
    match screen {
        ScreenName::Start => "start",
        ScreenName::Contact => "contact",
        ScreenName::Open => "open",
        ScreenName::Username => "username",
        ScreenName::Authorize => "authorize",
        ScreenName::LogIn => "log in",
        ScreenName::Accept => "accept",
        ScreenName::Verify => "verify",
        ScreenName::Organization => "organization",
        ScreenName::Test => "test",
        ScreenName::Done => "done",
        ScreenName::Status => "status",
    }
}

fn dialog(shot: &Shot) -> Option<&'static str> {
    let Page::Wizard(screen) = &shot.page else { return None };
    Some(match screen.dialog.as_ref()? {
        Dialog::Edit(_) => "edit",
        Dialog::Test(_) => "test",
        Dialog::Help(_) => "help",
        Dialog::ItText(_) => "text for IT",
        Dialog::PowerAutomate(_) => "power automate",
        Dialog::BrowserShows(_) => "browser shows",
        Dialog::CompanyNotListed(_) => "company not listed",
        Dialog::Disconnect(_) => "disconnect",
    })
}

#[test]
fn every_screen_and_every_pop_up_is_in_the_gallery() {
    let shots = shots::all();
    let screens: HashSet<_> = shots.iter().filter_map(screen).collect();
    let dialogs: HashSet<_> = shots.iter().filter_map(dialog).collect();
    assert_eq!((screens.len(), dialogs.len()), (12, 8), "{screens:?} {dialogs:?}");
    let pages = |kind: fn(&Page) -> bool| shots.iter().filter(|shot| kind(&shot.page)).count();
    assert!(pages(|page| matches!(page, Page::Refused(_))) > 0);
    assert!(pages(|page| matches!(page, Page::Unreadable(_))) > 0);
}

#[test]
fn every_shot_has_a_name_of_its_own_that_makes_a_file() {
    let mut names: Vec<_> = shots::all().iter().map(|shot| shot.name).chain(seen::names()).collect();
    let lawful = |name: &&str| name.chars().all(|letter| letter.is_ascii_lowercase() || letter == '-');
    assert!(names.iter().all(lawful), "{names:?}");
    let count = names.len();
    names.sort_unstable();
    names.dedup();
    assert_eq!(names.len(), count);
}

#[test]
fn a_pop_up_stands_in_front_of_a_shot_of_its_own_group_alone() {
    for shot in shots::all() {
        assert_eq!(dialog(&shot).is_some(), shot.group == "Pop-ups", "{}", shot.name);
    }
}

#[test]
fn no_two_shots_are_of_the_same_page() {
    let mut pages: HashMap<String, Vec<&str>> = HashMap::new();
    for shot in shots::all() {
        pages.entry(format!("{:?}{:?}", shot.page, shot.unfolded)).or_default().push(shot.name);
    }
    let twins: Vec<_> = pages.into_values().filter(|names| names.len() > 1).collect();
    assert!(twins.is_empty(), "{twins:?}");
}

#[test]
fn the_design_review_has_a_row_for_every_shot_and_no_other() {
    let review = std::fs::read_to_string(root().join("docs/design-review.md")).expect("the review");
    let rows: Vec<&str> = review
        .lines()
        .filter_map(|line| line.strip_prefix("| `")?.split_once('`'))
        .map(|(name, _)| name)
        .collect();
    let names: Vec<_> = shots::all().iter().map(|shot| shot.name).chain(seen::names()).collect();
    assert_eq!(rows, names);
}
