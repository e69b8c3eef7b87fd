//! The last sign-in.

use mpc_connect_core::identity::Asked;
use mpc_connect_core::record::Attempt;
use rusqlite::{Connection, OptionalExtension, Result, named_params};

use super::values::Json;

pub(super) fn load(database: &Connection) -> Result<Option<Attempt>> {
    let read = |row: &rusqlite::Row<'_>| {
        Ok(Attempt {
            started_at: row.get("started_at")?,
            ended: row.get("ended")?,
            failure: row.get::<_, Option<Json<_>>>("failure")?.map(|failure| failure.0),
            asked: Asked { second_check: row.get("asked_second_check")?, claims: row.get("asked_claims")? },
        })
    };
    database.query_row("SELECT * FROM attempt", [], read).optional()
}

pub(super) fn keep(database: &Connection, attempt: Option<&Attempt>) -> Result<()> {
    let Some(attempt) = attempt else { return database.execute("DELETE FROM attempt", []).map(drop) };
    database
        .execute(
            "INSERT OR REPLACE INTO attempt
             VALUES (1, :started_at, :ended, :failure, :asked_second_check, :asked_claims)",
            named_params! {
                ":started_at": attempt.started_at,
                ":ended": attempt.ended,
                ":failure": attempt.failure.as_ref().map(Json),
                ":asked_second_check": attempt.asked.second_check,
                ":asked_claims": attempt.asked.claims,
            },
        )
        .map(drop)
}
