//! A world behind the ports: a keychain, a directory that rotates tokens, Partner Center, a store and a clock.
//! Every call can be counted, refused once, or held up until the test lets it go.

use std::collections::{HashMap, HashSet, VecDeque};
use std::future::poll_fn;
use std::sync::{Arc, Mutex, MutexGuard};
use std::task::{Poll, Waker};
use std::time::Duration;

use jiff::Timestamp;

use crate::failure::{Failure, FailureClass};
use crate::history::{HistoryEntry, What};
use crate::identity::{Identity, SignedIn};
use crate::organization::SeenInReferral;
use crate::ports::{AttemptId, ReferralRow, Way, WebhookOwner};
use crate::record::{Change, Record};

pub(super) const SAVED: &str = "svc@contoso.com";

/// What the test arranges and what it looks at afterwards.
pub(super) struct Inner {
    pub(super) elapsed: Duration,
    wakers: Vec<Waker>,
    /// The names of the calls so far, in order.
    pub(super) calls: Vec<&'static str>,
    held_up: HashSet<&'static str>,
    refusals: HashMap<&'static str, VecDeque<Option<Failure>>>,
    /// The call with this number fails, with the kind of failure of this number.
    pub(super) fault: Option<(usize, usize)>,
    pub(super) fault_fired: Option<&'static str>,
    pub(super) keychain: Option<(Identity, String)>,
    pub(super) authority: &'static str,
    pub(super) signs_in: SignedIn,
    /// What the ID token of a refresh says, where one comes.
    pub(super) refreshed_as: Option<SignedIn>,
    pub(super) has_refresh_token: bool,
    pub(super) rotates: bool,
    tokens: u32,
    /// The one refresh token that the directory takes.
    pub(super) live: Option<String>,
    /// A token was presented that had been replaced: a real directory would end the whole family.
    pub(super) reused: bool,
    pub(super) has_deep_link: bool,
    pub(super) has_browser: bool,
    /// The ways back that addresses were made for, in order.
    pub(super) begun: Vec<Way>,
    pub(super) redeemed: Vec<AttemptId>,
    pub(super) ended: Vec<AttemptId>,
    pub(super) rows: Vec<ReferralRow>,
    /// How many rows stand on one page.
    pub(super) page: usize,
    pub(super) has_profiles: bool,
    pub(super) mfa: Option<bool>,
    pub(super) company: Option<&'static str>,
    pub(super) webhook: WebhookOwner,
    pub(super) store: Record,
    pub(super) not_stored: Vec<Change>,
    pub(super) history: Vec<HistoryEntry>,
}

#[derive(Clone)]
pub(super) struct World {
    inner: Arc<Mutex<Inner>>,
    pub(super) lock: Arc<futures_util::lock::Mutex<()>>,
}

pub(super) fn signed_in(username: &str) -> SignedIn {
    let identity = Identity { tenant: "contoso".to_owned(), object: username.to_owned() };
    SignedIn { identity, username: Some(username.to_owned()) }
}

pub(super) fn row(id: &str, organization: &str, account_in_team: Option<bool>) -> ReferralRow {
    let organization = SeenInReferral { id: organization.to_owned(), name: organization.to_owned() };
    ReferralRow { id: id.to_owned(), organization, account_in_team }
}

impl World {
    pub(super) fn new() -> Self {
        let inner = Inner {
            elapsed: Duration::ZERO,
            wakers: Vec::new(),
            calls: Vec::new(),
            held_up: HashSet::new(),
            refusals: HashMap::new(),
            fault: None,
            fault_fired: None,
            keychain: None,
            authority: "login.example client",
            signs_in: signed_in(SAVED),
            refreshed_as: Some(signed_in(SAVED)),
            has_refresh_token: true,
            rotates: true,
            tokens: 0,
            live: None,
            reused: false,
            has_deep_link: false,
            has_browser: true,
            begun: Vec::new(),
            redeemed: Vec::new(),
            ended: Vec::new(),
            rows: vec![row("r1", "org-1", Some(false)), row("r2", "org-2", Some(true))],
            page: 100,
            has_profiles: true,
            mfa: Some(true),
            company: Some("org-1"),
            webhook: WebhookOwner::Nobody,
            store: Record::default(),
            not_stored: Vec::new(),
            history: Vec::new(),
        };
        Self { inner: Arc::new(Mutex::new(inner)), lock: Arc::default() }
    }

    pub(super) fn get(&self) -> MutexGuard<'_, Inner> {
        self.inner.lock().expect("no test panicked while it held the world")
    }

    /// The next call of this name is refused.
    pub(super) fn refuse(&self, name: &'static str, failure: Failure) {
        self.refuse_later(name, 0, failure);
    }

    /// That many calls of this name go well before one is refused.
    pub(super) fn refuse_later(&self, name: &'static str, passed: usize, failure: Failure) {
        let mut inner = self.get();
        let refusals = inner.refusals.entry(name).or_default();
        refusals.extend(std::iter::repeat_n(None, passed));
        refusals.push_back(Some(failure));
    }

    pub(super) fn hold_up(&self, name: &'static str) {
        self.get().held_up.insert(name);
    }

    pub(super) fn let_go(&self, name: &'static str) {
        self.get().held_up.remove(name);
        self.wake();
    }

    pub(super) fn advance(&self, seconds: u64) {
        self.get().elapsed += Duration::from_secs(seconds);
        self.wake();
    }

    fn wake(&self) {
        let wakers = std::mem::take(&mut self.get().wakers);
        wakers.iter().for_each(Waker::wake_by_ref);
    }

    pub(super) fn count(&self, name: &str) -> usize {
        self.get().calls.iter().filter(|call| **call == name).count()
    }

    pub(super) fn said(&self) -> Vec<What> {
        self.get().history.iter().map(|entry| entry.what).collect()
    }

    pub(super) fn now(&self) -> Timestamp {
        let elapsed = i64::try_from(self.get().elapsed.as_secs()).expect("a short test");
        Timestamp::from_second(1_800_000_000 + elapsed).expect("a time")
    }

    pub(super) async fn until(&self, ready: impl Fn(&Inner) -> bool) {
        poll_fn(|context| {
            let mut inner = self.get();
            if ready(&inner) {
                return Poll::Ready(());
            }
            inner.wakers.push(context.waker().clone());
            Poll::Pending
        })
        .await;
    }

    /// One call: others get a turn first, then it waits while it is held up, then it may be refused.
    pub(super) async fn call(&self, name: &'static str) -> Result<(), Failure> {
        let mut turned = false;
        poll_fn(|context| {
            context.waker().wake_by_ref();
            if std::mem::replace(&mut turned, true) { Poll::Ready(()) } else { Poll::Pending }
        })
        .await;
        self.get().calls.push(name);
        self.until(|inner| !inner.held_up.contains(name)).await;
        let mut inner = self.get();
        if let Some(failure) = inner.refusals.get_mut(name).and_then(VecDeque::pop_front).flatten() {
            return Err(failure);
        }
        if let Some((number, kind)) = inner.fault
            && inner.fault_fired.is_none()
            && inner.calls.len() >= number
            && let Some(class) = faults(name).get(kind)
        {
            inner.fault_fired = Some(name);
            return Err(Failure::of(*class));
        }
        Ok(())
    }

    pub(super) fn new_token(&self) -> String {
        let mut inner = self.get();
        inner.tokens += 1;
        let token = format!("refresh-{}", inner.tokens);
        inner.live = Some(token.clone());
        token
    }
}

/// How a call can fail in earnest.
fn faults(name: &str) -> &'static [FailureClass] {
    use FailureClass::{
        BrowserNotOpened, KeychainDamaged, KeychainLocked, KeychainMissing, NetworkBlocked, Offline,
        PolicyBlocked, RetryLater, ReturnBlocked, RoleMissing, SignInAgain, SignInWithMfa, StoreDamaged,
        StoreNotWritable, UnexpectedAnswer, UserCancelled,
    };
    match name {
        "prove" | "loopback" => &[ReturnBlocked, Offline, UnexpectedAnswer],
        "metadata" | "begin" => &[Offline, UnexpectedAnswer, ReturnBlocked],
        "answer" => &[UserCancelled, PolicyBlocked, UnexpectedAnswer],
        "redeem" | "refresh" => &[Offline, SignInAgain, SignInWithMfa],
        "probe" | "write" | "delete" => &[KeychainLocked, KeychainMissing],
        "read" => &[KeychainLocked, KeychainMissing, KeychainDamaged],
        "lock" => &[StoreNotWritable, RetryLater],
        "load" => &[StoreDamaged, StoreNotWritable],
        "commit" => &[StoreNotWritable],
        "open" => &[BrowserNotOpened],
        "referrals" | "referral" => &[RoleMissing, SignInAgain, RetryLater],
        "organization_profile" | "legal_business_profile" | "webhook" => {
            &[RoleMissing, NetworkBlocked, UnexpectedAnswer]
        }
        _ => &[],
    }
}
