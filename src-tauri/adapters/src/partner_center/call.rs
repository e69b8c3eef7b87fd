//! One reading call: its headers, its ids, its attempts, and what a refusal means.

use ::http::{HeaderValue, Request, header};
use mpc_connect_core::classify::{self, ApiKind, HttpAnswer};
use mpc_connect_core::failure::{Failure, FailureClass};
use mpc_connect_core::secret::AccessToken;
use url::Url;
use uuid::Uuid;

use crate::http::{self, Answer, Attempts, Limits, OPERATION};

const ID_HEADERS: [&str; 5] =
    ["client-request-id", "request-id", "x-ms-request-id", "ms-correlationid", "ms-requestid"];
const LONGEST_ID: usize = 64;

/// A call that has not been made yet.
pub(super) struct Call {
    kind: ApiKind,
    address: Url,
    id: String,
    headers: Vec<(&'static str, String)>,
}

/// An answer of success with the shape of JSON.
pub(super) struct Success {
    answer: Answer,
    /// The id that Microsoft's support asks for; ours where none came back.
    pub(super) correlation_id: Option<String>,
}

impl Call {
    /// A call with the ids that the API wants; they stay the same when the call is repeated.
    pub(super) fn new(kind: ApiKind, address: Url) -> Self {
        let id = Uuid::new_v4().to_string();
        let headers = match kind {
            ApiKind::Referrals => vec![("client-request-id", id.clone())],
            ApiKind::Profile | ApiKind::Webhook => {
                vec![("MS-RequestId", Uuid::new_v4().to_string()), ("MS-CorrelationId", id.clone())]
            }
        };
        Self { kind, address, id, headers }
    }

    /// The same call with one more header.
    pub(super) fn with_header(mut self, name: &'static str, value: &str) -> Self {
        self.headers.push((name, value.to_owned()));
        self
    }

    /// Sends the call.
    pub(super) async fn send(self, http: &http::Client, access: &AccessToken) -> Result<Success, Failure> {
        let answer = self.answer(http, access).await?;
        self.judge(answer)
    }

    /// Sends the call; `None` where there is no such thing (404).
    pub(super) async fn send_or_absent(
        self,
        http: &http::Client,
        access: &AccessToken,
    ) -> Result<Option<Success>, Failure> {
        let answer = self.answer(http, access).await?;
        if answer.status == 404 { Ok(None) } else { self.judge(answer).map(Some) }
    }

    async fn answer(&self, http: &http::Client, access: &AccessToken) -> Result<Answer, Failure> {
        let unusable = |_| Failure::of(FailureClass::UnexpectedAnswer).with_code("access token");
        let mut bearer = HeaderValue::try_from(format!("Bearer {}", access.expose())).map_err(unusable)?;
        bearer.set_sensitive(true);
        // A request that cannot be built becomes one without address, which the client refuses.
        let build = || self.request(&bearer).unwrap_or_default();
        let answer =
            http.send_with_attempts(build, Limits::API, Attempts::READ, http::narrowed(OPERATION)).await;
        answer.map_err(|failure| self.identified(failure))
    }

    fn request(&self, bearer: &HeaderValue) -> Result<Request<Vec<u8>>, ::http::Error> {
        let mut request = Request::get(self.address.as_str())
            .header(header::AUTHORIZATION, bearer)
            .header(header::ACCEPT, "application/json");
        for (name, value) in &self.headers {
            request = request.header(*name, value);
        }
        request.body(Vec::new())
    }

    fn judge(&self, answer: Answer) -> Result<Success, Failure> {
        let seen = HttpAnswer::from(&answer);
        let judged = match answer.status {
            200..=299 => classify::success_shape(&seen),
            _ => Err(classify::api_error(self.kind, &seen)),
        };
        judged.map_err(|failure| self.identified(failure))?;
        let correlation_id = ID_HEADERS.iter().find_map(|name| answer.header(name).and_then(readable_id));
        Ok(Success { correlation_id: correlation_id.or_else(|| Some(self.id.clone())), answer })
    }

    fn identified(&self, failure: Failure) -> Failure {
        let id = failure.correlation_id.clone().unwrap_or_else(|| self.id.clone());
        failure.with_correlation_id(Some(id))
    }
}

impl Success {
    /// The body.
    pub(super) fn body(&self) -> &[u8] {
        &self.answer.body
    }

    /// The first value of a header.
    pub(super) fn header(&self, name: &str) -> Option<&str> {
        self.answer.header(name)
    }

    /// The failure of a body that does not hold what it has to.
    pub(super) fn unreadable(&self) -> Failure {
        let failure = Failure::of(FailureClass::UnexpectedAnswer).with_code("unreadable body");
        failure.with_correlation_id(self.correlation_id.clone())
    }
}

fn readable_id(text: &str) -> Option<String> {
    let fits = (1..=LONGEST_ID).contains(&text.len());
    let plain = text.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-');
    (fits && plain).then(|| text.to_owned())
}
