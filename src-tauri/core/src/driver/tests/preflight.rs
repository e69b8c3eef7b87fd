//! The pre-flight at work: together, bounded, beside a sign-in.

use super::*;
use crate::flow::{PreflightId, PreflightRow};

impl Desk {
    fn is_preflight_running(&self) -> bool {
        self.driver.state().preflight.as_ref().expect("a pre-flight").running
    }

    fn row(&self, id: PreflightId) -> &PreflightRow {
        let preflight = self.driver.state().preflight.as_ref().expect("a pre-flight");
        preflight.rows.iter().find(|row| row.id == id).expect("the row is known")
    }

    fn row_result(&self, id: PreflightId) -> (CheckResult, Option<FailureClass>) {
        let row = self.row(id);
        (row.result, row.failure.as_ref().map(|failure| failure.class))
    }
}

#[test]
fn a_computer_where_all_is_well_is_ready_and_nothing_of_it_is_stored() {
    let world = World::new();
    world.get().has_deep_link = true;
    let mut desk = Desk::in_world(&world);
    desk.want(Intent::Preflight);
    assert!(!desk.is_preflight_running());
    for id in PreflightId::ALL {
        assert_eq!(desk.row_result(id), (CheckResult::Passed, None), "{id:?}");
    }
    assert_eq!((world.count("commit"), desk.word()), (0, Word::NotConnected));
}

#[test]
fn each_row_says_by_itself_what_is_not_as_it_should_be() {
    use FailureClass::{BrowserNotOpened, KeychainLocked, NetworkBlocked, ReturnBlocked};
    let world = World::new();
    world.get().has_browser = false;
    world.get().has_deep_link = true;
    world.refuse("metadata", Failure::of(NetworkBlocked));
    world.refuse("probe", locked());
    world.refuse("prove", Failure::of(ReturnBlocked));
    world.refuse("loopback", Failure::of(ReturnBlocked));
    let mut desk = Desk::in_world(&world);
    desk.want(Intent::Preflight);
    let expected = [
        (PreflightId::Network, CheckResult::Failed, NetworkBlocked),
        (PreflightId::Browser, CheckResult::Failed, BrowserNotOpened),
        (PreflightId::DeepLink, CheckResult::Warning, ReturnBlocked),
        (PreflightId::Loopback, CheckResult::Failed, ReturnBlocked),
        (PreflightId::Keychain, CheckResult::Warning, KeychainLocked),
    ];
    for (id, result, class) in expected {
        assert_eq!(desk.row_result(id), (result, Some(class)), "{id:?}");
    }
    assert_eq!(desk.failure(), None, "the connection has not failed");
}

#[test]
fn without_a_deep_link_the_row_says_only_that_it_was_not_checked() {
    let mut desk = Desk::in_world(&World::new());
    desk.want(Intent::Preflight);
    assert_eq!(desk.row_result(PreflightId::DeepLink), (CheckResult::NotChecked, None));
    assert!(!desk.row(PreflightId::DeepLink).timed_out);
}

#[test]
fn a_store_that_takes_nothing_is_worth_a_warning() {
    let mut desk = Desk::in_world(&World::new());
    desk.world.refuse("commit", Failure::of(FailureClass::StoreNotWritable));
    desk.settle(Flow::NewUsers).want(Intent::Preflight);
    let seen = desk.row_result(PreflightId::Database);
    assert_eq!(seen, (CheckResult::Warning, Some(FailureClass::StoreNotWritable)));
}

#[test]
fn after_ten_seconds_it_is_over_whatever_hangs() {
    let mut desk = Desk::in_world(&World::new());
    for name in ["metadata", "probe", "loopback"] {
        desk.world.hold_up(name);
    }
    desk.want(Intent::Preflight);
    assert_eq!(desk.row_result(PreflightId::Browser), (CheckResult::Passed, None), "it waits for none");
    desk.world.advance(9);
    assert!(desk.go_on().is_preflight_running());
    desk.world.advance(1);
    assert!(!desk.go_on().is_preflight_running());
    for id in [PreflightId::Network, PreflightId::Keychain, PreflightId::Loopback] {
        assert_eq!((desk.row(id).result, desk.row(id).timed_out), (CheckResult::NotChecked, true), "{id:?}");
    }
    desk.world.let_go("probe");
    desk.go_on();
    assert_eq!(desk.row_result(PreflightId::Keychain), (CheckResult::Passed, None), "a late answer counts");
}

#[test]
fn a_deep_link_that_does_not_arrive_is_named_after_two_seconds() {
    let world = World::new();
    world.get().has_deep_link = true;
    world.hold_up("prove");
    let mut desk = Desk::in_world(&world);
    desk.want(Intent::Preflight);
    world.advance(2);
    assert!(!desk.go_on().is_preflight_running(), "all the others have answered");
    let seen = desk.row_result(PreflightId::DeepLink);
    assert_eq!(seen, (CheckResult::Warning, Some(FailureClass::ReturnBlocked)));
    assert_eq!(desk.row(PreflightId::DeepLink).milliseconds, 2000);
}

#[test]
fn it_and_a_sign_in_run_beside_each_other_and_stopping_one_leaves_the_other() {
    let mut desk = Desk::new(Flow::NewUsers);
    desk.world.hold_up("metadata");
    desk.want(Intent::Preflight).want(AUTHORIZE);
    assert!(matches!(desk.activity(), Activity::Checking { .. }), "the sign-in was not kept waiting");
    desk.want(Intent::Cancel);
    assert_eq!((desk.activity(), desk.is_preflight_running()), (&Activity::Idle, true));
    desk.want(Intent::Disconnect { wipe: true });
    assert!(desk.is_preflight_running());
    desk.world.let_go("metadata");
    assert!(!desk.go_on().is_preflight_running(), "its rows came all the same");
    assert_eq!(desk.row_result(PreflightId::Network), (CheckResult::Passed, None));
}
