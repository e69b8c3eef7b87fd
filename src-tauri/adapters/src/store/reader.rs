//! Short-lived reading, which never changes what the file says.

use std::fs;

use rusqlite::{Connection, OpenFlags};
use tempfile::TempDir;

use super::condition::Reason;
use super::files::Files;
use super::migration::{self, Origin, STEPS};
use super::open::{connect, holds_something};

/// A connection for a few statements.
pub(super) struct Reader {
    connection: Connection,
    newer: bool,
    /// Where the file was copied to, if it was; removed when dropped.
    _copy: Option<TempDir>,
}

impl Reader {
    /// Opens the file for reading; `None` where nothing was ever written.
    ///
    /// A file that was left in the middle of a write, or that has an older form, and cannot be mended in its place,
    /// is copied aside and mended there.
    ///
    /// # Errors
    /// Why it cannot be read.
    pub(super) fn open(files: &Files) -> Result<Option<Self>, Reason> {
        if !holds_something(files) {
            return Ok(None);
        }
        match Self::in_place(files, OpenFlags::SQLITE_OPEN_READ_ONLY) {
            Err(Reason::ReadOnly | Reason::CannotOpen | Reason::DiskError) if files.journal().exists() => {}
            Ok(Some(reader)) if reader.is_older()? => {}
            other => return other,
        }
        // Opened for writing, SQLite undoes the unfinished write by itself, if it may.
        if files.journal().exists()
            && let Ok(Some(reader)) = Self::in_place(files, OpenFlags::SQLITE_OPEN_READ_WRITE)
            && !reader.is_older()?
        {
            return Ok(Some(reader));
        }
        Self::in_copy(files)
    }

    fn in_place(files: &Files, access: OpenFlags) -> Result<Option<Self>, Reason> {
        let connection = connect(&files.database(), access)?;
        match migration::origin(&connection)? {
            Origin::Empty => Ok(None),
            Origin::Ours(version) => {
                Ok(Some(Self { connection, newer: version > migration::newest(STEPS), _copy: None }))
            }
        }
    }

    fn is_older(&self) -> Result<bool, Reason> {
        let origin = migration::origin(&self.connection)?;
        Ok(matches!(origin, Origin::Ours(version) if version < migration::newest(STEPS)))
    }

    fn in_copy(files: &Files) -> Result<Option<Self>, Reason> {
        let folder = TempDir::new()?;
        let copied = files.in_folder(folder.path());
        if files.journal().exists() {
            fs::write(copied.journal(), fs::read(files.journal())?)?;
        }
        // Written anew, because a copy would be as read-only as its source.
        fs::write(copied.database(), fs::read(files.database())?)?;
        let Some(mut reader) = Self::in_place(&copied, OpenFlags::SQLITE_OPEN_READ_WRITE)? else {
            return Ok(None);
        };
        if reader.is_older()? {
            migration::migrate(&mut reader.connection, &copied, STEPS)?;
        }
        Ok(Some(Self { _copy: Some(folder), ..reader }))
    }

    /// Runs statements that see one state of the file.
    ///
    /// # Errors
    /// [`Reason::Damaged`] for what cannot be read, [`Reason::NewerVersion`] where a newer version wrote it.
    pub(super) fn read<T>(
        self,
        statements: impl Fn(&Connection) -> rusqlite::Result<T>,
    ) -> Result<T, Reason> {
        let transaction = self.connection.unchecked_transaction()?;
        statements(&transaction).map_err(|error| {
            let reason = Reason::of_reading(error);
            if reason == Reason::Damaged && self.newer { Reason::NewerVersion } else { reason }
        })
    }
}
