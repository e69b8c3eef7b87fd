//! The loop: one thing at a time reaches flow and wizard, and the page hears of what changed.

use std::collections::VecDeque;
use std::time::{Duration, Instant};

use mpc_connect_adapters::Interrupts;
use mpc_connect_adapters::clock::SystemClock;
use mpc_connect_core::ports::Clock as _;
use mpc_connect_core::wizard::{FlowChoice, Notice, Order, Page, Press, press_nowhere};
use tauri::{AppHandle, Runtime};
use tokio::sync::{mpsc, watch};
use tokio::time::timeout;

use super::at_work::{AtWork, Place};
use super::desk::Desk;
use super::rehearsal::Sandbox;
use super::{Seed, Told};
use crate::opening::Opening;
use crate::scheme;

/// What is shown changes with time alone: an Active word ends after a day.
const LOOKS_AGAIN_AFTER: Duration = Duration::from_secs(60);
/// A desktop that does not answer costs the deep link, and not the first view.
const REGISTERS_WITHIN: Duration = Duration::from_secs(2);

/// What one window works in.
enum Room {
    /// No environment, or no database: the page that says why.
    Nowhere(Box<Page>),
    AtWork(Box<AtWork>),
}

/// The rehearsal in front of the real environment. Its flow ends before its sandbox.
struct Rehearsal {
    at_work: Box<AtWork>,
    sandbox: Sandbox,
}

/// The task.
pub(super) struct Actor<R: Runtime> {
    pub(super) opening: Opening,
    inbox: mpsc::UnboundedReceiver<Told>,
    page: watch::Sender<Option<Page>>,
    pub(super) desk: Desk<R>,
    app: AppHandle<R>,
    real: Room,
    rehearsal: Option<Rehearsal>,
    starts_rehearsal: bool,
    closes: bool,
    pub(super) last_old_sign_in: Option<Instant>,
    pub(super) foreign_links: u64,
}

impl<R: Runtime> Actor<R> {
    pub(super) fn new(seed: Seed, app: AppHandle<R>) -> Self {
        let Seed { opening, inbox, told, page } = seed;
        let nowhere = Page::refused(&mpc_connect_core::environment::EnvironmentError::NotSetUp);
        Self {
            desk: Desk::new(app.clone(), told),
            app,
            opening,
            inbox,
            page,
            real: Room::Nowhere(Box::new(nowhere)),
            rehearsal: None,
            starts_rehearsal: false,
            closes: false,
            last_old_sign_in: None,
            foreign_links: 0,
        }
    }

    pub(super) async fn run(mut self) {
        let mut interrupts = self.opening.interrupts.take();
        self.open().await;
        let mut minute = Box::pin(SystemClock.sleep(LOOKS_AGAIN_AFTER));
        while !self.closes {
            self.show();
            tokio::select! {
                told = self.inbox.recv() => match told {
                    Some(told) => self.take(told).await,
                    None => self.closes = true,
                },
                () = moved(&mut self.real, &mut self.rehearsal) => self.carry_out(Vec::new()).await,
                () = interrupted(&mut interrupts) => self.closes = true,
                () = &mut minute => {
                    self.look_again().await;
                    minute = Box::pin(SystemClock.sleep(LOOKS_AGAIN_AFTER));
                }
            }
        }
        self.desk.withdraw();
        self.close().await;
        let Self { inbox, desk, .. } = self;
        drop(inbox);
        desk.leave().await;
    }

    /// Opens the environment of this start, and takes the address that it was started with.
    async fn open(&mut self) {
        if self.opening.is_the_program {
            let registered = timeout(REGISTERS_WITHIN, scheme::register(&self.app)).await;
            self.opening.scheme.set_registered(registered.is_ok_and(|registered| registered));
        }
        self.open_environment().await;
        if let Some(link) = self.opening.link.take() {
            self.take_first_link(&link);
        }
    }

    async fn open_environment(&mut self) {
        let place = match (&self.opening.choice, &self.opening.folder) {
            (Ok(choice), Some(folder)) => Place {
                environment: choice.environment.clone(),
                folder: folder.clone(),
                managed: choice.managed,
                is_left_again: false,
            },
            (Err(error), _) => {
                self.real = Room::Nowhere(Box::new(Page::refused(error)));
                return;
            }
            (Ok(_), None) => return,
        };
        match AtWork::open(place, &self.opening.scheme).await {
            Ok((at_work, orders)) => {
                self.real = Room::AtWork(Box::new(at_work));
                Box::pin(self.carry_out(orders)).await;
            }
            Err(page) => self.real = Room::Nowhere(page),
        }
    }

    /// Another program may have changed the record.
    async fn look_again(&mut self) {
        let orders = match self.at_work() {
            Some(at_work) => at_work.look_again().await,
            None => Vec::new(),
        };
        self.carry_out(orders).await;
    }

    /// Tells the page when what is shown has changed.
    fn show(&mut self) {
        let page = match (&self.rehearsal, &self.real) {
            (Some(rehearsal), _) => rehearsal.at_work.page(),
            (None, Room::AtWork(at_work)) => at_work.page(),
            (None, Room::Nowhere(page)) => page.as_ref().clone(),
        };
        if self.page.borrow().as_ref() != Some(&page) {
            self.page.send_replace(Some(page.clone()));
            self.desk.show(page);
        }
    }

    async fn take(&mut self, told: Told) {
        match told {
            Told::Pressed(press) => {
                let orders = self.press(press);
                self.carry_out(orders).await;
            }
            Told::StartedAgain { arguments, folder } => self.started_again(arguments, &folder),
            Told::Link(address) => self.take_link(&address),
            Told::Noticed(notice) => self.notice(notice),
            Told::Rehearsal(flow, Ok(sandbox)) => self.open_rehearsal(flow, *sandbox).await,
            Told::Rehearsal(_, Err(reason)) => {
                tracing::warn!(reason, "the sandbox did not start");
                self.starts_rehearsal = false;
                self.notice(Notice::RehearsalNotStarted);
            }
            Told::RehearsalEnded(process) => self.rehearsal_ended(process).await,
            Told::Focused => self.look_again().await,
            Told::Close => self.closes = true,
        }
    }

    /// What the flow and the wizard are in, where there is one.
    pub(super) fn at_work(&mut self) -> Option<&mut AtWork> {
        match (&mut self.rehearsal, &mut self.real) {
            (Some(rehearsal), _) => Some(&mut rehearsal.at_work),
            (None, Room::AtWork(at_work)) => Some(at_work),
            (None, Room::Nowhere(_)) => None,
        }
    }

    fn press(&mut self, press: Press) -> Vec<Order> {
        match self.at_work() {
            Some(at_work) => at_work.press(press),
            None => press_nowhere(&press),
        }
    }

    pub(super) fn notice(&mut self, notice: Notice) {
        match (&mut self.rehearsal, &mut self.real) {
            (Some(rehearsal), _) => rehearsal.at_work.notice(notice),
            (None, Room::AtWork(at_work)) => at_work.notice(notice),
            (None, Room::Nowhere(page)) => page.notice(notice),
        }
    }

    /// Carries out orders, and those that follow from what the flow made of them.
    async fn carry_out(&mut self, orders: Vec<Order>) {
        let mut waiting = VecDeque::from(orders);
        loop {
            waiting.extend(self.at_work().map(AtWork::follow).unwrap_or_default());
            let Some(order) = waiting.pop_front() else { return };
            match order {
                Order::Intend(intent) => {
                    if let Some(at_work) = self.at_work() {
                        at_work.intend(intent).await;
                    }
                }
                Order::Copy { what, text } => self.desk.copy(what, text),
                Order::OpenLink(link) => self.desk.open_link(link),
                Order::SaveReport { file_name, html } => self.desk.save_report(file_name, html),
                Order::StartRehearsal(flow) => self.start_rehearsal(flow),
                Order::LeaveRehearsal => self.leave_rehearsal().await,
                Order::OpenAgain => Box::pin(self.open_environment()).await,
                Order::CloseWindow => self.closes = true,
            }
        }
    }

    fn start_rehearsal(&mut self, flow: FlowChoice) {
        if self.rehearsal.is_none() && !self.starts_rehearsal {
            self.starts_rehearsal = true;
            self.notice(Notice::RehearsalStarting);
            self.desk.start_sandbox(flow);
        }
    }

    /// The real environment rests behind the rehearsal.
    async fn open_rehearsal(&mut self, flow: FlowChoice, sandbox: Sandbox) {
        self.starts_rehearsal = false;
        match &mut self.real {
            Room::AtWork(at_work) => {
                at_work.rest().await;
                at_work.hush();
            }
            Room::Nowhere(page) => page.hush(),
        }
        match AtWork::open(sandbox.place(), &self.opening.scheme).await {
            Ok((at_work, orders)) => {
                self.rehearsal = Some(Rehearsal { at_work: Box::new(at_work), sandbox });
                Box::pin(self.carry_out(orders)).await;
                let orders = self.press(Press::ChooseFlow { flow });
                Box::pin(self.carry_out(orders)).await;
            }
            Err(_) => self.notice(Notice::RehearsalNotStarted),
        }
    }

    async fn leave_rehearsal(&mut self) {
        if let Some(Rehearsal { at_work, sandbox }) = self.rehearsal.take() {
            at_work.close_for_good().await;
            drop(sandbox);
        }
    }

    /// Nothing can be rehearsed without the sandbox.
    async fn rehearsal_ended(&mut self, process: u32) {
        if self.rehearsal.as_ref().is_some_and(|rehearsal| rehearsal.sandbox.process() == process) {
            self.leave_rehearsal().await;
            self.notice(Notice::RehearsalEnded);
        }
    }

    async fn close(&mut self) {
        self.leave_rehearsal().await;
        if let Room::AtWork(at_work) = &mut self.real {
            at_work.close().await;
        }
    }
}

async fn moved(real: &mut Room, rehearsal: &mut Option<Rehearsal>) {
    match (rehearsal, real) {
        (Some(rehearsal), _) => rehearsal.at_work.moved().await,
        (None, Room::AtWork(at_work)) => at_work.moved().await,
        (None, Room::Nowhere(_)) => std::future::pending().await,
    }
}

async fn interrupted(interrupts: &mut Option<Interrupts>) {
    match interrupts {
        Some(interrupts) => interrupts.next().await,
        None => std::future::pending().await,
    }
}
