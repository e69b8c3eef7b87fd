//! What can go wrong on request: every fault, and which are on.

use std::collections::HashMap;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use serde_json::{Value, json};

macro_rules! faults {
    ($($name:ident = $id:literal, $sentence:literal;)+) => {
        /// A fault that the control interface can switch on.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        pub enum Fault {
            $(#[doc = $sentence] $name,)+
        }

        impl Fault {
            /// Every fault.
            pub const ALL: &[Self] = &[$(Self::$name,)+];

            /// The id in addresses.
            pub fn id(self) -> &'static str {
                match self { $(Self::$name => $id,)+ }
            }

            /// What happens while it is on.
            pub fn sentence(self) -> &'static str {
                match self { $(Self::$name => $sentence,)+ }
            }
        }
    };
}

faults! {
    ConsentDeclined = "consent_declined", "Accept on the permissions page acts as Cancel (65004).";
    MfaStatusLine = "mfa_status_line", "Partner Center answers 401 with MFA required in the status line and no body.";
    Mfa900421 = "mfa_900421", "Partner Center answers 401 with a JSON body that holds code 900421.";
    MfaSdkText = "mfa_sdk_text", "Partner Center answers 401 with the text MFA required. (10001).";
    MfaOnlyWhenAsked = "mfa_only_when_asked", "New sign-ins ask for the second factor only if the request's claims ask for MFA; without it Partner Center refuses.";
    MfaHeaderFalse = "mfa_header_false", "The header isMfaCompliant says false.";
    RoleMissing = "role_missing", "The Referrals API answers 403: no role.";
    PasswordChanged = "password_changed", "Refresh tokens of earlier sign-ins are refused with 50173.";
    RefreshExpired = "refresh_expired", "Refresh tokens of earlier sign-ins are refused with 700082.";
    RefreshTokenReplayed = "refresh_token_replayed", "A refresh token works once; a used one is refused.";
    CodeExpired = "code_expired", "Authorization codes count as older than ten minutes (70008).";
    ConsentWithdrawn = "consent_withdrawn", "Consent given before now is gone: 65001 until somebody accepts again.";
    SecondResourceRefused = "second_resource_refused", "Tokens for the Partner Center API are refused with 65001; referrals still work.";
    ConditionalAccess = "conditional_access", "Sign-in pages and refreshes stop at 53003 with message_only.";
    ClaimsChallenge = "claims_challenge", "The Referrals API answers 401 insufficient_claims until a sign-in carried the claims.";
    PagesNeverReturn = "pages_never_return", "Error pages have no link back to the app.";
    Throttled = "throttled", "Partner Center answers 429 with Retry-After: 2 until that time has passed, once.";
    ServerError = "server_error", "The next 3 calls to Partner Center are answered with 500.";
    ExpiredAccessToken = "expired_access_token", "The next call to the Referrals API is answered with an empty 401.";
    HtmlInsteadOfJson = "html_instead_of_json", "The Referrals API answers 200 with an HTML page.";
    OrganizationVanished = "organization_vanished", "The organization with the most deals is no longer visible.";
    WebhookPowerAutomate = "webhook_power_automate", "The webhook is still registered to a Power Automate flow.";
    KeyRotation = "key_rotation", "Switching it on makes a new signing key; the old ones stay published.";
    ClockSkew = "clock_skew", "The sandbox's clock is one hour ahead, in Date headers and tokens.";
    Slow = "slow", "Every answer takes 5 seconds longer.";
}

/// How long a throttled caller has to wait.
const THROTTLE: Duration = Duration::from_secs(2);
/// How many calls the fault `server_error` spoils.
const SPOILED_CALLS: u32 = 3;

impl Fault {
    /// The fault with that id.
    pub fn from_id(id: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|fault| fault.id() == id)
    }
}

#[derive(Debug)]
struct Armed {
    since: Instant,
    calls_left: u32,
    throttled_until: Option<Instant>,
}

/// Which faults are on, and since when.
#[derive(Debug, Default)]
pub struct FaultBoard {
    armed: Mutex<HashMap<Fault, Armed>>,
}

impl FaultBoard {
    fn armed(&self) -> MutexGuard<'_, HashMap<Fault, Armed>> {
        self.armed.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Switches a fault on; on again, it starts afresh.
    pub fn switch_on(&self, fault: Fault) {
        let calls_left = if fault == Fault::ServerError { SPOILED_CALLS } else { 1 };
        self.armed().insert(fault, Armed { since: Instant::now(), calls_left, throttled_until: None });
    }

    /// Switches a fault off.
    pub fn switch_off(&self, fault: Fault) {
        self.armed().remove(&fault);
    }

    /// Switches every fault off.
    pub fn clear(&self) {
        self.armed().clear();
    }

    /// Whether a fault is on.
    pub fn is_on(&self, fault: Fault) -> bool {
        self.armed().contains_key(&fault)
    }

    /// Whether a fault is on and was switched on after `moment`.
    pub fn hit_after(&self, fault: Fault, moment: Instant) -> bool {
        self.armed().get(&fault).is_some_and(|armed| armed.since > moment)
    }

    /// Counts one spoiled call; true if this call is to be spoiled. A spent fault is off.
    pub fn spend(&self, fault: Fault) -> bool {
        let mut board = self.armed();
        let Some(armed) = board.get_mut(&fault) else { return false };
        armed.calls_left = armed.calls_left.saturating_sub(1);
        if armed.calls_left == 0 {
            board.remove(&fault);
        }
        true
    }

    /// Whole seconds that the caller still has to wait at `now`. Once they have passed the fault is off.
    pub fn throttle(&self, now: Instant) -> Option<u64> {
        let mut board = self.armed();
        let armed = board.get_mut(&Fault::Throttled)?;
        let left = armed.throttled_until.get_or_insert(now + THROTTLE).saturating_duration_since(now);
        if left.is_zero() {
            board.remove(&Fault::Throttled);
            return None;
        }
        Some(left.as_millis().div_ceil(1000).try_into().unwrap_or(u64::MAX))
    }

    /// The list that the control interface shows.
    pub fn listing(&self) -> Value {
        let rows = Fault::ALL
            .iter()
            .map(|fault| json!({"id": fault.id(), "sentence": fault.sentence(), "on": self.is_on(*fault)}));
        rows.collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_lead_back_to_their_fault() {
        for fault in Fault::ALL {
            assert_eq!(Fault::from_id(fault.id()), Some(*fault));
        }
        assert_eq!(Fault::from_id("no_such_fault"), None);
    }

    #[test]
    fn a_counted_fault_spoils_three_calls_and_is_off() {
        let board = FaultBoard::default();
        board.switch_on(Fault::ServerError);
        let spoiled: Vec<bool> = (0..4).map(|_| board.spend(Fault::ServerError)).collect();
        assert_eq!(spoiled, [true, true, true, false]);
        assert!(!board.is_on(Fault::ServerError));
    }

    #[test]
    fn throttling_counts_down_and_ends() {
        let board = FaultBoard::default();
        let start = Instant::now();
        assert_eq!(board.throttle(start), None);
        board.switch_on(Fault::Throttled);
        assert_eq!(board.throttle(start), Some(2));
        assert_eq!(board.throttle(start + Duration::from_millis(1500)), Some(1));
        assert_eq!(board.throttle(start + THROTTLE), None);
        assert!(!board.is_on(Fault::Throttled));
    }

    #[test]
    fn a_sign_in_after_the_fault_is_not_hit_by_it() {
        let board = FaultBoard::default();
        let before = Instant::now();
        board.switch_on(Fault::PasswordChanged);
        assert!(board.hit_after(Fault::PasswordChanged, before));
        assert!(!board.hit_after(Fault::PasswordChanged, Instant::now()));
    }
}
