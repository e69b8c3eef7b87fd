//! Carries out the flow's effects through the ports and feeds the answers back. Decides nothing.

mod checks;
mod judge;
mod organizations;
mod preflight;
mod renew;
mod secrets;
#[cfg(test)]
mod tests;
mod work;

use std::collections::VecDeque;

use futures_channel::mpsc::{UnboundedReceiver, unbounded};
use futures_util::future::BoxFuture;
use futures_util::stream::FuturesUnordered;
use futures_util::{FutureExt, StreamExt};

use crate::flow::{self, Activity, Effect, Event, EventKind, Intent, State};
use crate::ports::{AttemptId, Authority, Browser, Clock, DeepLink, Journal, Ports, Vault};
use secrets::Hands;
use work::Work;

/// The flow at work: a state, and the effects under way.
pub struct Driver<P: Ports> {
    state: State,
    hands: Hands<P>,
    /// What happened and was not taken in yet.
    to_take: VecDeque<EventKind>,
    /// What the last event asks for and was not begun yet.
    to_do: VecDeque<Effect>,
    /// What has to end before anything else is begun.
    doing: Option<BoxFuture<'static, Option<EventKind>>>,
    running: FuturesUnordered<Work>,
    tails: FuturesUnordered<BoxFuture<'static, ()>>,
    told: UnboundedReceiver<EventKind>,
    new_tails: UnboundedReceiver<BoxFuture<'static, ()>>,
}

impl<P: Ports> Driver<P> {
    /// Reads the record and stands ready. A store that cannot be read is named in the state.
    pub async fn open(ports: P) -> Self {
        let (told_sender, told) = unbounded();
        let (tail_sender, new_tails) = unbounded();
        let hands = Hands::new(ports, told_sender, tail_sender);
        let mut state = match hands.ports.journal().load().await {
            Ok(record) => State::of(record),
            Err(failure) => State { last_failure: Some(failure), ..State::default() },
        };
        state.authority = hands.ports.authority().name();
        state.deep_link_available = hands.ports.deep_link().is_available();
        Self {
            state,
            hands,
            to_take: VecDeque::new(),
            to_do: VecDeque::new(),
            doing: None,
            running: FuturesUnordered::new(),
            tails: FuturesUnordered::new(),
            told,
            new_tails,
        }
    }

    /// Where the program stands.
    #[must_use]
    pub fn state(&self) -> &State {
        &self.state
    }

    /// The ports, for what is only read.
    #[must_use]
    pub fn ports(&self) -> &P {
        &self.hands.ports
    }

    /// Takes in what another process has changed meanwhile, while nothing is under way here. A store that cannot be
    /// read changes nothing.
    pub async fn look_again(&mut self) {
        self.settle().await;
        if self.state.activity != Activity::Idle {
            return;
        }
        if let Ok(record) = self.hands.ports.journal().load().await {
            self.state.record = record;
        }
    }

    /// Does what a person wants, as far as it goes at once; the rest comes by [`Self::next`].
    ///
    /// Dropping the returned future loses nothing: the intent is done by the next call.
    pub async fn intend(&mut self, intent: Intent) {
        self.to_take.push_back(EventKind::Intent(intent));
        self.settle().await;
    }

    /// Waits for one answer and takes it in. `false` when nothing is under way.
    ///
    /// Dropping the returned future loses nothing.
    pub async fn next(&mut self) -> bool {
        self.settle().await;
        self.adopt_tails();
        if let Ok(kind) = self.told.try_recv() {
            self.to_take.push_back(kind);
        } else if self.running.is_empty() && self.tails.is_empty() {
            return false;
        } else {
            self.wait().await;
        }
        self.settle().await;
        true
    }

    /// What a procedure told on its way comes before its answer.
    async fn wait(&mut self) {
        let kind = futures_util::select_biased! {
            kind = self.told.next() => kind,
            tail = self.new_tails.next() => {
                self.tails.extend(tail);
                None
            },
            kind = self.running.next() => kind,
            _ = self.tails.next() => None,
        };
        while let Ok(told) = self.told.try_recv() {
            self.to_take.push_back(told);
        }
        self.to_take.extend(kind);
    }

    /// Waits until nothing is under way that was begun and must be finished, such as a token exchange.
    pub async fn finish(&mut self) {
        self.settle().await;
        self.running.clear();
        self.adopt_tails();
        while self.tails.next().await.is_some() {
            self.adopt_tails();
        }
        while let Ok(kind) = self.told.try_recv() {
            self.to_take.push_back(kind);
        }
        self.settle().await;
    }

    fn adopt_tails(&mut self) {
        while let Ok(tail) = self.new_tails.try_recv() {
            self.tails.push(tail);
        }
    }

    /// Takes in what happened and begins what it asks for. Every step of it stands in the driver, so that a caller
    /// who stops waiting loses neither an event nor an effect.
    async fn settle(&mut self) {
        loop {
            if let Some(doing) = &mut self.doing {
                let kind = doing.await;
                self.doing = None;
                self.to_take.extend(kind);
            } else if let Some(effect) = self.to_do.pop_front() {
                self.perform(effect);
            } else if let Some(kind) = self.to_take.pop_front() {
                let event = Event { at: self.hands.ports.clock().now(), kind };
                let (state, effects) = flow::step(std::mem::take(&mut self.state), event);
                self.state = state;
                self.to_do.extend(effects);
            } else {
                return;
            }
        }
    }

    /// Commits are awaited, so that what follows them finds them kept; everything else runs beside.
    fn perform(&mut self, effect: Effect) {
        let hands = self.hands.clone();
        match effect {
            Effect::Commit(changes) => {
                let commit = async move { hands.ports.journal().commit(changes).await };
                self.doing = Some(commit.map(|result| Some(EventKind::Committed { result })).boxed());
            }
            Effect::Stop => self.keep_running(Work::is_of_the_computer),
            Effect::End(attempt) => {
                self.leave(attempt);
                let end = async move { hands.end(attempt).await };
                self.doing = Some(end.map(|()| None).boxed());
            }
            Effect::ProbeKeychain(attempt) => self.run_for(attempt, async move {
                EventKind::KeychainProbed { attempt, result: hands.ports.vault().probe().await }
            }),
            Effect::ProveDeepLink(attempt) => self.run_for(attempt, async move {
                EventKind::DeepLinkProven { attempt, result: preflight::prove_deep_link(&*hands.ports).await }
            }),
            Effect::Begin(request) => self.run_for(request.attempt, async move {
                let result = hands.ports.authority().begin(&request).await;
                EventKind::Begun { attempt: request.attempt, result }
            }),
            Effect::OpenBrowser(attempt, address) => self.run_for(attempt, async move {
                EventKind::BrowserOpened { attempt, result: hands.ports.browser().open(&address).await }
            }),
            Effect::Wake(attempt, mark) => self.run_for(attempt, async move {
                hands.ports.clock().sleep(mark.after()).await;
                EventKind::Woke { attempt, mark }
            }),
            Effect::AwaitAnswer(attempt) => self.run_for(attempt, async move {
                EventKind::Answered { attempt, result: hands.ports.authority().answer(attempt).await }
            }),
            Effect::Redeem(attempt) => {
                self.run_for(attempt, async move { hands.redeem(attempt).await });
            }
            Effect::Keep { attempt, identity, session_only } => self.run(async move {
                EventKind::Kept { attempt, result: hands.keep(attempt, identity, session_only).await }
            }),
            Effect::Check(plan) => {
                self.run(async move { EventKind::Checked { report: checks::run(&hands, plan).await } });
            }
            Effect::Preflight(run) => self.running.extend(preflight::works(&hands, run)),
            Effect::ListOrganizations(plan) => self
                .run(async move { EventKind::Listed { result: organizations::list(&hands, &plan).await } }),
            Effect::Forget { wipe } => {
                self.run(async move { EventKind::Forgotten { wipe, result: hands.forget().await } });
            }
        }
    }

    /// Nothing of an attempt goes on once it has ended: neither its clock nor the making of its way back.
    fn leave(&mut self, attempt: AttemptId) {
        self.keep_running(|work| !work.is_of(attempt));
    }

    fn keep_running(&mut self, stays: impl Fn(&Work) -> bool) {
        let running = std::mem::take(&mut self.running);
        self.running = running.into_iter().filter(|work| stays(work)).collect();
    }

    fn run_for(&mut self, attempt: AttemptId, work: impl Future<Output = EventKind> + Send + 'static) {
        self.running.push(Work::of_attempt(attempt, work));
    }

    fn run(&mut self, work: impl Future<Output = EventKind> + Send + 'static) {
        self.running.push(Work::new(work));
    }
}
