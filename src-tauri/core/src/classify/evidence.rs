//! What support needs to know about an answer, and nothing that is secret.

use super::shapes::Body;

const CORRELATION_FIELDS: [&str; 5] =
    ["correlation_id", "correlationId", "client-request-id", "request-id", "requestId"];
const CORRELATION_HEADERS: [&str; 6] = [
    "client-request-id",
    "request-id",
    "x-ms-request-id",
    "ms-correlationid",
    "ms-requestid",
    "x-ms-correlation-id",
];

/// The values of a header, its name in any letter case.
pub(super) fn header_values<'h>(
    headers: &'h [(String, String)],
    name: &'static str,
) -> impl Iterator<Item = &'h str> {
    headers.iter().filter(move |(known, _)| known.eq_ignore_ascii_case(name)).map(|(_, value)| value.as_str())
}

/// The id that Microsoft's support asks for: from the body, else from a header, else from the sentence.
pub(super) fn correlation_id(headers: &[(String, String)], body: &Body) -> Option<String> {
    let told = body.nested_word(&CORRELATION_FIELDS).as_deref().and_then(id);
    told.or_else(|| CORRELATION_HEADERS.iter().find_map(|name| header_values(headers, name).find_map(id)))
        .or_else(|| correlation_id_in(&body.text))
}

/// The id that stands after "Correlation ID:" in a sentence.
pub(super) fn correlation_id_in(text: &str) -> Option<String> {
    let lower = text.to_ascii_lowercase();
    let at = lower.find("correlation id:")? + "correlation id:".len();
    let rest = text.get(at..)?.trim_start();
    id(rest.split(|letter: char| !is_id_letter(letter)).next()?)
}

/// Whether the answer carries marks of Microsoft's servers, as a proxy's own page does not.
pub(super) fn is_from_microsoft(headers: &[(String, String)]) -> bool {
    headers.iter().any(|(name, _)| {
        let name = name.to_ascii_lowercase();
        name.starts_with("x-ms-") || name == "x-azure-ref" || CORRELATION_HEADERS.contains(&name.as_str())
    })
}

/// A code of an answer that is fit to be shown: a short word without blanks that is no secret.
pub(super) fn short_code(text: &str) -> Option<String> {
    let fits = (1..=40).contains(&text.len());
    let plain = text.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_' || byte == b'-');
    (fits && plain && !super::quotation::looks_secret(text)).then(|| text.to_owned())
}

fn id(text: &str) -> Option<String> {
    let text = text.trim().trim_matches(['{', '}']);
    let fits = (1..=64).contains(&text.len()) && text.chars().all(is_id_letter);
    fits.then(|| text.to_owned())
}

fn is_id_letter(letter: char) -> bool {
    letter.is_ascii_alphanumeric() || letter == '-'
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(headers: &[(&str, &str)], body: &str) -> Option<String> {
        let headers: Vec<_> =
            headers.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
        correlation_id(&headers, &Body::read(body.as_bytes()))
    }

    #[test]
    fn the_body_speaks_before_the_headers_and_they_before_the_sentence() {
        let body = r#"{"error":"x","correlation_id":"b-1","error_description":"Words. Correlation ID: t-1 Timestamp: 2"}"#;
        assert_eq!(found(&[("Request-ID", "h-1")], body).as_deref(), Some("b-1"));
        let body = r#"{"error":"x","error_description":"Words.\r\nCorrelation ID: t-1\r\nTimestamp: 2"}"#;
        assert_eq!(found(&[("Request-ID", "h-1")], body).as_deref(), Some("h-1"));
        assert_eq!(found(&[], body).as_deref(), Some("t-1"));
    }

    #[test]
    fn every_header_of_microsoft_is_known_in_any_case() {
        for name in ["client-request-id", "REQUEST-ID", "Request-ID", "X-Ms-Request-Id", "MS-CorrelationId"] {
            assert_eq!(
                found(&[(name, "0e87b495-1e24-4882-be85-d012c216f4f6")], "").map(|id| id.len()),
                Some(36)
            );
        }
    }

    #[test]
    fn an_id_that_could_carry_something_else_is_not_taken() {
        for value in ["", "a b", "a.b", "<script>", &"a".repeat(65), "a\r\nb", "ä"] {
            assert_eq!(found(&[("request-id", value)], ""), None, "{value:?}");
        }
        assert_eq!(
            found(&[("request-id", "a_b"), ("x-ms-request-id", "good-1")], "").as_deref(),
            Some("good-1")
        );
    }
}
