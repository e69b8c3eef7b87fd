//! From an older form of the file to today's, step by step, each step wholly or not at all.

use std::fs;

use rusqlite::{Connection, Transaction, TransactionBehavior};

use super::condition::Reason;
use super::files::Files;

/// "MPCC" in ASCII: marks the file as ours. Source: SQLite, "PRAGMA application_id".
pub(super) const APPLICATION_ID: i32 = 0x4D50_4343;

/// Append only: a step that was released never changes. Step n leads from version n to n + 1.
pub(super) const STEPS: &[&str] = &[include_str!("migrations/0001.sql"), include_str!("migrations/0002.sql")];

/// The version that these steps lead to.
pub(super) fn newest(steps: &[&str]) -> i32 {
    i32::try_from(steps.len()).unwrap_or(i32::MAX)
}

/// Whose file this is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Origin {
    /// Nobody's: it holds nothing yet.
    Empty,
    /// Ours, of this version.
    Ours(i32),
}

/// Reads whose file this is, without changing it.
///
/// # Errors
/// [`Reason::Damaged`] when another program made it.
pub(super) fn origin(database: &Connection) -> Result<Origin, Reason> {
    let number = |pragma: &str| database.query_row(pragma, [], |row| row.get::<_, i32>(0));
    let application = number("PRAGMA application_id")?;
    let version = number("PRAGMA user_version")?;
    let tables = number("SELECT count(*) FROM sqlite_schema")?;
    match (application, version, tables) {
        (0, 0, 0) => Ok(Origin::Empty),
        (APPLICATION_ID, version, _) if version > 0 => Ok(Origin::Ours(version)),
        _ => Err(Reason::Damaged),
    }
}

/// Leads the file to the newest version; a file that held something is copied first.
///
/// # Errors
/// Whatever SQLite refused; the file then has the version of the last step that ended.
pub(super) fn migrate(database: &mut Connection, files: &Files, steps: &[&str]) -> Result<(), Reason> {
    if let Origin::Ours(version) = origin(database)?
        && version < newest(steps)
    {
        back_up(database, files, version)?;
    }
    for (step, target) in steps.iter().zip(1_i32..) {
        let transaction = Transaction::new(database, TransactionBehavior::Immediate)?;
        // Another process may have been quicker: the version counts that is read under the lock.
        let version: i32 = transaction.query_row("PRAGMA user_version", [], |row| row.get(0))?;
        if version + 1 != target {
            continue;
        }
        // Every step fits the form before it: where SQLite does not understand it, the file has lost that form.
        transaction.execute_batch(step).map_err(Reason::of_reading)?;
        transaction.pragma_update(None, "application_id", APPLICATION_ID)?;
        transaction.pragma_update(None, "user_version", target)?;
        transaction.commit()?;
    }
    Ok(())
}

/// Writes beside and renames, so that a backup is whole or not there.
fn back_up(database: &Connection, files: &Files, version: i32) -> Result<(), Reason> {
    let backup = files.backup(version);
    let unfinished = backup.with_extension("part");
    if unfinished.exists() {
        fs::remove_file(&unfinished)?;
    }
    let name = unfinished.to_str().ok_or(Reason::CannotOpen)?;
    files.create_private(&unfinished)?;
    database.execute("VACUUM INTO ?1", [name])?;
    Ok(fs::rename(&unfinished, &backup)?)
}

#[cfg(test)]
mod tests;
