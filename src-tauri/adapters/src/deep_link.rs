//! The private scheme by which the system hands an address over to this program.
//!
//! One program has one scheme ([`PrivateScheme`]); each environment at work asks through a [`SchemeLink`] whether its
//! registered redirect has that scheme and whether an address really arrives.

#[cfg(target_os = "linux")]
mod desktop_entry;

use std::collections::HashMap;
use std::fmt;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use mpc_connect_core::environment::Environment;
use mpc_connect_core::failure::{Failure, FailureClass};
use mpc_connect_core::ports::DeepLink;
use tokio::sync::oneshot;
use uuid::Uuid;

use crate::{browser, platform};

#[cfg(target_os = "linux")]
pub use desktop_entry::register;

/// The path of the round trip, which no registered redirect has.
const SELF_TEST: &str = "self-test?nonce=";
/// A UUID without hyphens.
const NONCE_LENGTH: usize = 32;

/// The scheme of this program, and the round trips that are under way.
pub struct PrivateScheme {
    name: String,
    registered: AtomicBool,
    awaited: Mutex<HashMap<String, oneshot::Sender<()>>>,
}

/// What an address is to the self-test.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SelfTest {
    /// The round trip of this process has come to its end.
    Arrived,
    /// A round trip that nobody here waits for (any more).
    Stray,
    /// Not an address of the self-test.
    Other,
}

impl PrivateScheme {
    /// A scheme that is not registered yet, such as `com.example.app`.
    #[must_use]
    pub fn new(name: &str) -> Arc<Self> {
        Arc::new(Self {
            name: name.to_owned(),
            registered: AtomicBool::new(false),
            awaited: Mutex::default(),
        })
    }

    /// Its name, without `://`.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Notes whether the system leads the scheme to this program.
    pub fn set_registered(&self, registered: bool) {
        self.registered.store(registered, Ordering::Relaxed);
    }

    /// Takes an address that may be the end of a round trip. It may be anything.
    pub fn take_self_test(&self, address: &str) -> SelfTest {
        let after_scheme = address.strip_prefix(&self.name).and_then(|rest| rest.strip_prefix("://"));
        // An opener may write the place as a folder.
        let plain = |rest: &str| rest.replacen("self-test/?", "self-test?", 1);
        let Some(rest) = after_scheme.filter(|rest| rest.starts_with("self-test")).map(plain) else {
            return SelfTest::Other;
        };
        let nonce = rest.strip_prefix(SELF_TEST).filter(|nonce| nonce.len() == NONCE_LENGTH);
        let waiting = nonce.and_then(|nonce| self.awaited().remove(nonce));
        match waiting.map(|waiting| waiting.send(())) {
            Some(Ok(())) => SelfTest::Arrived,
            Some(Err(())) | None => SelfTest::Stray,
        }
    }

    fn awaited(&self) -> MutexGuard<'_, HashMap<String, oneshot::Sender<()>>> {
        self.awaited.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// A nonce that is awaited until the answer is dropped.
    fn await_nonce(self: &Arc<Self>) -> (Awaited, oneshot::Receiver<()>) {
        let nonce = Uuid::new_v4().simple().to_string();
        let (arrived, arrival) = oneshot::channel();
        self.awaited().insert(nonce.clone(), arrived);
        (Awaited { scheme: Arc::clone(self), nonce }, arrival)
    }
}

impl fmt::Debug for PrivateScheme {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("PrivateScheme").field("name", &self.name).finish_non_exhaustive()
    }
}

struct Awaited {
    scheme: Arc<PrivateScheme>,
    nonce: String,
}

impl Drop for Awaited {
    fn drop(&mut self) {
        self.scheme.awaited().remove(&self.nonce);
    }
}

/// The deep link of one environment; without one for programs that no address can be handed to.
#[derive(Clone, Debug, Default)]
pub struct SchemeLink(Option<Arc<PrivateScheme>>);

impl SchemeLink {
    /// No way back by deep link, as for a program in a terminal.
    #[must_use]
    pub fn none() -> Self {
        Self(None)
    }

    /// The deep link of an environment whose registered redirect has this program's scheme; else none.
    #[must_use]
    pub fn of(scheme: &Arc<PrivateScheme>, environment: &Environment) -> Self {
        let literal = environment.deep_link.as_deref();
        let ours =
            literal.and_then(|literal| literal.split_once(':')).is_some_and(|(name, _)| name == scheme.name);
        Self(ours.then(|| Arc::clone(scheme)))
    }
}

impl DeepLink for SchemeLink {
    fn is_available(&self) -> bool {
        self.0.as_ref().is_some_and(|scheme| scheme.registered.load(Ordering::Relaxed))
    }

    async fn prove(&self) -> Result<(), Failure> {
        let blocked = || Failure::of(FailureClass::ReturnBlocked).with_code("deep link");
        let scheme = self.0.as_ref().ok_or_else(blocked)?;
        let (awaited, mut arrival) = scheme.await_nonce();
        let address = format!("{}://{SELF_TEST}{}", scheme.name, awaited.nonce);
        let command = platform::open_command(&address).ok_or_else(blocked)?;
        let opened = tokio::select! {
            biased;
            arrived = &mut arrival => return arrived.map_err(|_| blocked()),
            opened = browser::start(&command) => opened,
        };
        if !opened {
            return Err(blocked());
        }
        arrival.await.map_err(|_| blocked())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn environment(deep_link: &str) -> Environment {
        let text = format!(
            "name = \"lab\"\nmetadata = \"https://lab.example/v2.0/.well-known/openid-configuration\"\n\
             client_id = \"lab\"\n{deep_link}\n[referrals]\nbase = \"https://lab.example/r\"\nscope = \"lab/read\"\n"
        );
        Environment::parse(&text).expect("an environment")
    }

    #[test]
    fn only_an_environment_with_our_scheme_has_the_way() {
        let scheme = PrivateScheme::new("com.example.app");
        let link = |line| SchemeLink::of(&scheme, &environment(line));
        let ours = link("deep_link = \"com.example.app://auth\"");
        assert!(!ours.is_available(), "not registered yet");
        scheme.set_registered(true);
        assert!(ours.is_available());
        assert!(!link("deep_link = \"com.example.app.dev://auth\"").is_available());
        assert!(!link("").is_available());
        assert!(!SchemeLink::none().is_available());
    }

    #[tokio::test]
    async fn a_round_trip_ends_with_its_own_nonce_and_once() {
        let scheme = PrivateScheme::new("com.example.app");
        let (awaited, arrival) = scheme.await_nonce();
        let address = format!("com.example.app://self-test?nonce={}", awaited.nonce);
        assert_eq!(scheme.take_self_test("com.example.app://self-test?nonce=0"), SelfTest::Stray);
        assert_eq!(scheme.take_self_test("com.example.app://auth?code=c"), SelfTest::Other);
        assert_eq!(scheme.take_self_test(&address.replace("app:", "app.dev:")), SelfTest::Other);
        assert_eq!(scheme.take_self_test(&address), SelfTest::Arrived);
        assert_eq!(arrival.await, Ok(()));
        assert_eq!(scheme.take_self_test(&address), SelfTest::Stray);
    }

    #[tokio::test]
    async fn two_round_trips_at_once_both_end_and_a_dropped_one_is_forgotten() {
        let scheme = PrivateScheme::new("com.example.app");
        let (first, first_arrival) = scheme.await_nonce();
        let (second, second_arrival) = scheme.await_nonce();
        let address = |awaited: &Awaited| format!("com.example.app://self-test/?nonce={}", awaited.nonce);
        let (to_first, to_second) = (address(&first), address(&second));
        drop((second, second_arrival));
        assert_eq!(scheme.take_self_test(&to_second), SelfTest::Stray);
        assert_eq!(scheme.take_self_test(&to_first), SelfTest::Arrived);
        assert_eq!(first_arrival.await, Ok(()));
        drop(first);
        assert!(scheme.awaited().is_empty());
    }

    #[tokio::test]
    async fn a_link_of_another_scheme_proves_nothing() {
        let failure = SchemeLink::none().prove().await.expect_err("no way");
        assert_eq!(failure.class, FailureClass::ReturnBlocked);
    }

    proptest! {
        #[test]
        fn no_address_ends_a_round_trip_of_another(address in ".{0,80}", tail in "[/?#=a-z0-9%]{0,60}") {
            let scheme = PrivateScheme::new("com.example.app");
            let (_awaited, mut arrival) = scheme.await_nonce();
            for hostile in [address, format!("com.example.app://self-test{tail}")] {
                prop_assert_ne!(scheme.take_self_test(&hostile), SelfTest::Arrived);
            }
            prop_assert!(arrival.try_recv().is_err());
        }
    }
}
