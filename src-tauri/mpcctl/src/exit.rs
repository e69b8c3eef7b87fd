//! Exit codes, a contract with scripts.

use std::process::ExitCode;

use mpc_connect_core::failure::{Failure, FailureClass, HeldWord};
use mpc_connect_core::status::Word;

/// How a command ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Exit {
    /// 0: healthy, warnings and a partial test included.
    Healthy,
    /// 1: refused or failed.
    Refused,
    /// 2: the command was used wrongly.
    Usage,
    /// 3: not connected.
    NotConnected,
    /// 4: could not be found out, or older than 24 hours.
    CantCheck,
    /// 5: file or disk.
    Disk,
}

impl Exit {
    /// The code for a status word.
    pub(crate) fn of_word(word: Word, stale: bool) -> Self {
        match word {
            Word::Active if stale => Self::CantCheck,
            Word::Active => Self::Healthy,
            Word::Inactive => Self::Refused,
            Word::NotConnected => Self::NotConnected,
            Word::CantCheck => Self::CantCheck,
        }
    }

    /// The code for a command that needs more than a status and met a failure.
    pub(crate) fn of_failure(failure: &Failure) -> Self {
        if matches!(failure.class, FailureClass::StoreDamaged | FailureClass::StoreNotWritable) {
            return Self::Disk;
        }
        match failure.class.rule().held {
            HeldWord::CantCheck => Self::CantCheck,
            HeldWord::NotConnected => Self::NotConnected,
            HeldWord::Inactive | HeldWord::Unchanged => Self::Refused,
        }
    }
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        Self::from(match exit {
            Exit::Healthy => 0,
            Exit::Refused => 1,
            Exit::Usage => 2,
            Exit::NotConnected => 3,
            Exit::CantCheck => 4,
            Exit::Disk => 5,
        })
    }
}
