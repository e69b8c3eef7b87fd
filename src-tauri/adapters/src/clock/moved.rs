//! The clock of tests: the computer's own, plus the seconds that a file names. No release has it.

use std::time::Duration;

use jiff::{SignedDuration, Timestamp};

/// Names the file. Without it the clock is the computer's.
const VARIABLE: &str = "MPC_TEST_CLOCK";
/// How often a sleeper looks whether the clock was moved.
const LOOKS_EVERY: Duration = Duration::from_millis(50);

pub(super) fn now() -> Timestamp {
    let now = Timestamp::now();
    now.checked_add(SignedDuration::from_secs(offset())).unwrap_or(now)
}

/// Ends when the moved clock has reached the end of the duration.
pub(super) async fn sleep(duration: Duration) {
    let begun = now();
    let wanted = SignedDuration::try_from(duration).unwrap_or(SignedDuration::MAX);
    loop {
        let slept = now().duration_since(begun);
        if slept >= wanted {
            return;
        }
        let left = wanted.saturating_sub(slept).unsigned_abs();
        tokio::time::sleep(left.min(LOOKS_EVERY)).await;
    }
}

/// The seconds in the file; none while it is missing or being written.
fn offset() -> i64 {
    let text = std::env::var_os(VARIABLE).and_then(|file| std::fs::read_to_string(file).ok());
    text.and_then(|text| text.trim().parse().ok()).unwrap_or_default()
}
