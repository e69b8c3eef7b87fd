//! Forgetting the connection, whatever runs.

use super::*;

const DISCONNECT: Intent = Intent::Disconnect { wipe: false };

fn assert_forgotten(desk: &mut Desk) {
    assert_eq!((desk.word(), desk.activity()), (Word::NotConnected, &Activity::Idle));
    assert_eq!(run(desk.driver.next()), Some(false), "nothing goes on");
    assert!(desk.world.get().keychain.is_none(), "nothing is left in the keychain");
    assert!(!desk.holds_secrets(), "nothing is left in memory");
    assert!(desk.world.get().store.credential.is_none());
    let calls = desk.world.get().calls.len();
    desk.want(PROBE).want(Intent::ListOrganizations);
    assert_eq!(desk.world.get().calls.len(), calls, "there is nothing to check with");
}

#[test]
fn disconnecting_during_a_renewal_never_brings_the_credential_back() {
    for held_up in ["refresh", "refresh answer", "write", "lock", "read"] {
        for refused in [false, true] {
            for authorize in [AUTHORIZE, SESSION_ONLY] {
                let mut desk = Desk::new(Flow::NewUsers);
                desk.want(authorize);
                if refused {
                    desk.world.refuse("write", locked());
                }
                desk.world.hold_up(held_up);
                desk.want(PROBE).want(DISCONNECT);
                desk.world.let_go(held_up);
                desk.go_on();
                assert_forgotten(&mut desk);
            }
        }
    }
}

#[test]
fn disconnecting_an_unsaved_credential_leaves_it_nowhere() {
    let mut desk = Desk::connected(Flow::NewUsers);
    desk.world.refuse("write", locked());
    desk.world.refuse("write", locked());
    desk.want(PROBE);
    desk.world.hold_up("refresh answer");
    desk.want(PROBE).want(DISCONNECT);
    desk.world.let_go("refresh answer");
    desk.go_on();
    assert_forgotten(&mut desk);
}

#[test]
fn disconnecting_during_a_sign_in_ends_it() {
    for held_up in ["probe", "begin", "answer", "redeem", "write", "commit"] {
        let mut desk = Desk::new(Flow::NewUsers);
        desk.world.hold_up(held_up);
        desk.want(AUTHORIZE).want(DISCONNECT);
        desk.world.let_go(held_up);
        desk.go_on();
        assert_forgotten(&mut desk);
    }
}

#[test]
fn a_keychain_that_refuses_to_delete_leaves_a_connection_that_still_works() {
    for authorize in [AUTHORIZE, SESSION_ONLY] {
        let mut desk = Desk::new(Flow::NewUsers);
        desk.want(authorize);
        desk.world.refuse("delete", locked());
        desk.want(DISCONNECT);
        assert_eq!((desk.word(), desk.failure()), (Word::Active, Some(FailureClass::KeychainLocked)));
        assert_eq!(desk.want(PROBE).word(), Word::Active, "nothing was half forgotten");
        desk.want(DISCONNECT);
        assert_forgotten(&mut desk);
    }
}

#[test]
fn a_session_is_forgotten_where_there_is_no_keychain_at_all() {
    let mut desk = Desk::new(Flow::NewUsers);
    desk.want(SESSION_ONLY);
    desk.world.refuse("delete", Failure::of(FailureClass::KeychainMissing));
    desk.want(DISCONNECT);
    assert_forgotten(&mut desk);
}

#[test]
fn a_press_on_authorize_does_not_stop_the_forgetting() {
    let mut desk = Desk::connected(Flow::NewUsers);
    desk.world.hold_up("delete");
    desk.want(DISCONNECT).want(AUTHORIZE).want(Intent::Cancel);
    assert_eq!(desk.activity(), &Activity::Disconnecting);
    desk.world.let_go("delete");
    desk.go_on();
    assert_forgotten(&mut desk);
    assert_eq!(desk.want(AUTHORIZE).word(), Word::Active, "a new sign-in is a new connection");
}

#[test]
fn wiping_empties_the_store() {
    let mut desk = Desk::connected(Flow::Migration);
    desk.want(Intent::Disconnect { wipe: true });
    assert_eq!(desk.world.get().store, crate::record::Record::default());
    assert!(desk.world.get().keychain.is_none());
}

#[test]
fn what_another_process_forgot_is_seen_by_the_next_look_and_never_under_way() {
    let mut here = Desk::connected(Flow::NewUsers);
    Desk::in_world(&here.world).want(DISCONNECT);
    assert_eq!(here.word(), Word::Active, "nobody has looked");
    here.world.hold_up("lock");
    here.want(PROBE);
    let _ = run(here.driver.look_again());
    assert_eq!(here.word(), Word::Active, "a check that runs keeps its ground");
    here.want(Intent::Cancel);
    here.world.refuse("load", Failure::of(FailureClass::StoreDamaged));
    let _ = run(here.driver.look_again());
    assert_eq!(here.word(), Word::Active, "a store that cannot be read says nothing");
    let _ = run(here.driver.look_again());
    assert_eq!(here.word(), Word::NotConnected);
}
