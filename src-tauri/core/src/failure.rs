//! The closed set of failure classes and what each means for the person.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::remote_text::RemoteText;
use crate::step::Stage;

/// Who can mend a failure.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Actor {
    /// The person at this computer.
    User,
    /// An administrator of the company's Microsoft directory.
    TenantAdmin,
    /// Who gives roles in Partner Center.
    PartnerAdmin,
    /// Who runs the network, proxy or firewall.
    Network,
    /// Microsoft.
    Microsoft,
    /// The makers of this program.
    Us,
    /// WorkSpan Support.
    Support,
}

impl Actor {
    /// The word in the JSON contract.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::User => "user",
            Self::TenantAdmin => "tenant_admin",
            Self::PartnerAdmin => "partner_admin",
            Self::Network => "network",
            Self::Microsoft => "microsoft",
            Self::Us => "us",
            Self::Support => "support",
        }
    }
}

/// The one step to do again.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Redo {
    /// Nothing in this program mends it.
    Nothing,
    /// This stage.
    Stage(Stage),
    /// Whatever step failed.
    FailedStep,
}

/// Whether time alone helps.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Waiting {
    /// No.
    No,
    /// A few minutes after somebody acted.
    Minutes,
    /// It may.
    Perhaps,
    /// Yes.
    Yes,
}

/// What a failure makes of the word of a credential that is already held.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum HeldWord {
    /// It becomes Inactive.
    Inactive,
    /// It becomes Can't check.
    CantCheck,
    /// It becomes Not connected.
    NotConnected,
    /// It stays.
    Unchanged,
}

/// One row of the table of classes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ClassRule {
    /// Who mends it.
    pub actor: Actor,
    /// The step to do again.
    pub redo: Redo,
    /// Whether waiting helps.
    pub waiting: Waiting,
    /// The word for a held credential.
    pub held: HeldWord,
}

macro_rules! failure_classes {
    ($($(#[$doc:meta])* $variant:ident = $name:literal, $actor:ident, $redo:expr, $waiting:ident, $held:ident;)*) => {
        /// Every failure ends in exactly one of these.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
        pub enum FailureClass {
            $($(#[$doc])* #[serde(rename = $name)] $variant,)*
        }

        impl FailureClass {
            /// All classes, in the order of the product's table. The order is part of the state code: append only.
            pub const ALL: &'static [Self] = &[$(Self::$variant,)*];

            /// The name that support and scripts see, such as `SIGN_IN_AGAIN`.
            #[must_use]
            pub fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $name,)* }
            }

            /// The row of the table for this class.
            #[must_use]
            pub fn rule(self) -> ClassRule {
                match self {
                    $(Self::$variant => ClassRule {
                        actor: Actor::$actor, redo: $redo, waiting: Waiting::$waiting, held: HeldWord::$held,
                    },)*
                }
            }
        }
    };
}

const AUTHORIZE: Redo = Redo::Stage(Stage::Authorize);
const USERNAME: Redo = Redo::Stage(Stage::Username);

failure_classes! {
    /// The held credential is dead or refused; one new sign-in mends it.
    SignInAgain = "SIGN_IN_AGAIN", User, AUTHORIZE, No, Inactive;
    /// This attempt failed; nothing is wrong with the account.
    RestartSignIn = "RESTART_SIGN_IN", User, AUTHORIZE, No, Unchanged;
    /// A second factor was required and not given.
    SignInWithMfa = "SIGN_IN_WITH_MFA", User, AUTHORIZE, No, Inactive;
    /// The person has no usable second factor yet.
    RegisterMfa = "REGISTER_MFA", User, AUTHORIZE, No, Inactive;
    /// Still refused after a fresh sign-in that asked for a second factor.
    MfaNotEnforced = "MFA_NOT_ENFORCED", TenantAdmin, AUTHORIZE, No, Inactive;
    /// A permission is missing or was withdrawn.
    ConsentNeeded = "CONSENT_NEEDED", TenantAdmin, AUTHORIZE, No, Inactive;
    /// Somebody pressed Cancel on the permissions page.
    ConsentDeclined = "CONSENT_DECLINED", User, AUTHORIZE, No, Unchanged;
    /// The person went back or cancelled.
    UserCancelled = "USER_CANCELLED", User, AUTHORIZE, No, Unchanged;
    /// The account is personal, a guest, of another directory, or not the saved one.
    WrongAccount = "WRONG_ACCOUNT", User, AUTHORIZE, No, Unchanged;
    /// The account cannot sign in as it is.
    AccountDisabled = "ACCOUNT_DISABLED", TenantAdmin, AUTHORIZE, No, Inactive;
    /// The company restricts the app to assigned users.
    NotAssigned = "NOT_ASSIGNED", TenantAdmin, AUTHORIZE, No, Inactive;
    /// Partner Center refuses: no Referrals role.
    RoleMissing = "ROLE_MISSING", PartnerAdmin, Redo::Stage(Stage::Test), Minutes, Inactive;
    /// A policy that no sign-in can satisfy.
    PolicyBlocked = "POLICY_BLOCKED", TenantAdmin, AUTHORIZE, No, Inactive;
    /// The policy wants a managed or registered device.
    DeviceNotCompliant = "DEVICE_NOT_COMPLIANT", TenantAdmin, AUTHORIZE, No, Inactive;
    /// The directory does not exist or lives in another cloud.
    TenantNotFound = "TENANT_NOT_FOUND", User, USERNAME, No, Inactive;
    /// Our app is unknown or disabled in this directory.
    AppNotInTenant = "APP_NOT_IN_TENANT", TenantAdmin, AUTHORIZE, No, Inactive;
    /// Partner Center is not set up in this directory.
    ServiceNotEnabled = "SERVICE_NOT_ENABLED", User, USERNAME, No, Inactive;
    /// Partner Center knows no relation between the company and what was asked for.
    NoRelationship = "NO_RELATIONSHIP", PartnerAdmin, Redo::Stage(Stage::Organization), No, Inactive;
    /// Our registration or our code is wrong.
    AppMisconfigured = "APP_MISCONFIGURED", Us, Redo::Nothing, No, Inactive;
    /// Microsoft says: pending.
    KeepWaiting = "KEEP_WAITING", User, Redo::Nothing, Yes, CantCheck;
    /// Throttled or out of order at Microsoft.
    RetryLater = "RETRY_LATER", Microsoft, Redo::Nothing, Yes, CantCheck;
    /// Proxy, firewall, captive portal or TLS interception.
    NetworkBlocked = "NETWORK_BLOCKED", Network, Redo::FailedStep, No, CantCheck;
    /// No network.
    Offline = "OFFLINE", User, Redo::FailedStep, Yes, CantCheck;
    /// The computer's clock is off by more than the leeway.
    ClockWrong = "CLOCK_WRONG", User, Redo::FailedStep, No, CantCheck;
    /// An answer that cannot be read or must not be trusted.
    UnexpectedAnswer = "UNEXPECTED_ANSWER", Support, Redo::FailedStep, Perhaps, CantCheck;
    /// Other organizations are visible, the chosen one is not.
    OrganizationMissing = "ORGANIZATION_MISSING", User, Redo::Stage(Stage::Organization), No, Inactive;
    /// No browser could be started.
    BrowserNotOpened = "BROWSER_NOT_OPENED", User, AUTHORIZE, No, Unchanged;
    /// The answer could not reach the app.
    ReturnBlocked = "RETURN_BLOCKED", User, AUTHORIZE, No, Unchanged;
    /// The keychain is locked.
    KeychainLocked = "KEYCHAIN_LOCKED", User, Redo::Nothing, No, CantCheck;
    /// No keychain answers.
    KeychainMissing = "KEYCHAIN_MISSING", User, Redo::Nothing, No, CantCheck;
    /// What the keychain holds cannot be read as a credential.
    KeychainDamaged = "KEYCHAIN_DAMAGED", User, AUTHORIZE, No, NotConnected;
    /// The history is damaged; it was kept aside.
    StoreDamaged = "STORE_DAMAGED", User, Redo::Nothing, No, Unchanged;
    /// The history cannot be written.
    StoreNotWritable = "STORE_NOT_WRITABLE", User, Redo::Nothing, No, Unchanged;
    /// A status file is damaged.
    FileDamaged = "FILE_DAMAGED", User, Redo::Nothing, No, Unchanged;
    /// A status file was written by a newer version.
    FileTooNew = "FILE_TOO_NEW", User, Redo::Nothing, No, Unchanged;
    /// None of the above; Microsoft's own sentence is shown.
    Unknown = "UNKNOWN", Support, Redo::FailedStep, Perhaps, CantCheck;
}

impl fmt::Display for FailureClass {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.as_str())
    }
}

/// A failure with what is known about it. Holds no secret and no raw body.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Failure {
    /// The class, which decides everything that the person sees.
    pub class: FailureClass,
    /// Who mends it, where the catalogue refines the class.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub refined_actor: Option<Actor>,
    /// The most specific code, such as `AADSTS50173`, `900421`, `HTTP 403`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub code: Option<String>,
    /// The id that Microsoft's support asks for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub correlation_id: Option<String>,
    /// Microsoft's own sentence, cleaned and capped; shown as a quotation only.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub quotation: Option<RemoteText>,
    /// The claims that Microsoft asks to be passed back once (a JSON text), if any.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub claims: Option<String>,
    /// Seconds after which a repetition makes sense, where Microsoft said so.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub retry_after_seconds: Option<u64>,
}

impl Failure {
    /// A failure of a class with nothing else known.
    #[must_use]
    pub fn of(class: FailureClass) -> Self {
        Self {
            class,
            refined_actor: None,
            code: None,
            correlation_id: None,
            quotation: None,
            claims: None,
            retry_after_seconds: None,
        }
    }

    /// Another process of this program keeps what is needed here; Microsoft has nothing to do with it.
    #[must_use]
    pub fn busy_elsewhere() -> Self {
        let refined_actor = Some(Actor::User);
        Self { refined_actor, ..Self::of(FailureClass::RetryLater).with_code("another process") }
    }

    /// The same failure with a code.
    #[must_use]
    pub fn with_code(mut self, code: impl Into<String>) -> Self {
        self.code = Some(code.into());
        self
    }

    /// The same failure with a correlation id.
    #[must_use]
    pub fn with_correlation_id(mut self, id: Option<String>) -> Self {
        self.correlation_id = id.or(self.correlation_id);
        self
    }

    /// The same failure with Microsoft's own words.
    #[must_use]
    pub fn with_quotation(mut self, text: &str) -> Self {
        self.quotation = Some(RemoteText::clean(text));
        self
    }

    /// Who mends it.
    #[must_use]
    pub fn actor(&self) -> Actor {
        self.refined_actor.unwrap_or(self.class.rule().actor)
    }

    /// The stage to do again when the failure happened at `stage`; `None` where nothing here mends it.
    #[must_use]
    pub fn redo(&self, stage: Stage) -> Option<Stage> {
        match self.class.rule().redo {
            Redo::Nothing => None,
            Redo::Stage(stage) => Some(stage),
            Redo::FailedStep => Some(stage),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn class_names_are_unique_and_survive_a_round_trip() {
        for class in FailureClass::ALL {
            let json = serde_json::to_string(class).expect("a class serializes");
            assert_eq!(json, format!("\"{class}\""));
            assert_eq!(serde_json::from_str::<FailureClass>(&json).expect("and reads back"), *class);
        }
        let mut names: Vec<_> = FailureClass::ALL.iter().map(|class| class.as_str()).collect();
        names.sort_unstable();
        names.dedup();
        assert_eq!(names.len(), FailureClass::ALL.len());
    }

    #[test]
    fn classes_that_no_sign_in_mends_never_ask_the_person_to_sign_in_again() {
        use FailureClass::{AppMisconfigured, DeviceNotCompliant, MfaNotEnforced, PolicyBlocked, RetryLater};
        for class in [AppMisconfigured, RetryLater] {
            assert_eq!(class.rule().redo, Redo::Nothing, "{class} would loop");
        }
        for class in [PolicyBlocked, DeviceNotCompliant, MfaNotEnforced] {
            assert_eq!(class.rule().actor, Actor::TenantAdmin, "{class} waits for an administrator");
        }
    }
}
