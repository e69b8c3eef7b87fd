//! The one task that owns the flow and the window's wizard, and what reaches it from outside.

mod actor;
mod at_work;
mod desk;
mod links;
mod rehearsal;

use std::path::PathBuf;

use mpc_connect_core::wizard::{FlowChoice, Notice, Page, Press};
use serde::Serialize;
use specta::Type;
use tauri::{AppHandle, Runtime};
use tokio::sync::{mpsc, watch};

use crate::opening::Opening;
use crate::pressed::Pressed;
use actor::Actor;
use rehearsal::Sandbox;

/// The window shows something else from now on.
#[derive(Clone, Serialize, Type, tauri_specta::Event)]
pub struct View(pub Page);

/// What reaches the task.
pub(crate) enum Told {
    /// The page sent a press.
    Pressed(Press),
    /// The program was started once more: its arguments, and the folder where that was.
    StartedAgain { arguments: Vec<String>, folder: PathBuf },
    /// The system handed an address over.
    Link(String),
    /// Something that was begun outside has ended.
    Noticed(Notice),
    /// The sandbox is ready, or not.
    Rehearsal(FlowChoice, Result<Box<Sandbox>, String>),
    /// The sandbox with this process id has ended by itself.
    RehearsalEnded(u32),
    /// The window was looked at again.
    Focused,
    /// The window is to be closed.
    Close,
}

/// The way to the task, for commands and whatever the system calls.
pub struct Session {
    told: mpsc::UnboundedSender<Told>,
    page: watch::Receiver<Option<Page>>,
}

/// The task before it runs.
pub(crate) struct Seed {
    opening: Opening,
    inbox: mpsc::UnboundedReceiver<Told>,
    told: mpsc::UnboundedSender<Told>,
    page: watch::Sender<Option<Page>>,
}

impl Session {
    /// A way to the task, and the task. What is told before it runs waits.
    pub(crate) fn new(opening: Opening) -> (Self, Seed) {
        let (told, inbox) = mpsc::unbounded_channel();
        let (page_sender, page) = watch::channel(None);
        let seed = Seed { opening, inbox, told: told.clone(), page: page_sender };
        (Self { told, page }, seed)
    }

    /// What the window shows now; at the start, once it is known.
    pub(crate) async fn page(&self) -> Page {
        let mut page = self.page.clone();
        loop {
            if let Some(known) = page.borrow_and_update().clone() {
                return known;
            }
            if page.changed().await.is_err() {
                // The task ended before it knew anything: the program is closing, and nobody sees an answer.
                std::future::pending::<()>().await;
            }
        }
    }

    pub(crate) fn press(&self, press: Pressed) {
        self.tell(Told::Pressed(press.0));
    }

    /// Tells the task, as long as there is one.
    pub(crate) fn tell(&self, told: Told) {
        let _closing = self.told.send(told);
    }

    /// Whether the task has finished what had to be finished.
    pub(crate) fn is_closed(&self) -> bool {
        self.told.is_closed()
    }
}

impl Seed {
    /// Runs the task beside the window until the window is closed.
    pub(crate) fn grow<R: Runtime>(self, app: &AppHandle<R>) {
        tauri::async_runtime::spawn(Actor::new(self, app.clone()).run());
    }
}
