//! The Retry-After header of RFC 9110, section 10.2.3.

use jiff::Timestamp;
use jiff::fmt::rfc2822::DateTimeParser;

/// A longer wait than a day is not one that a window can count down.
const LONGEST: u64 = 24 * 60 * 60;
const DATES: DateTimeParser = DateTimeParser::new();

/// The seconds to wait, at most a day; `None` where nothing usable was said.
///
/// A date is measured against the `Date` of the same answer, so that a wrong clock here does no harm.
pub(super) fn seconds(headers: &[(String, String)]) -> Option<u64> {
    let values = super::evidence::header_values(headers, "retry-after");
    let date = super::evidence::header_values(headers, "date").find_map(moment);
    let waits = values.filter_map(|value| delta(value).or_else(|| until(moment(value)?, date?)));
    waits.max().map(|wait| wait.min(LONGEST))
}

fn delta(value: &str) -> Option<u64> {
    let digits = value.trim();
    if digits.is_empty() || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    Some(digits.parse().unwrap_or(LONGEST))
}

fn until(later: Timestamp, now: Timestamp) -> Option<u64> {
    u64::try_from(later.as_second().checked_sub(now.as_second())?).ok()
}

/// An IMF-fixdate such as `Sun, 22 Nov 2026 10:58:04 GMT`.
fn moment(value: &str) -> Option<Timestamp> {
    let text = value.get(..64).unwrap_or(value);
    DATES.parse_timestamp(text.trim()).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn wait(value: &str) -> Option<u64> {
        let header = |name: &str, value: &str| (name.to_owned(), value.to_owned());
        seconds(&[header("Date", "Sun, 22 Nov 2026 10:58:04 GMT"), header("RETRY-after", value)])
    }

    #[test]
    fn seconds_are_read_and_bounded_to_a_day() {
        assert_eq!(wait("57"), Some(57));
        assert_eq!(wait(" 0 "), Some(0));
        assert_eq!(wait("86400"), Some(86_400));
        assert_eq!(wait("86401"), Some(86_400));
        assert_eq!(wait("99999999999999999999999999"), Some(86_400));
    }

    /// REQ-HTTP-02.
    #[test]
    fn what_is_no_wait_is_left_out() {
        for value in ["-1", "abc", "", "1.5", "+5", "٣", "Sun, 22 Nov 2026 10:58:03 GMT", "Mon, 99 Foo 2026"]
        {
            assert_eq!(wait(value), None, "{value:?}");
        }
        assert_eq!(seconds(&[]), None);
    }

    /// REQ-HTTP-01.
    #[test]
    fn a_date_counts_from_the_date_of_the_answer() {
        assert_eq!(wait("Sun, 22 Nov 2026 10:59:01 GMT"), Some(57));
        assert_eq!(wait("Thu, 31 Dec 2099 23:59:59 GMT"), Some(86_400));
        let alone = [("retry-after".to_owned(), "Sun, 22 Nov 2026 10:59:01 GMT".to_owned())];
        assert_eq!(seconds(&alone), None, "without a Date there is nothing to count from");
    }
}
