//! The keychain for async code: one thread, one call at a time, each with an end.
//!
//! A keychain may wait for a person without end, and a call into it cannot be cancelled. So every call runs on a
//! thread that is no runtime's, and an answer that comes too late is thrown away. While such a call is still out,
//! nothing else is asked: a second question would only open a second prompt.

use std::{
    panic::{self, AssertUnwindSafe},
    sync::{
        Arc, Mutex, PoisonError,
        atomic::{AtomicBool, AtomicU64, Ordering},
        mpsc,
    },
    thread,
    time::Duration,
};

use tokio::{
    sync::{OwnedSemaphorePermit, Semaphore, oneshot},
    time::{Instant, timeout_at},
};

use super::{
    KeychainError,
    layout::Chunked,
    secret::{Held, Identity, Payload},
    store::{FailureKind, PlatformStore, SecretStore, StoreError},
};

/// The account of the head entry.
const ACCOUNT: &str = "connection";

/// Probes of processes that run at once should not meet; leftovers of killed ones stay few.
const PROBE_ACCOUNTS: u32 = 16;

type Job = Box<dyn FnOnce() + Send>;
type AnyStore = Arc<dyn SecretStore>;
type Opener = dyn Fn() -> Result<AnyStore, StoreError> + Send + Sync;

/// The credential of one connection in the keychain of this computer.
///
/// Every call has a time-out that covers waiting for its turn as well. Dropping a call's future abandons it as a
/// time-out does: until the keychain has answered, other calls end with [`KeychainError::Busy`] at once.
pub struct Keychain {
    service: Arc<str>,
    open: Arc<Opener>,
    jobs: Mutex<Option<mpsc::Sender<Job>>>,
    /// One permit: whoever has it may use the thread, and keeps it until the keychain has answered.
    turn: Arc<Semaphore>,
    /// The number of the call under way or to come, and of the last one that nobody waits for any more.
    current: Arc<AtomicU64>,
    abandoned: AtomicU64,
    doubt: Arc<Doubt>,
}

impl Keychain {
    /// The operating system's keychain. `service` names application, environment and, where it is not the usual
    /// one, the data folder. Nothing is touched yet.
    #[must_use]
    pub fn new(service: &str) -> Self {
        Self::with_store(service, PlatformStore::open)
    }

    /// Any store, opened anew for each call: one that was missing is found as soon as it is there.
    pub fn with_store<S: SecretStore + 'static>(
        service: &str,
        open: impl Fn() -> Result<S, StoreError> + Send + Sync + 'static,
    ) -> Self {
        Self {
            service: service.into(),
            open: Arc::new(move || open().map(|store| -> AnyStore { Arc::new(store) })),
            jobs: Mutex::new(None),
            turn: Arc::new(Semaphore::new(1)),
            current: Arc::new(AtomicU64::new(1)),
            abandoned: AtomicU64::new(0),
            doubt: Arc::new(Doubt::default()),
        }
    }

    /// The name that separates this connection's entries from others.
    #[must_use]
    pub fn service(&self) -> &str {
        &self.service
    }

    /// Proves with 4 KB of random bytes under another name that a credential could be kept.
    ///
    /// # Errors
    /// Any [`KeychainError`].
    pub async fn probe(&self, timeout: Duration) -> Result<(), KeychainError> {
        self.call(timeout, |kept| kept.probe()).await
    }

    /// The credential, or `None` where there is none.
    ///
    /// After the keychain was locked or did not answer, "none" is believed only if a probe passes and a second look
    /// says the same: KDE's wallet may report an entry as missing because the question to unlock was dismissed.
    ///
    /// # Errors
    /// Any [`KeychainError`].
    pub async fn read(&self, timeout: Duration) -> Result<Option<Held>, KeychainError> {
        let doubt = Arc::clone(&self.doubt);
        self.call(timeout, move |kept| {
            let held = kept.connection().read()?;
            if held.is_none() && doubt.is_there() {
                kept.probe()?;
                return kept.connection().read();
            }
            Ok(held)
        })
        .await
    }

    /// Replaces the credential; success means that it was read back and is the same. Returns the new generation.
    ///
    /// # Errors
    /// Any [`KeychainError`]. After `TimedOut` the write may still happen.
    pub async fn write(
        &self,
        identity: &Identity,
        payload: Payload,
        timeout: Duration,
    ) -> Result<u64, KeychainError> {
        let identity = identity.clone();
        self.call(timeout, move |kept| kept.connection().write(&identity, &payload)).await
    }

    /// Removes the credential and every piece of it that can be found.
    ///
    /// # Errors
    /// Any [`KeychainError`]; asking again goes on where this stopped.
    pub async fn delete(&self, timeout: Duration) -> Result<(), KeychainError> {
        self.call(timeout, |kept| kept.connection().delete()).await
    }

    async fn call<T: Send + 'static>(
        &self,
        timeout: Duration,
        work: impl FnOnce(&Opened) -> Result<T, KeychainError> + Send + 'static,
    ) -> Result<T, KeychainError> {
        let deadline = Instant::now() + timeout;
        let turn = self.take_turn(deadline).await?;
        let unattended = Unattended { call: turn.number, last: &self.abandoned };
        let (answer, outcome) = oneshot::channel();
        let (open, service, doubt) =
            (Arc::clone(&self.open), Arc::clone(&self.service), Arc::clone(&self.doubt));
        self.submit(Box::new(move || {
            let result = Opened::open(&*open, &service).and_then(|opened| work(&opened));
            doubt.learn(&result);
            // The turn ends before the answer is heard, so that whoever hears it can call again.
            drop(turn);
            drop(answer.send(result));
        }))?;
        match timeout_at(deadline, outcome).await {
            Ok(heard) => {
                unattended.disarm();
                heard.unwrap_or(Err(KeychainError::Failed(FailureKind::Unknown)))
            }
            Err(_elapsed) => {
                self.doubt.raise();
                Err(KeychainError::TimedOut)
            }
        }
    }

    /// Waits behind a call that somebody attends to, never behind an abandoned one.
    async fn take_turn(&self, deadline: Instant) -> Result<Turn, KeychainError> {
        let hanging = self.current.load(Ordering::SeqCst) == self.abandoned.load(Ordering::SeqCst);
        if hanging && self.turn.available_permits() == 0 {
            return Err(KeychainError::Busy);
        }
        let waited = timeout_at(deadline, Arc::clone(&self.turn).acquire_owned()).await;
        let permit = waited.map_err(|_| KeychainError::Busy)?.map_err(|_| KeychainError::Busy)?;
        let number = self.current.load(Ordering::SeqCst);
        Ok(Turn { number, current: Arc::clone(&self.current), _permit: permit })
    }

    /// Hands the job to the thread, which starts with the first one.
    fn submit(&self, job: Job) -> Result<(), KeychainError> {
        let gone = KeychainError::Failed(FailureKind::Unknown);
        let mut jobs = self.jobs.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(sender) = jobs.as_ref() {
            return sender.send(job).map_err(|_| gone);
        }
        let (sender, queue) = mpsc::channel::<Job>();
        let builder = thread::Builder::new().name("keychain".to_owned());
        builder.spawn(move || queue.into_iter().for_each(survive)).map_err(|_| gone)?;
        sender.send(job).map_err(|_| gone)?;
        *jobs = Some(sender);
        Ok(())
    }
}

/// A store of somebody else's making may panic: that costs its call, whose answer never comes, and not the thread.
fn survive(job: Job) {
    drop(panic::catch_unwind(AssertUnwindSafe(job)));
}

/// A store that is open for the length of one call.
struct Opened {
    store: AnyStore,
    service: Arc<str>,
}

impl Opened {
    fn open(open: &Opener, service: &Arc<str>) -> Result<Self, KeychainError> {
        Ok(Self { store: open()?, service: Arc::clone(service) })
    }

    fn connection(&self) -> Chunked<AnyStore> {
        Chunked::new(Arc::clone(&self.store), &self.service, ACCOUNT)
    }

    fn probe(&self) -> Result<(), KeychainError> {
        let account = format!("probe-{}", std::process::id() % PROBE_ACCOUNTS);
        Chunked::new(Arc::clone(&self.store), &self.service, &account).probe()
    }
}

/// Whether "not there" may be a locked keychain's way of saying "not now".
#[derive(Default)]
struct Doubt(AtomicBool);

impl Doubt {
    fn is_there(&self) -> bool {
        self.0.load(Ordering::SeqCst)
    }

    fn raise(&self) {
        self.0.store(true, Ordering::SeqCst);
    }

    /// Success ends the doubt; a lock begins it; any other failure says nothing about it.
    fn learn<T>(&self, result: &Result<T, KeychainError>) {
        match result {
            Ok(_) => self.0.store(false, Ordering::SeqCst),
            Err(KeychainError::Locked) => self.raise(),
            Err(_) => {}
        }
    }
}

/// The right to use the thread. It counts on before it is given back, so that an abandoned call that has ended is
/// never mistaken for the next one.
struct Turn {
    number: u64,
    current: Arc<AtomicU64>,
    _permit: OwnedSemaphorePermit,
}

impl Drop for Turn {
    fn drop(&mut self) {
        self.current.fetch_add(1, Ordering::SeqCst);
    }
}

/// Marks its call as abandoned when dropped, be it by time-out or because the caller went away.
struct Unattended<'a> {
    call: u64,
    last: &'a AtomicU64,
}

impl Unattended<'_> {
    fn disarm(self) {
        std::mem::forget(self);
    }
}

impl Drop for Unattended<'_> {
    fn drop(&mut self) {
        self.last.store(self.call, Ordering::SeqCst);
    }
}
