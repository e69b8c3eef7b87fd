//! Databases as a person may have left them, one for each face of the status.

use std::path::{Path, PathBuf};

use jiff::{SignedDuration, Timestamp};
use mpc_connect_adapters::store::Store;
use mpc_connect_core::check::{Check, CheckId, CheckKind, CheckResult, Report};
use mpc_connect_core::failure::{Failure, FailureClass};
use mpc_connect_core::identity::{Asked, Credential, Identity};
use mpc_connect_core::open_item::{OpenItem, OpenItemId};
use mpc_connect_core::ports::Journal;
use mpc_connect_core::record::{Change, ChosenOrganization, Settings, StepDone};
use mpc_connect_core::status::{Qualifier, Verdict};
use mpc_connect_core::step::{Flow, Stage};
use mpc_connect_core::username::{AccountKind, MicrosoftUsername};

const CREDENTIAL: &str = "credential-1";

/// A face of the status: its name in the page, whether nothing real is touched, and the changes that lead to it.
pub(crate) struct Seed {
    pub(crate) mark: &'static str,
    pub(crate) rehearsal: bool,
    pub(crate) changes: Vec<Change>,
}

/// Every face of the status, as of a time.
pub(crate) fn all(now: Timestamp) -> Vec<Seed> {
    vec![not_connected(now), active(now), stale(now), inactive(now), cant_check(now)]
}

impl Seed {
    /// Makes environment file and database in a folder. Answers the file; the data lies in the folder itself.
    pub(crate) async fn plant(&self, folder: &Path) -> PathBuf {
        let environment = environment(folder, self.rehearsal);
        let store = Store::open(folder, name(self.rehearsal)).expect("a store");
        store.commit(self.changes.clone()).await.expect("the changes are written");
        store.close().await.expect("the store closes");
        environment
    }
}

fn name(rehearsal: bool) -> &'static str {
    if rehearsal { "practice" } else { "contoso-lab" }
}

/// An environment file, on this computer alone for a rehearsal.
pub(crate) fn environment(folder: &Path, rehearsal: bool) -> PathBuf {
    let host = if rehearsal { "http://127.0.0.1:9" } else { "https://lab.contoso.example" };
    let file = folder.join("environment-file.toml");
    let text = format!(
        "name = \"{}\"\nmetadata = \"{host}/v2.0/.well-known/openid-configuration\"\nclient_id = \"lab\"\n\
         [referrals]\nbase = \"{host}/referrals\"\nscope = \"lab/read\"\n",
        name(rehearsal)
    );
    std::fs::write(&file, text).expect("an environment file");
    file
}

fn before(now: Timestamp, hours: i64) -> Timestamp {
    now - SignedDuration::from_hours(hours)
}

fn settings(flow: Flow) -> Change {
    Change::Settings(Settings {
        flow: Some(flow),
        company: Some("Contoso Ltd".to_owned()),
        contact: None,
        computer_label: Some("Front desk".to_owned()),
        username: Some(MicrosoftUsername::parse("svc-cosell@contoso.example").expect("a username")),
        kind: AccountKind::Service,
        ..Settings::default()
    })
}

fn done(stages: &[Stage], at: Timestamp) -> impl Iterator<Item = Change> {
    stages.iter().map(move |stage| Change::Done(StepDone { stage: *stage, at }))
}

fn credential(at: Timestamp, session_only: bool) -> Change {
    Change::Credential(Some(Credential {
        authority: "the environment of this test".to_owned(),
        id: CREDENTIAL.to_owned(),
        identity: Identity { tenant: "tenant".to_owned(), object: "object".to_owned() },
        signed_in_as: Some("svc-cosell@contoso.example".to_owned()),
        obtained_at: at,
        last_used_at: at,
        session_only,
        asked: Asked::default(),
        account_number: 1,
    }))
}

fn verdict(verdict: Verdict) -> Change {
    Change::Verdict { credential_id: CREDENTIAL.to_owned(), verdict }
}

fn report(finished_at: Timestamp, checks: Vec<Check>) -> Change {
    Change::Report(Report {
        kind: CheckKind::Test,
        credential_id: CREDENTIAL.to_owned(),
        finished_at,
        checks,
    })
}

fn passed(ids: &[CheckId]) -> Vec<Check> {
    let timed = |(place, id): (usize, &CheckId)| Check {
        milliseconds: 41 + 37 * place as u64,
        ..Check::ended(*id, CheckResult::Passed)
    };
    ids.iter().enumerate().map(timed).collect()
}

fn organization(name: &str) -> Change {
    Change::Organization(Some(ChosenOrganization { id: "4711".to_owned(), name: name.to_owned() }))
}

fn not_connected(now: Timestamp) -> Seed {
    let mut changes = vec![settings(Flow::NewUsers)];
    changes.extend(done(&[Stage::Open, Stage::Username], before(now, 1)));
    Seed { mark: "notConnected", rehearsal: true, changes }
}

fn active(now: Timestamp) -> Seed {
    let mut changes =
        vec![settings(Flow::NewUsers), credential(before(now, 2), false), organization("Contoso Ltd")];
    changes.push(verdict(Verdict::passed(now, vec![])));
    changes.push(report(now, passed(CheckId::TEST)));
    changes.extend(done(Flow::NewUsers.stages(), now));
    changes.push(Change::OpenItem(OpenItem::asked(OpenItemId::IntegrationsOn, before(now, 20))));
    let arrived = OpenItem { arrived_at: Some(now), ..OpenItem::asked(OpenItemId::Consent, before(now, 48)) };
    changes.push(Change::OpenItem(arrived));
    Seed { mark: "active", rehearsal: true, changes }
}

fn stale(now: Timestamp) -> Seed {
    let then = before(now, 30);
    let mut checks = passed(&[CheckId::Metadata, CheckId::Refresh, CheckId::Identity]);
    checks.push(Check::ended(CheckId::Referrals, CheckResult::Warning));
    checks.push(Check::ended(CheckId::Mfa, CheckResult::NotChecked).because("check-mfa.unknown"));
    let qualifiers = vec![Qualifier::RightsNotProven, Qualifier::MfaNotProven];
    let mut changes = vec![settings(Flow::Migration), credential(then, false), organization("Contoso Ltd")];
    changes.extend([verdict(Verdict::passed(then, qualifiers)), report(then, checks)]);
    changes.extend(done(&Flow::Migration.stages()[..8], then));
    changes.push(Change::OpenItem(OpenItem::asked(OpenItemId::FlowsOff, then)));
    Seed { mark: "stale", rehearsal: false, changes }
}

fn inactive(now: Timestamp) -> Seed {
    let correlation = Some("7c1d7f0e-3a55-4f0e-9d53-5a2f5a1f4b10".to_owned());
    let failure =
        Failure::of(FailureClass::RoleMissing).with_code("HTTP 403").with_correlation_id(correlation);
    let mut checks = passed(&[CheckId::Metadata, CheckId::Refresh, CheckId::Identity]);
    checks.push(Check::ended(CheckId::Referrals, CheckResult::Failed).with_failure(failure.clone()));
    let unreached = |id: &CheckId| Check::ended(*id, CheckResult::NotChecked).because("check-not-reached");
    checks.extend(CheckId::TEST[4..].iter().map(unreached));
    let hostile = "<img src=x onerror=alert(1)> \u{202E}dtL osotnoC";
    let mut changes = vec![settings(Flow::NewUsers), credential(now, false), organization(hostile)];
    changes.extend([verdict(Verdict::default().failed(now, failure)), report(now, checks)]);
    changes.extend(done(&Flow::NewUsers.stages()[..5], now));
    changes.push(Change::OpenItem(OpenItem::asked(OpenItemId::Role, now)));
    Seed { mark: "inactive", rehearsal: false, changes }
}

fn cant_check(now: Timestamp) -> Seed {
    let known = Verdict::passed(before(now, 5), vec![]);
    let failure = Failure::of(FailureClass::Offline);
    let mut changes =
        vec![settings(Flow::NewUsers), credential(before(now, 6), false), organization("Contoso Ltd")];
    changes.push(verdict(known.failed(now, failure.clone())));
    let first = Check::ended(CheckId::Metadata, CheckResult::Failed).with_failure(failure);
    changes.push(report(now, vec![first]));
    changes.extend(done(Flow::NewUsers.stages(), before(now, 5)));
    Seed { mark: "cantCheck", rehearsal: false, changes }
}
