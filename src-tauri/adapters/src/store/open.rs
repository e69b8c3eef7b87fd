//! Opening the file: whose it is, whether it is sound, leading it to today's form.

use std::fs;
use std::path::Path;
use std::time::Duration;

use rusqlite::{Connection, OpenFlags};

use super::condition::Reason;
use super::damage::{self, Recovered};
use super::files::Files;
use super::migration::{self, Origin, STEPS};
use super::{history, record};

/// How long a statement waits for another process.
const BUSY: Duration = Duration::from_secs(2);

/// A file that can be written, and what it took to get there.
pub(super) struct Opened {
    pub(super) connection: Connection,
    pub(super) recovered: Option<Recovered>,
}

/// Opens the file for writing; a damaged one is put aside and replaced.
///
/// # Errors
/// Why nothing can be written; the file is then as it was.
pub(super) fn for_writing(files: &Files) -> Result<Opened, Reason> {
    files.create_folder()?;
    // Finds out about a read-only folder before the first change gets lost in it.
    tempfile::tempfile_in(files.folder())?;
    match sound(files) {
        Ok(Some(connection)) => return Ok(Opened { connection, recovered: None }),
        Ok(None) | Err(Reason::Damaged) => {}
        Err(reason) => return Err(reason),
    }
    // One process at a time; what follows looks again at what another may have mended meanwhile.
    let _lock = files.lock()?;
    match led_to_today(files) {
        Ok(connection) => Ok(Opened { connection, recovered: None }),
        Err(Reason::Damaged) => {
            let kept = damage::set_aside(files)?;
            let mut connection = led_to_today(files)?;
            let recovered = damage::salvage(kept, &mut connection)?;
            Ok(Opened { connection, recovered: Some(recovered) })
        }
        Err(reason) => Err(reason),
    }
}

/// The file, if it is sound and of today's version; `None` when it is empty or older.
fn sound(files: &Files) -> Result<Option<Connection>, Reason> {
    files.create_private(&files.database())?;
    let connection = connect(&files.database(), OpenFlags::SQLITE_OPEN_READ_WRITE)?;
    match migration::origin(&connection)? {
        Origin::Ours(version) if version > migration::newest(STEPS) => return Err(Reason::NewerVersion),
        Origin::Ours(version) if version == migration::newest(STEPS) => {}
        Origin::Ours(_) | Origin::Empty => return Ok(None),
    }
    prepare_for_writing(&connection)?;
    check(&connection)?;
    try_reading(&connection)?;
    Ok(Some(connection))
}

fn led_to_today(files: &Files) -> Result<Connection, Reason> {
    if let Some(connection) = sound(files)? {
        return Ok(connection);
    }
    let mut connection = connect(&files.database(), OpenFlags::SQLITE_OPEN_READ_WRITE)?;
    prepare_for_writing(&connection)?;
    check(&connection)?;
    migration::migrate(&mut connection, files, STEPS)?;
    try_reading(&connection)?;
    Ok(connection)
}

/// A connection that trusts nothing in the file and waits for others.
pub(super) fn connect(path: &Path, access: OpenFlags) -> Result<Connection, Reason> {
    let connection = Connection::open_with_flags(path, access | OpenFlags::SQLITE_OPEN_NO_MUTEX)?;
    connection.busy_timeout(BUSY)?;
    connection.pragma_update(None, "trusted_schema", false)?;
    Ok(connection)
}

/// Every answer "saved" is on the disk, and what is deleted is overwritten.
fn prepare_for_writing(connection: &Connection) -> Result<(), Reason> {
    if connection.is_readonly("main")? {
        return Err(Reason::ReadOnly);
    }
    connection.pragma_update(None, "journal_mode", "DELETE")?;
    connection.pragma_update(None, "synchronous", "EXTRA")?;
    // macOS alone: a plain flush stays in the drive's own memory there.
    connection.pragma_update(None, "fullfsync", true)?;
    connection.pragma_update(None, "foreign_keys", true)?;
    connection.pragma_update(None, "secure_delete", true)?;
    Ok(())
}

fn check(connection: &Connection) -> Result<(), Reason> {
    let verdict: String = connection.query_row("PRAGMA quick_check(1)", [], |row| row.get(0))?;
    if verdict == "ok" { Ok(()) } else { Err(Reason::Damaged) }
}

/// Values that cannot be read are damage too, which SQLite does not see.
fn try_reading(connection: &Connection) -> Result<(), Reason> {
    record::load(connection).map_err(Reason::of_reading)?;
    history::last_sequence(connection).map_err(Reason::of_reading)?;
    Ok(())
}

/// Whether there is anything in the file.
pub(super) fn holds_something(files: &Files) -> bool {
    fs::metadata(files.database()).is_ok_and(|file| file.len() > 0)
}
