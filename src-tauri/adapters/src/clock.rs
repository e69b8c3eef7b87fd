//! The computer's clock and its generator.

#[cfg(feature = "test-seams")]
mod moved;

use std::sync::OnceLock;
use std::time::{Duration, Instant};

use jiff::Timestamp;
use mpc_connect_core::ports::Clock;
use uuid::Uuid;

/// The system's clock.
#[derive(Clone, Copy, Debug, Default)]
pub struct SystemClock;

static START: OnceLock<Instant> = OnceLock::new();

impl Clock for SystemClock {
    #[cfg(not(feature = "test-seams"))]
    fn now(&self) -> Timestamp {
        Timestamp::now()
    }

    #[cfg(feature = "test-seams")]
    fn now(&self) -> Timestamp {
        moved::now()
    }

    fn elapsed(&self) -> Duration {
        START.get_or_init(Instant::now).elapsed()
    }

    #[cfg(not(feature = "test-seams"))]
    async fn sleep(&self, duration: Duration) {
        tokio::time::sleep(duration).await;
    }

    #[cfg(feature = "test-seams")]
    async fn sleep(&self, duration: Duration) {
        moved::sleep(duration).await;
    }

    fn bounded<F>(&self, limit: Duration, work: F) -> impl Future<Output = F::Output> + Send
    where
        F: Future + Send,
    {
        crate::http::within(tokio::time::Instant::now() + limit, work)
    }

    fn unique_id(&self) -> String {
        Uuid::new_v4().to_string()
    }
}
