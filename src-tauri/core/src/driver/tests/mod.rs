//! The driver in a made-up world, with a clock that moves when the test says so.

mod checks;
mod disconnect;
mod fakes;
mod faults;
mod organizations;
mod preflight;
mod renewals;
mod sign_in;
mod way_back;
mod world;

use std::pin::pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::task::{Context, Poll, Wake, Waker};

use self::world::{SAVED, World, row, signed_in};
use super::Driver;
use crate::check::{Check, CheckId, CheckKind, CheckResult, Report};
use crate::failure::{Failure, FailureClass};
use crate::flow::{Activity, Intent};
use crate::record::Settings;
use crate::status::Word;
use crate::step::Flow;
use crate::username::MicrosoftUsername;

const AUTHORIZE: Intent = Intent::Authorize { second_check: false, session_only: false };
const SESSION_ONLY: Intent = Intent::Authorize { second_check: false, session_only: true };
const PROBE: Intent = Intent::Check(CheckKind::Probe);
const TEST: Intent = Intent::Check(CheckKind::Test);

struct Woken(AtomicBool);

impl Wake for Woken {
    fn wake(self: Arc<Self>) {
        self.0.store(true, Ordering::Relaxed);
    }
}

/// Polls as long as something moves. What stands still is dropped, as a caller does who stops waiting.
fn run<T>(future: impl Future<Output = T>) -> Option<T> {
    let woken = Arc::new(Woken(AtomicBool::new(true)));
    let waker = Waker::from(Arc::clone(&woken));
    let mut context = Context::from_waker(&waker);
    let mut future = pin!(future);
    while woken.0.swap(false, Ordering::Relaxed) {
        if let Poll::Ready(value) = future.as_mut().poll(&mut context) {
            return Some(value);
        }
    }
    None
}

/// A driver and the world that it drives.
struct Desk {
    driver: Driver<World>,
    world: World,
}

impl Desk {
    fn in_world(world: &World) -> Self {
        let driver = run(Driver::open(world.clone())).expect("the store answers");
        Self { driver, world: world.clone() }
    }

    /// Username and flow are saved.
    fn new(flow: Flow) -> Self {
        let mut desk = Self::in_world(&World::new());
        desk.settle(flow);
        desk
    }

    fn settle(&mut self, flow: Flow) -> &mut Self {
        let username = MicrosoftUsername::parse(SAVED).expect("a username");
        let settings = Settings { flow: Some(flow), username: Some(username), ..Settings::default() };
        self.want(Intent::Settings(settings))
    }

    /// Signed in and probed, with an organization chosen.
    fn connected(flow: Flow) -> Self {
        let mut desk = Self::new(flow);
        desk.want(AUTHORIZE).want(Intent::ListOrganizations);
        desk.want(Intent::SelectOrganization { id: "org-1".to_owned() });
        assert_eq!((desk.word(), desk.failure()), (Word::Active, None));
        desk
    }

    fn want(&mut self, intent: Intent) -> &mut Self {
        let _ = run(self.driver.intend(intent));
        self.go_on()
    }

    /// Until nothing is under way or all of it waits for the test.
    fn go_on(&mut self) -> &mut Self {
        while run(self.driver.next()) == Some(true) {}
        self
    }

    fn word(&self) -> Word {
        self.driver.state().record.word()
    }

    fn failure(&self) -> Option<FailureClass> {
        self.driver.state().failure().map(|failure| failure.class)
    }

    fn activity(&self) -> &Activity {
        &self.driver.state().activity
    }

    fn report(&self) -> &Report {
        self.driver.state().record.last_report.as_ref().expect("a report")
    }

    fn check(&self, id: CheckId) -> &Check {
        self.report().checks.iter().find(|check| check.id == id).expect("the check is part of the run")
    }

    fn result(&self, id: CheckId) -> CheckResult {
        self.check(id).result
    }

    fn reason(&self, id: CheckId) -> Option<&str> {
        self.check(id).reason.as_deref()
    }

    fn holds_secrets(&self) -> bool {
        self.driver.hands.with_secrets(|secrets| secrets.redeemed.is_some() || secrets.in_memory.is_some())
    }

    fn is_session_only(&self) -> bool {
        crate::view::qualifiers(self.driver.state()).contains(&crate::status::Qualifier::SessionOnly)
    }

    /// What the directory would take now is what is kept, and no replaced token was ever shown to it.
    fn assert_token_is_safe(&self) {
        let inner = self.world.get();
        assert!(!inner.reused, "a replaced token was used again");
        let stored = inner.keychain.as_ref().map(|(_, token)| token);
        assert_eq!(stored, inner.live.as_ref(), "the keychain has the newest token");
    }
}

fn locked() -> Failure {
    Failure::of(FailureClass::KeychainLocked)
}
