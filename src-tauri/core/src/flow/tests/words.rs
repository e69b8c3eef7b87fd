//! The word, and what it may claim.

use super::*;
use crate::failure::HeldWord;
use crate::status::Qualifier;
use crate::view;

#[test]
fn a_failed_check_gives_every_class_the_word_of_the_table() {
    let done = Bench::done(Flow::NewUsers);
    for class in FailureClass::ALL {
        let mut bench = done.clone();
        bench.check_fails(*class);
        let word = match class.rule().held {
            HeldWord::Inactive => Word::Inactive,
            HeldWord::NotConnected => Word::NotConnected,
            HeldWord::CantCheck | HeldWord::Unchanged => Word::CantCheck,
        };
        assert_eq!((bench.word(), bench.failure()), (word, Some(*class)));
        let known = bench.state.record.verdict.last_known.expect("something is known").word;
        assert_eq!(known, if word == Word::CantCheck { Word::Active } else { word }, "{class}");
    }
}

#[test]
fn what_could_not_be_found_out_keeps_the_last_known_word_and_its_age() {
    let mut bench = Bench::done(Flow::NewUsers);
    let known = bench.state.record.verdict.last_known;
    for _ in 0..3 {
        bench.check_fails(FailureClass::Offline);
        assert_eq!(bench.state.record.verdict.last_known, known);
    }
    assert_eq!(bench.reopened().state.record.verdict.last_known, known);
}

#[test]
fn a_returned_browser_a_code_and_a_stored_token_are_never_active() {
    let mut bench = Bench::of(Flow::NewUsers);
    let steps: [Act; 6] = [
        |bench| {
            bench.wait_for_browser();
        },
        |bench| {
            bench.answered(Ok(()));
        },
        |bench| {
            bench.redeemed(Ok(signed_in(SAVED)));
        },
        |bench| {
            bench.kept(Ok(()));
        },
        |bench| {
            let credential_id = bench.credential_id();
            bench.send(EventKind::CredentialSaved { credential_id, result: Ok(()) });
        },
        |bench| {
            let check = Check::ended(CheckId::Referrals, CheckResult::Passed);
            bench.send(EventKind::CheckEnded { check });
        },
    ];
    for step in steps {
        step(&mut bench);
        assert_ne!(bench.word(), Word::Active, "in {:?}", bench.state.activity);
        assert_ne!(bench.reopened().word(), Word::Active);
    }
    bench.pass(CheckKind::Probe);
    assert_eq!(bench.word(), Word::Active);
}

#[test]
fn a_new_credential_does_not_inherit_the_word_of_the_old_one() {
    let mut bench = Bench::done(Flow::NewUsers);
    bench.sign_in();
    assert_eq!(bench.word(), Word::CantCheck);
    assert_eq!(bench.state.record.last_report, None);
}

#[test]
fn a_report_of_another_credential_is_passed_over() {
    let mut bench = Bench::of(Flow::NewUsers);
    bench.sign_in();
    let other = report(CheckKind::Probe, "another", bench.now(), None);
    bench.report(other);
    assert_eq!(bench.word(), Word::CantCheck);
    bench.pass(CheckKind::Probe);
    assert_eq!(bench.word(), Word::Active, "the report that was awaited still counts");
}

#[test]
fn a_report_that_nobody_awaits_is_passed_over() {
    let mut bench = Bench::done(Flow::NewUsers);
    bench.fail(CheckKind::Test, Failure::of(FailureClass::RoleMissing));
    assert_eq!(bench.word(), Word::Active, "no check is running");
    bench.want(Intent::Check(CheckKind::Probe)).fail(CheckKind::Test, Failure::of(FailureClass::RoleMissing));
    assert_eq!(bench.word(), Word::Active, "another kind of check is running");
}

#[test]
fn a_report_that_shows_nothing_is_no_pass() {
    let without = |report: &mut Report, id: CheckId| report.checks.retain(|check| check.id != id);
    let unproven: [&dyn Fn(&mut Report); 5] = [
        &|report| report.checks.clear(),
        &|report| without(report, CheckId::Metadata),
        &|report| without(report, CheckId::Refresh),
        &|report| without(report, CheckId::Referrals),
        &|report| report.checks[3].result = CheckResult::Failed,
    ];
    for spoil in unproven {
        let mut bench = Bench::of(Flow::NewUsers);
        bench.sign_in();
        let mut report = report(CheckKind::Probe, &bench.credential_id(), bench.now(), None);
        spoil(&mut report);
        bench.report(report);
        assert_eq!((bench.word(), bench.failure()), (Word::CantCheck, Some(FailureClass::Unknown)));
    }
}

#[test]
fn after_a_day_active_is_no_longer_shown_as_active() {
    let bench = Bench::done(Flow::NewUsers);
    let verdict = &bench.state.record.verdict;
    let checked = verdict.checked_at.expect("it was checked").as_second();
    let at = |second| Timestamp::from_second(second).expect("a time");
    assert!(!verdict.is_stale(at(checked + 24 * 3600)));
    assert!(verdict.is_stale(at(checked + 24 * 3600 + 1)));
    assert!(verdict.is_stale(at(checked - 24 * 3600 - 1)), "a check from the future proves nothing today");
}

#[test]
fn qualifiers_stand_beside_the_word_and_leave_with_their_cause() {
    let mut bench = Bench::of(Flow::NewUsers);
    bench.sign_in();
    let mut limited = report(CheckKind::Probe, &bench.credential_id(), bench.now(), None);
    limited.checks[3].reason = Some(crate::check::EMPTY_LIST.to_owned());
    limited.checks[4].result = CheckResult::NotChecked;
    bench.report(limited);
    bench.send(EventKind::Committed { result: Err(Failure::of(FailureClass::StoreNotWritable)) });
    let all = [Qualifier::RightsNotProven, Qualifier::MfaNotProven, Qualifier::HistoryNotSaved];
    assert_eq!(view::qualifiers(&bench.state), all);
    assert_eq!(bench.word(), Word::Active);
    bench.send(EventKind::Committed { result: Ok(()) });
    bench.want(Intent::Check(CheckKind::Probe)).pass(CheckKind::Probe);
    assert_eq!(view::qualifiers(&bench.state), []);
}
