//! The runs of checks of the credential in use: the last ten, and the last of each kind.

use mpc_connect_core::check::{Check, CheckKind, Report};
use rusqlite::{Connection, OptionalExtension, Result, Row, named_params};

use super::values::{Json, Word};

/// Older runs go; at least one of each kind stays.
const KEPT: u32 = 10;

/// The last run, whatever its kind.
pub(super) fn load_last(database: &Connection) -> Result<Option<Report>> {
    let row = database
        .query_row("SELECT * FROM report ORDER BY id DESC LIMIT 1", [], |row| {
            Ok((row.get("id")?, read(row)?))
        })
        .optional()?;
    row.map(|(id, report)| with_checks(database, id, report)).transpose()
}

/// The last test, unless it was one of another organization.
pub(super) fn load_last_test(database: &Connection) -> Result<Option<Report>> {
    let row = database
        .query_row(
            "SELECT * FROM report WHERE kind = ?1 AND NOT of_earlier_organization ORDER BY id DESC LIMIT 1",
            [Word(CheckKind::Test)],
            |row| Ok((row.get("id")?, read(row)?)),
        )
        .optional()?;
    row.map(|(id, report)| with_checks(database, id, report)).transpose()
}

/// Another organization was chosen: the tests so far were not of it.
pub(super) fn set_tests_aside(database: &Connection) -> Result<()> {
    database.execute("UPDATE report SET of_earlier_organization = 1", []).map(drop)
}

/// All kept runs, newest first.
pub(super) fn load_all(database: &Connection) -> Result<Vec<Report>> {
    let mut statement = database.prepare("SELECT * FROM report ORDER BY id DESC")?;
    let rows = statement.query_map([], |row| Ok((row.get("id")?, read(row)?)))?;
    let rows: Vec<(i64, Report)> = rows.collect::<Result<_>>()?;
    rows.into_iter().map(|(id, report)| with_checks(database, id, report)).collect()
}

fn read(row: &Row<'_>) -> Result<Report> {
    Ok(Report {
        kind: row.get::<_, Word<_>>("kind")?.0,
        credential_id: row.get("credential_id")?,
        finished_at: row.get("finished_at")?,
        checks: Vec::new(),
    })
}

fn with_checks(database: &Connection, id: i64, mut report: Report) -> Result<Report> {
    let mut statement =
        database.prepare_cached("SELECT * FROM check_result WHERE report_id = ?1 ORDER BY position")?;
    let checks = statement.query_map([id], |row| {
        Ok(Check {
            id: row.get::<_, Word<_>>("check_id")?.0,
            result: row.get::<_, Word<_>>("result")?.0,
            milliseconds: row.get::<_, i64>("milliseconds")?.unsigned_abs(),
            failure: row.get::<_, Option<Json<_>>>("failure")?.map(|failure| failure.0),
            reason: row.get("reason")?,
            correlation_id: row.get("correlation_id")?,
        })
    })?;
    report.checks = checks.collect::<Result<_>>()?;
    Ok(report)
}

/// Keeps the report if it belongs to the credential in use.
pub(super) fn keep(database: &Connection, report: &Report) -> Result<()> {
    let added = database.execute(
        "INSERT INTO report (kind, credential_id, finished_at)
         SELECT :kind, credential_id, :finished_at FROM connection WHERE credential_id = :credential_id",
        named_params! {
            ":kind": Word(report.kind),
            ":credential_id": report.credential_id,
            ":finished_at": report.finished_at,
        },
    )?;
    if added == 0 {
        return Ok(());
    }
    let id = database.last_insert_rowid();
    for (check, position) in report.checks.iter().zip(0_u32..) {
        keep_check(database, id, position, check)?;
    }
    database
        .execute(
            "DELETE FROM report WHERE id NOT IN (SELECT id FROM report ORDER BY id DESC LIMIT ?1)
                AND id NOT IN (SELECT max(id) FROM report GROUP BY kind)",
            [KEPT],
        )
        .map(drop)
}

fn keep_check(database: &Connection, report: i64, position: u32, check: &Check) -> Result<()> {
    let mut statement = database.prepare_cached(
        "INSERT INTO check_result
         VALUES (:report, :position, :check_id, :result, :milliseconds, :failure, :reason, :correlation_id)",
    )?;
    statement
        .execute(named_params! {
            ":report": report,
            ":position": position,
            ":check_id": Word(check.id),
            ":result": Word(check.result),
            // Nobody waits longer than an i64 of milliseconds.
            ":milliseconds": i64::try_from(check.milliseconds).unwrap_or(i64::MAX),
            ":failure": check.failure.as_ref().map(Json),
            ":reason": check.reason,
            ":correlation_id": check.correlation_id,
        })
        .map(drop)
}

pub(super) fn wipe(database: &Connection) -> Result<()> {
    database.execute("DELETE FROM report", []).map(drop)
}
