//! The text for the company's own IT.

use crate::environment::Environment;
use crate::failure::Failure;
use crate::username::MicrosoftUsername;

/// What IT is asked for, and what they have to know.
#[must_use]
pub fn it_text(
    environment: &Environment,
    username: Option<&MicrosoftUsername>,
    failure: Option<&Failure>,
) -> String {
    let _ = (environment, username, failure);
    String::new()
}
