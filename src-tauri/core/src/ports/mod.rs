//! What the core asks of the world. Adapters answer; tests put fakes behind these questions.

mod partner_center;

use std::future::Future;
use std::time::Duration;

use jiff::Timestamp;

use crate::failure::Failure;
use crate::identity::{Identity, SignedIn};
use crate::record::{Change, Record};
use crate::secret::{AccessToken, RefreshToken};
pub use partner_center::{
    PartnerCenter, ProfileAnswer, ReferralPage, ReferralQuery, ReferralRow, ReferralSeen, WebhookOwner,
};

/// One sign-in, from the first press to its end. Counts up within a process.
pub type AttemptId = u64;

/// How the browser's answer comes back.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Way {
    /// The registered private scheme.
    DeepLink,
    /// A listener on 127.0.0.1.
    Loopback,
}

/// What the authorize request says beyond what the environment fixes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AuthorizationRequest {
    /// For which attempt.
    pub attempt: AttemptId,
    /// The way back.
    pub way: Way,
    /// Whether the account has to be proven anew (`prompt=login` with `login_hint`), after a wrong one.
    pub fresh_login: bool,
    /// The saved username, for `login_hint` where `prompt` allows it.
    pub username: String,
    /// Claims to pass back once (JSON), or the request for a second factor.
    pub claims: Option<String>,
}

/// An address that the person may copy. It holds state, nonce and challenge, none of which opens anything alone.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SignInAddress(pub String);

/// Which of the two resources a token is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Resource {
    /// The Referrals API.
    Referrals,
    /// The company profiles.
    Profiles,
}

/// What the token endpoint gave.
#[derive(Debug)]
pub struct Grant {
    /// The validated ID token's account, where one came.
    pub signed_in: Option<SignedIn>,
    /// The refresh token that replaces the one used; `None` keeps the old one.
    pub refresh: Option<RefreshToken>,
    /// The access token for the resource asked for.
    pub access: AccessToken,
    /// Why nothing else of the answer may be used. The refresh token is kept all the same: the one it replaces may be
    /// dead already.
    pub problem: Option<Failure>,
    /// The correlation id of the request.
    pub correlation_id: Option<String>,
}

/// Entra ID, or another provider of the environment.
pub trait Authority: Send + Sync {
    /// What makes it the same provider on another day: the origin and path of its metadata and the client id.
    fn name(&self) -> String;

    /// Reads and checks the metadata. Answers the request's correlation id, if any.
    ///
    /// # Errors
    /// Network failures, an untrusted or unreadable answer.
    fn metadata(&self) -> impl Future<Output = Result<Option<String>, Failure>> + Send;

    /// Makes state, nonce and verifier, opens the listener where one is needed, and answers the address.
    ///
    /// # Errors
    /// `RETURN_BLOCKED` when the listener cannot be opened; metadata failures.
    fn begin(
        &self,
        request: &AuthorizationRequest,
    ) -> impl Future<Output = Result<SignInAddress, Failure>> + Send;

    /// Waits until the browser brought this attempt's answer. Foreign and forged answers are passed over.
    ///
    /// # Errors
    /// What Microsoft said instead of a code.
    fn answer(&self, attempt: AttemptId) -> impl Future<Output = Result<(), Failure>> + Send;

    /// Redeems the attempt's code, once, and validates the ID token.
    ///
    /// # Errors
    /// What the token endpoint said, or an ID token that must not be trusted.
    fn redeem(&self, attempt: AttemptId) -> impl Future<Output = Result<Grant, Failure>> + Send;

    /// Opens the listener that a sign-in needs, knocks at it from this computer and closes it again.
    ///
    /// # Errors
    /// `RETURN_BLOCKED` when it cannot be opened or reached.
    fn prove_loopback(&self) -> impl Future<Output = Result<(), Failure>> + Send;

    /// Closes the listener and forgets state, nonce, verifier and code.
    fn end(&self, attempt: AttemptId) -> impl Future<Output = ()> + Send;

    /// Buys an access token for one resource.
    ///
    /// # Errors
    /// What the token endpoint said.
    fn refresh(
        &self,
        token: &RefreshToken,
        resource: Resource,
    ) -> impl Future<Output = Result<Grant, Failure>> + Send;
}

/// What the keychain holds.
#[derive(Debug)]
pub struct Held {
    /// Whose it is.
    pub identity: Identity,
    /// The secret.
    pub token: RefreshToken,
}

/// The operating system's keychain.
pub trait Vault: Send + Sync {
    /// What stands around read, refresh and write, across processes. Released when dropped.
    type Lock: Send;

    /// Takes the lock, waiting for another process to finish.
    ///
    /// # Errors
    /// `STORE_NOT_WRITABLE` when the lock file cannot be made, `RETRY_LATER` when another process keeps it.
    fn lock(&self) -> impl Future<Output = Result<Self::Lock, Failure>> + Send;

    /// Writes, reads back and removes a dummy of 4 KB.
    ///
    /// # Errors
    /// `KEYCHAIN_LOCKED`, `KEYCHAIN_MISSING`.
    fn probe(&self) -> impl Future<Output = Result<(), Failure>> + Send;

    /// Reads the credential; `None` when none is there.
    ///
    /// # Errors
    /// `KEYCHAIN_LOCKED`, `KEYCHAIN_MISSING`, `KEYCHAIN_DAMAGED`.
    fn read(&self) -> impl Future<Output = Result<Option<Held>, Failure>> + Send;

    /// Writes the credential, reads it back and compares.
    ///
    /// # Errors
    /// As above; the earlier credential is then still whole.
    fn write(
        &self,
        identity: &Identity,
        token: &RefreshToken,
    ) -> impl Future<Output = Result<(), Failure>> + Send;

    /// Removes the credential and every piece of it.
    ///
    /// # Errors
    /// As above.
    fn delete(&self) -> impl Future<Output = Result<(), Failure>> + Send;
}

/// The database.
pub trait Journal: Send + Sync {
    /// Reads the record.
    ///
    /// # Errors
    /// `STORE_DAMAGED` (the old file was kept aside and an empty one is in use), `STORE_NOT_WRITABLE`.
    fn load(&self) -> impl Future<Output = Result<Record, Failure>> + Send;

    /// Keeps changes in one transaction, in the order of the calls.
    ///
    /// # Errors
    /// `STORE_NOT_WRITABLE`; the changes are kept in memory and written with the next that succeeds.
    fn commit(&self, changes: Vec<Change>) -> impl Future<Output = Result<(), Failure>> + Send;

    /// Whether everything is being saved, as far as it is known without writing. Cheap.
    ///
    /// # Errors
    /// `STORE_NOT_WRITABLE`, `STORE_DAMAGED`.
    fn check(&self) -> Result<(), Failure>;
}

/// The system's browser.
pub trait Browser: Send + Sync {
    /// Opens an address.
    ///
    /// # Errors
    /// `BROWSER_NOT_OPENED`.
    fn open(&self, address: &SignInAddress) -> impl Future<Output = Result<(), Failure>> + Send;

    /// Whether there is something to open an address with. Starts nothing.
    fn is_available(&self) -> bool;
}

/// The private scheme by which the system hands an address over to this program.
pub trait DeepLink: Send + Sync {
    /// Whether the environment has a deep link and the system says that it leads to this program. Cheap.
    fn is_available(&self) -> bool;

    /// Sends a deep link with a nonce of its own through the system and waits until it arrives here. The caller
    /// bounds the wait and may drop it. A sign-in and the pre-flight may both ask at once.
    ///
    /// # Errors
    /// `RETURN_BLOCKED` when the system takes no such address.
    fn prove(&self) -> impl Future<Output = Result<(), Failure>> + Send;
}

/// Time and chance.
pub trait Clock: Send + Sync {
    /// The wall clock.
    fn now(&self) -> Timestamp;

    /// Time that never jumps, since some fixed moment.
    fn elapsed(&self) -> Duration;

    /// Waits.
    fn sleep(&self, duration: Duration) -> impl Future<Output = ()> + Send;

    /// Tells whoever waits inside `work` that nothing is worth waiting for after `limit`. Does not end `work` itself.
    fn bounded<F>(&self, _limit: Duration, work: F) -> impl Future<Output = F::Output> + Send
    where
        F: Future + Send,
    {
        work
    }

    /// An identifier that nobody else has.
    fn unique_id(&self) -> String;
}

/// Everything together.
pub trait Ports: Send + Sync + 'static {
    /// Entra ID.
    type Authority: Authority;
    /// Partner Center.
    type PartnerCenter: PartnerCenter;
    /// The keychain.
    type Vault: Vault;
    /// The database.
    type Journal: Journal;
    /// The browser.
    type Browser: Browser;
    /// The private scheme.
    type DeepLink: DeepLink;
    /// Time and chance.
    type Clock: Clock;

    /// Entra ID.
    fn authority(&self) -> &Self::Authority;
    /// Partner Center.
    fn partner_center(&self) -> &Self::PartnerCenter;
    /// The keychain.
    fn vault(&self) -> &Self::Vault;
    /// The database.
    fn journal(&self) -> &Self::Journal;
    /// The browser.
    fn browser(&self) -> &Self::Browser;
    /// The private scheme.
    fn deep_link(&self) -> &Self::DeepLink;
    /// Time and chance.
    fn clock(&self) -> &Self::Clock;
}
