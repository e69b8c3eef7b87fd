//! Messages to others who have a part in the migration.

use crate::record::Settings;

/// The first message to WorkSpan Support (MIG-1).
#[must_use]
pub fn support_message(settings: &Settings) -> String {
    let _ = settings;
    String::new()
}

/// The message to whoever owns the Power Automate flows; `names` has one a line.
#[must_use]
pub fn power_automate_message(names: &str, settings: &Settings) -> String {
    let _ = (names, settings);
    String::new()
}
