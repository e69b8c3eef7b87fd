//! What the store can do at present, and why not more.

use std::io;
use std::path::PathBuf;

use mpc_connect_core::failure::{Failure, FailureClass};
use rusqlite::ffi;

/// How the store is, for the banner.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Condition {
    /// Everything asked for is saved.
    Healthy,
    /// The file was damaged; it was kept aside and a new one is in use.
    RecoveredFromDamage {
        /// Where the damaged file is now.
        kept: PathBuf,
        /// How many history entries were taken over.
        recovered: u64,
    },
    /// The file can be read but not written; nothing waits.
    ReadOnly,
    /// A newer version of the program wrote the file: it is read, never written.
    NewerVersion,
    /// Changes are kept in memory until they can be written.
    NotSaving {
        /// Why.
        reason: Reason,
        /// How many changes wait.
        waiting: usize,
        /// How many were dropped because too many waited.
        lost: u64,
    },
}

/// Why the store cannot read or write.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Reason {
    /// No space is left.
    #[error("disk full")]
    DiskFull,
    /// File, folder or file system must not be changed.
    #[error("read-only")]
    ReadOnly,
    /// Another program holds the file.
    #[error("busy")]
    Busy,
    /// The disk answered with an error.
    #[error("disk error")]
    DiskError,
    /// The file or its folder cannot be opened.
    #[error("cannot be opened")]
    CannotOpen,
    /// A newer version of the program wrote the file.
    #[error("newer version")]
    NewerVersion,
    /// The file was moved, removed or led to another version while it was open.
    #[error("moved")]
    Moved,
    /// What the file holds cannot be read as ours.
    #[error("damaged")]
    Damaged,
    /// The file is damaged, and as many damaged files as we keep are already there.
    #[error("damaged, with too many damaged files kept")]
    TooManyDamaged,
    /// The store was closed.
    #[error("closed")]
    Closed,
    /// SQLite refused for another reason; the number is its extended result code.
    #[error("refused ({0})")]
    Refused(i32),
}

impl Reason {
    /// The failure that the person sees, with the reason as its code.
    #[must_use]
    pub fn failure(self) -> Failure {
        let class = match self {
            Self::Damaged | Self::TooManyDamaged => FailureClass::StoreDamaged,
            Self::DiskFull
            | Self::ReadOnly
            | Self::Busy
            | Self::DiskError
            | Self::CannotOpen
            | Self::NewerVersion
            | Self::Moved
            | Self::Closed
            | Self::Refused(_) => FailureClass::StoreNotWritable,
        };
        Failure::of(class).with_code(self.to_string())
    }

    /// As [`Reason::from`], for statements that every sound file of ours answers: a table or column that is missing
    /// is damage.
    pub(super) fn of_reading(error: rusqlite::Error) -> Self {
        let reason = Self::from(error);
        if reason == Self::Refused(ffi::SQLITE_ERROR) { Self::Damaged } else { reason }
    }

    /// Whether a connection that met this can go on being used.
    pub(super) fn spares_the_connection(self) -> bool {
        matches!(self, Self::DiskFull | Self::Busy)
    }

    /// Whether opening the file anew mends it at once.
    pub(super) fn mended_by_opening(self) -> bool {
        matches!(self, Self::Damaged | Self::Moved)
    }
}

/// Source: SQLite, "Result and Error Codes".
impl From<rusqlite::Error> for Reason {
    fn from(error: rusqlite::Error) -> Self {
        // Without a code of SQLite's own, a value could not be read as what it should be.
        let Some(error) = error.sqlite_error() else { return Self::Damaged };
        match (error.extended_code, error.extended_code & 0xFF) {
            (ffi::SQLITE_READONLY_DBMOVED, _) => Self::Moved,
            (_, ffi::SQLITE_FULL) => Self::DiskFull,
            (_, ffi::SQLITE_READONLY) => Self::ReadOnly,
            (_, ffi::SQLITE_BUSY | ffi::SQLITE_LOCKED | ffi::SQLITE_PROTOCOL) => Self::Busy,
            (_, ffi::SQLITE_IOERR) => Self::DiskError,
            (_, ffi::SQLITE_CANTOPEN | ffi::SQLITE_PERM) => Self::CannotOpen,
            (_, ffi::SQLITE_CORRUPT | ffi::SQLITE_NOTADB) => Self::Damaged,
            (extended, _) => Self::Refused(extended),
        }
    }
}

impl From<io::Error> for Reason {
    fn from(error: io::Error) -> Self {
        let kind = error.kind();
        if matches!(kind, io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded) {
            return Self::DiskFull;
        }
        if matches!(kind, io::ErrorKind::ReadOnlyFilesystem | io::ErrorKind::PermissionDenied) {
            return Self::ReadOnly;
        }
        Self::CannotOpen
    }
}

impl From<Reason> for Failure {
    fn from(reason: Reason) -> Self {
        reason.failure()
    }
}
