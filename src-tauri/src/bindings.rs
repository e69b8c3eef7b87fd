//! The commands and their types, as the page's TypeScript sees them.

use tauri::Runtime;
use tauri_specta::{Builder, ErrorHandlingMode, collect_commands, collect_events};

use crate::commands;
use crate::session::View;

/// What the page can call, and the one event that it hears.
#[must_use]
pub fn builder<R: Runtime>() -> Builder<R> {
    Builder::new()
        .commands(collect_commands![
            commands::catalogue,
            commands::current_view,
            commands::press,
            commands::page_is_ready
        ])
        .events(collect_events![View])
        // One type for both directions: a press that the page gets is the press that it sends.
        .disable_serde_phases()
        .error_handling(ErrorHandlingMode::Throw)
}
