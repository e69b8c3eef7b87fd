//! The real `mpcctl` in a home of its own, with a keyring, a sandbox and a browser that types.

pub(crate) mod desk;
pub(crate) mod keyring;
pub(crate) mod sandbox;
#[path = "../../../sandbox/tests/support/scripted_browser.rs"]
pub(crate) mod scripted_browser;

use std::time::{Duration, Instant};

pub(crate) use desk::{Connecting, Desk};

/// The account with nothing wrong.
pub(crate) const ACCOUNT: &str = "svc-cosell@contoso.example";

/// Longer than anything a test waits for.
const LONGEST: Duration = Duration::from_secs(90);

/// Waits for what `look` finds.
pub(crate) async fn until<T>(what: &str, look: impl AsyncFn() -> Option<T>) -> T {
    let started = Instant::now();
    loop {
        if let Some(found) = look().await {
            return found;
        }
        assert!(started.elapsed() < LONGEST, "never came true: {what}");
        tokio::task::yield_now().await;
    }
}

/// A browser that follows no redirect by itself.
pub(crate) fn browser() -> reqwest::Client {
    reqwest::Client::builder().redirect(reqwest::redirect::Policy::none()).build().expect("a client")
}
