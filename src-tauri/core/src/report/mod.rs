//! What leaves this computer by the person's own hand: the report, the summary for support, and texts to send to others.
//!
//! Pure functions of a state and a time. Accounts are masked, ids of companies and people are left out; the one
//! exception is the text for the company's own IT, which cannot act on an account without its name.

mod content;
mod facts;
mod foreign;
mod html;
mod mail;
mod markup;
mod messages;
mod moment;
mod sections;
mod summary;
#[cfg(test)]
mod tests;
mod text_for_it;
mod wrap;

use jiff::Timestamp;
use jiff::tz::TimeZone;

use crate::environment::Environment;
use crate::flow::State;

pub use html::html;
pub use mail::mail;
pub use messages::{power_automate_message, support_message};
pub use summary::summary;
pub use text_for_it::{it_item, it_text};

/// What a report is about.
#[derive(Clone, Copy, Debug)]
pub struct About<'a> {
    /// Where the program stands.
    pub state: &'a State,
    /// The environment in use.
    pub environment: &'a Environment,
    /// When the report is written.
    pub now: Timestamp,
    /// The zone in which times are read.
    pub zone: &'a TimeZone,
    /// Whether the history was there once and is gone, so that the state tells less than there was.
    pub history_lost: bool,
}

/// The name that is proposed for the page, such as `mpc-connect-status-2026-11-22-1058.html`: ASCII, with the time in
/// UTC and nothing that a person wrote. A rehearsal's ends in `-rehearsal.html`.
#[must_use]
pub fn file_name(about: &About<'_>) -> String {
    let stamp = if about.environment.is_rehearsal() { "-rehearsal" } else { "" };
    format!("mpc-connect-status-{}{stamp}.html", about.now.strftime("%Y-%m-%d-%H%M"))
}
