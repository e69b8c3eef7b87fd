//! The wait for the browser: a cause, ways out, and an end.

use std::time::Duration;

use super::*;
use crate::flow::{WaitMark, Waiting};

fn waiting() -> Bench {
    let mut bench = Bench::of(Flow::NewUsers);
    bench.wait_for_browser();
    bench
}

impl Bench {
    fn wakes(&mut self, mark: WaitMark) -> &mut Self {
        self.send(EventKind::Woke { attempt: self.attempt(), mark })
    }

    fn waiting(&self) -> &Waiting {
        let Activity::Waiting(waiting) = &self.state.activity else { panic!("{:?}", self.state.activity) };
        waiting
    }
}

#[test]
fn the_wait_opens_the_browser_and_sets_its_times() {
    let bench = waiting();
    let address = SignInAddress("https://login.example/1".to_owned());
    let expected = [
        Effect::OpenBrowser(1, address.clone()),
        Effect::AwaitAnswer(1),
        Effect::Wake(1, WaitMark::Nudge),
        Effect::Wake(1, WaitMark::Long),
        Effect::Wake(1, WaitMark::Ask),
        Effect::Wake(1, WaitMark::End),
    ];
    assert_eq!(bench.effects, expected);
    let times = WaitMark::ALL.map(WaitMark::after);
    assert_eq!(times, [8, 60, 600, 1800].map(Duration::from_secs));
    assert_eq!((&bench.waiting().address, bench.waiting().since), (&address, bench.now()));
}

#[test]
fn it_nudges_then_asks_and_goes_on_until_it_ends() {
    let mut bench = waiting();
    assert!(!bench.wakes(WaitMark::Nudge).waiting().asked_to_keep_waiting);
    assert!(bench.waiting().nudged && !bench.waiting().long);
    assert!(bench.wakes(WaitMark::Long).waiting().long, "the page may be in another window");
    assert!(bench.wakes(WaitMark::Ask).waiting().asked_to_keep_waiting);
    bench.want(Intent::KeepWaiting);
    assert!(!bench.waiting().asked_to_keep_waiting);
    bench.wakes(WaitMark::End);
    assert_eq!(bench.effects, [Effect::End(1)], "the listener is closed");
    assert!(bench.is_idle());
    assert_eq!(bench.failure(), Some(FailureClass::RestartSignIn));
    assert_eq!(bench.said().last(), Some(&What::SignInFailed));
}

#[test]
fn an_answer_counts_as_long_as_the_wait_goes_on() {
    let mut bench = waiting();
    bench.wakes(WaitMark::Nudge).wakes(WaitMark::Ask).answered(Ok(()));
    assert_eq!(bench.effects, [Effect::Redeem(1)]);
    bench.answered(Ok(()));
    assert_eq!(bench.effects, [], "the same link twice redeems once");
}

#[test]
fn a_browser_that_does_not_open_is_named_and_the_wait_goes_on() {
    let mut bench = waiting();
    let failed =
        || EventKind::BrowserOpened { attempt: 1, result: Err(Failure::of(FailureClass::BrowserNotOpened)) };
    bench.send(failed());
    assert_eq!(
        bench.waiting().browser_failed.as_ref().map(|failure| failure.class),
        Some(FailureClass::BrowserNotOpened)
    );
    let row = bench.rows.last().expect("a row");
    assert_eq!((row.what, row.class), (What::SignInFailed, Some(FailureClass::BrowserNotOpened)));
    bench.want(Intent::OpenBrowserAgain);
    assert_eq!(bench.effects, [Effect::OpenBrowser(1, SignInAddress("https://login.example/1".to_owned()))]);
    bench.send(EventKind::BrowserOpened { attempt: 1, result: Ok(()) });
    assert_eq!(bench.waiting().browser_failed, None);
}

#[test]
fn the_way_back_cannot_be_made_and_says_so() {
    let mut bench = Bench::of(Flow::NewUsers);
    bench.authorize().probed(Ok(()));
    bench.send(EventKind::Begun { attempt: 1, result: Err(Failure::of(FailureClass::ReturnBlocked)) });
    assert_eq!(bench.effects, [Effect::End(1)]);
    assert_eq!((bench.failure(), bench.word()), (Some(FailureClass::ReturnBlocked), Word::NotConnected));
}

#[test]
fn a_sign_in_leaves_a_row_for_its_beginning_and_for_its_end() {
    let ends: [(Act, What, Option<FailureClass>); 4] = [
        (
            |bench| {
                bench.want(Intent::Cancel);
            },
            What::SignInCancelled,
            Some(FailureClass::UserCancelled),
        ),
        (
            |bench| {
                bench.answered(Err(Failure::of(FailureClass::ConsentDeclined)));
            },
            What::SignInFailed,
            Some(FailureClass::ConsentDeclined),
        ),
        (
            |bench| {
                let refused = Failure::of(FailureClass::PolicyBlocked).with_code("AADSTS53003");
                bench.answered(Ok(())).redeemed(Err(refused));
            },
            What::SignInFailed,
            Some(FailureClass::PolicyBlocked),
        ),
        (
            |bench| {
                bench.answered(Ok(())).redeemed(Ok(signed_in(SAVED))).kept(Ok(()));
            },
            What::SignedIn,
            None,
        ),
    ];
    for (end, what, class) in ends {
        let mut bench = waiting();
        end(&mut bench);
        assert_eq!(bench.said(), [What::UsernameSaved, What::SignInStarted, what]);
        let row = bench.rows.last().expect("a row");
        assert_eq!((row.class, row.step.is_some()), (class, true));
        let attempt = bench.state.record.attempt.as_ref().expect("an attempt");
        assert!(attempt.ended);
    }
}
