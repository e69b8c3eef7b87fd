//! Waiting for another person, as a state of its own.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::failure::{Actor, Failure, FailureClass};

/// What is waited for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum OpenItemId {
    /// WorkSpan Support answers the first message (Migration).
    SupportContact,
    /// A directory administrator approves the permissions.
    Consent,
    /// A Partner Center administrator gives the Referrals admin role.
    Role,
    /// The Power Automate flows are turned off.
    FlowsOff,
    /// Integrations are turned on.
    IntegrationsOn,
    /// WorkSpan runs its own test.
    WorkspanTest,
    /// The company is not in the list.
    CompanyNotListed,
}

impl OpenItemId {
    /// All items.
    pub const ALL: [Self; 7] = [
        Self::SupportContact,
        Self::Consent,
        Self::Role,
        Self::FlowsOff,
        Self::IntegrationsOn,
        Self::WorkspanTest,
        Self::CompanyNotListed,
    ];

    /// The word in the JSON contract, such as `integrations-on`.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::SupportContact => "support-contact",
            Self::Consent => "consent",
            Self::Role => "role",
            Self::FlowsOff => "flows-off",
            Self::IntegrationsOn => "integrations-on",
            Self::WorkspanTest => "workspan-test",
            Self::CompanyNotListed => "company-not-listed",
        }
    }

    /// What an administrator has to do before a sign-in or check that failed so can pass.
    #[must_use]
    pub fn behind(failure: &Failure) -> Option<Self> {
        match (failure.class, failure.actor()) {
            (FailureClass::ConsentNeeded, Actor::TenantAdmin) => Some(Self::Consent),
            (FailureClass::RoleMissing, Actor::PartnerAdmin) => Some(Self::Role),
            _ => None,
        }
    }

    /// Who is waited for.
    #[must_use]
    pub fn who(self) -> Actor {
        match self {
            Self::Consent => Actor::TenantAdmin,
            Self::Role => Actor::PartnerAdmin,
            Self::FlowsOff => Actor::User,
            Self::SupportContact | Self::IntegrationsOn | Self::WorkspanTest | Self::CompanyNotListed => {
                Actor::Support
            }
        }
    }
}

/// One thing that somebody else has to do.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OpenItem {
    /// What.
    pub id: OpenItemId,
    /// Since when it is waited for.
    pub since: Timestamp,
    /// When the person asked for it; `None` as long as nobody has.
    pub asked_at: Option<Timestamp>,
    /// What the person noted: the message sent, a reference, a company name, the names of the flows.
    pub note: Option<String>,
    /// When it was seen to be done.
    pub arrived_at: Option<Timestamp>,
    /// Who did it, where that was told: the flows were turned off by a person with a name.
    pub done_by: Option<String>,
}

impl OpenItem {
    /// An item that somebody was asked for at a time.
    #[must_use]
    pub fn asked(id: OpenItemId, at: Timestamp) -> Self {
        Self { asked_at: Some(at), ..Self::waiting(id, at) }
    }

    /// An item that is waited for from a time on, and that nobody was asked for yet.
    #[must_use]
    pub fn waiting(id: OpenItemId, since: Timestamp) -> Self {
        Self { id, since, asked_at: None, note: None, arrived_at: None, done_by: None }
    }

    /// Whether it still waits.
    #[must_use]
    pub fn is_open(&self) -> bool {
        self.arrived_at.is_none()
    }
}
