//! Signing in with Microsoft Entra ID, or another OpenID provider of the environment.
//!
//! Authorization code with PKCE for a public client (RFC 8252, RFC 7636, RFC 9700); the answer comes back over a
//! listener on this computer or as a deep link.

mod attempt;
mod authorize;
mod callback;
mod discovery;
mod door;
mod exchange;
mod id_token;
mod issuer;
mod keys;
mod link;
mod loopback;
mod metadata;
mod pages;
mod random;
mod redeem;
mod token;

use std::collections::HashMap;
use std::fmt;
use std::pin::pin;
use std::sync::{Arc, Mutex};

use jiff::Timestamp;
use mpc_connect_core::environment::Environment;
use mpc_connect_core::failure::{Failure, FailureClass};
use mpc_connect_core::ports::{
    AttemptId, Authority, AuthorizationRequest, Grant, Resource, SignInAddress, Way,
};
use mpc_connect_core::secret::RefreshToken;

use crate::http::Client;
use attempt::{Attempt, Heard, locked, used_up};
use discovery::Discovery;
use door::Door;
use loopback::{Listener, Sockets};
use pages::Rendered;

pub use pages::{BrowserPage, BrowserPages};

type Now = Box<dyn Fn() -> Timestamp + Send + Sync>;

/// The authority of an environment. Sign-ins that are under way live in its memory only.
pub struct Entra {
    environment: Environment,
    http: Client,
    pages: Arc<Rendered>,
    now: Now,
    discovery: Discovery,
    attempts: Mutex<HashMap<AttemptId, Running>>,
}

struct Running {
    attempt: Arc<Attempt>,
    listener: Option<Listener>,
}

/// What became of a deep link.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Delivered {
    /// It was the answer that an attempt waited for.
    Taken,
    /// The attempt had its answer before; nothing changed.
    Again,
    /// It is an answer, but to no attempt of this process: an older one's, or forged. Nothing changed.
    Stranger,
    /// It is not an answer at the registered redirect: another address, or one that says more than one thing.
    NotOurs,
}

impl Entra {
    /// An authority that was not asked anything yet. `pages` is what the browser shows; `now` is the wall clock.
    #[must_use]
    pub fn new(
        environment: Environment,
        http: Client,
        pages: BrowserPages,
        now: impl Fn() -> Timestamp + Send + Sync + 'static,
    ) -> Self {
        Self {
            discovery: Discovery::new(environment.metadata.clone(), http.clone()),
            pages: Arc::new(Rendered::of(&pages)),
            environment,
            http,
            now: Box::new(now),
            attempts: Mutex::default(),
        }
    }

    /// Takes an address that the system handed over. It may be anything; only an answer with the state of an attempt
    /// that waits for a deep link changes something.
    pub fn deliver_deep_link(&self, address: &str) -> Delivered {
        let registered = self.environment.deep_link.as_deref();
        let Some(parameters) = registered.and_then(|literal| link::answer(address, literal)) else {
            return Delivered::NotOurs;
        };
        let attempts = locked(&self.attempts);
        let waiting = attempts.values().filter(|running| running.attempt.way == Way::DeepLink);
        let heard =
            waiting.map(|running| running.attempt.hear(&parameters)).find(|heard| *heard != Heard::Stranger);
        match heard {
            Some(Heard::Taken) => Delivered::Taken,
            Some(Heard::Again) => Delivered::Again,
            Some(Heard::Stranger) | None => Delivered::Stranger,
        }
    }

    fn attempt(&self, id: AttemptId) -> Result<Arc<Attempt>, Failure> {
        locked(&self.attempts).get(&id).map(|running| Arc::clone(&running.attempt)).ok_or_else(used_up)
    }

    /// Nothing more is taken once the answer was heard (RFC 8252, section 8.3). The page still reaches the browser.
    async fn close_way_back(&self, id: AttemptId, attempt: &Arc<Attempt>) {
        let listener = locked(&self.attempts)
            .get_mut(&id)
            .filter(|running| Arc::ptr_eq(&running.attempt, attempt))
            .and_then(|running| running.listener.take());
        if let Some(listener) = listener {
            listener.close().await;
        }
    }

    async fn way_back(&self, way: Way) -> Result<(String, Option<Sockets>), Failure> {
        match way {
            Way::DeepLink => {
                let literal = self.environment.deep_link.clone().ok_or_else(|| blocked("no deep link"))?;
                Ok((literal, None))
            }
            Way::Loopback => {
                let sockets = Sockets::open().await.map_err(|_| blocked("no port"))?;
                let mut redirect = self.environment.loopback.clone();
                redirect.set_port(Some(sockets.port)).map_err(|()| blocked("no port"))?;
                Ok((redirect.into(), Some(sockets)))
            }
        }
    }
}

impl Authority for Entra {
    fn name(&self) -> String {
        let Environment { metadata, client_id, .. } = &self.environment;
        format!("{}{} {client_id}", metadata.origin().ascii_serialization(), metadata.path())
    }

    async fn metadata(&self) -> Result<Option<String>, Failure> {
        self.discovery.read_metadata().await
    }

    async fn begin(&self, request: &AuthorizationRequest) -> Result<SignInAddress, Failure> {
        self.end(request.attempt).await;
        let metadata = self.discovery.metadata().await?;
        let (redirect, sockets) = self.way_back(request.way).await?;
        let attempt = Arc::new(Attempt::new(request.way, redirect, metadata)?);
        let address = authorize::address(&self.environment, &attempt, request)?;
        let listener = sockets.map(|sockets| {
            let (path, port) = (self.environment.loopback.path(), sockets.port);
            let door = Door::new(Arc::clone(&attempt), path, port, Arc::clone(&self.pages));
            sockets.serve(door)
        });
        locked(&self.attempts).insert(request.attempt, Running { attempt, listener });
        Ok(address)
    }

    async fn answer(&self, id: AttemptId) -> Result<(), Failure> {
        let attempt = self.attempt(id)?;
        let mut answered = pin!(attempt.answered());
        let outcome = tokio::select! {
            biased;
            outcome = &mut answered => outcome,
            // While the person signs in there is time to read the signing keys. A failure shows when they are needed.
            _ = self.discovery.keys(&attempt.metadata) => answered.await,
        };
        self.close_way_back(id, &attempt).await;
        outcome
    }

    async fn redeem(&self, id: AttemptId) -> Result<Grant, Failure> {
        let attempt = self.attempt(id)?;
        self.redeem_code(&attempt).await
    }

    async fn prove_loopback(&self) -> Result<(), Failure> {
        let sockets = Sockets::open().await.map_err(|_| blocked("no port"))?;
        sockets.knock().await.map_err(|_| blocked("no answer"))
    }

    async fn end(&self, id: AttemptId) {
        let ended = locked(&self.attempts).remove(&id);
        let Some(Running { attempt, listener }) = ended else { return };
        attempt.end();
        if let Some(listener) = listener {
            listener.close().await;
        }
    }

    async fn refresh(&self, token: &RefreshToken, resource: Resource) -> Result<Grant, Failure> {
        self.use_refresh_token(token, resource).await
    }
}

impl fmt::Debug for Entra {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("Entra").field("environment", &self.environment.name).finish_non_exhaustive()
    }
}

fn blocked(code: &str) -> Failure {
    Failure::of(FailureClass::ReturnBlocked).with_code(code)
}
