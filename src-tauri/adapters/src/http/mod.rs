//! The one way out of this program: bounded requests to the hosts of the environment, and to no other.
//!
//! No redirect is followed, nothing but https leaves this computer, and HTTP/1.1 is spoken throughout: Partner Center
//! says "MFA required" in the reason phrase of a status line, which HTTP/2 does not have (RFC 9113 section 8.3.2).

mod answer;
mod attempts;
mod certificate;
mod client;
mod deadline;
mod lanes;
mod limits;
mod transport;

pub use answer::Answer;
pub use attempts::Attempts;
pub use client::Client;
pub use deadline::within;
pub use limits::{CONNECT, Limits, OPERATION};

pub(crate) use deadline::narrowed;
