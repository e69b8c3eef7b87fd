//! Which way the answer comes back, and what is remembered of it.

use super::*;
use crate::flow::AccountAnswer;
use crate::ports::Way;

impl Bench {
    /// Where the system says that a deep link leads here.
    pub(super) fn with_deep_link(flow: Flow) -> Self {
        let mut bench = Self::of(flow);
        bench.state.deep_link_available = true;
        bench
    }

    fn proven(&mut self, result: Result<(), Failure>) -> &mut Self {
        self.send(EventKind::DeepLinkProven { attempt: self.attempt(), result })
    }

    /// The way that the address is made for now.
    fn begins_by(&self) -> Option<Way> {
        self.effects
            .iter()
            .find_map(|effect| if let Effect::Begin(request) = effect { Some(request.way) } else { None })
    }
}

fn blocked() -> Failure {
    Failure::of(FailureClass::ReturnBlocked)
}

/// Waiting for an answer by deep link.
fn waiting_by_deep_link() -> Bench {
    let mut bench = Bench::with_deep_link(Flow::NewUsers);
    bench.authorize().probed(Ok(())).proven(Ok(())).begun();
    bench
}

#[test]
fn a_deep_link_is_taken_only_after_its_proof() {
    let mut bench = Bench::with_deep_link(Flow::NewUsers);
    bench.authorize().probed(Ok(()));
    assert_eq!(bench.effects, [Effect::ProveDeepLink(1)]);
    bench.proven(Ok(()));
    assert_eq!(bench.begins_by(), Some(Way::DeepLink));
    bench.proven(Err(blocked()));
    assert_eq!(bench.effects, [], "a second proof changes nothing");
}

#[test]
fn a_proof_that_fails_leads_to_the_loopback_without_a_failure() {
    let mut bench = Bench::with_deep_link(Flow::NewUsers);
    bench.authorize().probed(Ok(())).proven(Err(blocked()));
    assert_eq!((bench.begins_by(), bench.failure()), (Some(Way::Loopback), None));
    assert_eq!(bench.said(), [What::UsernameSaved, What::SignInStarted]);
}

#[test]
fn without_a_deep_link_nothing_is_proven() {
    let mut bench = Bench::of(Flow::NewUsers);
    bench.authorize().probed(Ok(()));
    assert_eq!(bench.begins_by(), Some(Way::Loopback));
}

#[test]
fn a_sign_in_for_this_session_alone_proves_the_way_too() {
    let mut chosen = Bench::with_deep_link(Flow::NewUsers);
    chosen.want(Intent::Authorize { second_check: false, session_only: true });
    assert_eq!(chosen.effects, [Effect::ProveDeepLink(1)]);
    let mut offered = Bench::with_deep_link(Flow::NewUsers);
    offered.authorize().probed(Err(Failure::of(FailureClass::KeychainMissing)));
    offered.want(Intent::UseSessionOnly);
    assert_eq!(offered.effects, [Effect::ProveDeepLink(1)]);
}

#[test]
fn a_proof_of_an_older_attempt_opens_nothing() {
    let mut bench = Bench::with_deep_link(Flow::NewUsers);
    bench.authorize().probed(Ok(())).authorize().probed(Ok(()));
    bench.send(EventKind::DeepLinkProven { attempt: 1, result: Ok(()) });
    assert_eq!(bench.effects, []);
    bench.want(Intent::Cancel).proven(Ok(()));
    assert!(bench.is_idle() && bench.effects.is_empty(), "nor one that comes after cancelling");
}

#[test]
fn an_address_that_cannot_be_made_for_the_deep_link_is_made_for_the_loopback_once() {
    let mut bench = Bench::with_deep_link(Flow::NewUsers);
    bench.authorize().probed(Ok(())).proven(Ok(()));
    let refused = |bench: &mut Bench| {
        bench.send(EventKind::Begun { attempt: 1, result: Err(blocked()) });
    };
    refused(&mut bench);
    assert_eq!((bench.begins_by(), bench.failure()), (Some(Way::Loopback), None));
    refused(&mut bench);
    assert_eq!((bench.begins_by(), bench.failure()), (None, Some(FailureClass::ReturnBlocked)));
}

#[test]
fn another_way_is_another_attempt_with_the_same_wish_by_the_loopback() {
    let mut bench = Bench::with_deep_link(Flow::NewUsers);
    bench.want(Intent::Authorize { second_check: true, session_only: true }).proven(Ok(())).begun();
    bench.want(Intent::UseAnotherWay);
    let [Effect::End(1), Effect::Begin(request)] = bench.effects.as_slice() else {
        panic!("{:?}", bench.effects)
    };
    assert_eq!((request.attempt, request.way, request.claims.is_some()), (2, Way::Loopback, true));
}

#[test]
fn another_way_counts_for_its_attempt_alone_until_it_has_led_to_a_sign_in() {
    let mut bench = waiting_by_deep_link();
    bench.want(Intent::UseAnotherWay).probed(Ok(())).begun().want(Intent::Cancel);
    assert!(!bench.state.record.prefers_loopback);
    bench.authorize().probed(Ok(()));
    assert_eq!(bench.effects, [Effect::ProveDeepLink(3)], "the deep link has its chance again");
}

/// REQ-DL-09.
#[test]
fn a_sign_in_by_the_other_way_is_remembered_for_this_computer() {
    let mut bench = waiting_by_deep_link();
    bench.want(Intent::UseAnotherWay).probed(Ok(())).begun();
    bench.answered(Ok(())).redeemed(Ok(signed_in(SAVED))).kept(Ok(())).pass(CheckKind::Probe);
    let mut reopened = bench.reopened();
    reopened.state.deep_link_available = true;
    reopened.authorize().probed(Ok(()));
    assert_eq!(reopened.begins_by(), Some(Way::Loopback));
}

#[test]
fn nothing_is_remembered_of_a_sign_in_without_that_press_or_without_a_choice() {
    let finish = |bench: &mut Bench| {
        bench.answered(Ok(())).redeemed(Ok(signed_in(SAVED))).kept(Ok(()));
        assert!(!bench.state.record.prefers_loopback);
    };
    finish(&mut waiting_by_deep_link());
    let mut not_proven = Bench::with_deep_link(Flow::NewUsers);
    not_proven.authorize().probed(Ok(())).proven(Err(blocked())).begun();
    finish(&mut not_proven);
    let mut no_choice = Bench::of(Flow::NewUsers);
    no_choice.wait_for_browser().want(Intent::UseAnotherWay).probed(Ok(())).begun();
    finish(&mut no_choice);
}

#[test]
fn signing_in_once_more_as_the_saved_account_stays_on_the_other_way() {
    let mut bench = waiting_by_deep_link();
    bench.want(Intent::UseAnotherWay).probed(Ok(())).begun();
    bench.answered(Ok(())).redeemed(Ok(signed_in("b@contoso.com")));
    bench.want(Intent::AnswerAccount(AccountAnswer::SignInAsSaved)).probed(Ok(()));
    assert_eq!(bench.begins_by(), Some(Way::Loopback));
}
