//! What the page may call. Each command hands over and decides nothing.

use jiff::Timestamp;
use jiff::tz::TimeZone;
use tauri::State;

use crate::dto::{Catalogue, Page};
use crate::opening::Opening;
use crate::window::Reveal;

/// The words of the page, as the source of its Fluent catalogue.
#[tauri::command]
#[specta::specta]
pub(crate) fn catalogue() -> Catalogue {
    Catalogue::active()
}

/// What is known now, read anew from the database.
#[tauri::command]
#[specta::specta]
pub(crate) async fn current_view(opening: State<'_, Opening>) -> Result<Page, ()> {
    Ok(opening.page(Timestamp::now(), &TimeZone::system()).await)
}

/// The page has been parsed: from now on the window shows something, so it may be seen.
#[tauri::command]
#[specta::specta]
pub(crate) fn page_is_ready(window: State<'_, Reveal>) {
    window.reveal();
}
