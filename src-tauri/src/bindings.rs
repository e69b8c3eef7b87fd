//! The commands and their types, as the page's TypeScript sees them.

use tauri::Runtime;
use tauri_specta::{Builder, ErrorHandlingMode, collect_commands};

use crate::commands;

/// What the page can call.
#[must_use]
pub fn builder<R: Runtime>() -> Builder<R> {
    Builder::new()
        .commands(collect_commands![commands::catalogue, commands::current_view, commands::page_is_ready])
        // One type for both directions: nothing that the page gets ever comes back.
        .disable_serde_phases()
        .error_handling(ErrorHandlingMode::Throw)
}
