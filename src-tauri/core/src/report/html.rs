//! The report as one page.

use super::About;

/// The report as one self-contained page: no script, nothing loaded from elsewhere, at most 60 KB.
#[must_use]
pub fn html(about: &About<'_>) -> String {
    let _ = about;
    String::new()
}
