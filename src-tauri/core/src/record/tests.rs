use super::*;
use crate::check::CheckKind;
use crate::identity::Identity;
use crate::status::Qualifier;

fn at(second: i64) -> Timestamp {
    Timestamp::from_second(1_800_000_000 + second).expect("a time")
}

fn credential(id: &str, account_number: u32) -> Credential {
    Credential {
        id: id.to_owned(),
        identity: Identity { tenant: "tenant".to_owned(), object: "object".to_owned() },
        authority: "login.example client".to_owned(),
        signed_in_as: None,
        obtained_at: at(0),
        last_used_at: at(0),
        session_only: false,
        asked: Asked::default(),
        account_number,
    }
}

fn holding(id: &str) -> Record {
    let mut record = Record::default();
    record.apply(&Change::Credential(Some(credential(id, 1))));
    record.apply(&Change::Verdict { credential_id: id.to_owned(), verdict: passed() });
    record
}

fn passed() -> Verdict {
    Verdict::passed(at(1), vec![Qualifier::MfaNotProven])
}

fn used(id: &str) -> Change {
    let credential_id = id.to_owned();
    Change::CredentialUsed { credential_id, at: at(9), session_only: true, asked: Asked::default() }
}

#[test]
fn a_refreshed_credential_keeps_its_word_and_a_new_or_forgotten_one_does_not() {
    let mut record = holding("one");
    assert_eq!(record.word(), Word::Active);
    record.apply(&used("one"));
    let held = record.credential.as_ref().expect("a credential");
    assert_eq!((held.last_used_at, held.session_only), (at(9), true));
    assert_eq!(record.word(), Word::Active);
    record.apply(&Change::Credential(Some(credential("two", 2))));
    assert_eq!((record.word(), &record.verdict), (Word::CantCheck, &Verdict::default()));
    record.apply(&Change::Credential(None));
    assert_eq!((record.word(), record.accounts_seen), (Word::NotConnected, 2));
}

#[test]
fn verdict_report_and_news_of_another_credential_do_not_touch_this_one() {
    let mut record = Record { credential: Some(credential("two", 2)), ..Record::default() };
    let before = record.clone();
    record.apply(&Change::Verdict { credential_id: "one".to_owned(), verdict: passed() });
    record.apply(&used("one"));
    record.apply(&Change::Report(Report {
        kind: CheckKind::Probe,
        credential_id: "one".to_owned(),
        finished_at: at(1),
        checks: Vec::new(),
    }));
    assert_eq!(record, before);
}

#[test]
fn a_session_ends_with_what_rested_on_it_and_takes_no_later_sign_in_along() {
    let mut record = holding("two");
    for stage in [Stage::Username, Stage::Verify] {
        record.apply(&Change::Done(StepDone { stage, at: at(1) }));
    }
    record
        .apply(&Change::Organization(Some(ChosenOrganization { id: "1".to_owned(), name: "C".to_owned() })));
    let before = record.clone();
    record.apply(&Change::SessionEnded { credential_id: "one".to_owned() });
    assert_eq!(record, before);
    record.apply(&Change::SessionEnded { credential_id: "two".to_owned() });
    assert_eq!((record.word(), record.verdict.checked_at), (Word::NotConnected, None));
    assert_eq!(record.organization, None);
    assert!(record.is_done(Stage::Username) && !record.is_done(Stage::Verify));
}

#[test]
fn steps_stand_once_and_in_order_whatever_the_order_of_finishing() {
    let mut record = Record::default();
    for (stage, second) in [(Stage::Test, 1), (Stage::Open, 2), (Stage::Test, 3)] {
        record.apply(&Change::Done(StepDone { stage, at: at(second) }));
    }
    let done: Vec<_> = record.done.iter().map(|done| (done.stage, done.at)).collect();
    assert_eq!(done, [(Stage::Open, at(2)), (Stage::Test, at(3))]);
    record.apply(&Change::Undone(vec![Stage::Test, Stage::Verify]));
    assert!(record.is_done(Stage::Open) && !record.is_done(Stage::Test));
}

#[test]
fn a_step_of_the_other_flow_does_not_count_as_this_ones() {
    let mut record = Record::default();
    assert_eq!(record.resume(), None, "no flow was chosen");
    for stage in Flow::NewUsers.stages() {
        record.apply(&Change::Done(StepDone { stage: *stage, at: at(1) }));
    }
    record.settings.flow = Some(Flow::NewUsers);
    assert_eq!(record.resume(), None);
    record.settings.flow = Some(Flow::Migration);
    assert_eq!(record.resume().map(|step| step.to_string()).as_deref(), Some("MIG-1"));
}

#[test]
fn wiping_takes_everything() {
    let mut record = holding("one");
    record.apply(&Change::OpenItem(OpenItem::asked(OpenItemId::Role, at(1))));
    record.apply(&Change::Wiped);
    assert_eq!(record, Record::default());
}

#[test]
fn an_open_item_is_replaced_by_its_later_form() {
    let mut record = Record::default();
    let asked = OpenItem::asked(OpenItemId::Role, at(1));
    record.apply(&Change::OpenItem(asked.clone()));
    assert_eq!(record.waits_for(OpenItemId::Role), Some(&asked));
    record.apply(&Change::OpenItem(OpenItem { arrived_at: Some(at(2)), ..asked }));
    assert_eq!((record.open_items.len(), record.waits_for(OpenItemId::Role)), (1, None));
}
