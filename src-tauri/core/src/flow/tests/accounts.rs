//! Who signed in, and the question when it is somebody else.

use super::*;
use crate::flow::{AccountAnswer, WaitMark};

const OTHER: &str = "b@contoso.com";
const ELSEWHERE: &str = "c@fabrikam.com";

impl Bench {
    fn signs_in_as(&mut self, username: &str) -> &mut Self {
        self.wait_for_browser().answered(Ok(())).redeemed(Ok(signed_in(username)))
    }

    fn answer(&mut self, answer: AccountAnswer) -> &mut Self {
        self.want(Intent::AnswerAccount(answer))
    }

    fn asks(&self) -> bool {
        matches!(self.state.activity, Activity::AccountQuestion { .. })
    }
}

#[test]
fn another_account_is_a_question_that_knows_both_names_and_changes_nothing_yet() {
    for base in [Bench::of(Flow::NewUsers), Bench::done(Flow::NewUsers)] {
        let mut bench = base.clone();
        bench.signs_in_as(OTHER);
        let Activity::AccountQuestion { signed_in, .. } = &bench.state.activity else {
            panic!("{:?}", bench.state.activity)
        };
        assert_eq!(signed_in.username.as_deref(), Some(OTHER));
        let record = &bench.state.record;
        assert_eq!(record.settings.username.as_ref().map(MicrosoftUsername::as_str), Some(SAVED));
        assert_eq!((&record.credential, bench.word()), (&base.state.record.credential, base.word()));
        assert_eq!(bench.effects, [], "nothing is stored before the answer");
        assert_eq!(bench.said().last(), Some(&What::AccountQuestion));
    }
}

#[test]
fn the_question_ends_with_the_attempts_half_hour() {
    let mut bench = Bench::of(Flow::NewUsers);
    bench.signs_in_as(OTHER);
    for mark in [WaitMark::Nudge, WaitMark::Ask] {
        assert!(bench.send(EventKind::Woke { attempt: 1, mark }).asks());
    }
    assert!(
        bench.send(EventKind::Woke { attempt: 2, mark: WaitMark::End }).asks(),
        "another attempt's clock"
    );
    bench.send(EventKind::Woke { attempt: 1, mark: WaitMark::End });
    assert_eq!(bench.effects, [Effect::End(1)], "the token is forgotten");
    assert!(bench.is_idle());
    assert_eq!((bench.failure(), bench.word()), (Some(FailureClass::WrongAccount), Word::NotConnected));
    bench.authorize().probed(Ok(()));
    let [Effect::Begin(request)] = bench.effects.as_slice() else { panic!("{:?}", bench.effects) };
    assert!(request.fresh_login, "the next one proves who it is");
}

#[test]
fn the_saved_name_is_compared_without_case() {
    let mut bench = Bench::of(Flow::NewUsers);
    bench.signs_in_as("SVC@Contoso.com");
    assert!(matches!(bench.state.activity, Activity::Keeping { .. }));
}

#[test]
fn signing_in_as_the_saved_account_begins_anew_with_a_proof_of_who_it_is() {
    let mut bench = Bench::of(Flow::NewUsers);
    bench.signs_in_as(OTHER).answer(AccountAnswer::SignInAsSaved);
    assert_eq!(bench.effects, [Effect::End(1), Effect::ProbeKeychain(2)]);
    bench.probed(Ok(()));
    let [Effect::Begin(request)] = bench.effects.as_slice() else { panic!("{:?}", bench.effects) };
    assert!(request.fresh_login);
    assert_eq!(request.username, SAVED);
}

#[test]
fn using_the_account_that_signed_in_saves_its_name_and_goes_on() {
    let mut bench = Bench::of(Flow::NewUsers);
    bench.signs_in_as(OTHER).answer(AccountAnswer::UseSignedIn).kept(Ok(())).pass(CheckKind::Probe);
    assert_eq!((bench.state.record.account(), bench.word()), (Some(OTHER), Word::Active));
    assert_eq!(bench.state.record.settings.username.as_ref().map(MicrosoftUsername::as_str), Some(OTHER));
    bench.signs_in_as(OTHER);
    assert!(!bench.asks(), "it is the saved account now");
}

#[test]
fn leaving_the_question_is_the_wrong_account_and_leaves_the_connection() {
    for (mut bench, word) in
        [(Bench::of(Flow::NewUsers), Word::NotConnected), (Bench::done(Flow::NewUsers), Word::Active)]
    {
        let credential = bench.state.record.credential.clone();
        bench.signs_in_as(OTHER);
        let attempt = bench.attempt();
        bench.want(Intent::Cancel);
        assert_eq!(bench.effects, [Effect::End(attempt)], "the redeemed token is forgotten");
        assert_eq!((bench.failure(), bench.word()), (Some(FailureClass::WrongAccount), word));
        assert_eq!(bench.state.record.credential, credential);
        bench.authorize().probed(Ok(()));
        assert!(
            matches!(bench.effects.as_slice(), [Effect::Begin(request)] if request.fresh_login),
            "after a wrong account the next sign-in proves who it is"
        );
    }
}

#[test]
fn the_wrong_account_on_microsofts_page_asks_for_a_proof_next_time_on_either_way() {
    let mut bench = Bench::of(Flow::NewUsers);
    bench.wait_for_browser().answered(Err(Failure::of(FailureClass::WrongAccount)));
    bench.wait_for_browser();
    bench.want(Intent::UseAnotherWay).probed(Ok(()));
    assert!(matches!(bench.effects.as_slice(), [Effect::Begin(request)] if request.fresh_login));
    bench.begun().answered(Err(Failure::of(FailureClass::UserCancelled)));
    bench.authorize().probed(Ok(()));
    assert!(matches!(bench.effects.as_slice(), [Effect::Begin(request)] if !request.fresh_login));
}

#[test]
fn another_identity_under_the_saved_name_replaces_nothing_without_a_question() {
    let mut bench = Bench::done(Flow::NewUsers);
    bench.wait_for_browser().answered(Ok(()));
    let twin = SignedIn { identity: signed_in(OTHER).identity, ..signed_in(SAVED) };
    bench.redeemed(Ok(twin));
    assert!(bench.asks());
}

#[test]
fn the_known_account_is_a_question_once_another_name_is_saved() {
    let mut bench = Bench::done(Flow::NewUsers);
    bench.want(Intent::Settings(settings(Flow::NewUsers, OTHER)));
    bench.signs_in_as(SAVED);
    assert!(bench.asks(), "the person saved another account than the one that signed in");
}

#[test]
fn a_provider_without_names_is_asked_about_once() {
    let nameless = SignedIn { username: None, ..signed_in(SAVED) };
    let mut bench = Bench::of(Flow::NewUsers);
    bench.wait_for_browser().answered(Ok(())).redeemed(Ok(nameless.clone()));
    assert!(bench.asks());
    bench.answer(AccountAnswer::UseSignedIn).kept(Ok(())).pass(CheckKind::Probe);
    assert_eq!(bench.state.record.account(), Some(SAVED));
    bench.wait_for_browser().answered(Ok(())).redeemed(Ok(nameless));
    assert!(!bench.asks());
}

#[test]
fn the_organization_stays_within_a_directory_and_goes_with_another() {
    for (username, kept) in [(SAVED, true), (OTHER, true), (ELSEWHERE, false)] {
        let mut bench = Bench::done(Flow::NewUsers);
        bench.signs_in_as(username).answer(AccountAnswer::UseSignedIn).kept(Ok(())).pass(CheckKind::Probe);
        assert_eq!(bench.state.record.organization.is_some(), kept, "{username}");
        assert_eq!(bench.resume().as_deref(), Some(if kept { "NEW-8" } else { "NEW-7" }));
    }
}

#[test]
fn history_tells_accounts_apart_by_number_and_never_by_name() {
    let mut bench = Bench::done(Flow::NewUsers);
    bench.signs_in_as(OTHER).answer(AccountAnswer::UseSignedIn).kept(Ok(())).pass(CheckKind::Probe);
    let tested: Vec<Option<u32>> = bench
        .rows
        .iter()
        .filter(|row| matches!(row.what, What::Checked | What::Tested))
        .map(|row| row.account_number)
        .collect();
    assert_eq!(tested, [Some(1), Some(1), Some(2)]);
    let written = serde_json::to_string(&bench.rows).expect("rows");
    assert!(!written.contains('@'), "{written}");
}
