//! An answer as it arrived, bounded.

use std::fmt;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use jiff::Timestamp;
use mpc_connect_core::classify::HttpAnswer;

const LONGEST_HEADER: usize = 16 * 1024;

/// What a server said. Its `Debug` form leaves headers and body out: a token endpoint's body is a secret.
#[derive(Clone, PartialEq, Eq)]
pub struct Answer {
    /// The status code.
    pub status: u16,
    /// The reason phrase as sent, such as `Unauthorized - MFA required`.
    pub reason: String,
    /// Names in lower case with their values, each value at most 16 KiB.
    pub headers: Vec<(String, String)>,
    /// The body, decompressed.
    pub body: Vec<u8>,
}

impl Answer {
    /// The answer without its body.
    pub(super) fn headed(response: &reqwest::Response) -> Self {
        let status = response.status();
        let sent = response.extensions().get::<hyper::ext::ReasonPhrase>();
        let reason = sent.map(|phrase| text(phrase.as_bytes()));
        let headers = response.headers().iter();
        Self {
            status: status.as_u16(),
            reason: reason.unwrap_or_else(|| status.canonical_reason().unwrap_or_default().to_owned()),
            headers: headers
                .map(|(name, value)| (name.as_str().to_owned(), text(value.as_bytes())))
                .collect(),
            body: Vec::new(),
        }
    }

    /// The first value of a header; `name` in any case.
    #[must_use]
    pub fn header(&self, name: &str) -> Option<&str> {
        let found = self.headers.iter().find(|(known, _)| known.eq_ignore_ascii_case(name));
        found.map(|(_, value)| value.as_str())
    }

    /// By how many seconds the server's clock is ahead of `now` (behind: negative), from `Date`.
    #[must_use]
    pub fn clock_difference(&self, now: Timestamp) -> Option<i64> {
        let date = httpdate::parse_http_date(self.header("date")?).ok()?;
        let seconds = i64::try_from(date.duration_since(UNIX_EPOCH).ok()?.as_secs()).ok()?;
        seconds.checked_sub(now.as_second())
    }

    /// How long the server asks to wait (RFC 9110 section 10.2.3); a date counts from the answer's own `Date`.
    ///
    /// `None` where it asks for nothing, for no time at all, or in no readable form.
    #[must_use]
    pub fn retry_after(&self) -> Option<Duration> {
        let value = self.header("retry-after")?.trim();
        if !value.is_empty() && value.bytes().all(|byte| byte.is_ascii_digit()) {
            let seconds = value.parse().unwrap_or(u64::MAX);
            return (seconds > 0).then(|| Duration::from_secs(seconds));
        }
        let until: SystemTime = httpdate::parse_http_date(value).ok()?;
        let date = httpdate::parse_http_date(self.header("date")?).ok()?;
        until.duration_since(date).ok().filter(|wait| !wait.is_zero())
    }
}

impl<'a> From<&'a Answer> for HttpAnswer<'a> {
    fn from(answer: &'a Answer) -> Self {
        Self { status: answer.status, reason: &answer.reason, headers: &answer.headers, body: &answer.body }
    }
}

impl fmt::Debug for Answer {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "Answer({} {:?}, {} bytes)", self.status, self.reason, self.body.len())
    }
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes.get(..LONGEST_HEADER).unwrap_or(bytes)).into_owned()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn with(headers: &[(&str, &str)]) -> Answer {
        let headers = headers.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
        Answer { status: 429, reason: String::new(), headers, body: b"planted".to_vec() }
    }

    fn wait(value: &str) -> Option<u64> {
        let date = ("date", "Sun, 22 Nov 2026 10:58:04 GMT");
        with(&[date, ("retry-after", value)]).retry_after().map(|wait| wait.as_secs())
    }

    #[test]
    fn a_wait_is_read_in_both_forms() {
        assert_eq!(wait("2"), Some(2));
        assert_eq!(wait("86400"), Some(86_400));
        assert_eq!(wait("Sun, 22 Nov 2026 10:58:07 GMT"), Some(3));
        assert_eq!(wait("99999999999999999999999"), Some(u64::MAX));
    }

    #[test]
    fn what_names_no_wait_is_none() {
        for value in ["", "0", "-1", "abc", "1.5", "Sun, 22 Nov 2026 10:58:00 GMT"] {
            assert_eq!(wait(value), None, "{value:?}");
        }
        assert_eq!(with(&[("retry-after", "Sun, 22 Nov 2026 10:58:07 GMT")]).retry_after(), None);
    }

    #[test]
    fn the_clock_difference_has_a_sign() {
        let answer = with(&[("date", "Sun, 22 Nov 2026 10:58:04 GMT")]);
        let now: Timestamp = "2026-11-22T11:58:04Z".parse().unwrap();
        assert_eq!(answer.clock_difference(now), Some(-3600));
        assert_eq!(with(&[("date", "yesterday")]).clock_difference(now), None);
    }

    #[test]
    fn debug_output_holds_no_body() {
        assert_eq!(format!("{:?}", with(&[])), "Answer(429 \"\", 7 bytes)");
    }

    proptest! {
        #[test]
        fn hostile_header_values_never_panic(date in "\\PC{0,40}", value in "\\PC{0,40}") {
            let answer = with(&[("date", &date), ("retry-after", &value)]);
            let _ = (answer.retry_after(), answer.clock_difference(Timestamp::MAX));
        }
    }
}
