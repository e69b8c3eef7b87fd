//! Who may hand something over at the listener, and what is answered.

use std::convert::Infallible;
use std::sync::Arc;

use http_body_util::{BodyExt as _, Full, Limited};
use hyper::body::{Body as _, Bytes, Incoming};
use hyper::header::{
    ALLOW, CACHE_CONTROL, CONTENT_SECURITY_POLICY, CONTENT_TYPE, HOST, ORIGIN, REFERRER_POLICY,
};
use hyper::header::{HeaderMap, HeaderName, HeaderValue, X_CONTENT_TYPE_OPTIONS};
use hyper::{Method, Request, Response, StatusCode};

use super::attempt::{Attempt, Heard};
use super::callback::Parameters;
use super::pages::{Page, Rendered};

const LONGEST_ADDRESS: usize = 8 * 1024;
const LARGEST_FORM: usize = 64 * 1024;

/// The door of one attempt.
pub(super) struct Door {
    /// Who waits behind it.
    pub(super) attempt: Arc<Attempt>,
    /// The path of the registered redirect.
    pub(super) path: String,
    /// The `Host` values that mean this listener; any other is a name that somebody pointed here.
    pub(super) hosts: [String; 2],
    /// The origin of the authority, whose page posts the form.
    pub(super) authority: String,
    /// What the browser shows.
    pub(super) pages: Arc<Rendered>,
}

impl Door {
    /// The door of a listener on `port`.
    pub(super) fn new(attempt: Arc<Attempt>, path: &str, port: u16, pages: Arc<Rendered>) -> Self {
        Self {
            path: path.to_owned(),
            hosts: [format!("localhost:{port}"), format!("127.0.0.1:{port}")],
            authority: attempt.metadata.authorization_endpoint.origin().ascii_serialization(),
            attempt,
            pages,
        }
    }

    /// Answers one request. Whatever is refused leaves the attempt as it was.
    pub(super) async fn answer(
        &self,
        request: Request<Incoming>,
    ) -> Result<Response<Full<Bytes>>, Infallible> {
        let heard = match self.parameters(request).await {
            Ok(parameters) => self.attempt.hear(&parameters),
            Err(status) => {
                tracing::info!(%status, "refused a request at the listener");
                return Ok(self.respond(status, None));
            }
        };
        Ok(match heard {
            Heard::Taken | Heard::Again => self.respond(StatusCode::OK, Some(self.attempt.page())),
            Heard::Stranger => self.respond(StatusCode::BAD_REQUEST, Some(Page::TooOld)),
        })
    }

    /// The parameters of a request that may hand something over.
    async fn parameters(&self, request: Request<Incoming>) -> Result<Parameters, StatusCode> {
        self.check_sender(&request)?;
        match *request.method() {
            Method::POST => {
                check_form(request.headers())?;
                let form = read(request.into_body()).await?;
                Ok(Parameters::read(&String::from_utf8_lossy(&form)))
            }
            // A code in an address would stay in the browser's history, so only an error may come this way.
            Method::GET => Some(Parameters::read(request.uri().query().unwrap_or_default()))
                .filter(Parameters::is_error_alone)
                .ok_or(StatusCode::METHOD_NOT_ALLOWED),
            _ => Err(StatusCode::METHOD_NOT_ALLOWED),
        }
    }

    fn check_sender(&self, request: &Request<Incoming>) -> Result<(), StatusCode> {
        let address = request.uri();
        if address.path_and_query().is_none_or(|whole| whole.as_str().len() > LONGEST_ADDRESS) {
            return Err(StatusCode::URI_TOO_LONG);
        }
        let host = only(request.headers(), &HOST).unwrap_or_default();
        if address.authority().is_some() || !self.hosts.iter().any(|ours| ours == host) {
            return Err(StatusCode::FORBIDDEN);
        }
        if address.path() != self.path {
            return Err(StatusCode::NOT_FOUND);
        }
        let origin_fits = match only(request.headers(), &ORIGIN) {
            Some(origin) => origin == "null" || origin == self.authority,
            None => !request.headers().contains_key(ORIGIN),
        };
        if origin_fits { Ok(()) } else { Err(StatusCode::FORBIDDEN) }
    }

    fn respond(&self, status: StatusCode, page: Option<Page>) -> Response<Full<Bytes>> {
        let body = page.map(|page| self.pages.page(page)).unwrap_or_default();
        let mut response = Response::new(Full::new(body));
        *response.status_mut() = status;
        let headers = response.headers_mut();
        headers.insert(CONTENT_TYPE, HeaderValue::from_static("text/html; charset=utf-8"));
        headers.insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
        headers.insert(REFERRER_POLICY, HeaderValue::from_static("no-referrer"));
        headers.insert(X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
        let policy = HeaderValue::from_str(&self.pages.policy);
        headers.insert(
            CONTENT_SECURITY_POLICY,
            policy.unwrap_or(HeaderValue::from_static("default-src 'none'")),
        );
        if status == StatusCode::METHOD_NOT_ALLOWED {
            headers.insert(ALLOW, HeaderValue::from_static("POST"));
        }
        response
    }
}

fn check_form(headers: &HeaderMap) -> Result<(), StatusCode> {
    let kind = only(headers, &CONTENT_TYPE).unwrap_or_default();
    let media_type = kind.split(';').next().unwrap_or_default().trim();
    let is_form = media_type.eq_ignore_ascii_case("application/x-www-form-urlencoded");
    if is_form { Ok(()) } else { Err(StatusCode::UNSUPPORTED_MEDIA_TYPE) }
}

async fn read(body: Incoming) -> Result<Bytes, StatusCode> {
    if body.size_hint().lower() > LARGEST_FORM as u64 {
        return Err(StatusCode::PAYLOAD_TOO_LARGE);
    }
    let whole = Limited::new(body, LARGEST_FORM).collect().await;
    whole.map(http_body_util::Collected::to_bytes).map_err(|_| StatusCode::PAYLOAD_TOO_LARGE)
}

/// The value of a header that stands exactly once and is text.
fn only<'h>(headers: &'h HeaderMap, name: &HeaderName) -> Option<&'h str> {
    let mut values = headers.get_all(name).iter();
    let value = values.next()?;
    if values.next().is_some() { None } else { value.to_str().ok() }
}
