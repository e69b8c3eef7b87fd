//! What the writer and its callers share: the changes that wait, and how the store is.

use std::collections::VecDeque;
use std::sync::{Mutex, MutexGuard, PoisonError};

use mpc_connect_core::history::HistoryEntry;
use mpc_connect_core::record::{Change, Record};

use super::condition::{Condition, Reason};
use super::damage::Recovered;

/// More changes than this are not kept in memory.
pub(super) const MOST_WAITING: usize = 500;

/// Shared by the writer and all clones of the store.
#[derive(Default)]
pub(super) struct Shared {
    /// Held while the file is read or written, so that a reader sees each change once.
    waiting: Mutex<Waiting>,
    /// Held for moments only.
    standing: Mutex<Standing>,
}

/// Changes that are not in the file yet, in the order of the calls.
#[derive(Default)]
pub(super) struct Waiting {
    pub(super) changes: VecDeque<Change>,
}

/// How the store is.
#[derive(Default)]
pub(super) struct Standing {
    pub(super) trouble: Option<Reason>,
    pub(super) recovered: Option<Recovered>,
    /// Whether [`Standing::recovered`] still has to be answered to a caller.
    pub(super) untold: bool,
    pub(super) waiting: usize,
    pub(super) lost: u64,
}

impl Shared {
    pub(super) fn waiting(&self) -> MutexGuard<'_, Waiting> {
        // A panic elsewhere leaves both values whole: each is changed by single assignments.
        self.waiting.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(super) fn standing(&self) -> MutexGuard<'_, Standing> {
        self.standing.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Adds changes behind those that wait.
    pub(super) fn add(&self, changes: Vec<Change>) {
        let mut waiting = self.waiting();
        waiting.changes.extend(changes);
        self.standing().waiting = waiting.changes.len();
    }

    /// After a failed write: of more than [`MOST_WAITING`] changes the oldest history entries are dropped first.
    pub(super) fn shed(&self) {
        let mut waiting = self.waiting();
        let mut lost = 0;
        while waiting.changes.len() > MOST_WAITING {
            waiting.drop_oldest();
            lost += 1;
        }
        let mut standing = self.standing();
        standing.waiting = waiting.changes.len();
        standing.lost += lost;
    }

    /// Notes that the damaged file was replaced.
    pub(super) fn recovered(&self, recovered: Recovered) {
        let mut standing = self.standing();
        standing.recovered = Some(recovered);
        standing.untold = true;
    }

    /// How many entries were taken over from a damaged file, the first time that it is asked.
    pub(super) fn news_of_damage(&self) -> Option<u64> {
        let mut standing = self.standing();
        let news = standing.untold.then(|| standing.recovered.as_ref().map(|recovered| recovered.entries));
        standing.untold = false;
        news.flatten()
    }
}

impl Waiting {
    fn drop_oldest(&mut self) {
        let oldest = self.changes.iter().position(|change| matches!(change, Change::History(_)));
        self.changes.remove(oldest.unwrap_or(0));
    }

    /// Applies what waits to what was read.
    pub(super) fn apply_to(&self, record: &mut Record) {
        self.changes.iter().for_each(|change| record.apply(change));
    }

    /// The history entries that wait, oldest first; nothing that a removal behind them takes away.
    pub(super) fn history(&self) -> Vec<&HistoryEntry> {
        let mut entries = Vec::new();
        for change in &self.changes {
            if let Change::History(entry) = change {
                entries.push(entry);
            } else if *change == Change::Wiped {
                entries.clear();
            }
        }
        entries
    }

    /// Whether what is in the file will be removed.
    pub(super) fn wipes(&self) -> bool {
        self.changes.contains(&Change::Wiped)
    }
}

impl Standing {
    pub(super) fn condition(&self) -> Condition {
        match (self.trouble, &self.recovered) {
            (None, None) => Condition::Healthy,
            (None, Some(recovered)) => {
                Condition::RecoveredFromDamage { kept: recovered.kept.clone(), recovered: recovered.entries }
            }
            (Some(Reason::NewerVersion), _) => Condition::NewerVersion,
            (Some(Reason::ReadOnly), _) if self.waiting == 0 => Condition::ReadOnly,
            (Some(reason), _) => Condition::NotSaving { reason, waiting: self.waiting, lost: self.lost },
        }
    }
}
