//! The desktop shell: one window that shows what is stored on this computer about the connection.
//!
//! It decides nothing. The core's view model says what is shown; here it is read from the database, turned into the
//! page's types and handed over. Neither network nor keychain is touched.

pub mod bindings;
mod commands;
mod dto;
mod opening;
mod terminal;
mod window;

pub use opening::Opening;
pub use window::{is_driven, open as open_window};

use tauri::{App, Builder, Context, Runtime};

/// The configuration and the page, built in. Development builds go by an identifier of their own, so that they never
/// meet an installed copy.
#[must_use]
pub fn context<R: Runtime>() -> Context<R> {
    let mut context = tauri::generate_context!();
    if cfg!(debug_assertions) {
        context.config_mut().identifier.push_str(".dev");
    }
    context
}

/// The application on a runtime: Tauri's own, or the one for tests.
///
/// # Errors
/// When the runtime cannot start, such as without a display.
pub fn app<R: Runtime>(builder: Builder<R>, context: Context<R>, opening: Opening) -> tauri::Result<App<R>> {
    builder
        .manage(opening)
        .invoke_handler(bindings::builder().invoke_handler())
        .setup(|app| Ok(window::open(app.handle())?))
        .build(context)
}

/// Opens the window and returns when it is closed.
///
/// # Errors
/// When there is no display, or no web view can be made.
pub fn run() -> tauri::Result<()> {
    let opening = Opening::of_this_process();
    app(tauri::Builder::default(), context(), opening)?.run(|_, _| {});
    Ok(())
}
