//! The pop-up that is open, with what was typed in it.

use super::{AccountKindChoice, BrowserShows};
use crate::failure::Failure;
use crate::words::Text;

/// The pop-up in front of the screen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Opened {
    /// Edit the Microsoft username.
    Edit { typed: String, kind: AccountKindChoice, error: Option<Text> },
    /// What came of the last test.
    Test,
    /// Help and support.
    Help,
    /// The text for IT.
    ItText,
    /// The Power Automate checklist.
    PowerAutomate,
    /// "What does the browser show?"
    BrowserShows {
        given: Option<BrowserShows>,
        /// What the pasted text means.
        read: Option<Failure>,
        /// Why the pasted text was not read.
        refused: Option<Text>,
    },
    /// "Mine is not listed."
    CompanyNotListed { name: String, error: Option<Text> },
    /// Disconnect.
    Disconnect,
}

impl Opened {
    /// "What does the browser show?", before an answer.
    pub(super) fn browser_shows() -> Self {
        Self::BrowserShows { given: None, read: None, refused: None }
    }
}
