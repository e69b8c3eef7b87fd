//! The report as the text of a mail.

use super::About;

/// The report as plain text.
#[must_use]
pub fn mail(about: &About<'_>) -> String {
    let _ = about;
    String::new()
}
