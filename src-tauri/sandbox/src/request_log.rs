//! Every request in order, without its secrets.

use std::collections::{BTreeMap, VecDeque};
use std::sync::{Mutex, MutexGuard, PoisonError};

use axum::body::{Body, to_bytes};
use axum::extract::{Request, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use serde_json::{Map, Value, json};
use url::form_urlencoded;

use crate::json::set;
use crate::state::Shared;

/// What stands in place of a secret.
pub const REMOVED: &str = "[removed]";
/// The most requests that are kept; older ones are dropped.
const KEPT: usize = 20_000;
/// The longest body that is accepted, in bytes.
const LONGEST_BODY: usize = 256 * 1024;

/// Parameters whose value is a secret, or lets somebody continue a sign-in.
const SECRET_PARAMETERS: [&str; 11] = [
    "code",
    "code_verifier",
    "refresh_token",
    "access_token",
    "id_token",
    "id_token_hint",
    "password",
    "client_secret",
    "client_assertion",
    "assertion",
    "flow",
];

/// Headers worth showing; the first one never with its value.
const SHOWN_HEADERS: [&str; 11] = [
    "authorization",
    "accept",
    "client-request-id",
    "content-type",
    "if-match",
    "ms-correlationid",
    "ms-requestid",
    "origin",
    "prefer",
    "user-agent",
    "validatemfa",
];

/// The log.
#[derive(Debug, Default)]
pub struct RequestLog {
    entries: Mutex<(u64, VecDeque<Value>)>,
    /// Value and name of each secret that arrived; `None` where they are to be forgotten.
    secrets: Option<Mutex<BTreeMap<String, String>>>,
}

impl RequestLog {
    /// A log that also keeps what it removes, for tests that look for it elsewhere.
    pub(crate) fn that_keeps_secrets() -> Self {
        Self { entries: Mutex::default(), secrets: Some(Mutex::default()) }
    }

    /// Every secret that arrived, as value and name; `None` unless they are kept.
    pub fn secrets(&self) -> Option<Value> {
        let secrets = self.secrets.as_ref()?.lock().unwrap_or_else(PoisonError::into_inner);
        Some(secrets.iter().map(|(value, name)| json!({"name": name, "value": value})).collect())
    }

    fn keep_secrets(&self, found: impl Iterator<Item = (String, String)>) {
        if let Some(secrets) = &self.secrets {
            let mut secrets = secrets.lock().unwrap_or_else(PoisonError::into_inner);
            secrets.extend(found.filter(|(value, _)| !value.is_empty()));
        }
    }

    fn entries(&self) -> MutexGuard<'_, (u64, VecDeque<Value>)> {
        self.entries.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Forgets every request.
    pub fn clear(&self) {
        *self.entries() = (0, VecDeque::new());
        if let Some(secrets) = &self.secrets {
            secrets.lock().unwrap_or_else(PoisonError::into_inner).clear();
        }
    }

    /// Every request that is kept, oldest first.
    pub fn listing(&self) -> Value {
        self.entries().1.iter().cloned().collect()
    }

    fn add(&self, mut entry: Value) -> u64 {
        let mut entries = self.entries();
        entries.0 += 1;
        let sequence = entries.0;
        set(&mut entry, "sequence", sequence);
        entries.1.push_back(entry);
        if entries.1.len() > KEPT {
            entries.1.pop_front();
        }
        sequence
    }

    fn answered(&self, sequence: u64, status: StatusCode) {
        let mut entries = self.entries();
        let entry = entries
            .1
            .iter_mut()
            .rev()
            .find(|entry| entry.get("sequence").and_then(Value::as_u64) == Some(sequence));
        if let Some(entry) = entry {
            set(entry, "status", status.as_u16());
        }
    }
}

/// Wraps every handler: notes the request when it arrives, and the status when it is answered.
pub(crate) async fn note(State(sandbox): State<Shared>, request: Request, next: Next) -> Response {
    let (parts, body) = request.into_parts();
    let Ok(bytes) = to_bytes(body, LONGEST_BODY).await else {
        return StatusCode::PAYLOAD_TOO_LARGE.into_response();
    };
    let is_form = parts
        .headers
        .get(header::CONTENT_TYPE)
        .is_some_and(|kind| kind.as_bytes().starts_with(b"application/x-www-form-urlencoded"));
    let form: &[u8] = if is_form { &bytes } else { &[] };
    sandbox.log.keep_secrets(secrets_of(parts.uri.query().unwrap_or_default().as_bytes()));
    sandbox.log.keep_secrets(secrets_of(form).chain(bearer(&parts.headers)));
    let sequence = sandbox.log.add(json!({
        "method": parts.method.as_str(),
        "path": parts.uri.path(),
        "query": shown(parts.uri.query().unwrap_or_default().as_bytes()),
        "form": shown(form),
        "headers": shown_headers(&parts.headers),
        "status": null,
    }));
    let response = next.run(Request::from_parts(parts, Body::from(bytes))).await;
    sandbox.log.answered(sequence, response.status());
    response
}

fn is_secret(name: &str) -> bool {
    SECRET_PARAMETERS.contains(&name.to_ascii_lowercase().as_str())
}

/// Value and name of each secret parameter.
fn secrets_of(encoded: &[u8]) -> impl Iterator<Item = (String, String)> {
    let fields = form_urlencoded::parse(encoded).filter(|(name, _)| is_secret(name));
    fields.map(|(name, value)| (value.into_owned(), name.to_ascii_lowercase()))
}

/// The token of the request, as value and name.
fn bearer(headers: &HeaderMap) -> Option<(String, String)> {
    let value = headers.get(header::AUTHORIZATION)?.to_str().ok()?;
    Some((value.split_once(' ')?.1.to_owned(), "access_token".to_owned()))
}

/// Names and values, secrets replaced; a name that occurs twice has a list.
fn shown(encoded: &[u8]) -> Value {
    let mut fields = Map::new();
    for (name, value) in form_urlencoded::parse(encoded) {
        let value = Value::from(if is_secret(&name) { REMOVED } else { &value });
        match fields.get_mut(name.as_ref()) {
            Some(Value::Array(values)) => values.push(value),
            Some(first) => *first = json!([first.take(), value]),
            None => {
                fields.insert(name.into_owned(), value);
            }
        }
    }
    Value::Object(fields)
}

fn shown_headers(headers: &HeaderMap) -> Value {
    let present = SHOWN_HEADERS.iter().filter_map(|name| {
        let value = headers.get(*name)?;
        let text =
            if *name == "authorization" { REMOVED.into() } else { String::from_utf8_lossy(value.as_bytes()) };
        Some(((*name).to_owned(), Value::from(text)))
    });
    Value::Object(present.collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn secrets_are_removed_and_the_rest_stays() {
        let fields =
            shown(b"code=secret&Password=secret&scope=openid+x&redirect_uri=http%3A%2F%2Fl&code=again");
        assert_eq!(
            fields,
            json!({"code": [REMOVED, REMOVED], "Password": REMOVED, "scope": "openid x", "redirect_uri": "http://l"})
        );
    }

    #[test]
    fn the_bearer_token_is_never_shown() {
        let mut headers = HeaderMap::new();
        headers.insert("authorization", "Bearer secret".parse().unwrap());
        headers.insert("cookie", "secret".parse().unwrap());
        assert_eq!(shown_headers(&headers), json!({"authorization": REMOVED}));
    }
}
