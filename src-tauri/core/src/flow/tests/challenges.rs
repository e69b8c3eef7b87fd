//! The second factor and claims challenges: asked for once, never in a circle.

use super::*;
use crate::flow::sign_in::SECOND_CHECK_CLAIMS;

const CLAIMS: &str = r#"{"access_token":{"nbf":{"essential":true,"value":"1"}}}"#;

fn challenge(class: FailureClass) -> Failure {
    Failure { claims: Some(CLAIMS.to_owned()), ..Failure::of(class) }
}

impl Bench {
    fn second_check(&mut self) -> &mut Self {
        self.want(Intent::Authorize { second_check: true, session_only: false }).probed(Ok(()))
    }

    fn comes_back(&mut self) -> &mut Self {
        self.begun().answered(Ok(())).redeemed(Ok(signed_in(SAVED))).kept(Ok(()))
    }

    fn claims_asked(&self) -> Option<&str> {
        match self.effects.as_slice() {
            [Effect::Begin(request)] => request.claims.as_deref(),
            other => panic!("{other:?}"),
        }
    }
}

#[test]
fn a_missing_second_factor_offers_one_second_check_and_then_names_the_company() {
    let mut bench = Bench::of(Flow::NewUsers);
    bench.sign_in().fail(CheckKind::Probe, Failure::of(FailureClass::SignInWithMfa));
    assert_eq!((bench.word(), bench.failure()), (Word::Inactive, Some(FailureClass::SignInWithMfa)));
    assert!(bench.state.record.second_check_helps());
    bench.second_check();
    assert_eq!(bench.claims_asked(), Some(SECOND_CHECK_CLAIMS));
    bench.comes_back().fail(CheckKind::Probe, Failure::of(FailureClass::SignInWithMfa));
    assert_eq!(bench.failure(), Some(FailureClass::MfaNotEnforced));
    assert!(!bench.state.record.second_check_helps());
    for _ in 0..2 {
        bench.want(Intent::Check(CheckKind::Probe));
        bench.fail(CheckKind::Probe, Failure::of(FailureClass::SignInWithMfa));
        assert_eq!(bench.failure(), Some(FailureClass::MfaNotEnforced), "checking again changes no cause");
    }
    let classes: Vec<_> = bench.rows.iter().filter_map(|row| row.class).collect();
    assert_eq!(classes[..2], [FailureClass::SignInWithMfa, FailureClass::MfaNotEnforced]);
}

#[test]
fn a_second_check_that_microsoft_refuses_at_sign_in_names_the_company_too() {
    let mut bench = Bench::of(Flow::NewUsers);
    bench.second_check().begun().answered(Ok(()));
    bench.redeemed(Err(Failure::of(FailureClass::SignInWithMfa)));
    assert_eq!((bench.word(), bench.failure()), (Word::NotConnected, Some(FailureClass::MfaNotEnforced)));
}

#[test]
fn a_credential_that_once_worked_is_asked_for_its_factor_again() {
    let mut bench = Bench::of(Flow::NewUsers);
    bench.second_check().comes_back().pass(CheckKind::Probe);
    for _ in 0..2 {
        bench.want(Intent::Check(CheckKind::Probe));
        bench.fail(CheckKind::Probe, Failure::of(FailureClass::SignInWithMfa));
        assert_eq!(bench.failure(), Some(FailureClass::SignInWithMfa));
    }
}

#[test]
fn a_challenge_is_passed_back_once_and_a_second_refusal_is_final() {
    let cases = [
        (FailureClass::SignInAgain, FailureClass::SignInAgain),
        (FailureClass::SignInWithMfa, FailureClass::SignInAgain),
        (FailureClass::PolicyBlocked, FailureClass::PolicyBlocked),
    ];
    for (refused, becomes) in cases {
        let mut bench = Bench::done(Flow::NewUsers);
        bench.want(Intent::Check(CheckKind::Test)).fail(CheckKind::Test, challenge(refused));
        assert_eq!(bench.failure(), Some(refused));
        assert_eq!(bench.reopened().state.record.pending_claims.as_deref(), Some(CLAIMS));
        bench.authorize().probed(Ok(()));
        assert_eq!(bench.claims_asked(), Some(CLAIMS));
        bench.comes_back().fail(CheckKind::Probe, challenge(refused));
        assert_eq!((bench.failure(), bench.word()), (Some(becomes), Word::Inactive));
        bench.authorize().probed(Ok(()));
        assert_eq!(bench.claims_asked(), None, "the same claims are not passed back again");
    }
}

#[test]
fn a_challenge_answered_at_sign_in_by_another_challenge_ends_there() {
    let mut bench = Bench::of(Flow::NewUsers);
    bench.wait_for_browser().answered(Ok(())).redeemed(Err(challenge(FailureClass::SignInAgain)));
    bench.authorize().probed(Ok(()));
    assert_eq!(bench.claims_asked(), Some(CLAIMS));
    bench.begun().answered(Ok(())).redeemed(Err(challenge(FailureClass::SignInAgain)));
    bench.authorize().probed(Ok(()));
    assert_eq!(bench.claims_asked(), None);
}

#[test]
fn claims_that_never_reached_an_answer_are_passed_back_by_the_next_sign_in() {
    let mut bench = Bench::done(Flow::NewUsers);
    bench.want(Intent::Check(CheckKind::Test));
    bench.fail(CheckKind::Test, challenge(FailureClass::SignInAgain));
    bench.wait_for_browser().want(Intent::Cancel);
    bench.authorize().probed(Ok(()));
    assert_eq!(bench.claims_asked(), Some(CLAIMS));
}

#[test]
fn a_challenge_after_a_sign_in_that_worked_is_answered_anew() {
    let mut bench = Bench::done(Flow::NewUsers);
    for _ in 0..2 {
        bench.want(Intent::Check(CheckKind::Test));
        bench.fail(CheckKind::Test, challenge(FailureClass::SignInAgain));
        bench.authorize().probed(Ok(()));
        assert_eq!(bench.claims_asked(), Some(CLAIMS));
        bench.comes_back().pass(CheckKind::Probe);
        assert_eq!(bench.state.record.pending_claims, None);
    }
}
