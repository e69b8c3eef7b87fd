//! The record as a whole: read from all its tables, changed one change at a time.

use mpc_connect_core::organization::OrganizationList;
use mpc_connect_core::record::{Change, ChosenOrganization, Record};
use mpc_connect_core::step::Stage;
use rusqlite::{Connection, Result, Transaction};

use super::{attempt, connection, history, open_items, organizations, report, steps, verdict};

/// Reads everything but the history, which it does not touch.
pub(super) fn load(database: &Connection) -> Result<Record> {
    let row = connection::load(database)?;
    Ok(Record {
        settings: row.settings,
        credential: row.credential,
        accounts_seen: row.accounts_seen,
        verdict: verdict::load(database)?,
        last_report: report::load_last(database)?,
        last_test: report::load_last_test(database)?,
        attempt: attempt::load(database)?,
        pending_claims: row.pending_claims,
        prefers_loopback: row.prefers_loopback,
        organization: organizations::load_chosen(database)?,
        organizations: OrganizationList {
            rows: organizations::load_seen(database)?,
            cut: row.organizations_cut,
        },
        done: steps::load(database)?,
        open_items: open_items::load(database)?,
    })
}

/// Does in SQL what [`Record::apply`] does in memory, and keeps history entries.
pub(super) fn apply(transaction: &Transaction<'_>, change: &Change) -> Result<()> {
    match change {
        Change::Settings(settings) => connection::keep_settings(transaction, settings),
        Change::Credential(credential) => connection::keep_credential(transaction, credential.as_ref()),
        Change::SessionEnded { credential_id } => end_session(transaction, credential_id),
        Change::CredentialUsed { credential_id, at, session_only, asked } => {
            connection::keep_credential_used(transaction, credential_id, *at, *session_only, *asked)
        }
        Change::Verdict { credential_id, verdict } => verdict::keep(transaction, credential_id, verdict),
        Change::Report(report) => report::keep(transaction, report),
        Change::Attempt(attempt) => attempt::keep(transaction, attempt.as_ref()),
        Change::PendingClaims(claims) => connection::keep_pending_claims(transaction, claims.as_deref()),
        Change::PrefersLoopback(prefers) => connection::keep_prefers_loopback(transaction, *prefers),
        Change::Organization(chosen) => keep_organization(transaction, chosen.as_ref()),
        Change::Organizations(list) => organizations::keep_seen(transaction, list),
        Change::Done(done) => steps::keep(transaction, *done),
        Change::Undone(stages) => steps::remove(transaction, stages),
        Change::OpenItem(item) => open_items::keep(transaction, item),
        Change::History(entry) => history::add(transaction, entry),
        Change::Wiped => wipe(transaction),
    }
}

fn end_session(transaction: &Transaction<'_>, credential_id: &str) -> Result<()> {
    if !connection::holds(transaction, credential_id)? {
        return Ok(());
    }
    connection::keep_credential(transaction, None)?;
    connection::keep_pending_claims(transaction, None)?;
    attempt::keep(transaction, None)?;
    keep_organization(transaction, None)?;
    steps::remove(transaction, &Stage::NEED_A_CREDENTIAL)
}

/// A test of another organization says nothing about this one.
fn keep_organization(transaction: &Transaction<'_>, chosen: Option<&ChosenOrganization>) -> Result<()> {
    let id = |chosen: &ChosenOrganization| chosen.id.clone();
    if organizations::load_chosen(transaction)?.as_ref().map(id) != chosen.map(id) {
        report::set_tests_aside(transaction)?;
    }
    organizations::keep_chosen(transaction, chosen)
}

fn wipe(transaction: &Transaction<'_>) -> Result<()> {
    connection::wipe(transaction)?;
    verdict::wipe(transaction)?;
    report::wipe(transaction)?;
    attempt::keep(transaction, None)?;
    organizations::keep_chosen(transaction, None)?;
    organizations::keep_seen(transaction, &OrganizationList::default())?;
    steps::wipe(transaction)?;
    open_items::wipe(transaction)?;
    history::wipe(transaction)
}
