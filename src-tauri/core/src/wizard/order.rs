//! What a press wants done outside the wizard.

use crate::flow::Intent;

use super::press::{CopyWhat, FlowChoice};

/// One thing to do, in the order given.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Order {
    /// Hand it to the flow.
    Intend(Intent),
    /// Put a text into the clipboard and tell the wizard by [`super::Notice::Copied`] or [`super::Notice::NotCopied`].
    Copy {
        /// Which text it is.
        what: CopyWhat,
        /// The text; a sign-in address among others, so it is never logged.
        text: String,
    },
    /// Open a fixed address in the browser.
    OpenLink(&'static str),
    /// Write a report page and tell the wizard where.
    SaveReport {
        /// The name that is proposed for the file.
        file_name: String,
        /// The page.
        html: String,
    },
    /// Start the sandbox and go on there.
    StartRehearsal(FlowChoice),
    /// Stop the sandbox and come back.
    LeaveRehearsal,
    /// Open the database once more.
    OpenAgain,
    /// Close the window.
    CloseWindow,
}
