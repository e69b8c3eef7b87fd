//! From the press to Active, and what stands in the way.

use super::*;
use crate::flow::AccountAnswer;
use crate::history::What;

#[test]
fn a_press_leads_through_the_browser_to_active_and_leaves_nothing_running() {
    let mut desk = Desk::new(Flow::NewUsers);
    desk.want(AUTHORIZE);
    assert_eq!((desk.word(), desk.activity()), (Word::Active, &Activity::Idle));
    desk.assert_token_is_safe();
    assert_eq!(desk.world.get().ended, [1], "the way back is closed");
    assert_eq!(run(desk.driver.next()), Some(false), "no clock of the sign-in goes on");
    let said = desk.world.said();
    assert_eq!(said[..4], [What::UsernameSaved, What::SignInStarted, What::SignedIn, What::Checked]);
}

#[test]
fn the_credential_is_in_the_keychain_before_its_access_token_is_used() {
    let mut desk = Desk::new(Flow::NewUsers);
    desk.want(AUTHORIZE);
    let calls = desk.world.get().calls.clone();
    let first = |name| calls.iter().position(|call| *call == name).expect("it was called");
    assert!(first("probe") < first("open"), "the keychain is tried before the browser opens");
    assert!(first("write") < first("refresh") && first("refresh") < first("referrals"));
}

#[test]
fn what_was_stored_is_what_a_second_start_finds() {
    let mut desk = Desk::new(Flow::Migration);
    desk.want(AUTHORIZE);
    let again = Desk::in_world(&desk.world);
    assert_eq!(again.driver.state().record, desk.driver.state().record);
    assert_eq!(again.word(), Word::Active);
}

#[test]
fn the_wait_nudges_asks_and_ends_by_the_clock() {
    let mut desk = Desk::new(Flow::NewUsers);
    desk.world.hold_up("answer");
    desk.want(AUTHORIZE);
    let waiting = |desk: &Desk| {
        let Activity::Waiting(waiting) = desk.activity() else { return None };
        Some((waiting.nudged, waiting.asked_to_keep_waiting))
    };
    let times = [(7, Some((false, false))), (1, Some((true, false))), (592, Some((true, true)))];
    for (seconds, expected) in times {
        desk.world.advance(seconds);
        assert_eq!(waiting(desk.go_on()), expected);
    }
    desk.world.advance(1200);
    assert_eq!(waiting(desk.go_on()), None);
    assert_eq!(
        (desk.failure(), desk.world.get().ended.as_slice()),
        (Some(FailureClass::RestartSignIn), &[1][..])
    );
}

#[test]
fn cancelling_drops_the_attempt_whole_whatever_it_was_doing() {
    for name in ["probe", "begin", "answer", "redeem"] {
        let mut desk = Desk::new(Flow::NewUsers);
        desk.world.hold_up(name);
        desk.want(AUTHORIZE).want(Intent::Cancel);
        assert_eq!((desk.word(), desk.activity()), (Word::NotConnected, &Activity::Idle), "at {name}");
        assert_eq!(run(desk.driver.next()), Some(false), "nothing of the attempt at {name} goes on");
        desk.world.let_go(name);
        desk.want(AUTHORIZE);
        assert_eq!(desk.word(), Word::Active);
        desk.assert_token_is_safe();
    }
}

#[test]
fn a_second_press_replaces_the_first_attempt() {
    let mut desk = Desk::new(Flow::NewUsers);
    desk.world.hold_up("answer");
    desk.want(AUTHORIZE).want(AUTHORIZE);
    desk.world.let_go("answer");
    desk.go_on();
    assert_eq!(desk.word(), Word::Active);
    let inner = desk.world.get();
    assert_eq!((inner.redeemed.as_slice(), inner.ended.as_slice()), (&[2][..], &[1, 2][..]));
}

#[test]
fn a_caller_who_stops_waiting_loses_neither_an_event_nor_an_effect() {
    for name in ["commit", "end"] {
        let mut desk = Desk::new(Flow::NewUsers);
        desk.world.hold_up(name);
        for _ in 0..3 {
            desk.want(AUTHORIZE);
        }
        desk.world.let_go(name);
        desk.go_on();
        assert_eq!(desk.word(), Word::Active, "{name} stood still");
        assert_eq!(desk.world.get().store, desk.driver.state().record);
        desk.assert_token_is_safe();
    }
}

#[test]
fn a_sign_in_without_name_or_without_a_token_to_keep_is_no_connection() {
    let mut desk = Desk::new(Flow::NewUsers);
    desk.world.get().has_refresh_token = false;
    desk.want(AUTHORIZE);
    assert_eq!((desk.word(), desk.failure()), (Word::NotConnected, Some(FailureClass::AppMisconfigured)));
    assert!(desk.world.get().keychain.is_none());
}

#[test]
fn another_account_waits_for_the_answer_and_its_token_is_forgotten_with_the_question() {
    let mut desk = Desk::new(Flow::NewUsers);
    let other = signed_in("b@contoso.com");
    desk.world.get().signs_in = other.clone();
    desk.world.get().refreshed_as = Some(other.clone());
    desk.want(AUTHORIZE);
    assert!(matches!(desk.activity(), Activity::AccountQuestion { .. }));
    assert_eq!(desk.world.count("write"), 0);
    assert!(desk.holds_secrets());
    desk.want(Intent::Cancel);
    assert!(!desk.holds_secrets(), "the token goes with the question");
    assert_eq!((desk.failure(), desk.word()), (Some(FailureClass::WrongAccount), Word::NotConnected));
    desk.want(AUTHORIZE).want(Intent::AnswerAccount(AccountAnswer::UseSignedIn));
    assert_eq!(desk.word(), Word::Active);
    assert_eq!(
        desk.world.get().keychain.as_ref().map(|(identity, _)| identity.clone()),
        Some(other.identity)
    );
}

#[test]
fn a_store_that_takes_nothing_stops_no_sign_in_and_catches_up() {
    let mut desk = Desk::new(Flow::NewUsers);
    for _ in 0..50 {
        desk.world.refuse("commit", Failure::of(FailureClass::StoreNotWritable));
        desk.world.refuse("lock", Failure::of(FailureClass::StoreNotWritable));
    }
    desk.want(AUTHORIZE);
    assert_eq!(desk.word(), Word::Active);
    assert!(desk.driver.state().not_saving.is_some());
    desk.assert_token_is_safe();
    while desk.driver.state().not_saving.is_some() {
        desk.want(PROBE);
    }
    assert_eq!(desk.world.get().store, desk.driver.state().record);
}

#[test]
fn a_store_that_cannot_be_read_is_named_and_the_program_stands() {
    let world = World::new();
    world.refuse("load", Failure::of(FailureClass::StoreDamaged));
    let mut desk = Desk::in_world(&world);
    assert_eq!((desk.word(), desk.failure()), (Word::NotConnected, Some(FailureClass::StoreDamaged)));
    desk.settle(Flow::NewUsers).want(AUTHORIZE);
    assert_eq!(desk.word(), Word::Active);
}
