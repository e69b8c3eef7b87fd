//! A keychain that fails, and disconnecting.

use super::*;
use crate::status::Qualifier;
use crate::view;

fn locked() -> Failure {
    Failure::of(FailureClass::KeychainLocked)
}

impl Bench {
    fn saved(&mut self, result: Result<(), Failure>) -> &mut Self {
        let credential_id = self.credential_id();
        self.send(EventKind::CredentialSaved { credential_id, result })
    }

    fn is_session_only(&self) -> bool {
        view::qualifiers(&self.state).contains(&Qualifier::SessionOnly)
    }
}

#[test]
fn a_keychain_that_does_not_answer_offers_the_session_and_opens_no_browser() {
    let mut bench = Bench::of(Flow::NewUsers);
    bench.authorize().probed(Err(locked()));
    assert!(matches!(bench.state.activity, Activity::SessionOnlyOffered(..)));
    assert_eq!((bench.effects.len(), bench.failure()), (0, Some(FailureClass::KeychainLocked)));
    assert_eq!(bench.said().last(), Some(&What::CredentialNotSaved));
    bench.want(Intent::UseSessionOnly).begun().answered(Ok(())).redeemed(Ok(signed_in(SAVED)));
    assert!(matches!(bench.effects.as_slice(), [Effect::Keep { session_only: true, .. }]));
    bench.kept(Ok(())).pass(CheckKind::Probe);
    assert_eq!((bench.word(), bench.is_session_only()), (Word::Active, true));
    assert_eq!(bench.state.credential_not_saved, None, "it was the person's choice");
}

#[test]
fn trying_again_probes_the_keychain_again() {
    let mut bench = Bench::of(Flow::NewUsers);
    bench.authorize().probed(Err(locked())).authorize();
    assert_eq!(bench.effects, [Effect::End(1), Effect::ProbeKeychain(2)]);
    bench.probed(Ok(()));
    assert!(matches!(bench.state.activity, Activity::Beginning(_)));
}

#[test]
fn the_session_chosen_from_the_start_does_not_touch_the_keychain() {
    let mut bench = Bench::of(Flow::NewUsers);
    bench.want(Intent::Authorize { second_check: false, session_only: true });
    assert!(matches!(bench.effects.as_slice(), [Effect::Begin(_)]));
}

#[test]
fn a_write_that_fails_after_the_sign_in_lets_the_session_go_on_until_it_is_saved() {
    let mut bench = Bench::of(Flow::NewUsers);
    bench.wait_for_browser().answered(Ok(())).redeemed(Ok(signed_in(SAVED))).kept(Err(locked()));
    bench.pass(CheckKind::Probe);
    assert_eq!((bench.word(), bench.is_session_only()), (Word::Active, true));
    assert_eq!(bench.state.credential_not_saved, Some(locked()));
    assert!(bench.said().contains(&What::CredentialNotSaved));
    bench.saved(Ok(()));
    assert_eq!((bench.word(), bench.is_session_only()), (Word::Active, false));
    assert_eq!(bench.state.credential_not_saved, None);
    assert_eq!(bench.said().last(), Some(&What::CredentialSaved));
}

#[test]
fn a_refreshed_credential_that_cannot_be_written_keeps_the_word_and_says_so() {
    let mut bench = Bench::done(Flow::NewUsers);
    bench.saved(Err(locked()));
    assert_eq!((bench.word(), bench.is_session_only()), (Word::Active, true));
    bench.saved(Ok(())).saved(Ok(()));
    assert!(!bench.is_session_only());
    assert_eq!(bench.said().iter().filter(|what| **what == What::CredentialSaved).count(), 1);
}

#[test]
fn a_sign_in_for_this_session_ends_the_banner_of_the_one_before() {
    let mut bench = Bench::done(Flow::NewUsers);
    bench.saved(Err(locked()));
    bench.want(Intent::Authorize { second_check: false, session_only: true }).begun();
    bench.answered(Ok(())).redeemed(Ok(signed_in(SAVED))).kept(Ok(()));
    assert_eq!(bench.state.credential_not_saved, None);
}

#[test]
fn news_of_another_credential_is_passed_over() {
    let mut bench = Bench::done(Flow::NewUsers);
    let before = bench.state.clone();
    bench.send(EventKind::CredentialSaved { credential_id: "another".to_owned(), result: Err(locked()) });
    assert_eq!(bench.state, before);
}

#[test]
fn disconnecting_stops_what_runs_and_leaves_no_connection() {
    for mut bench in super::activities::every_activity(true) {
        let attempt = bench.state.plan().map(|plan| plan.attempt);
        bench.want(Intent::Disconnect { wipe: false });
        let mut expected = vec![Effect::Stop, Effect::Forget { wipe: false }];
        if let Some(attempt) = attempt {
            expected.insert(0, Effect::End(attempt));
        }
        assert_eq!(bench.effects, expected);
        bench.send(EventKind::Forgotten { wipe: false, result: Ok(()) });
        assert_eq!((bench.word(), bench.resume().as_deref()), (Word::NotConnected, Some("NEW-3")));
        assert_eq!(bench.said().last(), Some(&What::Disconnected));
        let record = &bench.state.record;
        assert!(record.credential.is_none() && record.organization.is_none() && record.attempt.is_none());
        assert!(!record.open_items.is_empty(), "what was asked of others is still asked");
        assert_eq!(bench.failure(), None);
    }
}

#[test]
fn a_keychain_that_does_not_let_go_leaves_the_connection_and_says_so() {
    for mut bench in super::activities::every_activity(true) {
        bench.want(Intent::Disconnect { wipe: true });
        bench.send(EventKind::Forgotten { wipe: true, result: Err(locked()) });
        assert_eq!((bench.word(), bench.failure()), (Word::Active, Some(FailureClass::KeychainLocked)));
        assert!(bench.is_idle());
        assert!(!bench.reopened().said().contains(&What::Interrupted), "nothing was left half-way");
    }
}

#[test]
fn wiping_leaves_nothing_at_all() {
    let mut bench = Bench::done(Flow::Migration);
    bench.want(Intent::Disconnect { wipe: true });
    bench.send(EventKind::Forgotten { wipe: true, result: Ok(()) });
    assert_eq!(bench.state.record, Record::default());
}

#[test]
fn an_answer_that_nobody_awaits_forgets_nothing() {
    for mut bench in super::activities::every_activity(true) {
        if bench.state.activity == Activity::Disconnecting {
            continue;
        }
        let before = bench.state.clone();
        bench.send(EventKind::Forgotten { wipe: true, result: Ok(()) });
        assert_eq!(bench.state, before);
    }
}

#[test]
fn a_session_that_was_in_memory_alone_ends_with_the_program() {
    let mut bench = Bench::of(Flow::NewUsers);
    bench.want(Intent::Authorize { second_check: false, session_only: true });
    bench.begun().answered(Ok(())).redeemed(Ok(signed_in(SAVED))).kept(Ok(())).pass(CheckKind::Probe);
    bench.want(Intent::Resume);
    assert_eq!(bench.word(), Word::Active, "it goes on while the program does");

    let killed = bench.reopened();
    bench.want(Intent::Leave);
    for ended in [killed, bench] {
        assert_eq!(ended.word(), Word::NotConnected);
        assert_eq!(ended.resume().as_deref(), Some("NEW-3"));
        assert_eq!(ended.said().last(), Some(&What::Disconnected));
    }
}

#[test]
fn a_credential_in_the_keychain_outlives_the_program() {
    let mut bench = Bench::done(Flow::NewUsers);
    bench.want(Intent::Leave);
    assert_eq!((bench.word(), bench.reopened().word()), (Word::Active, Word::Active));
}

#[test]
fn the_end_of_a_session_names_the_credential_that_ends_with_it() {
    let mut bench = Bench::of(Flow::NewUsers);
    bench.want(Intent::Authorize { second_check: false, session_only: true });
    bench.begun().answered(Ok(())).redeemed(Ok(signed_in(SAVED))).kept(Ok(())).pass(CheckKind::Probe);
    let held = bench.state.record.credential.clone().expect("a credential");
    let (_, effects) = step(bench.state, Event::intent(held.obtained_at, Intent::Leave));
    let [Effect::Commit(changes)] = effects.as_slice() else { panic!("{effects:?}") };
    assert!(changes.contains(&Change::SessionEnded { credential_id: held.id }), "{changes:?}");
    let unguarded = changes.iter().any(|change| matches!(change, Change::Credential(_) | Change::Undone(_)));
    assert!(!unguarded, "a later sign-in of another process would go too: {changes:?}");
}
