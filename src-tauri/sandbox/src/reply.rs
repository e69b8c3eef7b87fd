//! The way back to the application: where an answer goes and in which form.

use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use url::Url;

use crate::accounts::CLIENT_ID;
use crate::pages;

/// How an answer travels.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum ResponseMode {
    /// In the query of the redirect.
    Query,
    /// In a form that the browser posts (OAuth 2.0 Form Post Response Mode).
    FormPost,
}

impl ResponseMode {
    /// Reads the parameter; `query` is the default of the code flow.
    pub(crate) fn parse(text: Option<&str>) -> Option<Self> {
        match text {
            None | Some("query") => Some(Self::Query),
            Some("form_post") => Some(Self::FormPost),
            Some(_) => None,
        }
    }
}

/// Where the answer to one request goes.
#[derive(Debug, Clone)]
pub(crate) struct ReturnAddress {
    /// A registered redirect, as the request spelled it.
    pub(crate) redirect: Url,
    /// Its spelling, which the token request must repeat.
    pub(crate) spelling: String,
    pub(crate) mode: ResponseMode,
    pub(crate) state: Option<String>,
}

/// Names and values of an answer.
pub(crate) type Answer = Vec<(&'static str, String)>;

impl ReturnAddress {
    /// The answer with the state of the request.
    pub(crate) fn fields(&self, mut answer: Answer) -> Answer {
        if let Some(state) = &self.state {
            answer.push(("state", state.clone()));
        }
        answer
    }

    /// The address that carries these fields. A redirect without a path comes back with a slash, as from Entra ID
    /// (<https://learn.microsoft.com/en-us/entra/identity-platform/reply-url>).
    pub(crate) fn address(&self, fields: &Answer) -> String {
        let mut address = self.redirect.clone();
        if address.path().is_empty() {
            address.set_path("/");
        }
        address.query_pairs_mut().extend_pairs(fields);
        address.into()
    }

    /// Sends the browser back with the answer.
    pub(crate) fn deliver(&self, answer: Answer) -> Response {
        let fields = self.fields(answer);
        match self.mode {
            ResponseMode::FormPost => pages::form_post(self.redirect.as_str(), &fields),
            ResponseMode::Query => {
                let headers =
                    [(header::LOCATION, self.address(&fields)), (header::CACHE_CONTROL, "no-store".into())];
                (StatusCode::FOUND, headers).into_response()
            }
        }
    }
}

/// The redirect, if it is registered: the deep link literally, or the loopback address at any port.
pub(crate) fn registered(redirect: &str, deep_link: &str) -> Option<Url> {
    let address = Url::parse(redirect).ok()?;
    let loopback = address.scheme() == "http"
        && matches!(address.host_str(), Some("localhost" | "127.0.0.1"))
        && address.path() == "/auth"
        && address.query().is_none()
        && address.fragment().is_none()
        && address.username().is_empty()
        && address.password().is_none();
    (redirect == deep_link || loopback).then_some(address)
}

/// Whether this is the client that the sandbox knows.
pub(crate) fn is_known_client(client_id: Option<&str>) -> bool {
    client_id.is_some_and(|id| id.eq_ignore_ascii_case(CLIENT_ID))
}

#[cfg(test)]
mod tests {
    use super::*;

    const LINK: &str = "com.example.dev://auth";

    #[test]
    fn only_the_registered_redirects_are_accepted() {
        for good in [LINK, "http://localhost:4000/auth", "http://127.0.0.1/auth"] {
            assert!(registered(good, LINK).is_some(), "{good}");
        }
        for bad in [
            "com.example.dev://auth/x",
            "https://localhost/auth",
            "http://localhost/other",
            "http://localhost/auth/",
            "http://localhost/auth?x=1",
            "http://me@localhost/auth",
            "http://localhost.evil.example/auth",
            "http://[::1]/auth",
            "not an address",
        ] {
            assert!(registered(bad, LINK).is_none(), "{bad}");
        }
    }

    #[test]
    fn a_redirect_without_path_comes_back_with_a_slash() {
        let back = ReturnAddress {
            redirect: Url::parse(LINK).unwrap(),
            spelling: LINK.into(),
            mode: ResponseMode::Query,
            state: Some("a b".into()),
        };
        let fields = back.fields(vec![("code", "1&2".into())]);
        assert_eq!(back.address(&fields), "com.example.dev://auth/?code=1%262&state=a+b");
    }
}
