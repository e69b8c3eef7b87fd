//! States to report on.

use jiff::Timestamp;
use jiff::tz::TimeZone;

use super::super::About;
use crate::check::{Check, CheckId, CheckKind, CheckResult, Report};
use crate::environment::Environment;
use crate::failure::{Failure, FailureClass};
use crate::flow::State;
use crate::identity::{Asked, Credential, Identity};
use crate::open_item::{OpenItem, OpenItemId};
use crate::record::{ChosenOrganization, Record, Settings, StepDone};
use crate::status::{Qualifier, Verdict};
use crate::step::{Flow, Stage};
use crate::username::{AccountKind, MicrosoftUsername};

pub(super) const ACCOUNT: &str = "svc-cosell@contoso.com";
pub(super) const TENANT: &str = "8a6e0c3c-1f6e-4d0a-9a52-b2a1b6c74f2a";
pub(super) const REQUEST: &str = "5c1e0c3c-1f6e-4d0a-9a52-b2a1b6c79b07";

/// A state, the place and the time that it is reported at.
pub(super) struct Sample {
    pub(super) state: State,
    pub(super) environment: Environment,
    pub(super) now: Timestamp,
    zone: TimeZone,
}

impl Sample {
    pub(super) fn of(record: Record) -> Self {
        let environment = Environment::public(Some("client-id")).expect("set up");
        let zone = TimeZone::fixed(jiff::tz::offset(1));
        Self { state: State::of(record), environment, now: at("2026-11-22T11:01:00Z"), zone }
    }

    pub(super) fn about(&self) -> About<'_> {
        About {
            state: &self.state,
            environment: &self.environment,
            now: self.now,
            zone: &self.zone,
            history_lost: false,
        }
    }

    /// The same on the sandbox.
    pub(super) fn in_rehearsal(mut self) -> Self {
        self.environment = rehearsal();
        self
    }

    /// The same, written days later.
    pub(super) fn after_days(mut self, days: i64) -> Self {
        self.now += jiff::SignedDuration::from_hours(24 * days);
        self
    }
}

pub(super) fn at(text: &str) -> Timestamp {
    text.parse().expect("a time")
}

fn checked() -> Timestamp {
    at("2026-11-22T10:58:04Z")
}

pub(super) fn rehearsal() -> Environment {
    let text = r#"
name = "sandbox-rehearsal"
metadata = "http://127.0.0.1:9000/organizations/v2.0/.well-known/openid-configuration"
client_id = "lab"
[referrals]
base = "http://127.0.0.1:9000/referrals"
scope = "read"
"#;
    Environment::parse(text).expect("a good file")
}

fn settings() -> Settings {
    Settings {
        flow: Some(Flow::NewUsers),
        company: Some("Contoso Ltd".to_owned()),
        contact: Some("Kim at WorkSpan".to_owned()),
        computer_label: Some("Front desk".to_owned()),
        username: Some(MicrosoftUsername::parse(ACCOUNT).expect("a username")),
        kind: AccountKind::Service,
        ..Settings::default()
    }
}

fn credential() -> Credential {
    Credential {
        id: "credential-1".to_owned(),
        identity: Identity { tenant: TENANT.to_owned(), object: "object-of-the-account".to_owned() },
        authority: "login.example client".to_owned(),
        signed_in_as: Some(ACCOUNT.to_owned()),
        obtained_at: at("2026-11-20T09:00:00Z"),
        last_used_at: checked(),
        session_only: false,
        asked: Asked::default(),
        account_number: 1,
    }
}

fn report(results: &[(CheckId, CheckResult)]) -> Report {
    let checks = results.iter().zip([41, 612, 3, 2_451, 380, 1, 0, 90, 75]).map(|((id, result), ms)| Check {
        milliseconds: ms,
        correlation_id: Some(REQUEST.to_owned()),
        ..Check::ended(*id, *result)
    });
    Report {
        kind: CheckKind::Test,
        credential_id: "credential-1".to_owned(),
        finished_at: checked(),
        checks: checks.collect(),
    }
}

fn connected() -> Record {
    let done = |stage| StepDone { stage, at: at("2026-11-22T10:31:00Z") };
    let contoso = ChosenOrganization { id: TENANT.to_owned(), name: "Contoso Ltd".to_owned() };
    Record {
        settings: settings(),
        credential: Some(credential()),
        organization: Some(contoso),
        done: Flow::NewUsers.stages().iter().copied().map(done).collect(),
        open_items: vec![
            OpenItem {
                note: Some("ticket 4711".to_owned()),
                ..OpenItem::asked(OpenItemId::IntegrationsOn, at("2026-11-22T10:00:00Z"))
            },
            OpenItem {
                arrived_at: Some(checked()),
                done_by: Some("Ada of IT".to_owned()),
                ..OpenItem::asked(OpenItemId::Consent, at("2026-11-20T08:00:00Z"))
            },
        ],
        ..Record::default()
    }
}

/// Everything passed; Integrations are waited for.
pub(super) fn active() -> Sample {
    let passed: Vec<_> = CheckId::TEST.iter().map(|id| (*id, CheckResult::Passed)).collect();
    Sample::of(Record {
        verdict: Verdict::passed(checked(), vec![]),
        last_report: Some(report(&passed)),
        last_test: Some(report(&passed)),
        ..connected()
    })
}

/// Sign-in works, no deals are seen, and nobody confirmed the second factor.
pub(super) fn partial() -> Sample {
    let result = |id: &CheckId| match id {
        CheckId::Metadata | CheckId::Refresh | CheckId::Identity | CheckId::Referrals | CheckId::Profile => {
            CheckResult::Passed
        }
        CheckId::Mfa | CheckId::Role => CheckResult::Warning,
        CheckId::Organization | CheckId::ReferralById | CheckId::Webhook => CheckResult::NotChecked,
    };
    let results: Vec<_> = CheckId::TEST.iter().map(|id| (*id, result(id))).collect();
    let qualifiers = vec![Qualifier::MfaNotProven];
    Sample::of(Record {
        verdict: Verdict::passed(checked(), qualifiers),
        last_report: Some(report(&results)),
        last_test: Some(report(&results)),
        ..connected()
    })
}

/// The role is missing.
pub(super) fn inactive() -> Sample {
    let failure = Failure::of(FailureClass::RoleMissing)
        .with_code("HTTP 403")
        .with_correlation_id(Some(REQUEST.to_owned()))
        .with_quotation(&format!("The user {ACCOUNT} of {TENANT} is not allowed."));
    let mut record = connected();
    record.settings.flow = Some(Flow::Migration);
    record.done.retain(|done| done.stage != Stage::Test);
    record.done.push(StepDone { stage: Stage::Contact, at: at("2026-11-19T10:00:00Z") });
    record.open_items.push(OpenItem::asked(OpenItemId::Role, checked()));
    let mut report = report(&[
        (CheckId::Metadata, CheckResult::Passed),
        (CheckId::Refresh, CheckResult::Passed),
        (CheckId::Identity, CheckResult::Passed),
        (CheckId::Referrals, CheckResult::Failed),
        (CheckId::Mfa, CheckResult::NotChecked),
    ]);
    report.checks[3].failure = Some(failure.clone());
    Sample::of(Record {
        verdict: Verdict::default().failed(checked(), failure),
        last_report: Some(report.clone()),
        last_test: Some(report),
        ..record
    })
}

/// It was Active before the network went.
pub(super) fn cant_check() -> Sample {
    let mut sample = active();
    let verdict = &mut sample.state.record.verdict;
    *verdict = verdict.failed(at("2026-11-22T11:00:30Z"), Failure::of(FailureClass::Offline));
    sample
}

/// Nobody ever did anything.
pub(super) fn nothing() -> Sample {
    Sample::of(Record::default())
}

/// All of them.
pub(super) fn all() -> Vec<Sample> {
    vec![
        active(),
        partial(),
        inactive(),
        cant_check(),
        nothing(),
        active().after_days(3),
        active().in_rehearsal(),
    ]
}
