//! Waiting for what a test needs.

use std::time::{Duration, Instant};

/// Longer than anything a test waits for, on a busy machine.
pub(crate) const LONGEST: Duration = Duration::from_secs(60);

/// Waits for what `look` finds.
pub(crate) async fn until<T>(what: &str, mut look: impl AsyncFnMut() -> Option<T>) -> T {
    let begun = Instant::now();
    loop {
        if let Some(found) = look().await {
            return found;
        }
        assert!(begun.elapsed() < LONGEST, "never came true: {what}");
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
}
