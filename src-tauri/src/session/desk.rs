//! What is done outside for the session: the window, the clipboard, the browser, a file.

use mpc_connect_adapters::browser::SystemBrowser;
use mpc_connect_core::ports::{Browser as _, SignInAddress};
use mpc_connect_core::wizard::{CopyWhat, FlowChoice, Notice, Page};
use tauri::{AppHandle, Runtime};
use tauri_specta::Event as _;
use tokio::sync::mpsc::UnboundedSender;

use super::rehearsal::Sandbox;
use super::{Told, View};
use crate::clipboard::Clipboard;
use crate::{report_file, window};

/// The window and its surroundings. What takes time answers by [`Told`].
pub(super) struct Desk<R: Runtime> {
    app: AppHandle<R>,
    told: UnboundedSender<Told>,
    clipboard: Option<Clipboard>,
}

impl<R: Runtime> Desk<R> {
    pub(super) fn new(app: AppHandle<R>, told: UnboundedSender<Told>) -> Self {
        let clipboard = Clipboard::start();
        if let Err(error) = &clipboard {
            tracing::warn!(%error, "there is no clipboard");
        }
        Self { app, told, clipboard: clipboard.ok() }
    }

    /// Tells the page what to show.
    pub(super) fn show(&self, page: Page) {
        if let Err(error) = View(page).emit_to(&self.app, window::LABEL) {
            tracing::warn!(%error, "the page cannot be told");
        }
    }

    /// The window goes at once, and another start of the program is not kept waiting by what has to be finished.
    pub(super) fn withdraw(&self) {
        window::hide(&self.app);
        tauri_plugin_single_instance::destroy(&self.app);
    }

    /// Brings the window to the front, or asks for a look at it.
    pub(super) fn bring_to_front(&self) {
        window::bring_to_front(&self.app);
    }

    pub(super) fn copy(&self, what: CopyWhat, text: String) {
        let copied = self.clipboard.as_ref().map(|clipboard| clipboard.copy(text));
        self.begin(async move {
            let taken = match copied {
                Some(copied) => copied.await.unwrap_or(false),
                None => false,
            };
            Some(Told::Noticed(if taken { Notice::Copied(what) } else { Notice::NotCopied(what) }))
        });
    }

    pub(super) fn open_link(&self, link: &'static str) {
        self.begin(async move {
            let opened = SystemBrowser.open(&SignInAddress(link.to_owned())).await;
            opened.err().map(|_| Told::Noticed(Notice::LinkNotOpened))
        });
    }

    pub(super) fn save_report(&self, file_name: String, html: String) {
        self.begin(async move {
            let saved = tokio::task::spawn_blocking(move || report_file::save(&file_name, &html)).await;
            let path = saved.ok().and_then(|saved| {
                saved.inspect_err(|error| tracing::warn!(kind = ?error.kind(), "no report was saved")).ok()
            });
            let notice = |path: std::path::PathBuf| Notice::ReportSaved(path.display().to_string());
            Some(Told::Noticed(path.map_or(Notice::ReportNotSaved, notice)))
        });
    }

    pub(super) fn start_sandbox(&self, flow: FlowChoice) {
        let (app, told) = (self.app.clone(), self.told.clone());
        let start = async move { Sandbox::start(&app, told).await.map(Box::new) };
        self.begin(async move { Some(Told::Rehearsal(flow, start.await)) });
    }

    fn begin(&self, work: impl Future<Output = Option<Told>> + Send + 'static) {
        let told = self.told.clone();
        tauri::async_runtime::spawn(async move {
            if let Some(answer) = work.await {
                let _closing = told.send(answer);
            }
        });
    }

    /// Ends the program. The session takes nothing any more.
    pub(super) async fn leave(self) {
        if let Some(clipboard) = self.clipboard {
            clipboard.close().await;
        }
        self.app.exit(0);
    }
}
