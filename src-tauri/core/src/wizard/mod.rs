//! The wizard: which screen and which pop-up is shown, and what a press leads to.
//!
//! The flow ([`crate::flow`]) knows the truth about the connection; the wizard knows where the person stands in the
//! window. It is pure: [`Wizard::press`] answers orders, [`Wizard::follow`] moves on when the flow has moved, and
//! [`Wizard::page`] says what is drawn.

mod acts;
mod body;
mod browser_shows;
mod dialog;
mod follow;
mod forms;
mod found;
mod messages;
mod navigation;
mod nowhere;
mod opened;
mod order;
mod page;
mod possible;
mod press;
mod presses;
mod show;
#[cfg(test)]
mod tests;
mod typed;

use jiff::Timestamp;
use jiff::tz::TimeZone;
use serde::{Deserialize, Serialize};

use crate::environment::Environment;
use crate::flow::State;

pub use body::*;
pub use dialog::*;
pub use found::*;
pub use nowhere::press_nowhere;
pub use order::Order;
pub use page::*;
pub use press::*;

use messages::Messages;
use opened::Opened;
use show::Shown;

/// Every screen of the window.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub enum ScreenName {
    /// Start.
    Start,
    /// MIG-1.
    Contact,
    /// NEW-1.
    Open,
    /// NEW-2.
    Username,
    /// NEW-3.
    Authorize,
    /// NEW-4.
    LogIn,
    /// NEW-5.
    Accept,
    /// NEW-6.
    Verify,
    /// NEW-7.
    Organization,
    /// NEW-8.
    Test,
    /// Done.
    Done,
    /// Status.
    Status,
}

/// What the window knows besides the flow's state.
#[derive(Clone, Debug)]
pub struct Surroundings {
    /// The environment in use.
    pub environment: Environment,
    /// Whether the organization's policy fixes it.
    pub managed: bool,
    /// Whether the rehearsal was begun on Start, so that there is a way back.
    pub can_leave_rehearsal: bool,
    /// Where the data is kept, for Help.
    pub data_folder: String,
    /// The program's version.
    pub version: String,
    /// What this computer calls itself, to prefill its label.
    pub computer_name: Option<String>,
    /// The zone in which times are shown.
    pub zone: TimeZone,
}

/// What the shell tells the wizard. Each becomes a message that stays.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Notice {
    /// The text is in the clipboard.
    Copied(CopyWhat),
    /// The clipboard took nothing.
    NotCopied(CopyWhat),
    /// The browser did not open a fixed address.
    LinkNotOpened,
    /// The report page was written there.
    ReportSaved(String),
    /// The report page could not be written.
    ReportNotSaved,
    /// A sign-in came back to a program that was started by it.
    LateLink,
    /// An older sign-in came back, or one that nobody waits for any more.
    OldSignIn,
    /// A second start asked for another environment.
    AlreadyRunning {
        /// The one that was asked for.
        asked: String,
    },
    /// A damaged database was put aside there, and as many entries were recovered.
    DamagedFileKept {
        /// Where.
        path: String,
        /// How many.
        recovered: u32,
    },
    /// The history was there once and is gone.
    HistoryLost,
    /// The sandbox is being started.
    RehearsalStarting,
    /// The sandbox could not be started.
    RehearsalNotStarted,
    /// The sandbox ended by itself, and the rehearsal with it.
    RehearsalEnded,
}

/// Where the person stands in the window.
#[derive(Clone, Debug)]
pub struct Wizard {
    screen: ScreenName,
    /// Where Status was opened from.
    left: ScreenName,
    dialog: Option<Opened>,
    messages: Messages,
    /// Something was done on the screen that is shown, so that Continue leads to where the person was heading.
    acted: bool,
    /// The window landed here when it was opened, with something to wait for.
    reopened: bool,
    /// The pre-flight was begun once.
    looked_at_computer: bool,
    /// The organizations are wanted as soon as nothing else is under way.
    wants_list: bool,
    /// The credential under which they were wanted last.
    listed_for: Option<String>,
    /// Save was pressed without a choice.
    nothing_chosen: bool,
    /// Disconnect was pressed, and whether the history was to go too.
    disconnecting: Option<bool>,
    /// Where the report was written.
    saved_report: Option<String>,
}

impl Wizard {
    /// A window that was just opened, and what is to be done at once. `state` is the one after
    /// [`Intent::Resume`](crate::flow::Intent::Resume).
    #[must_use]
    pub fn opened(state: &State) -> (Self, Vec<Order>) {
        let mut wizard = Self::at(ScreenName::Start);
        let orders = wizard.land(state);
        (wizard, orders)
    }

    fn at(screen: ScreenName) -> Self {
        Self {
            screen,
            left: ScreenName::Start,
            dialog: None,
            messages: Messages::default(),
            acted: false,
            reopened: false,
            looked_at_computer: false,
            wants_list: false,
            listed_for: None,
            nothing_chosen: false,
            disconnecting: None,
            saved_report: None,
        }
    }

    /// What is drawn.
    #[must_use]
    pub fn page(&self, state: &State, around: &Surroundings, now: Timestamp) -> Page {
        Page::Wizard(Box::new(Shown { wizard: self, state, around, now }.screen()))
    }
}
