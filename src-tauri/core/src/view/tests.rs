//! What a screen shows of a state: no green mark too many, and no message that the catalogue has not.

use super::*;
use crate::check::{CheckId, CheckKind, Report};
use crate::identity::{Asked, Credential, Identity};
use crate::open_item::OpenItemId;
use crate::record::{Attempt, Record, Settings};
use crate::status::Verdict;
use crate::step::Flow;
use crate::words::Words;

const SECOND: i64 = 1_800_000_000;

fn at(second: i64) -> Timestamp {
    Timestamp::from_second(SECOND + second).expect("a time")
}

fn state(verdict: Verdict) -> State {
    let credential = Credential {
        id: "credential-1".to_owned(),
        identity: Identity { tenant: "tenant".to_owned(), object: "object".to_owned() },
        authority: "login.example client".to_owned(),
        signed_in_as: Some("svc@contoso.com".to_owned()),
        obtained_at: at(0),
        last_used_at: at(0),
        session_only: true,
        asked: Asked::default(),
        account_number: 1,
    };
    let open_items = OpenItemId::ALL.iter().map(|id| OpenItem::asked(*id, at(0))).collect();
    let settings = Settings { flow: Some(Flow::Migration), ..Settings::default() };
    State::of(Record { settings, credential: Some(credential), verdict, open_items, ..Record::default() })
}

fn shown(state: &State, now: Timestamp) -> StatusView {
    let environment = Environment::public(Some("client")).expect("an environment");
    status(state, &environment, now, &TimeZone::UTC)
}

/// Every text of a view, wherever it stands.
fn texts(value: &serde_json::Value, found: &mut Vec<Text>) {
    let fields = value.as_object();
    if fields.is_some_and(|fields| fields.keys().all(|key| key == "id" || key == "args")) {
        found.push(serde_json::from_value(value.clone()).expect("a text"));
    }
    fields.iter().flat_map(|fields| fields.values()).for_each(|field| texts(field, found));
    value.as_array().iter().flat_map(|items| items.iter()).for_each(|item| texts(item, found));
}

#[test]
fn the_mark_is_green_for_a_day_after_a_check_that_passed_and_never_else() {
    let passed = Verdict::passed(at(0), vec![]);
    let day = 24 * 3600;
    assert_eq!(shown(&state(passed.clone()), at(day)).mark, Mark::Active);
    assert_eq!(shown(&state(passed.clone()), at(day + 1)).mark, Mark::Stale);
    assert_eq!(shown(&state(Verdict::default()), at(1)).mark, Mark::CantCheck);
    assert_eq!(shown(&State::default(), at(1)).mark, Mark::NotConnected);
    for class in FailureClass::ALL {
        let failed = passed.failed(at(1), Failure::of(*class));
        let mark = shown(&state(failed), at(2)).mark;
        assert!(!matches!(mark, Mark::Active | Mark::Stale), "{class} shows {mark:?}");
    }
}

#[test]
fn the_headline_of_yesterday_says_when_and_what_it_was() {
    let view = shown(&state(Verdict::passed(at(0), vec![])), at(100_000));
    let headline = Words::plain().say(&view.headline);
    assert!(headline.contains("Not checked since 15 Jan"), "{headline}");
    let sentence = Words::plain().say(&view.sentence);
    assert!(
        sentence.starts_with("When it was last checked") && sentence.contains("could read"),
        "{sentence}"
    );
}

#[test]
fn what_could_not_be_checked_shows_the_last_known_word_beside_it() {
    let verdict = Verdict::passed(at(0), vec![]).failed(at(60), Failure::of(FailureClass::Offline));
    assert!(shown(&state(verdict), at(61)).last_known.is_some());
    assert_eq!(shown(&state(Verdict::passed(at(0), vec![])), at(61)).last_known, None);
}

#[test]
fn every_class_and_every_check_is_shown_in_words_that_exist() {
    let words = Words::plain();
    for class in FailureClass::ALL {
        let mut state = state(Verdict::passed(at(0), vec![]).failed(at(1), Failure::of(*class)));
        let checks = CheckId::MIGRATION_TEST.iter().flat_map(|id| {
            use CheckResult::{Failed, NotChecked, Passed, Warning};
            [Passed, Warning, Failed, NotChecked]
                .map(|result| Check::ended(*id, result).with_failure(Failure::of(*class)))
        });
        state.record.last_report = Some(Report {
            kind: CheckKind::Test,
            credential_id: "credential-1".to_owned(),
            finished_at: at(1),
            checks: checks.collect(),
        });
        state.not_saving = Some(Failure::of(FailureClass::StoreNotWritable));
        let mut found = Vec::new();
        texts(&serde_json::to_value(shown(&state, at(2))).expect("JSON"), &mut found);
        assert!(found.len() > 100, "a whole view has many texts, not {}", found.len());
        for text in found {
            assert!(words.knows(&text.id), "{class}: no message {}", text.id);
            let said = words.say(&text);
            assert!(!said.is_empty() && !said.contains("{$"), "{class}: {} says {said:?}", text.id);
        }
    }
}

#[test]
fn the_state_code_says_what_the_screen_says() {
    for class in FailureClass::ALL {
        let state = state(Verdict::passed(at(0), vec![]).failed(at(1), Failure::of(*class)));
        let said = state_code::decode(&state_code(&state, false)).expect("our own code");
        assert_eq!((said.word, said.class), (state.record.word(), Some(*class)));
        assert_eq!(said.place, Place::Step("MIG-1".parse().expect("a step")));
    }
}

#[test]
fn a_first_sign_in_that_failed_has_a_card_that_leads_back_to_authorize() {
    let mut state = State::default();
    state.record.settings.flow = Some(Flow::NewUsers);
    state.record.attempt = Some(Attempt {
        started_at: at(0),
        ended: true,
        failure: Some(Failure::of(FailureClass::ConsentDeclined)),
        asked: Asked::default(),
    });
    let view = shown(&state, at(1));
    let card = view.card.expect("a card");
    assert_eq!(
        (view.mark, card.class, card.redo.as_deref()),
        (Mark::NotConnected, "CONSENT_DECLINED", Some("NEW-3"))
    );
}

#[test]
fn a_failure_of_the_network_names_every_address_once_and_others_name_none() {
    let public = Environment::public(Some("client")).expect("an environment");
    for class in FailureClass::ALL {
        let named = addresses(&public, &Failure::of(*class));
        if matches!(class, FailureClass::NetworkBlocked | FailureClass::Offline) {
            let hosts =
                ["login.microsoftonline.com", "api.partner.microsoft.com", "api.partnercenter.microsoft.com"];
            assert_eq!(named, hosts.map(|host| format!("https://{host}")), "{class}");
        } else {
            assert!(named.is_empty(), "{class}");
        }
    }
    let lab = r#"
name = "lab"
metadata = "http://127.0.0.1:9000/.well-known/openid-configuration"
client_id = "lab"
[referrals]
base = "http://127.0.0.1:9000/referrals"
scope = "read"
"#;
    let lab = Environment::parse(lab).expect("a good file");
    assert_eq!(addresses(&lab, &Failure::of(FailureClass::Offline)), ["http://127.0.0.1:9000"]);
}
