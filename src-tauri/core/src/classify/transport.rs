//! What the status line and the kind of the body say, whoever was asked.

use url::Url;

use super::evidence::{correlation_id, header_values, is_from_microsoft};
use super::shapes::{Body, Shape};
use super::{HttpAnswer, retry_after};
use crate::failure::{Failure, FailureClass};

const MICROSOFT_DOMAINS: [&str; 4] = ["microsoft.com", "microsoftonline.com", "windows.net", "live.com"];

/// A failure with what every answer can tell: the correlation id and the wait.
pub(super) fn failure(class: FailureClass, answer: &HttpAnswer<'_>, body: &Body) -> Failure {
    let mut failure = Failure::of(class).with_correlation_id(correlation_id(answer.headers, body));
    failure.retry_after_seconds = retry_after::seconds(answer.headers);
    if answer.status == 0 { failure } else { failure.with_code(format!("HTTP {}", answer.status)) }
}

/// What a status means that does not come from the service that was asked, whatever the body says.
pub(super) fn in_between(answer: &HttpAnswer<'_>) -> Option<FailureClass> {
    match answer.status {
        407 | 511 => Some(FailureClass::NetworkBlocked),
        300..=399 if leads_to_microsoft(answer) => Some(FailureClass::UnexpectedAnswer),
        300..=399 => Some(FailureClass::NetworkBlocked),
        _ => None,
    }
}

/// Whether a status says: busy, out of order, later.
pub(super) fn is_later(status: u16) -> bool {
    matches!(status, 408 | 423 | 425 | 429 | 500..=599)
}

/// What a web page means where JSON was expected with an error status.
pub(super) fn page(answer: &HttpAnswer<'_>) -> FailureClass {
    if is_from_microsoft(answer.headers) {
        FailureClass::UnexpectedAnswer
    } else {
        FailureClass::NetworkBlocked
    }
}

/// See [`super::success_shape`].
pub(super) fn success_shape(answer: &HttpAnswer<'_>) -> Result<(), Failure> {
    let body = Body::read(answer.body);
    let refuse = |class| Err(failure(class, answer, &body));
    if let Some(class) = in_between(answer) {
        return refuse(class);
    }
    let content = header_values(answer.headers, "content-type").next().map(media_type);
    let declared_json =
        content.as_deref().is_none_or(|kind| kind.ends_with("/json") || kind.ends_with("+json"));
    match (answer.status, body.shape) {
        (204, Shape::Empty) => Ok(()),
        (200..=299, Shape::Html) => refuse(FailureClass::NetworkBlocked),
        (200..=299, Shape::Json) if declared_json => Ok(()),
        _ => refuse(FailureClass::UnexpectedAnswer),
    }
}

fn media_type(value: &str) -> String {
    value.split(';').next().unwrap_or_default().trim().to_ascii_lowercase()
}

/// Whether a redirect leads to Microsoft, or stays on the host that was asked: then no portal stands between.
fn leads_to_microsoft(answer: &HttpAnswer<'_>) -> bool {
    let Some(location) = header_values(answer.headers, "location").next() else { return false };
    match Url::parse(location.trim()) {
        Ok(address) => address.domain().is_some_and(is_microsoft),
        Err(error) => error == url::ParseError::RelativeUrlWithoutBase && !location.trim().starts_with("//"),
    }
}

fn is_microsoft(domain: &str) -> bool {
    let under =
        |parent: &str| domain.strip_suffix(parent).is_some_and(|rest| rest.is_empty() || rest.ends_with('.'));
    MICROSOFT_DOMAINS.iter().copied().any(under)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn class(status: u16, header: (&str, &str), body: &str) -> Option<FailureClass> {
        let headers = [(header.0.to_owned(), header.1.to_owned())];
        let answer = HttpAnswer { status, reason: "", headers: &headers, body: body.as_bytes() };
        success_shape(&answer).err().map(|failure| failure.class)
    }

    #[test]
    fn json_passes_and_nothing_else_does() {
        let json = ("content-type", "application/json; odata.metadata=minimal");
        assert_eq!(class(200, json, "\u{FEFF}{\"value\":[]}"), None);
        assert_eq!(class(200, ("Content-Type", "application/problem+JSON"), "{}"), None);
        assert_eq!(class(200, ("x", ""), "{}"), None, "no type was declared");
        assert_eq!(class(204, ("x", ""), ""), None);
        assert_eq!(class(200, json, ""), Some(FailureClass::UnexpectedAnswer));
        assert_eq!(class(200, json, "OK"), Some(FailureClass::UnexpectedAnswer));
        assert_eq!(class(200, ("content-type", "text/plain"), "{}"), Some(FailureClass::UnexpectedAnswer));
        assert_eq!(class(403, json, "{}"), Some(FailureClass::UnexpectedAnswer));
    }

    #[test]
    fn a_page_in_place_of_an_answer_was_put_there_by_the_network() {
        for kind in ["text/html", "application/json"] {
            let page = "\r\n<HTML><body>Welcome to Hotel Wi-Fi</body>";
            assert_eq!(class(200, ("content-type", kind), page), Some(FailureClass::NetworkBlocked));
        }
    }

    #[test]
    fn a_redirect_is_the_networks_unless_it_leads_to_microsoft() {
        let redirect = |address: &str| class(302, ("Location", address), "");
        for foreign in
            ["http://portal.hotel.example/", "https://login.microsoftonline.com.evil.example", "//a.b/", ""]
        {
            let expected = if foreign.is_empty() {
                FailureClass::UnexpectedAnswer
            } else {
                FailureClass::NetworkBlocked
            };
            assert_eq!(redirect(foreign), Some(expected), "{foreign:?}");
        }
        assert_eq!(redirect("https://login.microsoftonline.com/x"), Some(FailureClass::UnexpectedAnswer));
        assert_eq!(redirect("/v2/other"), Some(FailureClass::UnexpectedAnswer));
        assert_eq!(class(511, ("x", ""), "{}"), Some(FailureClass::NetworkBlocked));
    }
}
