//! The way back at work: proven within its time, or the other one.

use super::*;
use crate::ports::Way;

impl Desk {
    fn with_deep_link() -> Self {
        let world = World::new();
        world.get().has_deep_link = true;
        let mut desk = Self::in_world(&world);
        desk.settle(Flow::NewUsers);
        desk
    }

    fn begun(&self) -> Vec<Way> {
        self.world.get().begun.clone()
    }
}

#[test]
fn a_deep_link_that_arrives_is_taken_after_keychain_and_before_the_browser() {
    let mut desk = Desk::with_deep_link();
    desk.want(AUTHORIZE);
    assert_eq!((desk.begun(), desk.word()), (vec![Way::DeepLink], Word::Active));
    let calls = desk.world.get().calls.clone();
    let first = |name| calls.iter().position(|call| *call == name).expect("it was called");
    assert!(
        first("probe") < first("prove") && first("prove") < first("begin") && first("begin") < first("open")
    );
}

#[test]
fn a_deep_link_that_the_system_refuses_leads_to_the_loopback_and_nothing_is_said_of_it() {
    let mut desk = Desk::with_deep_link();
    desk.world.refuse("prove", Failure::of(FailureClass::ReturnBlocked));
    desk.want(AUTHORIZE);
    assert_eq!((desk.begun(), desk.word(), desk.failure()), (vec![Way::Loopback], Word::Active, None));
    assert!(desk.world.get().history.iter().all(|entry| entry.class.is_none()));
}

#[test]
fn a_deep_link_that_does_not_arrive_is_waited_for_two_seconds() {
    let mut desk = Desk::with_deep_link();
    desk.world.hold_up("prove");
    desk.want(AUTHORIZE);
    desk.world.advance(1);
    desk.go_on();
    assert!(matches!(desk.activity(), Activity::ProvingDeepLink(_)) && desk.begun().is_empty());
    desk.world.advance(1);
    desk.go_on();
    assert_eq!((desk.begun(), desk.word()), (vec![Way::Loopback], Word::Active));
    desk.world.let_go("prove");
    desk.go_on();
    assert_eq!(desk.begun().len(), 1, "one that arrives later opens nothing more");
}

#[test]
fn a_sign_in_can_be_cancelled_while_its_deep_link_is_on_the_way() {
    let mut desk = Desk::with_deep_link();
    desk.world.hold_up("prove");
    desk.want(AUTHORIZE).want(Intent::Cancel);
    desk.world.advance(60);
    desk.go_on();
    assert_eq!((desk.activity(), desk.begun().len()), (&Activity::Idle, 0));
    assert_eq!(run(desk.driver.next()), Some(false), "nothing of it goes on");
}

/// REQ-DL-09.
#[test]
fn the_other_way_is_taken_at_once_by_every_later_start_after_it_has_worked() {
    let mut desk = Desk::with_deep_link();
    desk.world.hold_up("answer");
    desk.want(AUTHORIZE).want(Intent::UseAnotherWay);
    desk.world.let_go("answer");
    desk.go_on();
    assert_eq!((desk.begun(), desk.word()), (vec![Way::DeepLink, Way::Loopback], Word::Active));
    let mut again = Desk::in_world(&desk.world);
    let proofs = again.world.count("prove");
    again.want(AUTHORIZE);
    assert_eq!(again.begun().last(), Some(&Way::Loopback));
    assert_eq!(again.world.count("prove"), proofs, "nothing is waited for");
}
