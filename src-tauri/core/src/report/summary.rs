//! The summary for support.

use super::About;

/// At most eight lines for support, always in English. `version` is the program's own line, such as
/// `MPC Connect 0.1.0`.
#[must_use]
pub fn summary(about: &About<'_>, version: &str) -> String {
    let _ = (about, version);
    String::new()
}
