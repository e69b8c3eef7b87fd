//! Buying an access token: lock, read, refresh, write. Once begun it is finished, whoever still waits.

use std::time::Duration;

use futures_util::FutureExt;
use futures_util::future::{BoxFuture, Either, Shared, select};

use super::secrets::{Hands, InMemory};
use crate::failure::{Failure, FailureClass};
use crate::flow::EventKind;
use crate::identity::{Credential, Identity, SignedIn};
use crate::ports::{Authority, Clock, Grant, Ports, Resource, Vault};
use crate::secret::{AccessToken, RefreshToken};

/// How long a renewal waits for another process and for the keychain. Who is asked to unlock it may take longer: the
/// next renewal finds it open.
pub(super) const PATIENCE: Duration = Duration::from_secs(15);

/// What a refresh gave.
#[derive(Clone, Debug)]
pub(super) struct Renewed {
    pub(super) access: AccessToken,
    pub(super) signed_in: Option<SignedIn>,
    pub(super) correlation_id: Option<String>,
}

/// A refresh under way, which several may wait for.
pub(super) type Renewal = Shared<BoxFuture<'static, Result<Renewed, Failure>>>;

/// Begins a refresh for `resource` and makes sure that it ends.
///
/// A provider that rotates tokens has already given up the old one when its answer is on the way: dropping the
/// exchange there would lose the connection.
pub(super) fn begin<P: Ports>(
    hands: &Hands<P>,
    credential: &Credential,
    resource: Resource,
    patience: Duration,
) -> Renewal {
    let (hands, credential) = (hands.clone(), credential.clone());
    let tail = hands.tail.clone();
    let renewal = async move { hands.renew(&credential, resource, patience).await }.boxed().shared();
    let _ = tail.unbounded_send(renewal.clone().map(|_| ()).boxed());
    renewal
}

impl<P: Ports> Hands<P> {
    /// One at a time: a rotated token must not be used twice.
    async fn renew(
        &self,
        credential: &Credential,
        resource: Resource,
        patience: Duration,
    ) -> Result<Renewed, Failure> {
        // An environment file may have come to mean another provider. Its refusal of a foreign token would look like a
        // dead credential, so nothing is asked there. Of the classes that a new sign-in mends, this is the one that
        // does not say that Microsoft refused.
        if credential.authority != self.ports.authority().name() {
            return Err(not_held("another environment"));
        }
        let _mine = self.credential.lock().await;
        let in_memory = self.with_secrets(|secrets| secrets.in_memory.clone());
        match in_memory.filter(|held| held.credential_id == credential.id) {
            Some(held) => self.renew_in_memory(credential, held, resource, patience).await,
            None if credential.session_only => Err(not_held("session ended")),
            None => self.renew_in_keychain(credential, resource, patience).await,
        }
    }

    async fn renew_in_keychain(
        &self,
        credential: &Credential,
        resource: Resource,
        patience: Duration,
    ) -> Result<Renewed, Failure> {
        let until = self.ports.clock().elapsed() + patience;
        let _lock = self.lock_until(until).await?;
        let read = self.until(until, self.ports.vault().read(), no_answer).await?;
        let held = read.ok_or_else(|| not_held("not there"))?;
        if held.identity != credential.identity {
            return Err(not_held("another account"));
        }
        let grant = self.ports.authority().refresh(&held.token, resource).await?;
        match grant.refresh.as_ref().filter(|_| is_of(credential, &grant)) {
            Some(token) => self.put_away(credential, &held.identity, token, patience).await,
            None => self.tell_saved(credential, Ok(())),
        }
        renewed(grant)
    }

    /// The keychain did not take it before: every success tries again, unless the person chose memory alone.
    async fn renew_in_memory(
        &self,
        credential: &Credential,
        mut held: InMemory,
        resource: Resource,
        patience: Duration,
    ) -> Result<Renewed, Failure> {
        let grant = self.ports.authority().refresh(&held.token, resource).await?;
        if !is_of(credential, &grant) {
            return renewed(grant);
        }
        held.token = grant.refresh.clone().unwrap_or(held.token);
        self.with_secrets(|secrets| secrets.in_memory = Some(held.clone()));
        if !held.by_choice {
            match self.lock_until(self.ports.clock().elapsed() + patience).await {
                Ok(_lock) => self.put_away(credential, &held.identity, &held.token, patience).await,
                Err(failure) => self.tell_saved(credential, Err(failure)),
            }
        }
        renewed(grant)
    }

    /// Written and read back before the access token is used; a keychain that refuses leaves it in memory.
    async fn put_away(
        &self,
        credential: &Credential,
        identity: &Identity,
        token: &RefreshToken,
        patience: Duration,
    ) {
        let until = self.ports.clock().elapsed() + patience;
        let result = self.until(until, self.ports.vault().write(identity, token), no_answer).await;
        let in_memory = result.is_err().then(|| InMemory {
            credential_id: credential.id.clone(),
            identity: identity.clone(),
            token: token.clone(),
            by_choice: false,
        });
        self.with_secrets(|secrets| secrets.in_memory = in_memory);
        self.tell_saved(credential, result);
    }

    async fn lock_until(&self, until: Duration) -> Result<Option<<P::Vault as Vault>::Lock>, Failure> {
        self.until(until, self.lock(), Failure::busy_elsewhere).await
    }

    /// Waits for what this computer answers, and names it when the time is over.
    async fn until<T: Send>(
        &self,
        until: Duration,
        work: impl Future<Output = Result<T, Failure>> + Send,
        overrun: fn() -> Failure,
    ) -> Result<T, Failure> {
        let clock = self.ports.clock();
        let limit = clock.sleep(until.saturating_sub(clock.elapsed()));
        match select(std::pin::pin!(work), std::pin::pin!(limit)).await {
            Either::Left((answer, _)) => answer,
            Either::Right(_) => Err(overrun()),
        }
    }

    fn tell_saved(&self, credential: &Credential, result: Result<(), Failure>) {
        let event = EventKind::CredentialSaved { credential_id: credential.id.clone(), result };
        let _ = self.told.unbounded_send(event);
    }
}

/// Whether the answer is this account's. Another's is kept nowhere (OpenID Connect Core 1.0, section 12.2).
fn is_of(credential: &Credential, grant: &Grant) -> bool {
    grant.signed_in.as_ref().is_none_or(|seen| seen.identity == credential.identity)
}

fn renewed(grant: Grant) -> Result<Renewed, Failure> {
    match grant.problem {
        Some(problem) => Err(problem),
        None => {
            let Grant { access, signed_in, correlation_id, .. } = grant;
            Ok(Renewed { access, signed_in, correlation_id })
        }
    }
}

fn no_answer() -> Failure {
    Failure::of(FailureClass::KeychainLocked).with_code("no answer")
}

fn not_held(code: &str) -> Failure {
    Failure::of(FailureClass::KeychainDamaged).with_code(code)
}
