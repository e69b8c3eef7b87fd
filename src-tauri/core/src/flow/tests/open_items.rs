//! Waiting for other people.

use super::*;
use crate::failure::Actor;
use crate::open_item::{OpenItem, OpenItemId};

impl Bench {
    fn item(&self, id: OpenItemId) -> Option<&OpenItem> {
        self.state.record.open_items.iter().find(|item| item.id == id)
    }

    fn waits(&self) -> Vec<&'static str> {
        self.state
            .record
            .open_items
            .iter()
            .filter(|item| item.is_open())
            .map(|item| item.id.as_str())
            .collect()
    }
}

#[test]
fn finished_never_hides_what_is_still_waited_for() {
    let new = Bench::done(Flow::NewUsers);
    assert_eq!(new.waits(), ["integrations-on", "workspan-test"]);
    let migration = Bench::done(Flow::Migration);
    assert_eq!(migration.waits(), ["support-contact", "flows-off", "integrations-on", "workspan-test"]);
    assert_eq!(migration.reopened().waits(), migration.waits(), "closing hides none");
}

#[test]
fn what_has_arrived_is_not_asked_for_again() {
    let mut bench = Bench::done(Flow::NewUsers);
    bench.want(Intent::OpenItemArrived(OpenItemId::IntegrationsOn));
    let arrived = bench.item(OpenItemId::IntegrationsOn).and_then(|item| item.arrived_at);
    assert_eq!(arrived, Some(bench.now()));
    bench.want(Intent::Check(CheckKind::Test)).pass(CheckKind::Test);
    assert_eq!(bench.waits(), ["workspan-test"]);
    let rows = bench.said().len();
    bench.want(Intent::OpenItemArrived(OpenItemId::IntegrationsOn));
    assert_eq!(bench.said().len(), rows, "it arrives once");
}

#[test]
fn asking_again_adds_what_was_learned_and_does_not_restart_the_clock() {
    let mut bench = Bench::of(Flow::Migration);
    bench.want(Intent::ContactedSupport { reference: None });
    let asked = bench.item(OpenItemId::SupportContact).expect("an item").asked_at;
    bench.want(Intent::ContactedSupport { reference: Some("CASE-7".to_owned()) });
    bench.want(Intent::ContactedSupport { reference: None });
    let item = bench.item(OpenItemId::SupportContact).expect("an item");
    assert_eq!((item.asked_at, item.note.as_deref()), (asked, Some("CASE-7")));
}

#[test]
fn a_company_that_is_not_listed_is_taken_down_with_its_words() {
    let mut bench = Bench::done(Flow::NewUsers);
    bench.want(Intent::CompanyNotListed { note: "Contoso GmbH, 1234567".to_owned() });
    let item = bench.item(OpenItemId::CompanyNotListed).expect("an item");
    assert_eq!(item.note.as_deref(), Some("Contoso GmbH, 1234567"));
    assert_eq!(bench.rows.last().and_then(|row| row.result.as_deref()), Some("company-not-listed"));
}

#[test]
fn an_administrators_consent_is_waited_for_until_a_sign_in_works() {
    let mut bench = Bench::of(Flow::NewUsers);
    for _ in 0..2 {
        bench.wait_for_browser().answered(Err(Failure::of(FailureClass::ConsentNeeded)));
        assert_eq!(bench.waits(), ["consent"]);
    }
    let item = bench.item(OpenItemId::Consent).expect("an item");
    assert!(item.since < bench.now(), "the second refusal asks nobody anew");
    assert_eq!(item.asked_at, None, "and nobody was asked yet");
    bench.sign_in();
    assert!(!bench.waits().contains(&"consent"));
}

#[test]
fn a_consent_that_the_person_may_give_waits_for_nobody() {
    let mut bench = Bench::of(Flow::NewUsers);
    let own = Failure { refined_actor: Some(Actor::User), ..Failure::of(FailureClass::ConsentNeeded) };
    bench.wait_for_browser().answered(Err(own));
    assert_eq!(bench.waits(), Vec::<&str>::new());
}

#[test]
fn a_missing_role_is_waited_for_until_a_test_passes() {
    let mut bench = Bench::done(Flow::NewUsers);
    bench.check_fails(FailureClass::RoleMissing);
    assert!(bench.waits().contains(&"role"));
    bench.check_fails(FailureClass::Offline);
    assert!(bench.waits().contains(&"role"), "nothing was found out");
    bench.want(Intent::Check(CheckKind::Test)).pass(CheckKind::Test);
    assert!(!bench.waits().contains(&"role"));
    bench.check_fails(FailureClass::RoleMissing);
    let again = bench.item(OpenItemId::Role).expect("an item");
    assert_eq!((again.is_open(), again.since), (true, bench.now()), "taken away later, it is asked for anew");
}

#[test]
fn somebody_who_was_asked_is_waited_for_with_the_message_since_the_first_time() {
    let mut bench = Bench::of(Flow::NewUsers);
    let ask = |text: Option<&str>| Intent::ItemAsked(OpenItemId::Consent, text.map(str::to_owned));
    bench.want(ask(Some("Please approve")));
    let asked = Some(bench.now());
    bench.want(ask(None)).want(ask(Some("Please approve, again")));
    let item = bench.item(OpenItemId::Consent).expect("an item");
    assert_eq!((item.asked_at, item.note.as_deref()), (asked, Some("Please approve, again")));
    assert_eq!(bench.said().iter().filter(|what| **what == What::OpenItemAdded).count(), 1);
}

#[test]
fn asked_is_only_what_a_person_has_asked_for() {
    let mut bench = Bench::done(Flow::Migration);
    let asked = |bench: &Bench| {
        let items = bench.state.record.open_items.iter().filter(|item| item.asked_at.is_some());
        items.map(|item| item.id.as_str()).collect::<Vec<_>>()
    };
    assert_eq!(asked(&bench), ["support-contact"], "the others were added by the program");
    let since = bench.item(OpenItemId::IntegrationsOn).expect("an item").since;
    bench.want(Intent::ItemAsked(OpenItemId::IntegrationsOn, None));
    let item = bench.reopened().item(OpenItemId::IntegrationsOn).cloned().expect("an item");
    assert_eq!((item.since, item.asked_at), (since, Some(bench.now())));
}

#[test]
fn an_empty_list_of_referrals_does_not_show_that_the_role_has_arrived() {
    let mut bench = Bench::done(Flow::NewUsers);
    bench.check_fails(FailureClass::RoleMissing);
    let mut empty = report(CheckKind::Test, &bench.credential_id(), bench.now(), None);
    let referrals = empty.checks.iter_mut().find(|check| check.id == CheckId::Referrals);
    referrals.expect("the check").reason = Some(crate::check::EMPTY_LIST.to_owned());
    bench.want(Intent::Check(CheckKind::Test)).report(empty);
    assert_eq!(bench.word(), Word::Active);
    assert!(bench.waits().contains(&"role"), "{:?}", bench.waits());
    bench.want(Intent::Check(CheckKind::Test)).pass(CheckKind::Test);
    assert!(!bench.waits().contains(&"role"));
}

#[test]
fn the_last_test_stands_beside_a_later_probe_until_it_is_of_something_else() {
    let mut bench = Bench::done(Flow::NewUsers);
    let test = bench.state.record.last_report.clone();
    bench.want(Intent::Check(CheckKind::Probe)).pass(CheckKind::Probe);
    assert_ne!(bench.state.record.last_report, test);
    assert_eq!(bench.reopened().state.record.last_test, test);
    assert_eq!(bench.clone().choose("org-1").state.record.last_test, test, "the same organization");
    assert_eq!(bench.clone().choose("org-2").state.record.last_test, None);
    bench.sign_in();
    assert_eq!(bench.state.record.last_test, None);
}

fn names(names: &str) -> Intent {
    Intent::SaveFlowNames(names.to_owned())
}

fn turned_off(by: &str) -> Intent {
    Intent::FlowsTurnedOff { by: by.to_owned() }
}

#[test]
fn the_flows_are_an_open_item_from_the_contact_with_support_or_their_names_on() {
    let mut contacted = Bench::of(Flow::Migration);
    contacted.want(Intent::ContactedSupport { reference: None });
    assert_eq!(contacted.waits(), ["support-contact", "flows-off"]);
    let mut named = Bench::of(Flow::Migration);
    named.want(names("  \n"));
    assert_eq!(named.item(OpenItemId::FlowsOff), None, "no names, no item");
    named.want(names("Referrals in\nReferrals out\n"));
    let item = named.item(OpenItemId::FlowsOff).expect("an item");
    assert_eq!(item.note.as_deref(), Some("Referrals in\nReferrals out"));
    let since = item.since;
    named.want(Intent::ContactedSupport { reference: None }).want(names("Referrals in"));
    named.want(Intent::ItemAsked(OpenItemId::FlowsOff, Some("Please turn them off".to_owned())));
    let item = named.item(OpenItemId::FlowsOff).expect("an item");
    assert_eq!((item.since, item.note.as_deref()), (since, Some("Referrals in")), "the names stay");
}

#[test]
fn who_turned_the_flows_off_is_kept_with_the_time_and_the_names() {
    let mut bench = Bench::of(Flow::Migration);
    bench.want(names("Referrals in")).want(turned_off(" Ada "));
    let off = bench.now();
    bench.want(turned_off("Ada Lovelace")).want(names("Referrals in and out"));
    let item = bench.reopened().item(OpenItemId::FlowsOff).cloned().expect("an item");
    assert_eq!((item.arrived_at, item.done_by.as_deref()), (Some(off), Some("Ada Lovelace")));
    assert_eq!(item.note.as_deref(), Some("Referrals in and out"), "a name is mended afterwards");
    assert_eq!(bench.said().iter().filter(|what| **what == What::OpenItemArrived).count(), 1);
    bench.want(Intent::ContactedSupport { reference: None }).sign_in().pass(CheckKind::Probe);
    assert!(!bench.waits().contains(&"flows-off"), "it is not asked for again");
    bench.want(Intent::ItemAsked(OpenItemId::FlowsOff, None));
    let again = bench.item(OpenItemId::FlowsOff).expect("an item");
    assert_eq!((again.is_open(), again.done_by.as_deref()), (true, None), "unless somebody asks");
    assert_eq!(again.note.as_deref(), Some("Referrals in and out"));
}

#[test]
fn flows_that_nobody_had_named_are_turned_off_all_the_same() {
    let mut bench = Bench::of(Flow::Migration);
    bench.want(turned_off(""));
    let item = bench.item(OpenItemId::FlowsOff).expect("an item");
    assert_eq!((item.arrived_at, item.done_by.as_deref()), (Some(bench.now()), None));
}
