//! Sending a request and reading its answer within bounds.

use std::sync::{Arc, OnceLock};

use mpc_connect_core::environment::{Environment, is_loopback};
use mpc_connect_core::failure::{Failure, FailureClass};
use reqwest::{Proxy, redirect, retry};
use tokio::time::{Instant, sleep_until, timeout};
use url::Url;

use super::answer::Answer;
use super::attempts::{Attempts, LONGEST_RETRY_AFTER, asked_to_wait};
use super::certificate;
use super::lanes::{Lane, Lanes};
use super::limits::{CONNECT, Limits};
use super::transport::Broken;

const USER_AGENT: &str = concat!("mpc-connect/", env!("CARGO_PKG_VERSION"));

/// Sends requests to the origins given at its construction. Clones share connections.
#[derive(Clone, Debug)]
pub struct Client(Arc<Shared>);

#[derive(Debug)]
struct Shared {
    lanes: Lanes,
    proxy: Option<Url>,
    /// To this computer: never through a proxy.
    near: OnceLock<Result<reqwest::Client, Failure>>,
    /// To the world: through the given proxy or the system's.
    far: OnceLock<Result<reqwest::Client, Failure>>,
}

impl Client {
    /// A client for the origins (scheme, host, port) of these addresses. `proxy` takes the place of the system's.
    #[must_use]
    pub fn new(allowed: impl IntoIterator<Item = Url>, proxy: Option<Url>) -> Self {
        let lanes = Lanes::to(allowed);
        Self(Arc::new(Shared { lanes, proxy, near: OnceLock::new(), far: OnceLock::new() }))
    }

    /// A client for the authority and the resources of an environment.
    #[must_use]
    pub fn for_environment(environment: &Environment, proxy: Option<Url>) -> Self {
        let profiles = environment.profiles.iter().map(|profiles| profiles.base.clone());
        let others = [environment.metadata.clone(), environment.referrals.base.clone()];
        Self::new(others.into_iter().chain(profiles), proxy)
    }

    /// Sends a request once.
    ///
    /// # Errors
    /// `UNEXPECTED_ANSWER` for an address that is not allowed and for an answer that is too large or unreadable;
    /// `OFFLINE`, `NETWORK_BLOCKED` or `RETRY_LATER` where no answer came.
    pub async fn send(&self, request: http::Request<Vec<u8>>, limits: Limits) -> Result<Answer, Failure> {
        self.exchange(request, limits).await.map_err(|broken| *broken.failure)
    }

    /// Sends a request up to the attempts allowed, with waits between them, and ends by `deadline`.
    ///
    /// An answer that asks to wait for longer than is left is handed back as it is; the core's classification makes
    /// `RETRY_LATER` with its wait of it.
    ///
    /// # Errors
    /// As [`Self::send`]; `RETRY_LATER` with the seconds left while the host asked an earlier request for silence
    /// that lasts beyond `deadline`.
    pub async fn send_with_attempts(
        &self,
        build: impl Fn() -> http::Request<Vec<u8>> + Send + Sync,
        limits: Limits,
        attempts: Attempts,
        deadline: Instant,
    ) -> Result<Answer, Failure> {
        let attempt = || async {
            let request = build();
            let lane = self.lane(&address(&request)?)?;
            if let Some(until) = lane.quiet_until() {
                if until >= deadline {
                    return Err(Broken::for_good(asked_to_wait(until)));
                }
                sleep_until(until).await;
            }
            let answer = self.exchange(request, limits).await?;
            if let Some(wait) = answer.retry_after().filter(|wait| *wait <= LONGEST_RETRY_AFTER) {
                lane.keep_quiet(wait);
            }
            Ok(answer)
        };
        attempts.run(deadline, attempt).await.map_err(|broken| *broken.failure)
    }

    async fn exchange(&self, request: http::Request<Vec<u8>>, limits: Limits) -> Result<Answer, Broken> {
        let address = address(&request)?;
        let _place = self.lane(&address)?.place().await;
        let method = request.method().clone();
        let start = Instant::now();
        let reading = self.answer_to(request, &address, limits);
        let outcome = timeout(limits.total, reading).await.unwrap_or_else(|_| Err(Broken::out_of_time()));
        let status = outcome.as_ref().map_or(0, |answer| answer.status);
        let (host, milliseconds) = (address.host_str().unwrap_or_default(), start.elapsed().as_millis());
        tracing::debug!(%method, host, path = address.path(), status, milliseconds, "exchange");
        outcome
    }

    async fn answer_to(
        &self,
        request: http::Request<Vec<u8>>,
        address: &Url,
        limits: Limits,
    ) -> Result<Answer, Broken> {
        let request = reqwest::Request::try_from(request).map_err(Broken::from_error)?;
        let sending = self.line_to(address)?.execute(request);
        let head = timeout(CONNECT + limits.read, sending).await.map_err(|_| Broken::out_of_time())?;
        let mut response = head.map_err(Broken::from_error)?;
        let mut answer = Answer::headed(&response);
        if response.content_length().is_some_and(|length| length > limits.largest_body as u64) {
            return Err(Broken::too_large());
        }
        loop {
            let part = timeout(limits.read, response.chunk()).await.map_err(|_| Broken::out_of_time())?;
            let Some(part) = part.map_err(Broken::from_error)? else { return Ok(answer) };
            if answer.body.len().saturating_add(part.len()) > limits.largest_body {
                return Err(Broken::too_large());
            }
            answer.body.extend_from_slice(&part);
        }
    }

    fn lane(&self, address: &Url) -> Result<&Lane, Broken> {
        let safe = address.scheme() == "https" || is_loopback(address);
        let lane = self.0.lanes.of(address).filter(|_| safe);
        lane.ok_or_else(|| Broken::for_good(refused("host not allowed")))
    }

    fn line_to(&self, address: &Url) -> Result<&reqwest::Client, Broken> {
        let line = if is_loopback(address) {
            self.0.near.get_or_init(|| build(|builder| Ok(builder.no_proxy())))
        } else {
            self.0.far.get_or_init(|| {
                build(|builder| match &self.0.proxy {
                    Some(proxy) => Ok(builder.proxy(Proxy::all(proxy.as_str())?)),
                    None => Ok(builder),
                })
            })
        };
        line.as_ref().map_err(|failure| Broken::for_good(failure.clone()))
    }
}

fn build(
    route: impl FnOnce(reqwest::ClientBuilder) -> Result<reqwest::ClientBuilder, reqwest::Error>,
) -> Result<reqwest::Client, Failure> {
    let blocked = |code: &str| Failure::of(FailureClass::NetworkBlocked).with_code(code);
    let tls = certificate::configuration().map_err(|_| blocked("certificate store"))?;
    let builder = reqwest::Client::builder()
        .tls_backend_preconfigured(tls)
        .http1_only()
        .redirect(redirect::Policy::none())
        .retry(retry::never())
        .referer(false)
        .connect_timeout(CONNECT)
        .user_agent(USER_AGENT);
    route(builder).and_then(reqwest::ClientBuilder::build).map_err(|_| blocked("proxy"))
}

fn address(request: &http::Request<Vec<u8>>) -> Result<Url, Broken> {
    let parsed = Url::parse(&request.uri().to_string()).ok();
    parsed.ok_or_else(|| Broken::for_good(refused("no address")))
}

fn refused(code: &str) -> Failure {
    Failure::of(FailureClass::UnexpectedAnswer).with_code(code)
}
