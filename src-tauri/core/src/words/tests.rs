//! What the catalogue promises to the rest of the program.

use std::collections::{BTreeMap, BTreeSet};

use super::*;
use crate::failure::Actor;
use crate::status::{Qualifier, Word};
use crate::step::{Flow, Stage};

const ACTORS: [Actor; 7] = [
    Actor::User,
    Actor::TenantAdmin,
    Actor::PartnerAdmin,
    Actor::Network,
    Actor::Microsoft,
    Actor::Us,
    Actor::Support,
];
const STATUS_WORDS: [Word; 4] = [Word::NotConnected, Word::Active, Word::Inactive, Word::CantCheck];
const QUALIFIERS: [Qualifier; 4] =
    [Qualifier::SessionOnly, Qualifier::RightsNotProven, Qualifier::MfaNotProven, Qualifier::HistoryNotSaved];

/// Every addressable id of the source with the arguments it asks for, read from the text itself.
fn catalogue() -> BTreeMap<String, BTreeSet<String>> {
    let mut found: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    let (mut message, mut current) = (String::new(), String::new());
    for line in Words::source().lines().filter(|line| !line.starts_with('#')) {
        let head = line.split_once(" =").map(|(head, _)| head);
        match head {
            Some(attribute) if line.starts_with("    .") => {
                current = format!("{message}.{}", attribute.trim_start_matches("    ."));
            }
            Some(id) if !line.starts_with(' ') => {
                message = id.to_owned();
                current.clone_from(&message);
            }
            Some(_) | None => {}
        }
        let has_value = !line.trim_end().ends_with(" =") || line.starts_with("    .");
        if has_value && !line.trim().is_empty() {
            let arguments = found.entry(current.clone()).or_default();
            for rest in line.split("{ $").skip(1) {
                let name = rest.split([' ', '}']).next().expect("a split has a first part");
                arguments.insert(name.to_owned());
            }
        }
    }
    found
}

/// Every text of the catalogue with a harmless value for each argument, formatted.
fn every_sentence(words: Words) -> Vec<(String, String, usize)> {
    catalogue()
        .into_iter()
        .map(|(id, arguments)| {
            let text =
                arguments.into_iter().fold(Text::new(id.clone()), |text, name| text.with(name, "value"));
            let (sentence, errors) =
                words.try_say(&text).unwrap_or_else(|| panic!("{id} is not in the bundle"));
            (id, sentence, errors)
        })
        .collect()
}

pub(super) fn word_list(sentence: &str) -> Vec<String> {
    let letters_only =
        |word: &str| word.trim_matches(|letter: char| !letter.is_alphanumeric()).to_lowercase();
    sentence.split_whitespace().map(letters_only).filter(|word| !word.is_empty()).collect()
}

#[test]
fn the_source_parses_whole_and_names_no_message_twice() {
    let resource = FluentResource::try_new(ENGLISH.to_owned()).map_err(|(_, errors)| errors);
    let mut bundle = FluentBundle::new_concurrent(vec![]);
    let added = bundle.add_resource(resource.expect("the catalogue has no part that cannot be read"));
    assert!(added.is_ok(), "a message stands twice: {added:?}");
}

#[test]
fn every_message_formats_without_errors_and_without_marks() {
    let sentences = every_sentence(Words::plain());
    assert!(sentences.len() > 400, "only {} texts were found", sentences.len());
    for (id, sentence, errors) in sentences {
        assert_eq!(errors, 0, "{id} does not format");
        assert!(!sentence.is_empty() && !sentence.contains(['{', '}']), "{id}: {sentence}");
        let marks = ['\u{2066}', '\u{2067}', '\u{2068}', '\u{2069}'];
        assert!(!sentence.contains(marks), "{id} carries isolation marks");
    }
}

#[test]
fn the_window_gets_marks_around_what_others_wrote() {
    let text = Text::new("ctl-selected").with("name", "Contoso");
    assert_eq!(Words::isolated().say(&text), "Organization chosen: \u{2068}Contoso\u{2069}");
    assert_eq!(Words::plain().say(&text), "Organization chosen: Contoso");
}

#[test]
fn mistakes_are_seen_and_never_stop_the_program() {
    for unknown in ["no-such-message", "step-open.no-such-part", "step-open", "", ".", "a.b.c", "{ $x }"] {
        assert_eq!(Words::plain().say(&Text::new(unknown)), format!("[{unknown}]"));
    }
    assert_eq!(Words::plain().say(&Text::new("ctl-selected")), "Organization chosen: {$name}");
}

#[test]
fn an_argument_is_never_read_as_a_message() {
    let hostile = "{ ctl-cancelled } { $label }\n.what = x";
    let said = Words::plain().say(&Text::new("ctl-selected").with("name", hostile));
    assert_eq!(said, format!("Organization chosen: {hostile}"));
}

#[test]
fn every_name_of_the_closed_sets_has_its_texts() {
    let mut ids: Vec<Text> = ACTORS.map(Text::actor).to_vec();
    ids.extend(STATUS_WORDS.map(Text::status));
    ids.extend(STATUS_WORDS.map(|word| Text::status_sentence(word, "Front desk")));
    for qualifier in QUALIFIERS {
        ids.extend(["label", "sentence"].map(|part| Text::qualifier(qualifier, part)));
    }
    for stage in Flow::Migration.stages() {
        ids.extend(["title", "rail", "purpose"].map(|part| Text::step(*stage, part)));
    }
    for check in
        "metadata refresh identity referrals mfa role organization referral-by-id profile webhook".split(' ')
    {
        let parts = ["label", "passed", "warning", "failed", "not-checked"];
        ids.extend(parts.map(|part| Text::new(format!("check-{check}.{part}"))));
    }
    for item in
        "consent role flows-off integrations-on workspan-test support-contact company-not-listed".split(' ')
    {
        ids.extend(["what", "who", "check"].map(|part| Text::new(format!("open-item-{item}.{part}"))));
    }
    let families = [
        ("username-error", "empty no-domain spaces not-a-username"),
        (
            "environment-error",
            "unreadable malformed name reserved-name http-not-loopback no-client-id client-id unsupported-cloud-us \
             unsupported-cloud-china metadata referrals redirect unknown-key sandbox-needs-file not-set-up",
        ),
        (
            "history",
            "signed-in sign-in-failed sign-in-cancelled checked tested organization-chosen username-saved disconnected \
             open-item-added open-item-arrived account-question credential-saved credential-not-saved interrupted",
        ),
        ("result", "passed warning failed not-checked"),
        ("test-face", "passed failed partial"),
    ];
    for (family, names) in families {
        ids.extend(names.split(' ').map(|name| Text::new(format!("{family}-{name}"))));
    }
    for text in ids {
        assert!(Words::plain().knows(&text.id), "{} is missing", text.id);
    }
}

#[test]
fn titles_of_steps_are_the_guides_own() {
    let titles = [
        (Stage::Contact, "Contact WorkSpan Support"),
        (Stage::Open, "Navigate to Microsoft Partner Center (MPC) in WorkSpan"),
        (Stage::Username, "Add & Save the Microsoft Username"),
        (Stage::Authorize, "Authorize the Connection"),
        (Stage::LogIn, "Log in with MPC Admin Credentials"),
        (Stage::Accept, "Accept Permissions"),
        (Stage::Verify, "Verify Connection Status"),
        (Stage::Organization, "Select Organization Name"),
        (Stage::Test, "Test Connection"),
    ];
    for (stage, title) in titles {
        assert_eq!(Words::plain().say(&Text::step(stage, "title")), title);
    }
}

#[test]
fn the_last_known_word_may_come_as_its_contract_name() {
    let text = |was: &str| Text::new("status-stale").with("date", "22 Oct").with("was", was);
    assert_eq!(Words::plain().say(&text("active")), "Not checked since 22 Oct (was Active)");
    assert_eq!(Words::plain().say(&text("not_connected")), "Not checked since 22 Oct (was Not connected)");
    assert_eq!(Words::plain().say(&text("Active")), "Not checked since 22 Oct (was Active)");
}

#[test]
fn no_text_uses_jargon_or_begs_or_claims_what_workspan_does() {
    let banned = [
        "token",
        "tokens",
        "oauth",
        "scope",
        "scopes",
        "tenant",
        "tenants",
        "endpoint",
        "endpoints",
        "invalid",
        "please",
        "oops",
        "simply",
    ];
    let claims = [
        "workspan receives",
        "workspan stores",
        "workspan uses",
        "workspan will",
        "tell workspan",
        "let workspan",
        "open workspan",
        "to workspan.",
        "sign in to workspan",
    ];
    for (id, sentence, _) in every_sentence(Words::plain()) {
        for word in word_list(&sentence) {
            assert!(!banned.contains(&word.as_str()), "{id} says {word:?}");
        }
        let lower = sentence.to_lowercase();
        for claim in claims {
            assert!(!lower.contains(claim), "{id} says {claim:?}");
        }
    }
}

#[test]
fn the_page_in_the_browser_never_says_connected() {
    for (id, sentence, _) in every_sentence(Words::plain()) {
        if id.starts_with("browser-page-") {
            assert!(!word_list(&sentence).contains(&"connected".to_owned()), "{id} claims too much");
        }
    }
}

#[test]
fn a_text_survives_its_way_to_the_window() {
    let text = Text::new("status-active-sentence").with("label", "Front desk");
    let json = serde_json::to_string(&text).expect("a text is plain data");
    assert_eq!(json, r#"{"id":"status-active-sentence","args":[["label","Front desk"]]}"#);
    assert_eq!(serde_json::from_str::<Text>(&json).expect("its own output reads back"), text);
}

#[test]
fn one_reader_serves_many_threads() {
    let words = Words::english();
    let said = std::thread::scope(|scope| {
        let threads: Vec<_> =
            (0..4).map(|_| scope.spawn(|| words.say(&Text::status(Word::Active)))).collect();
        threads.into_iter().map(|thread| thread.join().expect("no thread panics")).collect::<Vec<_>>()
    });
    assert_eq!(said, vec!["Active"; 4]);
}

#[test]
fn the_checklist_and_the_message_name_the_same_order_of_the_flows() {
    for id in ["wizard-checklist-order", "flows-message.order"] {
        let said = Words::plain().say(&Text::new(id));
        let at = |part: &str| said.find(part).unwrap_or_else(|| panic!("{id} lacks {part:?}"));
        let order = [at("from Partner Center"), at("to Partner Center"), at("webhook registration last")];
        assert!(order.is_sorted(), "{id}: {said}");
    }
}

#[test]
fn the_preflight_claims_nothing_of_the_browser_that_it_did_not_try() {
    for row in ["deep-link", "loopback"] {
        let said = Words::plain().say(&Text::new(format!("wizard-preflight-{row}.passed")));
        assert!(said.starts_with("This computer "), "{said}");
    }
}
