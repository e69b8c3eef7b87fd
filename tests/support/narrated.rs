//! A walk that says what happens, a line for each step, and keeps a picture of each where `MPC_DEMO` names a folder.

use std::path::PathBuf;
use std::sync::atomic::Ordering;

use super::driven::Driven;

/// Where the pictures and the report of a walk go.
pub(crate) fn demo_folder() -> Option<PathBuf> {
    std::env::var_os("MPC_DEMO").map(PathBuf::from)
}

impl Driven {
    /// Says a line of the walk.
    pub(crate) fn say(&self, line: &str) {
        if demo_folder().is_some() {
            println!("> {line}");
        }
    }

    /// Says what the screen shows, and keeps a picture of it.
    pub(crate) async fn tell(&self, name: &str, line: &str) {
        let Some(folder) = demo_folder() else { return };
        self.say(line);
        let number = self.told.fetch_add(1, Ordering::Relaxed) + 1;
        self.picture_in(&folder, &format!("{number:02}-{name}")).await;
    }
}
