//! The database of one environment: the record, and the history of everything that happened.
//!
//! [`Store`] answers the core's `Journal`. One thread writes, in the order of the calls; readers open the file for
//! a few statements. A fault of disk or file never stops the caller: what cannot be written waits in memory, is read
//! as if it were written, and [`Store::condition`] says so.

mod attempt;
mod condition;
mod connection;
mod damage;
mod files;
mod history;
mod migration;
mod open;
mod open_items;
mod organizations;
mod reader;
mod record;
mod report;
mod steps;
mod values;
mod verdict;
mod waiting;
mod writer;

use std::future::Future;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::mpsc::Sender;

use mpc_connect_core::check::Report;
use mpc_connect_core::failure::{Failure, FailureClass};
use mpc_connect_core::history::HistoryEntry;
use mpc_connect_core::ports::Journal;
use mpc_connect_core::record::{Change, Record};
use rusqlite::Connection;
use tokio::sync::oneshot;

use files::Files;
use reader::Reader;
use waiting::{Shared, Waiting};
use writer::{Job, Writer};

pub use condition::{Condition, Reason};
pub use history::{HISTORY_KEPT, HistoryQuery};

/// The database of one environment. Clones share it.
#[derive(Clone)]
pub struct Store {
    inner: Arc<Inner>,
}

struct Inner {
    files: Files,
    shared: Arc<Shared>,
    held_something: bool,
    /// `None` when opened for reading.
    writer: Option<Sender<Job>>,
}

impl Store {
    /// Opens `<folder>/<environment>.db` for reading and writing, and makes folder and file where they are missing.
    ///
    /// Blocks for a few milliseconds; longer where a damaged file is replaced. What is wrong with the file or disk
    /// does not keep the store from opening: see [`Store::condition`].
    ///
    /// # Errors
    /// `STORE_NOT_WRITABLE` for an environment name that is not of the form `[a-z0-9-]{1,32}`, or without a thread.
    pub fn open(folder: &Path, environment: &str) -> Result<Self, Failure> {
        let files = files_of(folder, environment)?;
        let held_something = open::holds_something(&files);
        let shared = Arc::new(Shared::default());
        let writer = Writer::open(files.clone(), Arc::clone(&shared));
        let writer = Some(writer.start().map_err(|_| Reason::CannotOpen)?);
        Ok(Self { inner: Arc::new(Inner { files, shared, held_something, writer }) })
    }

    /// Opens the same file for reading alone: nothing is made, checked or mended in its place. A missing file reads
    /// as an empty record.
    ///
    /// # Errors
    /// `STORE_NOT_WRITABLE` for an environment name that is not of the form `[a-z0-9-]{1,32}`.
    pub fn open_read_only(folder: &Path, environment: &str) -> Result<Self, Failure> {
        let files = files_of(folder, environment)?;
        let held_something = open::holds_something(&files);
        let shared = Arc::new(Shared::default());
        shared.standing().trouble = Some(Reason::ReadOnly);
        Ok(Self { inner: Arc::new(Inner { files, shared, held_something, writer: None }) })
    }

    /// How the store is.
    #[must_use]
    pub fn condition(&self) -> Condition {
        self.inner.shared.standing().condition()
    }

    /// Whether there was a file with anything in it when the store was opened. With a credential in the keychain, a
    /// "no" means that the history was lost.
    #[must_use]
    pub fn held_something(&self) -> bool {
        self.inner.held_something
    }

    /// Where the file is.
    #[must_use]
    pub fn path(&self) -> PathBuf {
        self.inner.files.database()
    }

    /// The damaged files that were put aside and are still there; a wipe removes them.
    #[must_use]
    pub fn kept_files(&self) -> Vec<PathBuf> {
        self.inner.files.kept().unwrap_or_default()
    }

    /// Reads the record, with the changes that wait. Blocks for a millisecond, longer while another process writes.
    ///
    /// # Errors
    /// `STORE_DAMAGED` when the file cannot be read, and once after a damaged file was replaced, with the code
    /// `recovered N`; `STORE_NOT_WRITABLE` when it cannot be opened or a newer version wrote it in another form.
    pub fn record(&self) -> Result<Record, Failure> {
        if let Some(entries) = self.inner.shared.news_of_damage() {
            return Err(damage_failure(entries));
        }
        let trouble = self.inner.shared.standing().trouble;
        if trouble == Some(Reason::TooManyDamaged) {
            return Err(Reason::TooManyDamaged.failure());
        }
        let (record, waiting) = self.read(record::load)?;
        let mut record = record.unwrap_or_default();
        waiting.apply_to(&mut record);
        Ok(record)
    }

    /// Reads history entries with their numbers, newest first. Those that wait are among them, under the numbers that
    /// they will have unless another process writes first. Blocks as [`Store::record`] does.
    ///
    /// # Errors
    /// As [`Store::record`], but says nothing of a damaged file that was replaced.
    pub fn history(&self, query: &HistoryQuery) -> Result<Vec<(i64, HistoryEntry)>, Failure> {
        let statements = |database: &Connection| {
            Ok((history::last_sequence(database)?, history::select(database, query)?))
        };
        let (read, waiting) = self.read(statements)?;
        let (last, mut in_file) = read.unwrap_or_default();
        if waiting.wipes() {
            in_file.clear();
        }
        let waiting = waiting.history();
        let numbered = (last + 1..).zip(waiting).collect::<Vec<_>>().into_iter().rev();
        let asked = numbered.filter(|(sequence, entry)| query.matches(*sequence, entry));
        let asked = asked.map(|(sequence, entry)| (sequence, entry.clone()));
        Ok(asked.chain(in_file).take(query.limit).collect())
    }

    /// How many history entries there are, with those that wait.
    ///
    /// # Errors
    /// As [`Store::history`].
    pub fn history_count(&self) -> Result<u64, Failure> {
        let (count, waiting) = self.read(history::count)?;
        let in_file = if waiting.wipes() { 0 } else { count.unwrap_or(0) };
        Ok(in_file + u64::try_from(waiting.history().len()).unwrap_or(0))
    }

    /// Reads the kept runs of checks of the credential in use, newest first: the last ten, and the last of each kind.
    /// Runs that wait to be written are not among them.
    ///
    /// # Errors
    /// As [`Store::history`].
    pub fn reports(&self) -> Result<Vec<Report>, Failure> {
        self.read(report::load_all).map(|(reports, _waiting)| reports.unwrap_or_default())
    }

    /// Writes what waits and ends the writing thread; later commits are refused.
    ///
    /// # Errors
    /// `STORE_NOT_WRITABLE` when changes could not be written: they are lost with the process.
    pub async fn close(&self) -> Result<(), Failure> {
        let Some(writer) = &self.inner.writer else { return Ok(()) };
        let (reply, answer) = oneshot::channel();
        if writer.send(Job::Close(reply)).is_err() {
            return Ok(());
        }
        Ok(answer.await.unwrap_or(Err(Reason::Closed))?)
    }

    /// One state of the file and of what waits; `None` where there is no file.
    fn read<T>(
        &self,
        statements: impl Fn(&Connection) -> rusqlite::Result<T>,
    ) -> Result<(Option<T>, std::sync::MutexGuard<'_, Waiting>), Failure> {
        let waiting = self.inner.shared.waiting();
        let reader = Reader::open(&self.inner.files)?;
        Ok((reader.map(|reader| reader.read(statements)).transpose()?, waiting))
    }

    fn answered(&self, outcome: Result<(), Reason>) -> Result<(), Failure> {
        outcome?;
        // Saved, but into a new file: the caller has to hear that the record before it is gone.
        match self.inner.shared.news_of_damage() {
            Some(entries) => Err(damage_failure(entries)),
            None => Ok(()),
        }
    }
}

fn files_of(folder: &Path, environment: &str) -> Result<Files, Failure> {
    let refused = || Failure::of(FailureClass::StoreNotWritable).with_code("environment name");
    Files::new(folder, environment).ok_or_else(refused)
}

fn damage_failure(entries: u64) -> Failure {
    Failure::of(FailureClass::StoreDamaged).with_code(format!("recovered {entries}"))
}

impl Journal for Store {
    async fn load(&self) -> Result<Record, Failure> {
        let store = self.clone();
        tokio::task::spawn_blocking(move || store.record()).await.unwrap_or(Err(Reason::Closed.failure()))
    }

    /// A new file in the place of a damaged one saves everything again.
    fn check(&self) -> Result<(), Failure> {
        match self.condition() {
            Condition::Healthy | Condition::RecoveredFromDamage { .. } => Ok(()),
            Condition::ReadOnly => Err(Reason::ReadOnly.failure()),
            Condition::NewerVersion => Err(Reason::NewerVersion.failure()),
            Condition::NotSaving { reason, .. } => Err(reason.failure()),
        }
    }

    /// The changes are in the queue when this returns, whether or not the future is awaited.
    fn commit(&self, changes: Vec<Change>) -> impl Future<Output = Result<(), Failure>> + Send {
        let (reply, answer) = oneshot::channel();
        let refused = match &self.inner.writer {
            None => Some(Reason::ReadOnly),
            Some(writer) => writer.send(Job::Commit(changes, reply)).is_err().then_some(Reason::Closed),
        };
        async move {
            match refused {
                Some(reason) => Err(reason.failure()),
                None => self.answered(answer.await.unwrap_or(Err(Reason::Closed))),
            }
        }
    }
}
