//! A provider, the program's own side of it, and a browser between them.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use jiff::{SignedDuration, Timestamp};
use mpc_connect_adapters::entra::{BrowserPages, Entra};
use mpc_connect_adapters::http::Client;
use mpc_connect_core::environment::Environment;
use mpc_connect_core::failure::Failure;
use mpc_connect_core::ports::{AttemptId, Authority, AuthorizationRequest, Grant, Way};
use mpc_connect_core::words::Words;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use url::{Url, form_urlencoded};

use super::entra_provider::{CLIENT, Consent, Deviation, Provider};

pub(crate) const DEEP_LINK: &str = "com.mpc-connect.desktop.dev://auth";
pub(crate) const SCOPE: &str = "https://api.example/user_impersonation";
pub(crate) const PROFILES: &str = "https://profiles.example/user_impersonation";

pub(crate) struct Setup {
    pub(crate) provider: Provider,
    pub(crate) entra: Entra,
    /// Seconds by which this computer's clock is ahead.
    pub(crate) clock_ahead: Arc<AtomicI64>,
}

pub(crate) fn environment(base: &str, prompt: &str) -> Environment {
    let text = format!(
        "name='test'\nmetadata='{base}/organizations/v2.0/.well-known/openid-configuration'\nclient_id='{CLIENT}'\n\
         prompt='{prompt}'\ndeep_link='{DEEP_LINK}'\n[referrals]\nbase='{base}/r'\nscope='{SCOPE}'\n\
         [profiles]\nbase='{base}'\nscope='{PROFILES}'\n"
    );
    Environment::parse(&text).unwrap()
}

pub(crate) fn request(attempt: AttemptId, way: Way) -> AuthorizationRequest {
    let username = "svc-cosell@contoso.example".to_owned();
    AuthorizationRequest { attempt, way, fresh_login: false, username, claims: None }
}

impl Setup {
    pub(crate) async fn new(deviation: Deviation) -> Self {
        Self::with_prompt(deviation, "select_account").await
    }

    pub(crate) async fn with_prompt(deviation: Deviation, prompt: &str) -> Self {
        let provider = Provider::start(deviation).await;
        let environment = environment(&provider.base(), prompt);
        let http = Client::for_environment(&environment, None);
        let pages = BrowserPages::from_words(&Words::plain(), "en");
        let clock_ahead = Arc::new(AtomicI64::new(0));
        let ahead = Arc::clone(&clock_ahead);
        let now = move || Timestamp::now() + SignedDuration::from_secs(ahead.load(Ordering::SeqCst));
        Self { provider, entra: Entra::new(environment, http, pages, now), clock_ahead }
    }

    /// Begins at the listener and lets the person agree.
    pub(crate) async fn begin(&self, attempt: AttemptId) -> Consent {
        let address = self.entra.begin(&request(attempt, Way::Loopback)).await.unwrap();
        self.provider.consent(&address.0)
    }

    /// Everything between the press and the tokens.
    pub(crate) async fn sign_in(&self, attempt: AttemptId) -> Result<Grant, Failure> {
        let address = self.entra.begin(&request(attempt, Way::Loopback)).await?;
        let consent = self.provider.consent(&address.0);
        assert_eq!(post(&consent.redirect, &consent.fields).await.status, 200);
        self.entra.answer(attempt).await?;
        let grant = self.entra.redeem(attempt).await;
        self.entra.end(attempt).await;
        grant
    }
}

/// What the listener said.
#[derive(Debug)]
pub(crate) struct Page {
    pub(crate) status: u16,
    pub(crate) head: String,
    pub(crate) body: String,
}

pub(crate) fn form(fields: &[(String, String)]) -> String {
    form_urlencoded::Serializer::new(String::new()).extend_pairs(fields).finish()
}

/// Posts the form as the authority's page makes a browser do.
pub(crate) async fn post(redirect: &Url, fields: &[(String, String)]) -> Page {
    let host = format!("localhost:{}", redirect.port().unwrap());
    send(redirect, &posted(redirect.path(), &host, "", &form(fields))).await
}

/// The bytes of a POST, with more header lines.
pub(crate) fn posted(path: &str, host: &str, more: &str, body: &str) -> String {
    format!(
        "POST {path} HTTP/1.1\r\nHost: {host}\r\nContent-Type: application/x-www-form-urlencoded\r\n{more}\
         Content-Length: {}\r\n\r\n{body}",
        body.len()
    )
}

/// Sends bytes to the listener and reads until it closes the connection.
pub(crate) async fn send(redirect: &Url, bytes: &str) -> Page {
    let mut stream = TcpStream::connect(("127.0.0.1", redirect.port().unwrap())).await.unwrap();
    // The listener may hang up in the middle of what it refuses.
    let _ = stream.write_all(bytes.as_bytes()).await;
    let mut answer = Vec::new();
    let _ = stream.read_to_end(&mut answer).await;
    let answer = String::from_utf8_lossy(&answer).into_owned();
    let (head, body) = answer.split_once("\r\n\r\n").unwrap_or((&answer, ""));
    let status = head.split(' ').nth(1).and_then(|word| word.parse().ok()).unwrap_or(0);
    Page { status, head: head.to_ascii_lowercase(), body: body.to_owned() }
}
