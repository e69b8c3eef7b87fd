//! What is asked of Partner Center, and what comes of it.

use std::future::Future;

use crate::failure::Failure;
use crate::organization::{SeenInProfile, SeenInReferral};
use crate::secret::AccessToken;

/// Which referrals to read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ReferralQuery {
    /// The newest `top`, at most 100.
    Newest {
        /// How many.
        top: u8,
    },
    /// The page behind a continuation that an earlier page gave.
    Continued(String),
}

/// What is read of a referral. Nothing of a customer is among it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReferralRow {
    /// The referral's id.
    pub id: String,
    /// Organization and name.
    pub organization: SeenInReferral,
    /// Whether the account's own address stands in the team; `None` when no team was sent.
    pub account_in_team: Option<bool>,
}

/// One page of referrals.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ReferralPage {
    /// The rows.
    pub rows: Vec<ReferralRow>,
    /// How to ask for the next page: the continuation token alone, never an address.
    pub next: Option<String>,
    /// The id of the request.
    pub correlation_id: Option<String>,
}

/// One referral, read by its id.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReferralSeen {
    /// The id that the body carries.
    pub id: String,
    /// `organizationId`, where the body has one.
    pub organization_id: Option<String>,
    /// The id of the request.
    pub correlation_id: Option<String>,
}

/// What a profile call showed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ProfileAnswer {
    /// The company name, where the body has one.
    pub company: Option<SeenInProfile>,
    /// What Partner Center says about the second factor, where it says so.
    pub mfa_compliant: Option<bool>,
    /// The id of the request.
    pub correlation_id: Option<String>,
}

/// Who receives the referral events.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WebhookOwner {
    /// Nobody.
    Nobody,
    /// A Power Automate or Logic Apps address.
    PowerAutomate,
    /// Another address.
    Other,
}

/// The Partner Center APIs, read only.
pub trait PartnerCenter: Send + Sync {
    /// Whether the environment has profiles at all.
    fn has_profiles(&self) -> bool;

    /// Reads referrals. `username` is compared with the team and never sent.
    ///
    /// # Errors
    /// What the API refused, or what stood between.
    fn referrals(
        &self,
        access: &AccessToken,
        query: &ReferralQuery,
        username: &str,
    ) -> impl Future<Output = Result<ReferralPage, Failure>> + Send;

    /// Reads one referral by id.
    ///
    /// # Errors
    /// As above.
    fn referral(
        &self,
        access: &AccessToken,
        id: &str,
    ) -> impl Future<Output = Result<ReferralSeen, Failure>> + Send;

    /// Reads the organization profile and asks whether the token proves a second factor.
    ///
    /// # Errors
    /// As above.
    fn organization_profile(
        &self,
        access: &AccessToken,
    ) -> impl Future<Output = Result<ProfileAnswer, Failure>> + Send;

    /// Reads the legal business profile.
    ///
    /// # Errors
    /// As above.
    fn legal_business_profile(
        &self,
        access: &AccessToken,
    ) -> impl Future<Output = Result<ProfileAnswer, Failure>> + Send;

    /// Reads who receives the referral events.
    ///
    /// # Errors
    /// As above.
    fn webhook(&self, access: &AccessToken) -> impl Future<Output = Result<WebhookOwner, Failure>> + Send;
}
