//! Changes of every kind with awkward values, for the tests of the store.

use jiff::Timestamp;
use mpc_connect_core::check::{Check, CheckId, CheckKind, CheckResult, Report};
use mpc_connect_core::failure::{Actor, Failure, FailureClass};
use mpc_connect_core::history::{HistoryEntry, What};
use mpc_connect_core::identity::{Asked, Credential, Identity};
use mpc_connect_core::open_item::{OpenItem, OpenItemId};
use mpc_connect_core::organization::{Evidence, Organization, OrganizationList};
use mpc_connect_core::record::{Attempt, Change, ChosenOrganization, Settings, StepDone};
use mpc_connect_core::remote_text::RemoteText;
use mpc_connect_core::status::{LastKnown, Qualifier, Verdict, Word};
use mpc_connect_core::step::{Flow, Stage, StepCode};
use mpc_connect_core::username::{AccountKind, MicrosoftUsername};
use proptest::collection::vec;
use proptest::option::of;
use proptest::prelude::*;
use proptest::sample::select;

/// A sequence of changes.
pub(crate) fn changes() -> impl Strategy<Value = Vec<Change>> {
    vec(change(), 1..25)
}

fn change() -> impl Strategy<Value = Change> {
    prop_oneof![
        3 => settings().prop_map(Change::Settings),
        6 => of(credential()).prop_map(Change::Credential),
        4 => (credential_id(), time(), any::<bool>(), asked()).prop_map(
            |(credential_id, at, session_only, asked)| {
                Change::CredentialUsed { credential_id, at, session_only, asked }
            }
        ),
        4 => credential_id().prop_map(|credential_id| Change::SessionEnded { credential_id }),
        6 => (credential_id(), verdict())
            .prop_map(|(credential_id, verdict)| Change::Verdict { credential_id, verdict }),
        6 => report().prop_map(Change::Report),
        3 => of(attempt()).prop_map(Change::Attempt),
        2 => of(text()).prop_map(Change::PendingClaims),
        2 => any::<bool>().prop_map(Change::PrefersLoopback),
        2 => of((text(), text()).prop_map(|(id, name)| ChosenOrganization { id, name }))
            .prop_map(Change::Organization),
        2 => organizations().prop_map(Change::Organizations),
        4 => (stage(), time()).prop_map(|(stage, at)| Change::Done(StepDone { stage, at })),
        2 => vec(stage(), 0..4).prop_map(Change::Undone),
        4 => open_item().prop_map(Change::OpenItem),
        4 => entry().prop_map(Change::History),
        1 => Just(Change::Wiped),
    ]
}

/// Quotes, NUL, other scripts, direction marks: whatever a person or Microsoft may write.
fn text() -> impl Strategy<Value = String> {
    prop_oneof!["[a-z ]{0,12}", "\\PC{0,12}", Just("'; DROP TABLE history; --\0\u{202E}\n".to_owned())]
}

fn time() -> impl Strategy<Value = Timestamp> {
    (-10_000_000_000_i64..10_000_000_000, 0_i32..1_000_000_000)
        .prop_map(|(second, nanosecond)| Timestamp::new(second.abs(), nanosecond).expect("a time"))
}

/// Few, so that changes meet the credential in use and others.
fn credential_id() -> impl Strategy<Value = String> {
    select(vec!["one".to_owned(), "two".to_owned()])
}

fn stage() -> impl Strategy<Value = Stage> {
    select(Flow::Migration.stages())
}

fn step() -> impl Strategy<Value = StepCode> {
    select(vec![Flow::NewUsers, Flow::Migration])
        .prop_flat_map(|flow| select(flow.steps().collect::<Vec<_>>()))
}

fn failure() -> impl Strategy<Value = Failure> {
    let place = (select(FailureClass::ALL), of(select(vec![Actor::User, Actor::TenantAdmin])));
    (place, of(text()), of(text()), of(text()), of(text()), of(any::<u64>())).prop_map(
        |((class, refined_actor), code, correlation_id, quotation, claims, retry_after_seconds)| Failure {
            class,
            refined_actor,
            code,
            correlation_id,
            quotation: quotation.map(|text| RemoteText::clean(&text)),
            claims,
            retry_after_seconds,
        },
    )
}

fn settings() -> impl Strategy<Value = Settings> {
    let usernames = ["svc-cosell@contoso.com", "o'hara_#1@sub.fabrikam.example", "jörg@contoso.com"];
    let username = select(usernames.map(|name| MicrosoftUsername::parse(name).expect("a username")).to_vec());
    let kind = select(vec![AccountKind::Service, AccountKind::Person, AccountKind::Unknown]);
    let flow = of(select(vec![Flow::NewUsers, Flow::Migration]));
    let asked = (of(text()), of(any::<bool>()));
    (flow, of(text()), of(text()), of(text()), of(username), kind, asked).prop_map(
        |(
            flow,
            company,
            contact,
            computer_label,
            username,
            kind,
            (second_factor_holder, password_rotates),
        )| Settings {
            flow,
            company,
            contact,
            computer_label,
            username,
            kind,
            second_factor_holder,
            password_rotates,
        },
    )
}

fn asked() -> impl Strategy<Value = Asked> {
    (any::<bool>(), any::<bool>()).prop_map(|(second_check, claims)| Asked { second_check, claims })
}

fn credential() -> impl Strategy<Value = Credential> {
    let identity = (text(), text()).prop_map(|(tenant, object)| Identity { tenant, object });
    let rest = (asked(), any::<u32>(), any::<bool>());
    (credential_id(), identity, text(), of(text()), time(), time(), rest).prop_map(
        |(
            id,
            identity,
            authority,
            signed_in_as,
            obtained_at,
            last_used_at,
            (asked, account_number, session_only),
        )| {
            Credential {
                id,
                identity,
                authority,
                signed_in_as,
                obtained_at,
                last_used_at,
                session_only,
                asked,
                account_number,
            }
        },
    )
}

fn verdict() -> impl Strategy<Value = Verdict> {
    let word = select(vec![Word::Active, Word::Inactive, Word::NotConnected]);
    let known = of((word, time()).prop_map(|(word, checked_at)| LastKnown { word, checked_at }));
    let qualifiers = vec(select(vec![Qualifier::RightsNotProven, Qualifier::MfaNotProven]), 0..3);
    (of(time()), of(failure()), known, qualifiers).prop_map(
        |(checked_at, failure, last_known, qualifiers)| Verdict {
            checked_at,
            failure,
            last_known,
            qualifiers,
        },
    )
}

fn report() -> impl Strategy<Value = Report> {
    let kind = select(vec![CheckKind::Probe, CheckKind::Test]);
    (kind, credential_id(), time(), vec(check(), 0..4)).prop_map(
        |(kind, credential_id, finished_at, checks)| Report { kind, credential_id, finished_at, checks },
    )
}

fn check() -> impl Strategy<Value = Check> {
    let results =
        vec![CheckResult::Passed, CheckResult::Warning, CheckResult::Failed, CheckResult::NotChecked];
    let milliseconds = 0..u64::MAX / 2;
    (select(CheckId::MIGRATION_TEST), select(results), milliseconds, of(failure()), of(text()), of(text()))
        .prop_map(|(id, result, milliseconds, failure, reason, correlation_id)| Check {
            id,
            result,
            milliseconds,
            failure,
            reason,
            correlation_id,
        })
}

fn attempt() -> impl Strategy<Value = Attempt> {
    (time(), any::<bool>(), of(failure()), asked()).prop_map(|(started_at, ended, failure, asked)| Attempt {
        started_at,
        ended,
        failure,
        asked,
    })
}

fn organizations() -> impl Strategy<Value = OrganizationList> {
    let evidence = vec![Evidence::Referrals, Evidence::LegalBusinessProfile, Evidence::OrganizationProfile];
    let row = (text(), text(), vec(text(), 0..3), vec(select(evidence), 0..3), any::<u32>()).prop_map(
        |(id, name, names, evidence, referrals_seen)| Organization {
            id,
            name,
            names,
            evidence,
            referrals_seen,
        },
    );
    (vec(row, 0..5), any::<bool>()).prop_map(|(rows, cut)| OrganizationList { rows, cut })
}

fn open_item() -> impl Strategy<Value = OpenItem> {
    (select(OpenItemId::ALL.to_vec()), time(), of(time()), of(text()), of(time()), of(text())).prop_map(
        |(id, since, asked_at, note, arrived_at, done_by)| OpenItem {
            id,
            since,
            asked_at,
            note,
            arrived_at,
            done_by,
        },
    )
}

fn entry() -> impl Strategy<Value = HistoryEntry> {
    let place = (of(step()), of(any::<u32>()), of(text()));
    (time(), select(What::ALL.to_vec()), place, of(failure())).prop_map(
        |(at, what, (step, account_number, result), failure)| HistoryEntry {
            account_number,
            result,
            ..HistoryEntry::new(at, what).on(step).because(failure.as_ref())
        },
    )
}
