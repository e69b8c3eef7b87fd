//! An end that holds for every request made inside one operation, such as the test of the connection.

use std::time::Duration;

use tokio::time::Instant;

tokio::task_local! {
    static END: Instant;
}

/// Runs `operation`; requests that it makes in its own task stop retrying and waiting at `end`.
pub async fn within<F: Future>(end: Instant, operation: F) -> F::Output {
    END.scope(narrowed_to(end), operation).await
}

/// The end of a call that may take `span` from now, or the end of the operation around it if that is earlier.
pub(crate) fn narrowed(span: Duration) -> Instant {
    narrowed_to(Instant::now() + span)
}

fn narrowed_to(end: Instant) -> Instant {
    END.try_with(|outer| end.min(*outer)).unwrap_or(end)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test(start_paused = true)]
    async fn the_earlier_end_wins_however_deep() {
        let start = Instant::now();
        let (two, nine) = (Duration::from_secs(2), Duration::from_secs(9));
        assert_eq!(narrowed(nine), start + nine);
        let inner = within(start + two, within(start + nine, async { narrowed(nine) })).await;
        assert_eq!(inner, start + two);
    }
}
