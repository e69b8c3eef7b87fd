//! The secrets that never leave the driver, and the hands that touch them.

use std::sync::{Arc, Mutex};

use futures_channel::mpsc::UnboundedSender;
use futures_util::future::BoxFuture;

use super::judge;
use crate::failure::{Failure, FailureClass};
use crate::flow::EventKind;
use crate::identity::Identity;
use crate::ports::{AttemptId, Authority, Clock, Ports, Vault};
use crate::secret::RefreshToken;

/// A credential that lives in this process alone.
#[derive(Clone, Debug)]
pub(super) struct InMemory {
    /// Which credential.
    pub(super) credential_id: String,
    /// Whose it is.
    pub(super) identity: Identity,
    pub(super) token: RefreshToken,
    /// Whether the person wants it nowhere else.
    pub(super) by_choice: bool,
}

/// The refresh token of the attempt that was just redeemed.
#[derive(Debug)]
pub(super) struct Redeemed {
    attempt: AttemptId,
    credential_id: String,
    token: RefreshToken,
}

#[derive(Debug, Default)]
pub(super) struct Secrets {
    pub(super) redeemed: Option<Redeemed>,
    /// The credential that the keychain did not take, or was not asked to.
    pub(super) in_memory: Option<InMemory>,
}

/// What a procedure works with.
pub(super) struct Hands<P: Ports> {
    pub(super) ports: Arc<P>,
    secrets: Arc<Mutex<Secrets>>,
    /// Held around everything that reads, replaces or removes the credential, in keychain or memory.
    pub(super) credential: Arc<futures_util::lock::Mutex<()>>,
    /// Events on the way, such as a check that ended.
    pub(super) told: UnboundedSender<EventKind>,
    /// Work that has to be finished even when nobody waits for it any more.
    pub(super) tail: UnboundedSender<BoxFuture<'static, ()>>,
}

impl<P: Ports> Clone for Hands<P> {
    fn clone(&self) -> Self {
        Self {
            ports: Arc::clone(&self.ports),
            secrets: Arc::clone(&self.secrets),
            credential: Arc::clone(&self.credential),
            told: self.told.clone(),
            tail: self.tail.clone(),
        }
    }
}

impl<P: Ports> Hands<P> {
    pub(super) fn new(
        ports: P,
        told: UnboundedSender<EventKind>,
        tail: UnboundedSender<BoxFuture<'static, ()>>,
    ) -> Self {
        Self { ports: Arc::new(ports), secrets: Arc::default(), credential: Arc::default(), told, tail }
    }

    pub(super) async fn redeem(&self, attempt: AttemptId) -> EventKind {
        let credential_id = self.ports.clock().unique_id();
        let result = match self.ports.authority().redeem(attempt).await {
            Err(failure) => Err(failure),
            Ok(grant) => judge::redeemed(grant).map(|(signed_in, token)| {
                let redeemed = Redeemed { attempt, credential_id: credential_id.clone(), token };
                self.with_secrets(|secrets| secrets.redeemed = Some(redeemed));
                signed_in
            }),
        };
        EventKind::Redeemed { attempt, credential_id, result }
    }

    /// Into the keychain, or into memory alone where the person chose so or the keychain did not take it.
    pub(super) async fn keep(
        &self,
        attempt: AttemptId,
        identity: Identity,
        session_only: bool,
    ) -> Result<(), Failure> {
        let redeemed = self.with_secrets(|secrets| secrets.redeemed.take());
        let Some(Redeemed { credential_id, token, .. }) =
            redeemed.filter(|redeemed| redeemed.attempt == attempt)
        else {
            return Err(Failure::of(FailureClass::RestartSignIn));
        };
        let _mine = self.credential.lock().await;
        let result = if session_only { Ok(()) } else { self.write_locked(&identity, &token).await };
        let in_memory = (session_only || result.is_err()).then_some(InMemory {
            credential_id,
            identity,
            token,
            by_choice: session_only,
        });
        self.with_secrets(|secrets| secrets.in_memory = in_memory);
        result
    }

    async fn write_locked(&self, identity: &Identity, token: &RefreshToken) -> Result<(), Failure> {
        let _lock = self.lock().await?;
        self.ports.vault().write(identity, token).await
    }

    /// What other processes wait for. A disk that takes no lock file stops neither sign-in nor test.
    pub(super) async fn lock(&self) -> Result<Option<<P::Vault as Vault>::Lock>, Failure> {
        match self.ports.vault().lock().await {
            Ok(lock) => Ok(Some(lock)),
            Err(failure) if failure.class == FailureClass::StoreNotWritable => Ok(None),
            Err(failure) => Err(failure),
        }
    }

    /// Waits for a renewal under way, so that nothing writes the credential back afterwards. What was never in a
    /// keychain is forgotten even where none answers.
    pub(super) async fn forget(&self) -> Result<(), Failure> {
        let _mine = self.credential.lock().await;
        let never_stored = self
            .with_secrets(|secrets| secrets.in_memory.as_ref().is_some_and(|in_memory| in_memory.by_choice));
        let _lock = self.lock().await?;
        match self.ports.vault().delete().await {
            Err(failure) if !(never_stored && failure.class == FailureClass::KeychainMissing) => {
                return Err(failure);
            }
            Ok(()) | Err(_) => {}
        }
        self.with_secrets(|secrets| *secrets = Secrets::default());
        Ok(())
    }

    /// Closes the way back of an attempt and forgets what it has redeemed.
    pub(super) async fn end(&self, attempt: AttemptId) {
        self.ports.authority().end(attempt).await;
        self.with_secrets(|secrets| secrets.redeemed.take_if(|redeemed| redeemed.attempt == attempt));
    }

    /// The lock is never held across a wait; a poisoned one still holds whole values.
    pub(super) fn with_secrets<T>(&self, work: impl FnOnce(&mut Secrets) -> T) -> T {
        let mut secrets = self.secrets.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        work(&mut secrets)
    }
}
