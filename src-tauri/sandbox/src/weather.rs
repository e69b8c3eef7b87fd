//! What lies over every answer: delay, the clock, and the caller's own request id.

use std::time::Duration;

use axum::extract::{Request, State};
use axum::http::{HeaderName, HeaderValue, header};
use axum::middleware::Next;
use axum::response::Response;

use crate::faults::Fault;
use crate::state::Shared;

/// How much longer an answer takes while the fault is on.
const DELAY: Duration = Duration::from_secs(5);
const CLIENT_REQUEST_ID: HeaderName = HeaderName::from_static("client-request-id");

/// Wraps every handler.
pub(crate) async fn weather(State(sandbox): State<Shared>, request: Request, next: Next) -> Response {
    let id = request.headers().get(CLIENT_REQUEST_ID).cloned();
    if sandbox.faults.is_on(Fault::Slow) {
        tokio::time::sleep(DELAY).await;
    }
    let mut response = next.run(request).await;
    if let Some(id) = id {
        response.headers_mut().insert(CLIENT_REQUEST_ID, id);
    }
    let date = sandbox.now().strftime("%a, %d %b %Y %H:%M:%S GMT").to_string();
    if let Ok(date) = HeaderValue::try_from(date) {
        response.headers_mut().insert(header::DATE, date);
    }
    response
}
