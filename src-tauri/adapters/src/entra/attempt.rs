//! One sign-in, kept in memory until it ends.

use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use mpc_connect_core::failure::{Failure, FailureClass};
use mpc_connect_core::ports::Way;
use secrecy::SecretString;
use tokio::sync::watch;

use super::callback::{Parameters, Verdict};
use super::metadata::Metadata;
use super::pages::Page;
use super::random::unguessable;

/// State, nonce, verifier and, once it came, the code of one sign-in.
#[derive(Debug)]
pub(super) struct Attempt {
    /// The way back that was chosen.
    pub(super) way: Way,
    /// The redirect, as sent to the authority.
    pub(super) redirect: String,
    /// The authority's metadata when the attempt began: the code goes to this token endpoint and no other.
    pub(super) metadata: Arc<Metadata>,
    /// What ties the answer to this attempt.
    pub(super) state: SecretString,
    /// What ties the ID token to this attempt.
    pub(super) nonce: SecretString,
    verifier: Mutex<Option<SecretString>>,
    code: Mutex<Option<Code>>,
    progress: watch::Sender<Progress>,
    strangers: AtomicU32,
}

/// A code, with the issuer that came with it.
#[derive(Debug)]
pub(super) struct Code {
    /// The code.
    pub(super) code: SecretString,
    /// `iss` of the authorization response.
    pub(super) issuer: Option<String>,
    /// The proof that the code was asked for here.
    pub(super) verifier: SecretString,
}

#[derive(Clone, Debug)]
enum Progress {
    Waiting,
    Answered,
    Refused(Failure),
    Ended,
}

/// What became of something that the browser brought.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Heard {
    /// It was the answer that the attempt waited for.
    Taken,
    /// The attempt had its answer before.
    Again,
    /// It was no answer to this attempt, which goes on.
    Stranger,
}

impl Attempt {
    /// A new attempt with secrets of its own.
    ///
    /// # Errors
    /// Without randomness.
    pub(super) fn new(way: Way, redirect: String, metadata: Arc<Metadata>) -> Result<Self, Failure> {
        Ok(Self {
            way,
            redirect,
            metadata,
            state: unguessable()?,
            nonce: unguessable()?,
            verifier: Mutex::new(Some(unguessable()?)),
            code: Mutex::new(None),
            progress: watch::Sender::new(Progress::Waiting),
            strangers: AtomicU32::new(0),
        })
    }

    /// The verifier, for its challenge.
    ///
    /// # Errors
    /// `RESTART_SIGN_IN` when it was used.
    pub(super) fn verifier(&self) -> Result<SecretString, Failure> {
        locked(&self.verifier).clone().ok_or_else(used_up)
    }

    /// Judges what the browser brought; the first answer with our state decides, anything after it changes nothing.
    pub(super) fn hear(&self, parameters: &Parameters) -> Heard {
        let verdict = parameters.judge(&self.state, &self.metadata);
        let next = match verdict {
            Verdict::Stranger => {
                let strangers = self.strangers.fetch_add(1, Ordering::Relaxed).saturating_add(1);
                tracing::info!(strangers, "passed over an answer with another state");
                return Heard::Stranger;
            }
            Verdict::Refused(failure) => Progress::Refused(failure),
            Verdict::Code(code, issuer) => {
                return self.settle(Progress::Answered, || self.keep(code, issuer));
            }
        };
        self.settle(next, || ())
    }

    fn settle(&self, next: Progress, first: impl FnOnce()) -> Heard {
        let is_first = self.progress.send_if_modified(|progress| {
            let waits = matches!(progress, Progress::Waiting);
            if waits {
                first();
                *progress = next;
            }
            waits
        });
        if is_first { Heard::Taken } else { Heard::Again }
    }

    fn keep(&self, code: SecretString, issuer: Option<String>) {
        let verifier = locked(&self.verifier).take();
        *locked(&self.code) = verifier.map(|verifier| Code { code, issuer, verifier });
    }

    /// Waits for the answer.
    ///
    /// # Errors
    /// What was said instead of a code; `RESTART_SIGN_IN` when the attempt ended meanwhile.
    pub(super) async fn answered(&self) -> Result<(), Failure> {
        let mut progress = self.progress.subscribe();
        let settled = progress.wait_for(|progress| !matches!(progress, Progress::Waiting)).await;
        match settled.as_deref() {
            Ok(Progress::Answered) => Ok(()),
            Ok(Progress::Refused(failure)) => Err(failure.clone()),
            Ok(Progress::Waiting | Progress::Ended) | Err(_) => Err(used_up()),
        }
    }

    /// Takes the code out of memory, with its verifier.
    ///
    /// # Errors
    /// `RESTART_SIGN_IN` when there is none, or it was taken before.
    pub(super) fn take_code(&self) -> Result<Code, Failure> {
        locked(&self.code).take().ok_or_else(used_up)
    }

    /// Forgets code and verifier, and lets nobody wait any longer.
    pub(super) fn end(&self) {
        self.progress.send_replace(Progress::Ended);
        locked(&self.verifier).take();
        locked(&self.code).take();
    }

    /// The page for a browser that brought the answer.
    pub(super) fn page(&self) -> Page {
        match &*self.progress.borrow() {
            Progress::Answered => Page::Received,
            Progress::Refused(failure) if was_the_persons_choice(failure.class) => Page::Declined,
            Progress::Refused(_) => Page::Failed,
            Progress::Waiting | Progress::Ended => Page::TooOld,
        }
    }
}

fn was_the_persons_choice(class: FailureClass) -> bool {
    matches!(class, FailureClass::ConsentDeclined | FailureClass::UserCancelled)
}

/// The failure of an attempt that has nothing left to redeem.
pub(super) fn used_up() -> Failure {
    Failure::of(FailureClass::RestartSignIn).with_code("attempt ended")
}

/// What a mutex guards stays whole when a thread panics here: every change is one assignment.
pub(super) fn locked<T>(mutex: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
