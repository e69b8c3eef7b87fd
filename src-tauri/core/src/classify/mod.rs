//! From what Microsoft answered to a failure class.
//!
//! Every function here takes hostile input and always answers. The stage, the `error` and `suberror` words, the
//! HTTP status and the shape of the body decide; an AADSTS number or Partner Center code refines.

use std::fmt;

use crate::failure::{Failure, FailureClass};

pub mod catalogue;
mod challenge;
mod entra;
mod evidence;
mod numbers;
mod partner_center;
mod quotation;
mod repair;
mod retry_after;
mod shapes;
mod transport;

#[cfg(test)]
mod hostile_input;

/// What was asked of the token endpoint.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum TokenStage {
    /// The redemption of an authorization code: no credential is held through it yet.
    Code,
    /// The use of the refresh token that is held.
    Refresh,
    /// The use of the refresh token for the second resource.
    SecondResource,
    /// Not known, as with a text that somebody pasted.
    Unknown,
}

/// Which interface of Partner Center was asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ApiKind {
    /// The Referrals API.
    Referrals,
    /// The partner profiles.
    Profile,
    /// The webhook registration.
    Webhook,
}

/// An HTTP answer as it arrived. Its `Debug` form names sizes only, because a body may hold tokens.
#[derive(Clone, Copy)]
pub struct HttpAnswer<'a> {
    /// The status code; 0 where it is not known.
    pub status: u16,
    /// The reason phrase of the status line, or an empty text.
    pub reason: &'a str,
    /// The headers, names in any letter case.
    pub headers: &'a [(String, String)],
    /// The body, as bytes, whole or as much of it as was read.
    pub body: &'a [u8],
}

impl fmt::Debug for HttpAnswer<'_> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (headers, bytes) = (self.headers.len(), self.body.len());
        write!(formatter, "HttpAnswer({}, {headers} headers, {bytes} bytes)", self.status)
    }
}

/// The error parameters of a redirect from the authorize or admin consent page, already percent-decoded.
#[derive(Clone, Copy, Debug, Default)]
pub struct RedirectError<'a> {
    /// `error`.
    pub error: &'a str,
    /// `error_description`.
    pub error_description: Option<&'a str>,
    /// `error_subcode`, or `suberror` where that was sent.
    pub error_subcode: Option<&'a str>,
    /// `error_uri`.
    pub error_uri: Option<&'a str>,
    /// `claims`.
    pub claims: Option<&'a str>,
}

/// The failure behind an answer of the token endpoint that is no success.
#[must_use]
pub fn token_error(stage: TokenStage, answer: &HttpAnswer<'_>) -> Failure {
    entra::token_error(stage, answer)
}

/// The failure behind a redirect that carries an error. Its state has to be checked before.
#[must_use]
pub fn redirect_error(error: &RedirectError<'_>) -> Failure {
    entra::redirect_error(error)
}

/// The failure behind an answer of Partner Center that is no success.
#[must_use]
pub fn api_error(kind: ApiKind, answer: &HttpAnswer<'_>) -> Failure {
    partner_center::api_error(kind, answer)
}

/// The failure behind a text of unknown origin: a page's message, a bare number, a body.
///
/// `UNKNOWN` with the text as quotation where nothing in it is known.
#[must_use]
pub fn pasted_text(text: &str) -> Failure {
    let answer = HttpAnswer { status: 0, reason: "", headers: &[], body: text.as_bytes() };
    let found_nothing =
        |failure: &Failure| matches!(failure.class, FailureClass::Unknown | FailureClass::UnexpectedAnswer);
    let as_token_error = token_error(TokenStage::Unknown, &answer);
    if !found_nothing(&as_token_error) {
        return as_token_error;
    }
    let as_api_error = api_error(ApiKind::Referrals, &answer);
    if found_nothing(&as_api_error) { as_token_error } else { as_api_error }
}

/// Whether an answer with a success status has the shape of JSON.
///
/// # Errors
/// `NETWORK_BLOCKED` for a web page, which something on the way put there; `UNEXPECTED_ANSWER` for anything
/// else that is not declared as JSON, for an empty body, and for a status that is no success.
pub fn success_shape(answer: &HttpAnswer<'_>) -> Result<(), Failure> {
    transport::success_shape(answer)
}
