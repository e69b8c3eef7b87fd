//! Times as people read them. Fluent gets them as ready strings.

use jiff::Timestamp;
use jiff::tz::TimeZone;

/// `22 Nov 2026, 10:58` in the zone given.
#[must_use]
pub fn date_and_time(at: Timestamp, zone: &TimeZone) -> String {
    at.to_zoned(zone.clone()).strftime("%-d %b %Y, %H:%M").to_string()
}

/// `10:58` in the zone given.
#[must_use]
pub fn time_of_day(at: Timestamp, zone: &TimeZone) -> String {
    at.to_zoned(zone.clone()).strftime("%H:%M").to_string()
}

/// `22 Nov` in the zone given.
#[must_use]
pub fn day(at: Timestamp, zone: &TimeZone) -> String {
    at.to_zoned(zone.clone()).strftime("%-d %b").to_string()
}

/// `2026-11-22T10:58:04Z`, as the contracts have it: whole seconds.
#[must_use]
pub fn utc(at: Timestamp) -> String {
    at.strftime("%Y-%m-%dT%H:%M:%SZ").to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_moment_reads_the_same_in_every_form() {
        let at: Timestamp = "2026-11-22T10:58:04.9Z".parse().expect("a time");
        let zone = TimeZone::fixed(jiff::tz::offset(1));
        assert_eq!(date_and_time(at, &zone), "22 Nov 2026, 11:58");
        assert_eq!(day(at, &zone), "22 Nov");
        assert_eq!(time_of_day(at, &zone), "11:58");
        assert_eq!(utc(at), "2026-11-22T10:58:04Z");
    }
}
