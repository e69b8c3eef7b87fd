//! Carries out the flow's effects through the ports and feeds the answers back. Decides nothing.

mod checks;
mod judge;
mod organizations;
mod renew;
#[cfg(test)]
mod tests;

use std::sync::{Arc, Mutex};

use futures_channel::mpsc::{UnboundedReceiver, UnboundedSender, unbounded};
use futures_util::future::BoxFuture;
use futures_util::stream::FuturesUnordered;
use futures_util::{FutureExt, StreamExt};

use crate::failure::Failure;
use crate::flow::{self, Effect, Event, EventKind, Intent, State};
use crate::identity::Identity;
use crate::ports::{AttemptId, Authority, Browser, Clock, Journal, Ports, Vault};
use crate::secret::RefreshToken;

/// A credential that lives in this process alone.
#[derive(Debug)]
struct InMemory {
    identity: Identity,
    token: RefreshToken,
    /// Whether the person wants it nowhere else.
    by_choice: bool,
}

/// The secrets that never leave the driver.
#[derive(Debug, Default)]
struct Secrets {
    /// The refresh token of the attempt that was just redeemed.
    redeemed: Option<(AttemptId, RefreshToken)>,
    /// The credential that the keychain did not take, or was not asked to.
    in_memory: Option<InMemory>,
}

/// What a procedure works with.
struct Hands<P: Ports> {
    ports: Arc<P>,
    secrets: Arc<Mutex<Secrets>>,
    /// Events on the way, such as a check that ended.
    told: UnboundedSender<EventKind>,
    /// Work that has to be finished even when nobody waits for it any more.
    tail: UnboundedSender<BoxFuture<'static, ()>>,
}

impl<P: Ports> Clone for Hands<P> {
    fn clone(&self) -> Self {
        Self {
            ports: Arc::clone(&self.ports),
            secrets: Arc::clone(&self.secrets),
            told: self.told.clone(),
            tail: self.tail.clone(),
        }
    }
}

/// The flow at work: a state, and the effects under way.
pub struct Driver<P: Ports> {
    state: State,
    hands: Hands<P>,
    running: FuturesUnordered<BoxFuture<'static, EventKind>>,
    tails: FuturesUnordered<BoxFuture<'static, ()>>,
    told: UnboundedReceiver<EventKind>,
    new_tails: UnboundedReceiver<BoxFuture<'static, ()>>,
}

impl<P: Ports> Driver<P> {
    /// Reads the record and stands ready. A store that cannot be read is named in the state.
    pub async fn open(ports: P) -> Self {
        let (told_sender, told) = unbounded();
        let (tail_sender, new_tails) = unbounded();
        let hands =
            Hands { ports: Arc::new(ports), secrets: Arc::default(), told: told_sender, tail: tail_sender };
        let state = match hands.ports.journal().load().await {
            Ok(record) => State::of(record),
            Err(failure) => State { last_failure: Some(failure), ..State::default() },
        };
        Self {
            state,
            hands,
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

    /// Does what a person wants, as far as it goes at once; the rest comes by [`Self::next`].
    pub async fn intend(&mut self, intent: Intent) {
        self.feed(EventKind::Intent(intent)).await;
    }

    /// Waits for one answer and takes it in. `false` when nothing is under way.
    ///
    /// Dropping the returned future loses nothing.
    pub async fn next(&mut self) -> bool {
        while let Ok(tail) = self.new_tails.try_recv() {
            self.tails.push(tail);
        }
        if let Ok(kind) = self.told.try_recv() {
            self.feed(kind).await;
            return true;
        }
        if self.running.is_empty() && self.tails.is_empty() {
            return false;
        }
        let kind = futures_util::select_biased! {
            kind = self.told.next() => kind,
            tail = self.new_tails.next() => {
                self.tails.extend(tail);
                None
            },
            kind = self.running.next() => kind,
            _ = self.tails.next() => None,
        };
        if let Some(kind) = kind {
            self.feed(kind).await;
        }
        true
    }

    /// Waits until nothing is under way that was begun and must be finished, such as a token exchange.
    pub async fn finish(&mut self) {
        self.running.clear();
        while let Ok(tail) = self.new_tails.try_recv() {
            self.tails.push(tail);
        }
        while self.tails.next().await.is_some() {
            while let Ok(tail) = self.new_tails.try_recv() {
                self.tails.push(tail);
            }
        }
        while let Ok(kind) = self.told.try_recv() {
            self.feed(kind).await;
        }
    }

    async fn feed(&mut self, kind: EventKind) {
        let mut waiting = std::collections::VecDeque::from([kind]);
        while let Some(kind) = waiting.pop_front() {
            let event = Event { at: self.hands.ports.clock().now(), kind };
            let (state, effects) = flow::step(std::mem::take(&mut self.state), event);
            self.state = state;
            for effect in effects {
                waiting.extend(self.perform(effect).await);
            }
        }
    }

    /// Commits are awaited, so that what follows them finds them kept; everything else runs beside.
    async fn perform(&mut self, effect: Effect) -> Option<EventKind> {
        let hands = self.hands.clone();
        match effect {
            Effect::Commit(changes) => {
                let result = hands.ports.journal().commit(changes).await;
                return Some(EventKind::Committed { result });
            }
            Effect::Stop => self.running.clear(),
            Effect::End(attempt) => {
                hands.ports.authority().end(attempt).await;
                hands.forget_redeemed(attempt);
            }
            Effect::ProbeKeychain(attempt) => self.run(async move {
                EventKind::KeychainProbed { attempt, result: hands.ports.vault().probe().await }
            }),
            Effect::Begin(request) => self.run(async move {
                let result = hands.ports.authority().begin(&request).await;
                EventKind::Begun { attempt: request.attempt, result }
            }),
            Effect::OpenBrowser(attempt, address) => self.run(async move {
                EventKind::BrowserOpened { attempt, result: hands.ports.browser().open(&address).await }
            }),
            Effect::Wake(attempt, mark) => self.run(async move {
                hands.ports.clock().sleep(mark.after()).await;
                EventKind::Woke { attempt, mark }
            }),
            Effect::AwaitAnswer(attempt) => self.run(async move {
                EventKind::Answered { attempt, result: hands.ports.authority().answer(attempt).await }
            }),
            Effect::Redeem(attempt) => self.run(async move { hands.redeem(attempt).await }),
            Effect::Keep { attempt, identity, session_only } => self.run(async move {
                EventKind::Kept { attempt, result: hands.keep(attempt, identity, session_only).await }
            }),
            Effect::Check(plan) => {
                self.run(async move { EventKind::Checked { report: checks::run(&hands, plan).await } })
            }
            Effect::ListOrganizations(plan) => self
                .run(async move { EventKind::Listed { result: organizations::list(&hands, &plan).await } }),
            Effect::Forget { wipe } => {
                self.run(async move { EventKind::Forgotten { wipe, result: hands.forget().await } })
            }
        }
        None
    }

    fn run(&mut self, work: impl Future<Output = EventKind> + Send + 'static) {
        self.running.push(work.boxed());
    }
}

impl<P: Ports> Hands<P> {
    async fn redeem(&self, attempt: AttemptId) -> EventKind {
        let credential_id = self.ports.clock().unique_id();
        let result = match self.ports.authority().redeem(attempt).await {
            Err(failure) => Err(failure),
            Ok(grant) => judge::redeemed(grant).map(|(signed_in, token)| {
                self.with_secrets(|secrets| secrets.redeemed = Some((attempt, token)));
                signed_in
            }),
        };
        EventKind::Redeemed { attempt, credential_id, result }
    }

    /// Into the keychain, or into memory alone where the person chose so or the keychain did not take it.
    async fn keep(&self, attempt: AttemptId, identity: Identity, session_only: bool) -> Result<(), Failure> {
        let redeemed = self.with_secrets(|secrets| secrets.redeemed.take());
        let Some((_, token)) = redeemed.filter(|(redeemed_for, _)| *redeemed_for == attempt) else {
            return Err(Failure::of(crate::failure::FailureClass::RestartSignIn));
        };
        let result = if session_only { Ok(()) } else { self.write_locked(&identity, &token).await };
        let in_memory = (session_only || result.is_err()).then_some(InMemory {
            identity,
            token,
            by_choice: session_only,
        });
        self.with_secrets(|secrets| secrets.in_memory = in_memory);
        result
    }

    async fn write_locked(&self, identity: &Identity, token: &RefreshToken) -> Result<(), Failure> {
        let _lock = self.ports.vault().lock().await?;
        self.ports.vault().write(identity, token).await
    }

    async fn forget(&self) -> Result<(), Failure> {
        self.with_secrets(|secrets| *secrets = Secrets::default());
        let _lock = self.ports.vault().lock().await?;
        self.ports.vault().delete().await
    }

    fn forget_redeemed(&self, attempt: AttemptId) {
        self.with_secrets(|secrets| {
            secrets.redeemed.take_if(|(redeemed_for, _)| *redeemed_for == attempt);
        });
    }

    /// The lock is never held across a wait; a poisoned one still holds whole values.
    fn with_secrets<T>(&self, work: impl FnOnce(&mut Secrets) -> T) -> T {
        let mut secrets = self.secrets.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        work(&mut secrets)
    }
}
