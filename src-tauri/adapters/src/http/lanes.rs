//! One lane per origin: at most four requests at a time, and silence while the host asked for it.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use tokio::sync::{Semaphore, SemaphorePermit};
use tokio::time::Instant;
use url::Url;

const AT_ONCE: usize = 4;

/// The lanes of all origins that may be spoken to.
#[derive(Debug)]
pub(super) struct Lanes(HashMap<String, Lane>);

/// The lane of one origin.
#[derive(Debug)]
pub(super) struct Lane {
    places: Semaphore,
    quiet_until: Mutex<Option<Instant>>,
}

impl Lanes {
    /// A lane for each origin among the addresses.
    pub(super) fn to(addresses: impl IntoIterator<Item = Url>) -> Self {
        let lane = |_| Lane { places: Semaphore::new(AT_ONCE), quiet_until: Mutex::new(None) };
        let origins = addresses.into_iter().map(|address| address.origin().ascii_serialization());
        Self(origins.map(|origin| (origin, lane(()))).collect())
    }

    /// The lane to the address' origin; `None` where it is not among the allowed ones.
    pub(super) fn of(&self, address: &Url) -> Option<&Lane> {
        self.0.get(&address.origin().ascii_serialization())
    }
}

impl Lane {
    /// Waits for a place; `None` only if the lane were closed, which never happens.
    pub(super) async fn place(&self) -> Option<SemaphorePermit<'_>> {
        self.places.acquire().await.ok()
    }

    /// Nothing is to be sent for this long, because the host said so.
    pub(super) fn keep_quiet(&self, span: Duration) {
        let until = Instant::now() + span;
        let mut quiet = self.quiet_until.lock().unwrap_or_else(PoisonError::into_inner);
        *quiet = Some(quiet.map_or(until, |earlier| earlier.max(until)));
    }

    /// Until when nothing is to be sent, if that moment is still to come.
    pub(super) fn quiet_until(&self) -> Option<Instant> {
        let quiet = *self.quiet_until.lock().unwrap_or_else(PoisonError::into_inner);
        quiet.filter(|until| *until > Instant::now())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn another_port_scheme_or_host_is_another_origin() {
        let lanes = Lanes::to(["https://api.partner.microsoft.com/v1.0/x".parse().unwrap()]);
        let known = |address: &str| lanes.of(&address.parse().unwrap()).is_some();
        assert!(known("https://API.partner.microsoft.com:443/other"));
        assert!(!known("http://api.partner.microsoft.com/v1.0/x"));
        assert!(!known("https://api.partner.microsoft.com:444/v1.0/x"));
        assert!(!known("https://api.partner.microsoft.com.evil.example/v1.0/x"));
    }

    #[tokio::test(start_paused = true)]
    async fn quiet_ends_by_itself_and_is_never_shortened() {
        let lanes = Lanes::to(["https://a.example".parse().unwrap()]);
        let lane = lanes.of(&"https://a.example/x".parse().unwrap()).unwrap();
        lane.keep_quiet(Duration::from_secs(5));
        lane.keep_quiet(Duration::from_secs(1));
        assert_eq!(lane.quiet_until(), Some(Instant::now() + Duration::from_secs(5)));
        tokio::time::advance(Duration::from_secs(5)).await;
        assert_eq!(lane.quiet_until(), None);
    }
}
