//! Any order of events: late, doubled, lost and false ones included.

use std::collections::HashSet;

use proptest::prelude::*;
use proptest::sample::select;

use super::*;
use crate::flow::{AccountAnswer, PreflightId, PreflightRow, WaitMark};
use crate::open_item::OpenItemId;
use crate::ports::Way;
use crate::step::Stage;

/// An event by its form; the numbers of attempts and credentials are filled in where it happens.
#[derive(Clone, Debug)]
enum Move {
    Intend(Intent),
    /// An answer to what is under way now, or to an attempt that many attempts ago.
    Answer {
        form: usize,
        ago: u64,
        outcome: Result<usize, Failure>,
    },
    Report {
        kind: CheckKind,
        held: bool,
        failure: Option<Failure>,
    },
}

fn intents() -> impl Strategy<Value = Intent> {
    let flag = any::<bool>;
    prop_oneof![
        3 => (flag(), flag()).prop_map(|(second_check, session_only)| Intent::Authorize {
            second_check: second_check && session_only, session_only
        }),
        2 => select(vec![CheckKind::Probe, CheckKind::Test]).prop_map(Intent::Check),
        1 => Just(Intent::ListOrganizations),
        1 => flag().prop_map(|wipe| Intent::Disconnect { wipe }),
        1 => (select(vec![Flow::NewUsers, Flow::Migration]), select(vec![SAVED, "b@contoso.com"]))
            .prop_map(|(flow, username)| Intent::Settings(settings(flow, username))),
        8 => select(vec![
            Intent::Preflight, Intent::SaveFlowNames("One".to_owned()), Intent::SaveFlowNames(String::new()),
            Intent::FlowsTurnedOff { by: "Ada".to_owned() }, Intent::FlowsTurnedOff { by: String::new() },
            Intent::ItemAsked(OpenItemId::FlowsOff, Some("x".to_owned())),
            Intent::ItemAsked(OpenItemId::Consent, None),
            Intent::SaveUsername {
                username: MicrosoftUsername::parse(SAVED).expect("a username"), kind: AccountKind::Person,
            },
            Intent::Resume, Intent::Cancel, Intent::UseSessionOnly, Intent::OpenBrowserAgain,
            Intent::UseAnotherWay, Intent::KeepWaiting, Intent::Leave,
            Intent::AnswerAccount(AccountAnswer::SignInAsSaved),
            Intent::AnswerAccount(AccountAnswer::UseSignedIn),
            Intent::SelectOrganization { id: "org-1".to_owned() },
            Intent::SelectOrganization { id: "org-2".to_owned() },
            Intent::FinishStep(Stage::Open), Intent::FinishStep(Stage::Test),
            Intent::ContactedSupport { reference: None },
            Intent::CompanyNotListed { note: "Contoso".to_owned() },
            Intent::OpenItemArrived(OpenItemId::Role), Intent::OpenItemArrived(OpenItemId::WorkspanTest),
        ]),
    ]
}

fn failures() -> impl Strategy<Value = Failure> {
    (select(FailureClass::ALL), any::<bool>())
        .prop_map(|(class, claims)| Failure { claims: claims.then(|| "{}".to_owned()), ..Failure::of(class) })
}

fn moves() -> impl Strategy<Value = Move> {
    let ago = prop_oneof![6 => Just(0_u64), 1 => 1..3_u64];
    let outcome = prop_oneof![3 => (0..4_usize).prop_map(Ok), 1 => failures().prop_map(Err)];
    let kind = select(vec![CheckKind::Probe, CheckKind::Test]);
    let failure = prop_oneof![1 => Just(None), 1 => failures().prop_map(Some)];
    prop_oneof![
        3 => intents().prop_map(Move::Intend),
        6 => (0..28_usize, ago, outcome).prop_map(|(form, ago, outcome)| Move::Answer { form, ago, outcome }),
        2 => (kind, proptest::bool::weighted(0.8), failure)
            .prop_map(|(kind, held, failure)| Move::Report { kind, held, failure }),
    ]
}

impl Move {
    fn event(&self, bench: &Bench) -> EventKind {
        match self {
            Self::Intend(intent) => EventKind::Intent(intent.clone()),
            Self::Answer { form, ago, outcome } => {
                answer(bench, *form, bench.attempt().saturating_sub(*ago), outcome)
            }
            Self::Report { kind, held, failure } => {
                let id = bench.state.record.credential.as_ref().map(|credential| credential.id.as_str());
                let id = if *held { id.unwrap_or("nobody") } else { "another" };
                EventKind::Checked { report: report(*kind, id, bench.now(), failure.clone()) }
            }
        }
    }
}

fn answer(bench: &Bench, form: usize, attempt: AttemptId, outcome: &Result<usize, Failure>) -> EventKind {
    let result = outcome.clone().map(drop);
    let credential_id = format!("credential-{attempt}");
    // Most answers are those that the activity awaits, so that sequences get far.
    let awaited = [
        (0, matches!(bench.state.activity, Activity::Preparing(_))),
        (1, matches!(bench.state.activity, Activity::Beginning(_))),
        (11, matches!(bench.state.activity, Activity::ProvingDeepLink(_))),
        (4, matches!(bench.state.activity, Activity::Waiting(_)) && form > 7),
        (5, matches!(bench.state.activity, Activity::Redeeming(_))),
        (6, matches!(bench.state.activity, Activity::Keeping { .. })),
        (8, bench.state.activity == Activity::Listing),
        (9, bench.state.activity == Activity::Disconnecting),
    ];
    let form = match awaited.into_iter().find(|(_, is_awaited)| *is_awaited) {
        Some((awaited, _)) if form > 5 => awaited,
        Some(_) | None => form,
    };
    match form {
        0 => EventKind::KeychainProbed { attempt, result },
        1 => EventKind::Begun {
            attempt,
            result: result.map(|()| SignInAddress("https://login.example".to_owned())),
        },
        2 => EventKind::BrowserOpened { attempt, result },
        3 => EventKind::Woke { attempt, mark: WaitMark::ALL[outcome.as_ref().map_or(3, |mark| mark % 4)] },
        4 => EventKind::Answered { attempt, result },
        5 => {
            let names = [SAVED, SAVED, "b@contoso.com", "c@fabrikam.com"];
            let result = outcome.clone().map(|name| signed_in(names[name]));
            EventKind::Redeemed { attempt, credential_id, result }
        }
        6 => EventKind::Kept { attempt, result },
        7 => EventKind::CredentialSaved { credential_id, result },
        8 => EventKind::Listed { result: result.map(|()| organizations()) },
        9 => EventKind::Forgotten { wipe: outcome == &Ok(0), result },
        10 => EventKind::CheckEnded { check: Check::ended(CheckId::Referrals, CheckResult::Passed) },
        11 => EventKind::DeepLinkProven { attempt, result },
        12 => EventKind::PreflightEnded { run: attempt },
        13 => {
            let id = PreflightId::ALL[outcome.as_ref().map_or(0, |id| *id)];
            let (result, failure) = (CheckResult::NotChecked, result.err());
            let row = PreflightRow { id, result, failure, timed_out: false, milliseconds: 0 };
            EventKind::PreflightRowEnded { run: attempt, row }
        }
        _ => EventKind::Committed { result },
    }
}

/// What must hold of every step, whatever led to it.
#[derive(Default)]
struct Law {
    redeemed: HashSet<AttemptId>,
    /// Credentials with a report without failure that came after their sign-in.
    passed: HashSet<String>,
    /// The credential was removed and nobody has wanted anything since.
    forgotten: bool,
}

impl Law {
    fn of(bench: &Bench) -> Self {
        let passed = bench.state.record.credential.iter().map(|credential| credential.id.clone()).collect();
        Self { passed, ..Self::default() }
    }

    fn judge(&mut self, before: &Bench, event: &EventKind, after: &Bench) {
        for effect in &after.effects {
            if let Effect::Redeem(attempt) = effect {
                assert!(self.redeemed.insert(*attempt), "attempt {attempt} is redeemed twice");
            }
        }
        Self::judge_way(event, after);
        let beside = matches!(event, EventKind::PreflightRowEnded { .. } | EventKind::PreflightEnded { .. });
        assert!(!beside || (after.effects.is_empty() && is_but_preflight(before, after)), "by {event:?}");
        if let EventKind::Checked { report } = event
            && report.refusal().is_none()
        {
            self.passed.insert(report.credential_id.clone());
        }
        if after.word() == Word::Active {
            let report = after.state.record.last_report.as_ref().expect("a report behind Active");
            assert!(report.refusal().is_none(), "the last report failed");
            assert_eq!(report.credential_id, after.credential_id(), "it is of the credential in use");
            assert!(self.passed.contains(&report.credential_id));
        }
        self.forgotten &= !matches!(event, EventKind::Intent(_));
        assert!(!self.forgotten || after.effects.is_empty(), "after disconnecting, by {event:?}");
        let was_held = before.state.record.credential.is_some();
        self.forgotten |= matches!(event, EventKind::Forgotten { result: Ok(()), .. })
            && was_held
            && after.state.record.credential.is_none();
    }
    /// The deep link is taken in answer to its proof alone, and where the person has not turned away from it.
    fn judge_way(event: &EventKind, after: &Bench) {
        let begun = after.effects.iter().find_map(|effect| {
            if let Effect::Begin(request) = effect { Some((request.attempt, request.way)) } else { None }
        });
        let Some((attempt, Way::DeepLink)) = begun else { return };
        let EventKind::DeepLinkProven { attempt: proven, result: Ok(()) } = event else {
            panic!("a deep link without proof, by {event:?}")
        };
        assert_eq!(*proven, attempt);
        assert!(after.state.deep_link_available && !after.state.record.prefers_loopback);
    }
}

fn is_but_preflight(before: &Bench, after: &Bench) -> bool {
    let before = State { preflight: None, ..before.state.clone() };
    before == State { preflight: None, ..after.state.clone() }
}

fn leads_on(bench: &Bench) -> bool {
    let record = &bench.state.record;
    if record.settings.username.is_none() || record.settings.flow.is_none() {
        return true;
    }
    let attempt = bench.attempt();
    let mut ways = vec![
        EventKind::Intent(Intent::Cancel),
        EventKind::Intent(Intent::Authorize { second_check: false, session_only: false }),
        EventKind::Intent(Intent::Check(CheckKind::Probe)),
    ];
    // These two end by themselves, the keychain's time-out included.
    if matches!(bench.state.activity, Activity::Keeping { .. }) {
        ways = vec![EventKind::Kept { attempt, result: Ok(()) }];
    }
    if bench.state.activity == Activity::Disconnecting {
        let result = Err(Failure::of(FailureClass::Unknown));
        ways = vec![EventKind::Forgotten { wipe: false, result }];
    }
    ways.into_iter().any(|way| {
        let mut next = bench.clone();
        next.send(way);
        next.state != bench.state || !next.effects.is_empty()
    })
}

fn start(flow: Flow, connected: bool, deep_link: bool) -> Bench {
    let mut bench = if connected { Bench::done(flow) } else { Bench::of(flow) };
    bench.state.deep_link_available = deep_link;
    bench
}

fn at_least_2000() -> ProptestConfig {
    let config = ProptestConfig::default();
    ProptestConfig { cases: config.cases.max(2000), failure_persistence: None, ..config }
}

proptest! {
    #![proptest_config(at_least_2000())]

    #[test]
    fn no_order_of_events_breaks_a_law(
        flow in select(vec![Flow::NewUsers, Flow::Migration]),
        connected in any::<bool>(),
        deep_link in any::<bool>(),
        moves in prop::collection::vec(moves(), 1..60),
    ) {
        let mut bench = start(flow, connected, deep_link);
        let mut law = Law::of(&bench);
        for next in &moves {
            let before = bench.clone();
            let event = next.event(&bench);
            let mut twin = bench.clone();
            bench.send(event.clone());
            twin.send(event.clone());
            prop_assert_eq!((&twin.state, &twin.effects), (&bench.state, &bench.effects), "deterministic");
            law.judge(&before, &event, &bench);
            prop_assert!(leads_on(&bench), "stuck in {:?}", bench.state);
            prop_assert!(bench.state.plan().is_some() || bench.state.record.attempt.as_ref()
                .is_none_or(|attempt| attempt.ended), "no attempt is left open by {:?}", event);
        }
    }
}

/// A property over sequences that get nowhere would hold for nothing.
#[test]
fn the_sequences_reach_every_activity_and_every_word() {
    use proptest::strategy::ValueTree;
    use proptest::test_runner::TestRunner;
    let mut runner = TestRunner::deterministic();
    let mut reached = HashSet::new();
    let mut words = HashSet::new();
    for sequence in 0..500 {
        let moves = prop::collection::vec(moves(), 1..60).new_tree(&mut runner).expect("moves").current();
        let mut bench = start(Flow::NewUsers, sequence % 2 == 0, sequence % 3 > 0);
        for next in &moves {
            let event = next.event(&bench);
            bench.send(event);
            reached.insert(std::mem::discriminant(&bench.state.activity));
            words.insert(bench.word());
        }
    }
    assert_eq!((reached.len(), words.len()), (12, 4), "of 12 activities and 4 words");
}
