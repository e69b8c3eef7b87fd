//! What the page may call. Each command hands over and decides nothing.

use mpc_connect_core::wizard::Page;
use mpc_connect_core::words::Words;
use serde::Serialize;
use specta::Type;
use tauri::State;

use crate::pressed::Pressed;
use crate::session::Session;
use crate::window::Reveal;

/// The catalogue in use.
#[derive(Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Catalogue {
    /// A BCP 47 tag.
    language: &'static str,
    /// Fluent source.
    source: &'static str,
}

/// The words of the page, as the source of its Fluent catalogue.
#[tauri::command]
#[specta::specta]
pub(crate) fn catalogue() -> Catalogue {
    Catalogue { language: "en", source: Words::source() }
}

/// What the window shows now. Later changes come by the event `view`.
#[tauri::command]
#[specta::specta]
pub(crate) async fn current_view(session: State<'_, Session>) -> Result<Page, ()> {
    Ok(session.page().await)
}

/// A person pressed something. What comes of it is told by the event `view`.
#[tauri::command]
#[specta::specta]
pub(crate) fn press(session: State<'_, Session>, press: Pressed) {
    session.press(press);
}

/// The page has been parsed: from now on the window shows something, so it may be seen.
#[tauri::command]
#[specta::specta]
pub(crate) fn page_is_ready(window: State<'_, Reveal>) {
    window.reveal();
}
