//! The pre-flight: beside everything else, with an end, and never stored.

use super::*;
use crate::flow::{Preflight, PreflightId, PreflightRow};

impl Bench {
    fn row(&mut self, run: u64, id: PreflightId, result: CheckResult) -> &mut Self {
        let row = PreflightRow { id, result, failure: None, timed_out: false, milliseconds: 5 };
        self.send(EventKind::PreflightRowEnded { run, row })
    }

    fn preflight(&self) -> &Preflight {
        self.state.preflight.as_ref().expect("a pre-flight")
    }

    fn results(&self) -> Vec<(PreflightId, CheckResult, bool)> {
        self.preflight().rows.iter().map(|row| (row.id, row.result, row.timed_out)).collect()
    }
}

#[test]
fn it_is_over_when_the_last_row_is_known_and_shows_them_in_order() {
    let mut bench = Bench::empty();
    bench.want(Intent::Preflight);
    assert_eq!(bench.effects, [Effect::Preflight(1)]);
    for id in PreflightId::ALL.into_iter().rev() {
        assert!(bench.preflight().running);
        bench.row(1, id, CheckResult::Passed);
    }
    assert!(!bench.preflight().running);
    assert!(bench.preflight().rows.iter().map(|row| row.id).eq(PreflightId::ALL));
    let before = bench.state.clone();
    bench.send(EventKind::PreflightEnded { run: 1 });
    assert_eq!(bench.state, before, "the end of the time finds nothing left");
}

#[test]
fn what_has_not_answered_when_the_time_is_over_was_not_checked() {
    let mut bench = Bench::empty();
    bench.want(Intent::Preflight).row(1, PreflightId::Browser, CheckResult::Failed);
    bench.send(EventKind::PreflightEnded { run: 1 });
    assert!(!bench.preflight().running);
    let expected = PreflightId::ALL.map(|id| {
        let known = id == PreflightId::Browser;
        (id, if known { CheckResult::Failed } else { CheckResult::NotChecked }, !known)
    });
    assert_eq!(bench.results(), expected);
    bench.row(1, PreflightId::Keychain, CheckResult::Passed);
    assert!(bench.results().contains(&(PreflightId::Keychain, CheckResult::Passed, false)), "late is heard");
    assert!(!bench.preflight().running);
}

#[test]
fn it_runs_once_at_a_time_and_an_older_run_says_nothing_of_a_new_one() {
    let mut bench = Bench::empty();
    bench.want(Intent::Preflight).want(Intent::Preflight);
    assert_eq!(bench.effects, []);
    bench.send(EventKind::PreflightEnded { run: 1 }).want(Intent::Preflight);
    assert_eq!((bench.effects.as_slice(), bench.results()), (&[Effect::Preflight(2)][..], Vec::new()));
    bench.row(1, PreflightId::Keychain, CheckResult::Failed).send(EventKind::PreflightEnded { run: 1 });
    assert_eq!((bench.preflight().running, bench.results()), (true, Vec::new()));
}

#[test]
fn it_neither_waits_for_a_sign_in_nor_disturbs_one_and_leaves_the_status_alone() {
    let mut bench = Bench::done(Flow::NewUsers);
    bench.wait_for_browser();
    let (activity, record, rows) = (bench.state.activity.clone(), bench.stored.clone(), bench.rows.len());
    bench.want(Intent::Preflight);
    assert_eq!(bench.effects, [Effect::Preflight(1)]);
    for id in PreflightId::ALL {
        bench.row(1, id, CheckResult::Failed);
    }
    assert_eq!((&bench.state.activity, &bench.stored, bench.rows.len()), (&activity, &record, rows));
    bench.want(Intent::Preflight).answered(Ok(()));
    assert_eq!(bench.effects, [Effect::Redeem(2)], "and the sign-in goes on beside it");
    assert!(bench.preflight().running);
}
