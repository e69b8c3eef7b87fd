//! The pre-flight: whether this computer is ready for a sign-in. Nothing of it is stored or touches the status.

use std::time::Duration;

use super::{Effect, Turn};
use crate::check::CheckResult;
use crate::failure::Failure;

/// What the pre-flight looks at, in the order in which it is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum PreflightId {
    /// The sign-in service answers.
    Network,
    /// Something opens addresses.
    Browser,
    /// A deep link arrives here.
    DeepLink,
    /// The listener of the other way back can be opened and reached.
    Loopback,
    /// The keychain takes a dummy.
    Keychain,
    /// Everything is being saved.
    Database,
}

impl PreflightId {
    /// All of them, in order.
    pub const ALL: [Self; 6] =
        [Self::Network, Self::Browser, Self::DeepLink, Self::Loopback, Self::Keychain, Self::Database];

    /// The word for a view, such as `deep-link`.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Network => "network",
            Self::Browser => "browser",
            Self::DeepLink => "deep-link",
            Self::Loopback => "loopback",
            Self::Keychain => "keychain",
            Self::Database => "database",
        }
    }
}

/// What one look showed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PreflightRow {
    /// At what.
    pub id: PreflightId,
    /// Failed: no sign-in without it. Warning: a sign-in works, but not as it should. Not checked: there is no deep
    /// link here, or the time was over.
    pub result: CheckResult,
    /// Why it did not pass, where something was refused.
    pub failure: Option<Failure>,
    /// Whether it was not checked because the time was over.
    pub timed_out: bool,
    /// How long it took.
    pub milliseconds: u64,
}

/// The pre-flight as far as it has gone.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Preflight {
    /// Counts the runs of this process.
    pub run: u64,
    /// Whether it is still going on; 10 s at most.
    pub running: bool,
    /// What has ended, in the order of [`PreflightId::ALL`]; all of them once it is over.
    pub rows: Vec<PreflightRow>,
}

impl Preflight {
    /// The whole ends within this time.
    pub const LIMIT: Duration = Duration::from_secs(10);

    fn put(&mut self, row: PreflightRow) {
        self.rows.retain(|known| known.id != row.id);
        self.rows.push(row);
        self.rows.sort_by_key(|known| known.id);
    }
}

impl Turn {
    pub(super) fn preflight(&mut self) {
        let last = self.state.preflight.as_ref();
        if last.is_some_and(|last| last.running) {
            return;
        }
        let run = last.map_or(0, |last| last.run) + 1;
        self.state.preflight = Some(Preflight { run, running: true, rows: Vec::new() });
        self.act(Effect::Preflight(run));
    }

    /// Who answered after the end is heard all the same: a keychain may have waited for the person.
    pub(super) fn preflight_row_ended(&mut self, run: u64, row: PreflightRow) {
        let Some(preflight) = self.state.preflight.as_mut().filter(|known| known.run == run) else { return };
        preflight.put(row);
        preflight.running &= preflight.rows.len() < PreflightId::ALL.len();
    }

    pub(super) fn preflight_ended(&mut self, run: u64) {
        let awaited = self.state.preflight.as_mut().filter(|known| known.run == run && known.running);
        let Some(preflight) = awaited else { return };
        let limit = u64::try_from(Preflight::LIMIT.as_millis()).unwrap_or(u64::MAX);
        for id in PreflightId::ALL {
            if preflight.rows.iter().all(|row| row.id != id) {
                let result = CheckResult::NotChecked;
                preflight.put(PreflightRow {
                    id,
                    result,
                    failure: None,
                    timed_out: true,
                    milliseconds: limit,
                });
            }
        }
        preflight.running = false;
    }
}
