//! What happens to a damaged file: it is kept aside, and what can be read of its history is taken over.

use std::fs;
use std::path::{Path, PathBuf};

use jiff::Timestamp;
use rusqlite::{Connection, OpenFlags, Transaction, TransactionBehavior};
use url::Url;

use super::condition::Reason;
use super::files::Files;
use super::history::{self, HISTORY_KEPT, Numbered};

/// A file that is damaged again and again is not replaced any more.
const MOST_KEPT: usize = 3;
const RANGE: u32 = 64;

/// What became of a damaged file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Recovered {
    /// Where it is now. It stays until a person has the history removed.
    pub(super) kept: PathBuf,
    /// How many history entries the new file took over.
    pub(super) entries: u64,
}

/// Moves the damaged file, and its journal, out of the way.
///
/// # Errors
/// [`Reason::TooManyDamaged`] when three are kept already; a folder that refuses.
pub(super) fn set_aside(files: &Files) -> Result<PathBuf, Reason> {
    let kept_before = files.kept()?.len();
    if kept_before >= MOST_KEPT {
        return Err(Reason::TooManyDamaged);
    }
    let time = Timestamp::now().strftime("%Y%m%dT%H%M%SZ").to_string();
    let kept = if files.damaged(&time).exists() {
        files.damaged(&format!("{time}-{}", kept_before + 1))
    } else {
        files.damaged(&time)
    };
    if files.journal().exists() {
        fs::rename(files.journal(), kept.with_extension("db-journal"))?;
    }
    fs::rename(files.database(), &kept)?;
    Ok(kept)
}

/// Takes over the history entries that can still be read.
///
/// # Errors
/// When the new file refuses them. Whatever the damaged one refuses is left behind.
pub(super) fn salvage(kept: PathBuf, database: &mut Connection) -> Result<Recovered, Reason> {
    let entries = readable(&kept).unwrap_or_default();
    let transaction = Transaction::new(database, TransactionBehavior::Immediate)?;
    entries.iter().try_for_each(|entry| history::restore(&transaction, entry))?;
    history::prune(&transaction)?;
    let count = history::count(&transaction)?;
    transaction.commit()?;
    Ok(Recovered { kept, entries: count })
}

fn readable(kept: &Path) -> Option<Vec<Numbered>> {
    let damaged = open_as_it_is(kept)?;
    let sequence = "SELECT seq FROM sqlite_sequence WHERE name = 'history'";
    let last = damaged
        .query_row(sequence, [], |row| row.get(0))
        .or_else(|_| history::last_sequence(&damaged))
        .unwrap_or(i64::from(HISTORY_KEPT));
    let first = last.checked_sub(i64::from(HISTORY_KEPT))?.max(0) + 1;
    let mut entries = Vec::new();
    for start in (first..=last).step_by(usize::try_from(RANGE).ok()?) {
        match history::salvage(&damaged, start, RANGE) {
            Ok(found) => entries.extend(found),
            // Something in this range is gone; its other rows may lie on sound pages.
            Err(_) => entries.extend(one_by_one(&damaged, start)),
        }
    }
    Some(entries)
}

fn one_by_one(damaged: &Connection, start: i64) -> Vec<Numbered> {
    let sequences = start..start.saturating_add(i64::from(RANGE));
    sequences.filter_map(|sequence| history::salvage(damaged, sequence, 1).ok()).flatten().collect()
}

/// Neither locks nor a journal are looked at, and nothing is written.
fn open_as_it_is(path: &Path) -> Option<Connection> {
    let mut address = Url::from_file_path(path).ok()?;
    address.set_query(Some("immutable=1"));
    let access =
        OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_URI | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let connection = Connection::open_with_flags(address.as_str(), access).ok()?;
    connection.pragma_update(None, "trusted_schema", false).ok()?;
    // Lets SQLite read a file that is shorter than its header says.
    connection.pragma_update(None, "writable_schema", true).ok()?;
    Some(connection)
}
