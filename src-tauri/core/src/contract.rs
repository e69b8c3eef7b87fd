//! The JSON of `mpcctl`: schema `mpcctl/1`.

use jiff::Timestamp;
use serde::Serialize;

use crate::check::Report;
use crate::environment::Environment;
use crate::flow::State;
use crate::open_item::OpenItem;
use crate::organization::OrganizationList;
use crate::present::utc;
use crate::status::Qualifier;
use crate::view;

/// The name of the schema.
pub const SCHEMA: &str = "mpcctl/1";

/// What `status` prints, and the last line of `connect`.
#[derive(Clone, Debug, Serialize)]
pub struct StatusLine {
    schema: &'static str,
    environment: String,
    rehearsal: bool,
    /// One of `not_connected`, `active`, `inactive`, `cant_check`.
    pub status: &'static str,
    qualifiers: Vec<&'static str>,
    checked_at: Option<String>,
    /// Older than 24 hours.
    pub stale: bool,
    class: Option<&'static str>,
    actor: Option<&'static str>,
    redo: Option<String>,
    state_code: String,
    flow: Option<&'static str>,
    step: Option<String>,
    account: Option<AccountLine>,
    organization: Option<OrganizationName>,
    open_items: Vec<OpenItemLine>,
    keychain: &'static str,
    last_known: Option<LastKnownLine>,
    /// Whether the file with all of this is gone; left out where it is not.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    history_lost: bool,
}

impl StatusLine {
    /// The same line, with what is known about the loss of the history.
    #[must_use]
    pub fn with_history_lost(self, history_lost: bool) -> Self {
        Self { history_lost, ..self }
    }
}

#[derive(Clone, Debug, Serialize)]
struct AccountLine {
    username: String,
    tenant_id: Option<String>,
    kind: &'static str,
}

#[derive(Clone, Debug, Serialize)]
struct OrganizationName {
    id: String,
    name: String,
}

#[derive(Clone, Debug, Serialize)]
struct OpenItemLine {
    id: &'static str,
    who: &'static str,
    since: String,
    asked_at: Option<String>,
    arrived_at: Option<String>,
}

#[derive(Clone, Debug, Serialize)]
struct LastKnownLine {
    status: &'static str,
    checked_at: String,
}

/// What `organizations` prints.
#[derive(Clone, Debug, Serialize)]
pub struct OrganizationsLine {
    organizations: Vec<OrganizationLine>,
    /// Whether more referrals exist than were read; left out where the list is whole.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    cut: bool,
}

#[derive(Clone, Debug, Serialize)]
struct OrganizationLine {
    id: String,
    name: String,
    names: Vec<String>,
    evidence: Vec<&'static str>,
    referrals_seen: u32,
}

/// What `test` prints.
#[derive(Clone, Debug, Serialize)]
pub struct TestLine {
    schema: &'static str,
    result: &'static str,
    status: &'static str,
    checked_at: String,
    checks: Vec<CheckLine>,
}

#[derive(Clone, Debug, Serialize)]
struct CheckLine {
    id: &'static str,
    result: &'static str,
    ms: u64,
    class: Option<&'static str>,
    code: Option<String>,
    correlation_id: Option<String>,
}

/// Whether somebody looked into the keychain for this answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum KeychainLooked {
    /// The database alone was read.
    NotChecked,
    /// The credential was used from the keychain.
    Held,
    /// The credential lives in memory alone.
    SessionOnly,
    /// There is none.
    Empty,
}

impl KeychainLooked {
    fn as_str(self) -> &'static str {
        match self {
            Self::NotChecked => "not_checked",
            Self::Held => "held",
            Self::SessionOnly => "session_only",
            Self::Empty => "empty",
        }
    }
}

/// The status of a state.
#[must_use]
pub fn status(
    state: &State,
    environment: &Environment,
    now: Timestamp,
    keychain: KeychainLooked,
) -> StatusLine {
    let record = &state.record;
    let settings = &record.settings;
    let failure = state.failure();
    StatusLine {
        schema: SCHEMA,
        environment: environment.name.clone(),
        rehearsal: environment.is_rehearsal(),
        status: record.word().as_str(),
        qualifiers: view::qualifiers(state).into_iter().map(Qualifier::as_str).collect(),
        checked_at: record.verdict.checked_at.map(utc),
        stale: record.credential.is_some() && record.verdict.is_stale(now),
        class: failure.map(|failure| failure.class.as_str()),
        actor: failure.map(|failure| failure.actor().as_str()),
        redo: state.redo().map(|step| step.to_string()),
        state_code: view::state_code(state, environment.is_rehearsal()),
        flow: settings.flow.map(crate::step::Flow::as_str),
        step: view::current_step(state).map(|step| step.to_string()),
        account: record.account().map(|username| AccountLine {
            username: username.to_owned(),
            tenant_id: record.credential.as_ref().map(|credential| credential.identity.tenant.clone()),
            kind: settings.kind.as_str(),
        }),
        organization: record
            .organization
            .as_ref()
            .map(|chosen| OrganizationName { id: chosen.id.clone(), name: chosen.name.clone() }),
        open_items: record.open_items.iter().map(open_item).collect(),
        keychain: keychain.as_str(),
        last_known: record
            .verdict
            .last_known
            .filter(|_| record.credential.is_some())
            .map(|known| LastKnownLine { status: known.word.as_str(), checked_at: utc(known.checked_at) }),
        history_lost: false,
    }
}

fn open_item(item: &OpenItem) -> OpenItemLine {
    OpenItemLine {
        id: item.id.as_str(),
        who: item.id.who().as_str(),
        since: utc(item.since),
        asked_at: item.asked_at.map(utc),
        arrived_at: item.arrived_at.map(utc),
    }
}

/// The organizations of a list.
#[must_use]
pub fn organizations(list: &OrganizationList) -> OrganizationsLine {
    let line = |row: &crate::organization::Organization| OrganizationLine {
        id: row.id.clone(),
        name: row.name.clone(),
        names: row.names.clone(),
        evidence: row.evidence.iter().map(|evidence| evidence.as_str()).collect(),
        referrals_seen: row.referrals_seen,
    };
    OrganizationsLine { organizations: list.rows.iter().map(line).collect(), cut: list.cut }
}

/// A report, and the word that came of it.
#[must_use]
pub fn test(state: &State, report: &Report) -> TestLine {
    let line = |check: &crate::check::Check| CheckLine {
        id: check.id.as_str(),
        result: check.result.as_str(),
        ms: check.milliseconds,
        class: check.failure.as_ref().map(|failure| failure.class.as_str()),
        code: check.failure.as_ref().and_then(|failure| failure.code.clone()),
        correlation_id: check.correlation_id.clone(),
    };
    TestLine {
        schema: SCHEMA,
        result: report.face().as_str(),
        status: state.record.word().as_str(),
        checked_at: utc(report.finished_at),
        checks: report.checks.iter().map(line).collect(),
    }
}

#[cfg(test)]
mod tests;
