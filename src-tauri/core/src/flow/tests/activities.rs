//! Every activity the program can be in, and what people and late answers may do there.

use super::*;
use crate::flow::{AccountAnswer, WaitMark};
use crate::ports::Way;

/// One bench in each activity, holding an Active credential or none.
pub(super) fn every_activity(connected: bool) -> Vec<Bench> {
    let base = if connected { Bench::done(Flow::NewUsers) } else { Bench::of(Flow::NewUsers) };
    let stages: [Act; 7] = [
        |_| {},
        |bench| {
            bench.authorize();
        },
        |bench| {
            bench.authorize().probed(Err(Failure::of(FailureClass::KeychainLocked)));
        },
        |bench| {
            bench.authorize().probed(Ok(()));
        },
        |bench| {
            bench.wait_for_browser();
        },
        |bench| {
            bench.wait_for_browser().answered(Ok(()));
        },
        |bench| {
            bench.wait_for_browser().answered(Ok(())).redeemed(Ok(signed_in("b@contoso.com")));
        },
    ];
    let held: [Act; 3] = [
        |bench| {
            bench.want(Intent::Check(CheckKind::Test));
        },
        |bench| {
            bench.want(Intent::ListOrganizations);
        },
        |bench| {
            bench.want(Intent::Disconnect { wipe: false });
        },
    ];
    let all = stages.into_iter().chain(held.into_iter().filter(|_| connected));
    let reached = |enter: Act| {
        let mut bench = base.clone();
        enter(&mut bench);
        bench
    };
    all.map(reached).collect()
}

#[test]
fn a_failing_sign_in_leaves_the_word_alone_whatever_the_class_and_wherever_it_fails() {
    for class in FailureClass::ALL {
        for (connected, word) in [(true, Word::Active), (false, Word::NotConnected)] {
            for mut bench in every_activity(connected) {
                if bench.state.plan().is_none() {
                    continue;
                }
                let attempt = bench.attempt();
                let failed = || Err(Failure::of(*class));
                bench.send(EventKind::KeychainProbed { attempt, result: failed() });
                bench.send(EventKind::Begun { attempt, result: Err(Failure::of(*class)) });
                bench.send(EventKind::BrowserOpened { attempt, result: failed() });
                bench.answered(failed()).redeemed(Err(Failure::of(*class)));
                assert_eq!(bench.word(), word, "{class} in {:?}", bench.state.activity);
            }
        }
    }
}

#[test]
fn cancel_leads_out_of_every_activity_but_the_two_that_end_by_themselves() {
    for connected in [true, false] {
        for mut bench in every_activity(connected) {
            let before = bench.state.activity.clone();
            let word = bench.word();
            bench.want(Intent::Cancel);
            let goes_on = matches!(before, Activity::Disconnecting);
            assert_eq!(bench.is_idle(), !goes_on, "after cancelling {before:?}");
            assert_eq!(bench.word(), word, "cancelling {before:?} says nothing about the connection");
        }
    }
}

#[test]
fn authorize_ends_the_attempt_or_check_before_it() {
    for connected in [true, false] {
        for mut bench in every_activity(connected) {
            let old = bench.attempt();
            let before = bench.state.clone();
            bench.authorize();
            if before.activity == Activity::Disconnecting {
                assert_eq!(bench.state.activity, before.activity);
                continue;
            }
            let mut expected = vec![Effect::ProbeKeychain(old + 1)];
            if before.plan().is_some() {
                expected.insert(0, Effect::End(old));
            } else if before.is_busy() {
                expected.insert(0, Effect::Stop);
            }
            assert_eq!(bench.effects, expected, "from {:?}", before.activity);
        }
    }
}

#[test]
fn late_answers_of_an_old_attempt_change_nothing() {
    for connected in [true, false] {
        for mut bench in every_activity(connected) {
            let attempt = bench.attempt();
            bench.authorize();
            let (state, rows) = (bench.state.clone(), bench.rows.len());
            let identity = Ok(signed_in(SAVED));
            let late = [
                EventKind::KeychainProbed { attempt, result: Ok(()) },
                EventKind::Begun { attempt, result: Ok(SignInAddress("https://late.example".to_owned())) },
                EventKind::BrowserOpened { attempt, result: Err(Failure::of(FailureClass::Unknown)) },
                EventKind::Woke { attempt, mark: WaitMark::End },
                EventKind::Answered { attempt, result: Ok(()) },
                EventKind::Redeemed { attempt, credential_id: "late".to_owned(), result: identity },
                EventKind::Kept { attempt, result: Ok(()) },
            ];
            for kind in late {
                if bench.attempt() == attempt {
                    continue;
                }
                bench.send(kind);
                assert_eq!(bench.state, state);
                assert_eq!((bench.effects.len(), bench.rows.len()), (0, rows));
            }
        }
    }
}

#[test]
fn a_check_or_a_list_never_pushes_a_question_aside() {
    for intent in [Intent::Check(CheckKind::Probe), Intent::ListOrganizations] {
        for mut bench in every_activity(true) {
            let before = bench.state.activity.clone();
            bench.want(intent.clone());
            if before != Activity::Idle {
                assert_eq!(bench.state.activity, before, "{intent:?}");
                assert_eq!(bench.effects, []);
            }
        }
    }
}

#[test]
fn a_credential_being_put_away_is_not_interrupted_by_cancel_or_a_second_press() {
    let mut bench = Bench::of(Flow::NewUsers);
    bench.wait_for_browser().answered(Ok(())).redeemed(Ok(signed_in(SAVED)));
    assert!(matches!(bench.state.activity, Activity::Keeping { .. }));
    let before = bench.state.clone();
    bench.authorize().want(Intent::Cancel);
    bench.send(EventKind::Kept { attempt: 7, result: Ok(()) });
    assert_eq!(bench.state, before);
    bench.kept(Ok(()));
    assert!(matches!(bench.state.activity, Activity::Checking { kind: CheckKind::Probe, .. }));
}

#[test]
fn nothing_is_begun_without_username_and_flow() {
    let mut bench = Bench::empty();
    bench.authorize().want(Intent::Check(CheckKind::Probe)).want(Intent::ListOrganizations);
    bench.want(Intent::AnswerAccount(AccountAnswer::UseSignedIn)).want(Intent::UseSessionOnly);
    assert_eq!(bench.state, State::default());
}

#[test]
fn every_attempt_has_a_number_of_its_own_and_says_whose_account_is_meant() {
    let mut bench = Bench::of(Flow::NewUsers);
    bench.authorize().probed(Ok(()));
    let [Effect::Begin(request)] = bench.effects.as_slice() else { panic!("{:?}", bench.effects) };
    assert_eq!((request.attempt, request.username.as_str(), request.way), (1, SAVED, Way::Loopback));
    assert!(!request.fresh_login && request.claims.is_none());
    bench.authorize();
    assert_eq!(bench.attempt(), 2);
}
