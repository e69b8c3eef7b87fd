//! When a request is made again, and after which wait.

use std::time::Duration;

use mpc_connect_core::failure::{Failure, FailureClass};
use tokio::time::{Instant, sleep, timeout_at};

use super::answer::Answer;
use super::transport::Broken;

const FIRST_WAIT: Duration = Duration::from_millis(500);
const LONGEST_WAIT: Duration = Duration::from_secs(8);
/// The wait where a throttling host names none.
const THROTTLED_WAIT: Duration = Duration::from_secs(5);
/// A host that asks for more than this is reported instead of waited for.
pub(super) const LONGEST_RETRY_AFTER: Duration = Duration::from_secs(120);

/// How often a request may be made.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Attempts {
    most: u32,
    only_unsent: bool,
}

impl Attempts {
    /// Reading: metadata, keys, Partner Center.
    pub const READ: Self = Self { most: 3, only_unsent: false };
    /// The refresh of a token, which may be repeated.
    pub const REFRESH: Self = Self { most: 2, only_unsent: false };
    /// The redemption of a code, which works once: made again only if nothing was sent.
    pub const CODE: Self = Self { most: 2, only_unsent: true };

    /// Makes attempts until one stands, none is left, or the next wait does not fit before `deadline`.
    pub(super) async fn run<F>(
        &self,
        deadline: Instant,
        mut attempt: impl FnMut() -> F,
    ) -> Result<Answer, Broken>
    where
        F: Future<Output = Result<Answer, Broken>>,
    {
        let mut made = 0;
        loop {
            let outcome =
                timeout_at(deadline, attempt()).await.unwrap_or_else(|_| Err(Broken::out_of_time()));
            made += 1;
            let wait = if made < self.most { self.wait_before_next(&outcome, made) } else { None };
            let Some(wait) = wait.filter(|wait| Instant::now() + *wait < deadline) else { return outcome };
            tracing::debug!(made, wait_ms = wait.as_millis(), "retrying");
            sleep(wait).await;
        }
    }

    /// `None` where the outcome stands.
    fn wait_before_next(&self, outcome: &Result<Answer, Broken>, made: u32) -> Option<Duration> {
        let growing = FIRST_WAIT.saturating_mul(2_u32.saturating_pow(made - 1)).min(LONGEST_WAIT);
        match outcome {
            Ok(answer) if !self.only_unsent && is_passing(answer.status) => {
                let throttled = matches!(answer.status, 429 | 503).then_some(THROTTLED_WAIT);
                let asked = answer.retry_after().or(throttled).unwrap_or_default();
                (asked <= LONGEST_RETRY_AFTER).then(|| asked + jittered(growing))
            }
            Err(broken) if broken.passing && !(self.only_unsent && broken.sent) => Some(jittered(growing)),
            Ok(_) | Err(_) => None,
        }
    }
}

/// The failure of a request that is not sent because the host asked for silence until later.
pub(super) fn asked_to_wait(until: Instant) -> Failure {
    let left = until.saturating_duration_since(Instant::now());
    let mut failure = Failure::of(FailureClass::RetryLater);
    failure.retry_after_seconds = Some(left.as_secs_f64().ceil() as u64);
    failure
}

fn is_passing(status: u16) -> bool {
    matches!(status, 408 | 429 | 500 | 502 | 503 | 504)
}

/// Full jitter: anything between nothing and `most`. Without random numbers the wait is `most`.
fn jittered(most: Duration) -> Duration {
    let mut bytes = [0_u8; 4];
    match aws_lc_rs::rand::fill(&mut bytes) {
        Ok(()) => most.mul_f64(f64::from(u32::from_le_bytes(bytes)) / f64::from(u32::MAX)),
        Err(_) => most,
    }
}

#[cfg(test)]
mod tests {
    use std::cell::{Cell, RefCell};

    use super::*;

    const LONG: Duration = Duration::from_secs(300);

    fn answer(status: u16, retry_after: Option<&str>) -> Result<Answer, Broken> {
        let headers = retry_after.map(|value| ("retry-after".to_owned(), value.to_owned()));
        Ok(Answer { status, reason: String::new(), headers: headers.into_iter().collect(), body: Vec::new() })
    }

    fn broken(sent: bool) -> Result<Answer, Broken> {
        Err(Broken { failure: Box::new(Failure::of(FailureClass::Offline)), sent, passing: true })
    }

    /// Runs through the outcomes; answers the last one's status (0 for a failure), the attempts and the time taken.
    async fn play(
        attempts: Attempts,
        span: Duration,
        outcomes: Vec<Result<Answer, Broken>>,
    ) -> (u16, u32, f64) {
        let (left, made) = (RefCell::new(outcomes.into_iter()), Cell::new(0));
        let start = Instant::now();
        let next = || {
            made.set(made.get() + 1);
            std::future::ready(left.borrow_mut().next().unwrap())
        };
        let last = attempts.run(start + span, next).await;
        (last.map_or(0, |answer| answer.status), made.get(), start.elapsed().as_secs_f64())
    }

    #[tokio::test(start_paused = true)]
    async fn two_server_errors_and_an_answer_are_an_answer() {
        let (status, made, taken) =
            play(Attempts::READ, LONG, vec![answer(500, None), answer(502, None), answer(200, None)]).await;
        assert_eq!((status, made), (200, 3));
        assert!(taken <= 1.51, "{taken}");
    }

    #[tokio::test(start_paused = true)]
    async fn a_named_wait_is_kept_to_the_second() {
        for _ in 0..20 {
            let (_, made, taken) =
                play(Attempts::READ, LONG, vec![answer(429, Some("2")), answer(200, None)]).await;
            assert_eq!(made, 2);
            assert!((2.0..=3.0).contains(&taken), "{taken}");
        }
    }

    /// REQ-HTTP-02.
    #[tokio::test(start_paused = true)]
    async fn throttling_without_a_usable_wait_costs_five_seconds() {
        for value in [None, Some("-1"), Some("abc"), Some(""), Some("0")] {
            let (_, _, taken) = play(Attempts::READ, LONG, vec![answer(429, value), answer(200, None)]).await;
            assert!((5.0..=5.6).contains(&taken), "{value:?}: {taken}");
        }
    }

    #[tokio::test(start_paused = true)]
    async fn a_wait_that_is_too_long_or_does_not_fit_ends_at_once() {
        for (value, span) in
            [("86400", LONG), ("121", LONG), ("99999999999999999999", LONG), ("60", LONG / 10)]
        {
            let (status, made, taken) = play(Attempts::READ, span, vec![answer(429, Some(value))]).await;
            assert_eq!((status, made, taken), (429, 1, 0.0), "{value}");
        }
    }

    #[tokio::test(start_paused = true)]
    async fn a_code_is_sent_again_only_if_it_never_left() {
        assert_eq!(play(Attempts::CODE, LONG, vec![broken(true)]).await.1, 1);
        assert_eq!(play(Attempts::CODE, LONG, vec![answer(503, Some("1"))]).await.1, 1);
        assert_eq!(play(Attempts::CODE, LONG, vec![broken(false), answer(200, None)]).await.1, 2);
        assert_eq!(play(Attempts::REFRESH, LONG, vec![broken(true), broken(true)]).await.1, 2);
    }

    #[tokio::test(start_paused = true)]
    async fn refusals_are_not_repeated() {
        for status in [200, 302, 400, 401, 403, 404, 501] {
            assert_eq!(play(Attempts::READ, LONG, vec![answer(status, Some("1"))]).await.1, 1, "{status}");
        }
    }

    #[tokio::test(start_paused = true)]
    async fn an_attempt_that_hangs_ends_at_the_deadline() {
        let start = Instant::now();
        let result = Attempts::READ.run(start + LONG, std::future::pending).await;
        assert_eq!(result.unwrap_err().failure.code.as_deref(), Some("time-out"));
        assert_eq!(start.elapsed(), LONG);
    }
}
