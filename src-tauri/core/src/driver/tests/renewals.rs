//! Refresh tokens that rotate: never lost, never used twice, never brought back.

use super::*;
use crate::history::What;
use crate::step::Stage;

#[test]
fn a_renewal_whose_check_was_cancelled_is_finished_all_the_same() {
    for held_up in ["refresh answer", "write", "lock", "read", "refresh"] {
        let mut desk = Desk::connected(Flow::NewUsers);
        let old = desk.world.get().live.clone();
        desk.world.hold_up(held_up);
        desk.want(TEST).want(Intent::Cancel);
        assert_eq!(desk.activity(), &Activity::Idle);
        desk.world.let_go(held_up);
        desk.go_on();
        assert_ne!(desk.world.get().live, old, "the exchange took place");
        desk.assert_token_is_safe();
        desk.want(PROBE);
        assert_eq!(desk.word(), Word::Active, "held up at {held_up}");
    }
}

#[test]
fn closing_the_program_waits_for_the_exchange_under_way() {
    let mut desk = Desk::connected(Flow::NewUsers);
    desk.world.hold_up("refresh answer");
    desk.want(PROBE);
    assert_eq!(run(desk.driver.finish()), None, "the answer is on the way");
    desk.world.let_go("refresh answer");
    assert_eq!(run(desk.driver.finish()), Some(()));
    desk.assert_token_is_safe();
    let mut again = Desk::in_world(&desk.world);
    assert_eq!(again.want(PROBE).word(), Word::Active);
}

#[test]
fn renewals_of_one_process_come_one_after_the_other_in_keychain_and_memory() {
    for authorize in [AUTHORIZE, SESSION_ONLY] {
        let mut desk = Desk::new(Flow::NewUsers);
        desk.want(authorize);
        let before = desk.world.count("refresh");
        desk.world.refuse("referrals", Failure::of(FailureClass::SignInAgain));
        desk.world.hold_up("refresh answer");
        desk.want(TEST);
        for _ in 0..10 {
            let waiting = desk.world.count("refresh") - desk.world.count("refresh answer");
            assert_eq!(waiting, 0, "one exchange at a time");
            desk.world.let_go("refresh answer");
            desk.go_on();
            desk.world.hold_up("refresh answer");
        }
        assert_eq!(desk.world.count("refresh") - before, 3);
        assert_eq!(desk.word(), Word::Active);
        assert!(!desk.world.get().reused);
    }
}

#[test]
fn a_second_process_waits_for_the_first() {
    let mut desk = Desk::connected(Flow::NewUsers);
    let mut other = Desk::in_world(&desk.world);
    desk.world.hold_up("refresh answer");
    desk.want(PROBE);
    other.want(PROBE);
    desk.world.let_go("refresh answer");
    for _ in 0..5 {
        desk.go_on();
        other.go_on();
    }
    assert_eq!((desk.word(), other.word()), (Word::Active, Word::Active));
    desk.assert_token_is_safe();
}

/// A slow test in one process, and a sign-in in another that ends before it.
#[test]
fn what_an_older_process_learns_late_leaves_the_newer_credential_of_another_alone() {
    let mut older = Desk::connected(Flow::NewUsers);
    older.world.hold_up("metadata");
    older.want(TEST);
    let mut newer = Desk::in_world(&older.world);
    newer.want(AUTHORIZE);
    older.world.let_go("metadata");
    newer.go_on();
    older.go_on();
    let held = newer.driver.state().record.credential.clone().expect("a new credential");
    assert!(!older.driver.state().record.holds(&held.id), "the older process knows the earlier one");
    let inner = older.world.get();
    assert_eq!(inner.store.credential.as_ref().map(|stored| &stored.id), Some(&held.id));
    assert_eq!(
        (&inner.store.verdict, inner.store.word()),
        (&newer.driver.state().record.verdict, Word::Active)
    );
    let report = inner.store.last_report.as_ref().expect("its report stands");
    assert_eq!(report.credential_id, held.id);
    drop(inner);
    newer.assert_token_is_safe();
}

/// REQ-KC-06.
#[test]
fn a_token_that_cannot_be_written_lives_in_memory_until_the_next_success_saves_it() {
    let mut desk = Desk::connected(Flow::NewUsers);
    desk.world.get().has_profiles = false;
    desk.world.refuse("write", locked());
    desk.want(PROBE);
    assert_eq!((desk.word(), desk.is_session_only()), (Word::Active, true));
    assert_eq!(desk.driver.state().credential_not_saved, Some(locked()));
    {
        let inner = desk.world.get();
        assert_ne!(inner.keychain.as_ref().map(|(_, token)| token), inner.live.as_ref());
    }
    desk.world.refuse("write", locked());
    assert_eq!(desk.want(PROBE).word(), Word::Active);
    desk.want(PROBE);
    assert_eq!((desk.word(), desk.is_session_only()), (Word::Active, false));
    desk.assert_token_is_safe();
    assert!(desk.world.said().contains(&What::CredentialSaved));
}

/// Entra ID does not give up the token that was replaced, so the older one in the keychain may still serve.
#[test]
fn a_refreshed_token_that_was_not_written_leaves_the_older_one_for_the_next_start() {
    let mut desk = Desk::connected(Flow::NewUsers);
    desk.world.get().has_profiles = false;
    desk.world.get().rotates = false;
    desk.world.refuse("write", locked());
    desk.want(PROBE);
    let mut next = Desk::in_world(&desk.world);
    next.want(Intent::Resume);
    assert!(next.driver.state().record.credential.is_some(), "the connection is still there");
    assert_eq!(next.want(PROBE).word(), Word::Active);
}

#[test]
fn a_first_write_that_fails_is_tried_again_even_where_tokens_do_not_rotate() {
    let mut desk = Desk::new(Flow::NewUsers);
    desk.world.get().rotates = false;
    desk.world.refuse("write", locked());
    desk.want(AUTHORIZE);
    assert_eq!((desk.word(), desk.is_session_only()), (Word::Active, false), "the probe has saved it");
    desk.assert_token_is_safe();
}

#[test]
fn another_process_that_keeps_the_lock_delays_the_saving_and_loses_nothing() {
    let mut desk = Desk::connected(Flow::NewUsers);
    desk.world.get().has_profiles = false;
    desk.world.refuse("write", locked());
    desk.want(PROBE);
    desk.world.refuse("lock", Failure::of(FailureClass::RetryLater));
    assert_eq!(desk.want(PROBE).word(), Word::Active);
    assert!(desk.is_session_only());
    desk.want(PROBE);
    assert!(!desk.is_session_only());
    desk.assert_token_is_safe();
}

#[test]
fn the_session_alone_never_touches_the_keychain_and_ends_with_the_process() {
    let mut desk = Desk::new(Flow::NewUsers);
    desk.want(SESSION_ONLY).want(TEST);
    assert_eq!((desk.word(), desk.is_session_only()), (Word::Active, true));
    for call in ["probe", "write", "read", "delete"] {
        assert_eq!(desk.world.count(call), 0, "{call}");
    }
    let mut again = Desk::in_world(&desk.world);
    again.want(PROBE);
    assert_eq!(again.world.count("read"), 0);
    assert_eq!((again.word(), again.failure()), (Word::NotConnected, Some(FailureClass::KeychainDamaged)));
}

/// REQ-KC-07.
#[test]
fn a_keychain_that_holds_nothing_or_another_account_is_no_connection() {
    let mut desk = Desk::connected(Flow::NewUsers);
    desk.world.get().keychain = Some((signed_in("b@contoso.com").identity, "theirs".to_owned()));
    assert_eq!(desk.want(PROBE).word(), Word::NotConnected);
    assert!(!desk.world.get().reused, "another account's token is never sent");
    desk.world.get().keychain = None;
    assert_eq!(desk.want(PROBE).word(), Word::NotConnected);
}

/// The token stays where it is: neither read nor sent, whether it lies in the keychain or in memory.
#[test]
fn a_token_is_not_used_at_another_provider_and_serves_again_at_its_own() {
    for authorize in [AUTHORIZE, SESSION_ONLY] {
        let mut desk = Desk::new(Flow::NewUsers);
        desk.want(authorize);
        assert_eq!(desk.word(), Word::Active);
        let calls = |desk: &Desk| desk.world.count("refresh") + desk.world.count("read");
        let before = calls(&desk);
        let own = std::mem::replace(&mut desk.world.get().authority, "elsewhere.example client");
        desk.want(PROBE);
        assert_eq!((desk.word(), calls(&desk)), (Word::NotConnected, before));
        let failure = desk.driver.state().failure().expect("a failure");
        assert_eq!(failure.code.as_deref(), Some("another environment"));
        assert_eq!(failure.redo(Stage::Verify), Some(Stage::Authorize));
        desk.world.get().authority = own;
        assert_eq!(desk.want(PROBE).word(), Word::Active);
    }
}

#[test]
fn a_sign_in_at_another_provider_takes_the_place_of_the_one_before() {
    let desk = Desk::connected(Flow::NewUsers);
    desk.world.get().authority = "elsewhere.example client";
    let mut moved = Desk::in_world(&desk.world);
    assert_eq!(moved.want(PROBE).word(), Word::NotConnected);
    assert_eq!(moved.want(AUTHORIZE).word(), Word::Active);
    let stored = moved.world.get().store.credential.clone().expect("a credential");
    assert_eq!(stored.authority, "elsewhere.example client");
}

#[test]
fn a_locked_keychain_leaves_the_last_known_word_and_a_later_check_mends_it() {
    let mut desk = Desk::connected(Flow::NewUsers);
    desk.world.refuse("read", locked());
    desk.want(PROBE);
    assert_eq!((desk.word(), desk.failure()), (Word::CantCheck, Some(FailureClass::KeychainLocked)));
    let known = desk.driver.state().record.verdict.last_known.expect("what was known");
    assert_eq!(known.word, Word::Active);
    assert_eq!(desk.want(PROBE).word(), Word::Active);
}

#[test]
fn a_sign_in_during_a_renewal_keeps_the_new_credential() {
    for authorize in [AUTHORIZE, SESSION_ONLY] {
        let mut desk = Desk::new(Flow::NewUsers);
        desk.want(authorize.clone());
        desk.world.hold_up("refresh answer");
        desk.want(PROBE).want(authorize);
        desk.world.let_go("refresh answer");
        desk.go_on();
        assert_eq!(desk.word(), Word::Active);
        assert_eq!(desk.want(PROBE).word(), Word::Active);
        assert!(!desk.world.get().reused);
    }
}
