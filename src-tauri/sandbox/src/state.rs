//! What every request handler shares.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use axum::http::HeaderMap;
use jiff::Timestamp;
use uuid::Uuid;

use crate::aadsts::{Cause, Refusal};
use crate::accounts::Account;
use crate::faults::{Fault, FaultBoard};
use crate::grants::Ledger;
use crate::keys::KeyRing;
use crate::request_log::RequestLog;
use crate::resource::Resource;

/// How far the clock is ahead while the fault is on.
const SKEW: Duration = Duration::from_secs(3600);

/// One running sandbox.
pub(crate) struct Sandbox {
    /// Scheme and authority of its own address, without a slash at the end.
    pub(crate) base: String,
    /// The custom-scheme redirect that counts as registered.
    pub(crate) deep_link: String,
    pub(crate) keys: KeyRing,
    pub(crate) faults: FaultBoard,
    pub(crate) log: RequestLog,
    ledger: Mutex<Ledger>,
}

/// The sandbox as handlers hold it.
pub(crate) type Shared = Arc<Sandbox>;

impl Sandbox {
    pub(crate) fn new(base: String, deep_link: String, keys: KeyRing, log: RequestLog) -> Self {
        Self { base, deep_link, keys, faults: FaultBoard::default(), log, ledger: Mutex::default() }
    }

    /// What is remembered; never held across an await.
    pub(crate) fn ledger(&self) -> MutexGuard<'_, Ledger> {
        self.ledger.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The time that the sandbox tells.
    pub(crate) fn now(&self) -> Timestamp {
        let now = Timestamp::now();
        if self.faults.is_on(Fault::ClockSkew) { now.checked_add(SKEW).unwrap_or(now) } else { now }
    }

    /// A refusal that happens now, under the caller's correlation id where it sent one.
    pub(crate) fn refusal(&self, cause: Cause, headers: &HeaderMap) -> Refusal {
        let id = headers.get("client-request-id").and_then(|value| value.to_str().ok());
        Refusal::new(cause, id.and_then(|id| Uuid::parse_str(id).ok()), self.now())
    }

    /// Whether the person or the directory consented to a resource, and nobody withdrew it since.
    pub(crate) fn has_consent(&self, account: &Account, resource: Resource) -> bool {
        self.ledger()
            .consented(account, resource)
            .any(|granted| !self.faults.hit_after(Fault::ConsentWithdrawn, granted))
    }

    /// Forgets everything but the signing keys.
    pub(crate) fn reset(&self) {
        self.faults.clear();
        self.log.clear();
        *self.ledger() = Ledger::default();
    }
}
