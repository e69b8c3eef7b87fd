//! The one thread that writes. It takes changes in the order of the calls, so that nobody else waits for the disk.

use std::collections::VecDeque;
use std::sync::Arc;
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::thread;
use std::time::Duration;

use mpc_connect_core::record::Change;
use rusqlite::{Connection, Transaction, TransactionBehavior};
use tokio::sync::oneshot;

use super::condition::Reason;
use super::files::Files;
use super::history::{self, HistoryQuery};
use super::migration::{self, Origin, STEPS};
use super::waiting::Shared;
use super::{open, record};

/// How often changes that could not be written are tried again without a new one.
const TRY_AGAIN: Duration = Duration::from_secs(30);

type Reply = oneshot::Sender<Result<(), Reason>>;

/// What the thread is asked for.
pub(super) enum Job {
    /// Keep these changes, in one transaction.
    Commit(Vec<Change>, Reply),
    /// Write what waits, and end.
    Close(Reply),
}

/// The state of the thread.
pub(super) struct Writer {
    files: Files,
    connection: Option<Connection>,
    shared: Arc<Shared>,
    /// How many waiting history entries may have been written although the disk said that they were not.
    uncertain: usize,
}

impl Writer {
    /// Opens the file as far as that is possible; the reason why it is not stands in `shared`.
    pub(super) fn open(files: Files, shared: Arc<Shared>) -> Self {
        let mut writer = Self { files, connection: None, shared, uncertain: 0 };
        writer.connection = writer.reopen().inspect_err(|reason| writer.note(Some(*reason))).ok();
        writer
    }

    /// Starts the thread. It ends after [`Job::Close`], or when every sender is gone.
    ///
    /// # Errors
    /// When the operating system gives no thread.
    pub(super) fn start(self) -> std::io::Result<Sender<Job>> {
        let (sender, jobs) = channel();
        thread::Builder::new().name("store-writer".to_owned()).spawn(move || self.run(&jobs))?;
        Ok(sender)
    }

    fn run(mut self, jobs: &Receiver<Job>) {
        loop {
            let timeout = if self.is_behind() { TRY_AGAIN } else { Duration::MAX };
            match jobs.recv_timeout(timeout) {
                Ok(Job::Commit(changes, reply)) => {
                    let outcome = self.keep(changes);
                    // Whoever no longer listens does not need the answer.
                    let _ = reply.send(outcome);
                }
                Ok(Job::Close(reply)) => {
                    let _ = reply.send(self.catch_up());
                    return;
                }
                Err(RecvTimeoutError::Timeout) => drop(self.catch_up()),
                Err(RecvTimeoutError::Disconnected) => {
                    let _ = self.catch_up();
                    return;
                }
            }
        }
    }

    /// Writes the changes, behind those that already wait.
    fn keep(&mut self, changes: Vec<Change>) -> Result<(), Reason> {
        self.shared.add(changes);
        self.catch_up()
    }

    fn is_behind(&self) -> bool {
        self.shared.standing().waiting > 0
    }

    fn catch_up(&mut self) -> Result<(), Reason> {
        if !self.is_behind() {
            return Ok(());
        }
        let mut outcome = self.write();
        if outcome.is_err_and(Reason::mended_by_opening) {
            outcome = self.write();
        }
        if outcome.is_err() {
            self.shared.shed();
        }
        self.note(outcome.err());
        outcome
    }

    fn note(&self, trouble: Option<Reason>) {
        let mut standing = self.shared.standing();
        if let Some(reason) = trouble
            && standing.trouble != trouble
        {
            tracing::warn!(%reason, "the history is not being saved");
        }
        standing.trouble = trouble;
    }

    fn reopen(&mut self) -> Result<Connection, Reason> {
        let opened = open::for_writing(&self.files)?;
        if let Some(recovered) = opened.recovered {
            tracing::warn!(entries = recovered.entries, "the history was damaged and is kept aside");
            self.shared.recovered(recovered);
        }
        Ok(opened.connection)
    }

    /// Writes everything that waits in one transaction.
    fn write(&mut self) -> Result<(), Reason> {
        let mut connection = match self.connection.take() {
            Some(connection) => connection,
            None => self.reopen()?,
        };
        let outcome = self.write_to(&mut connection);
        if outcome.is_ok() || outcome.is_err_and(Reason::spares_the_connection) {
            self.connection = Some(connection);
        }
        outcome
    }

    fn write_to(&mut self, connection: &mut Connection) -> Result<(), Reason> {
        // Waits for other processes before it keeps readers of this one waiting.
        let transaction = Transaction::new(connection, TransactionBehavior::Immediate)?;
        // Another process may be of a newer version and have led the file on.
        if migration::origin(&transaction)? != Origin::Ours(migration::newest(STEPS)) {
            return Err(Reason::Moved);
        }
        let mut waiting = self.shared.waiting();
        let already_there = count_written(&transaction, &waiting.changes, self.uncertain)?;
        let mut entries = 0;
        for change in &waiting.changes {
            let is_entry = matches!(change, Change::History(_));
            entries += usize::from(is_entry);
            if !is_entry || entries > already_there {
                record::apply(&transaction, change)?;
            }
        }
        history::prune(&transaction)?;
        if let Err(error) = transaction.commit() {
            let reason = Reason::from(error);
            if reason == Reason::DiskError {
                self.uncertain = entries;
            }
            return Err(reason);
        }
        self.uncertain = 0;
        let wiped = waiting.wipes();
        waiting.changes.clear();
        self.shared.standing().waiting = 0;
        if wiped && self.files.remove_copies().is_err() {
            tracing::warn!("a copy of the removed history is still there");
        }
        Ok(())
    }
}

/// How many of the first `uncertain` waiting history entries are in the file.
///
/// A disk that fails while the journal is removed leaves open whether the transaction counts. Other changes can be
/// repeated; history entries are compared with the newest ones.
fn count_written(
    transaction: &Transaction<'_>,
    changes: &VecDeque<Change>,
    uncertain: usize,
) -> rusqlite::Result<usize> {
    if uncertain == 0 {
        return Ok(0);
    }
    let mut newest = history::select(transaction, &HistoryQuery::newest(uncertain))?;
    newest.reverse();
    let in_file = |count: usize| newest.iter().skip(newest.len() - count).map(|(_, entry)| entry);
    let waiting = || {
        changes
            .iter()
            .filter_map(|change| if let Change::History(entry) = change { Some(entry) } else { None })
    };
    let is_written = |count: &usize| in_file(*count).eq(waiting().take(*count));
    Ok((1..=newest.len()).rev().find(is_written).unwrap_or(0))
}

#[cfg(test)]
mod tests;
