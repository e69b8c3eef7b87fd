//! The status of the credential in use.

use mpc_connect_core::status::{LastKnown, Verdict};
use rusqlite::{Connection, OptionalExtension, Result, Row, named_params};

use super::values::{Json, Word};

pub(super) fn load(database: &Connection) -> Result<Verdict> {
    let verdict = database.query_row("SELECT * FROM verdict", [], read).optional()?;
    Ok(verdict.unwrap_or_default())
}

fn read(row: &Row<'_>) -> Result<Verdict> {
    let last_known = match row.get::<_, Option<Word<_>>>("last_known_word")? {
        Some(word) => Some(LastKnown { word: word.0, checked_at: row.get("last_known_at")? }),
        None => None,
    };
    Ok(Verdict {
        checked_at: row.get("checked_at")?,
        failure: row.get::<_, Option<Json<_>>>("failure")?.map(|failure| failure.0),
        last_known,
        qualifiers: row.get::<_, Json<_>>("qualifiers")?.0,
    })
}

/// Keeps the verdict if it belongs to the credential in use.
pub(super) fn keep(database: &Connection, credential_id: &str, verdict: &Verdict) -> Result<()> {
    database
        .execute(
            "INSERT OR REPLACE INTO verdict
             SELECT 1, :checked_at, :failure, :last_known_word, :last_known_at, :qualifiers
             FROM connection WHERE credential_id = :credential_id",
            named_params! {
                ":credential_id": credential_id,
                ":checked_at": verdict.checked_at,
                ":failure": verdict.failure.as_ref().map(Json),
                ":last_known_word": verdict.last_known.map(|known| Word(known.word)),
                ":last_known_at": verdict.last_known.map(|known| known.checked_at),
                ":qualifiers": Json(&verdict.qualifiers),
            },
        )
        .map(drop)
}

pub(super) fn wipe(database: &Connection) -> Result<()> {
    database.execute("DELETE FROM verdict", []).map(drop)
}
