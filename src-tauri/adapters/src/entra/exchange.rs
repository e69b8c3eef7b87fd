//! Requests to the authority, and what is kept of their answers.

use std::pin::Pin;
use std::sync::Mutex;
use std::time::Duration;

use http::header::{ACCEPT, CONTENT_TYPE, HeaderName, HeaderValue};
use jiff::{SignedDuration, Timestamp};
use mpc_connect_core::classify::{self, HttpAnswer, TokenStage};
use mpc_connect_core::failure::Failure;
use oauth2::{AsyncHttpClient, HttpRequest, HttpResponse};
use url::Url;
use uuid::Uuid;

use super::attempt::locked;
use super::metadata::untrusted;
use super::token::Fields;
use crate::http::{Answer, Attempts, Client, Limits, OPERATION, narrowed};

const CORRELATION: HeaderName = HeaderName::from_static("client-request-id");
const RETURN_CORRELATION: HeaderName = HeaderName::from_static("return-client-request-id");
const BYTE_ORDER_MARK: &[u8] = b"\xEF\xBB\xBF";
/// The time for metadata or keys with all attempts.
const READING: Duration = Duration::from_secs(20);

/// Reads a JSON document of the authority. Answers its bytes and the correlation id.
///
/// # Errors
/// What the network or the authority said instead.
pub(super) async fn read(http: &Client, address: &Url) -> Result<(Vec<u8>, Option<String>), Failure> {
    let sent = Uuid::new_v4().to_string();
    let request = http::Request::get(address.as_str())
        .header(ACCEPT, "application/json")
        .header(CORRELATION, &sent)
        .header(RETURN_CORRELATION, "true")
        .body(Vec::new())
        .map_err(|_| untrusted("metadata: address"))?;
    let answer = http
        .send_with_attempts(|| request.clone(), Limits::DISCOVERY, Attempts::READ, narrowed(READING))
        .await?;
    if answer.status != 200 {
        return Err(
            classify::token_error(TokenStage::Unknown, &view(&answer)).with_correlation_id(Some(sent))
        );
    }
    classify::success_shape(&view(&answer))?;
    Ok((json(&answer).to_vec(), Some(correlation_id(&answer, sent))))
}

/// Carries one token request of `oauth2`, and keeps the answer as it arrived.
pub(super) struct Carrier<'h> {
    http: &'h Client,
    attempts: Attempts,
    sent: String,
    heard: Mutex<Option<Result<Answer, Failure>>>,
}

/// There is no answer that `oauth2` could read; [`Carrier::settle`] knows why.
#[derive(Debug, thiserror::Error)]
#[error("no answer")]
pub(super) struct NoAnswer;

/// What stands around a token answer.
#[derive(Debug)]
pub(super) struct Receipt {
    /// The id that Microsoft's support asks for.
    pub(super) correlation_id: Option<String>,
    /// By how many seconds the server's clock is ahead of ours.
    clock_difference: Option<i64>,
}

impl Receipt {
    /// The server's clock.
    pub(super) fn server_time(&self, now: Timestamp) -> Option<Timestamp> {
        now.checked_add(SignedDuration::from_secs(self.clock_difference?)).ok()
    }
}

impl<'h> Carrier<'h> {
    /// A carrier for one request.
    pub(super) fn new(http: &'h Client, attempts: Attempts) -> Self {
        Self { http, attempts, sent: Uuid::new_v4().to_string(), heard: Mutex::new(None) }
    }

    /// The fields of the answer, if it was a success.
    ///
    /// # Errors
    /// What the network, the token endpoint or something in between said instead.
    pub(super) fn settle<E>(
        self,
        stage: TokenStage,
        now: Timestamp,
        outcome: Result<Fields, E>,
    ) -> Result<(Fields, Receipt), Failure> {
        let heard = locked(&self.heard).take();
        let answer = heard.unwrap_or_else(|| Err(untrusted("token request")))?;
        let refuse = |failure: Failure| match failure.correlation_id {
            Some(_) => failure,
            None => failure.with_correlation_id(Some(self.sent.clone())),
        };
        if answer.status != 200 {
            return Err(refuse(classify::token_error(stage, &view(&answer))));
        }
        classify::success_shape(&view(&answer)).map_err(refuse)?;
        let fields = outcome.map_err(|_| refuse(untrusted("token answer")))?;
        fields.check().map_err(refuse)?;
        let clock_difference = answer.clock_difference(now);
        let correlation_id = Some(correlation_id(&answer, self.sent.clone()));
        Ok((fields, Receipt { correlation_id, clock_difference }))
    }
}

impl<'c> AsyncHttpClient<'c> for Carrier<'_> {
    type Error = NoAnswer;
    type Future = Pin<Box<dyn Future<Output = Result<HttpResponse, NoAnswer>> + Send + 'c>>;

    fn call(&'c self, mut request: HttpRequest) -> Self::Future {
        if let Ok(id) = HeaderValue::from_str(&self.sent) {
            request.headers_mut().insert(CORRELATION, id);
        }
        request.headers_mut().insert(RETURN_CORRELATION, HeaderValue::from_static("true"));
        Box::pin(async move {
            let build = || request.clone();
            let sending =
                self.http.send_with_attempts(build, Limits::TOKEN, self.attempts, narrowed(OPERATION));
            let answer = sending.await;
            let response = answer.as_ref().ok().and_then(response);
            *locked(&self.heard) = Some(answer);
            response.ok_or(NoAnswer)
        })
    }
}

fn response(answer: &Answer) -> Option<HttpResponse> {
    http::Response::builder()
        .status(answer.status)
        .header(CONTENT_TYPE, "application/json")
        .body(json(answer).to_vec())
        .ok()
}

fn json(answer: &Answer) -> &[u8] {
    answer.body.strip_prefix(BYTE_ORDER_MARK).unwrap_or(&answer.body)
}

fn view(answer: &Answer) -> HttpAnswer<'_> {
    HttpAnswer { status: answer.status, reason: &answer.reason, headers: &answer.headers, body: &answer.body }
}

/// The id as the server gave it back, its own, or the one that was sent.
fn correlation_id(answer: &Answer, sent: String) -> String {
    let is_id = |id: &&str| {
        (1..=64).contains(&id.len()) && id.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
    };
    let named = |name: &str| answer.header(name).map(str::trim).filter(is_id);
    named("client-request-id").or_else(|| named("x-ms-request-id")).map_or(sent, str::to_owned)
}
