//! Times for readers elsewhere: with the offset of the zone, and in UTC.

use jiff::Timestamp;
use jiff::tz::TimeZone;

use super::foreign::{say, word};
use crate::present::date_and_time;
use crate::words::Text;

/// `22 Nov 2026, 11:58 +01:00 (2026-11-22 10:58 UTC)`, or the UTC time alone where the zone is UTC.
pub(super) fn moment(at: Timestamp, zone: &TimeZone) -> String {
    let local = at.to_zoned(zone.clone());
    if local.offset().seconds() == 0 {
        return say(&Text::new("report-moment-utc").with("utc", date_and_time(at, &TimeZone::UTC)));
    }
    let text = Text::new("report-moment")
        .with("local", date_and_time(at, zone))
        .with("offset", local.strftime("%:z"))
        .with("utc", at.strftime("%Y-%m-%d %H:%M"));
    say(&text)
}

/// A time with its age when the report was written.
pub(super) fn aged(at: Timestamp, now: Timestamp, zone: &TimeZone) -> String {
    let time = moment(at, zone);
    let minutes = now.duration_since(at).as_mins();
    if now < at {
        return say(&Text::new("report-as-of-future").with("time", time));
    }
    say(&Text::new("report-as-of-aged").with("time", time).with("age", age(minutes)))
}

/// Whole minutes, hours below two days, then days.
fn age(minutes: i64) -> String {
    match minutes {
        ..1 => word("report-age-now"),
        1..60 => say(&Text::new("report-age-minutes").with("count", minutes)),
        60..2880 => say(&Text::new("report-age-hours").with("count", minutes / 60)),
        2880.. => say(&Text::new("report-age-days").with("count", minutes / 1440)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> Timestamp {
        text.parse().expect("a time")
    }

    #[test]
    fn a_time_names_its_offset_and_utc() {
        let zone = TimeZone::fixed(jiff::tz::offset(1));
        let checked = at("2026-11-22T23:58:04.9Z");
        assert_eq!(moment(checked, &zone), "23 Nov 2026, 00:58 +01:00 (2026-11-22 23:58 UTC)");
        assert_eq!(moment(checked, &TimeZone::UTC), "22 Nov 2026, 23:58 UTC");
    }

    #[test]
    fn an_age_is_never_rounded_up() {
        let zone = TimeZone::UTC;
        let now = at("2026-11-22T10:00:00Z");
        let cases = [
            ("2026-11-22T09:59:30Z", "less than a minute old"),
            ("2026-11-22T09:01:00Z", "59 min old"),
            ("2026-11-21T09:59:59Z", "24 h old"),
            ("2026-11-20T10:00:00Z", "2 days old"),
            ("2026-11-22T10:00:01Z", "a clock is wrong"),
        ];
        for (checked, said) in cases {
            let text = aged(at(checked), now, &zone);
            assert!(text.contains(said), "{text}");
        }
    }
}
