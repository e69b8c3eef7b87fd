//! The Partner Center APIs, read only: referrals on one host, profiles and the webhook registration on another.
//!
//! Of each body only the few named fields are read, everything else is skipped unseen: referrals hold personal data of
//! customers. A link in an answer is never followed and a token never leaves for another host; of a link to the next
//! page only its continuation token is kept.

mod bodies;
mod call;
mod continuation;
mod wanted;

use mpc_connect_core::classify::ApiKind;
use mpc_connect_core::environment::{Environment, Resource};
use mpc_connect_core::failure::{Failure, FailureClass};
use mpc_connect_core::organization::Evidence;
use mpc_connect_core::ports::{
    PartnerCenter, ProfileAnswer, ReferralPage, ReferralQuery, ReferralSeen, WebhookOwner,
};
use mpc_connect_core::secret::AccessToken;
use url::Url;

use crate::http;
use call::Call;
use continuation::Continuation;

const FIELDS: &str = "id,organizationId,organizationName,updatedDateTime,team";
const LARGEST_PAGE: u8 = 100;

/// Partner Center as an environment describes it.
#[derive(Clone, Debug)]
pub struct Client {
    http: http::Client,
    referrals: Resource,
    profiles: Option<Resource>,
}

impl Client {
    /// A client that sends through `http`, which has to allow the environment's hosts.
    #[must_use]
    pub fn new(http: http::Client, environment: &Environment) -> Self {
        Self { http, referrals: environment.referrals.clone(), profiles: environment.profiles.clone() }
    }

    fn list_address(&self, query: &ReferralQuery) -> Result<Url, Failure> {
        let mut address = self.referrals.base.clone();
        let (top, continuation) = match query {
            ReferralQuery::Newest { top } => ((*top).clamp(1, LARGEST_PAGE), None),
            ReferralQuery::Continued(token) => (LARGEST_PAGE, Some(token)),
        };
        let mut options = format!("$top={top}&$select={FIELDS}&$orderby=updatedDateTime%20desc");
        if let Some(token) = continuation {
            let token = Continuation::again(token).ok_or_else(|| unexpected("continuation"))?;
            options = format!("{options}&$skiptoken={token}");
        }
        address.set_query(Some(&options));
        Ok(address)
    }

    fn profiles_address(&self, path: &str) -> Result<Url, Failure> {
        let missing = || Failure::of(FailureClass::AppMisconfigured).with_code("no profiles");
        let mut address = self.profiles.as_ref().ok_or_else(missing)?.base.clone();
        let whole = format!("{}{path}", address.path().trim_end_matches('/'));
        address.set_path(&whole);
        Ok(address)
    }

    async fn profile(
        &self,
        access: &AccessToken,
        address: Url,
        evidence: Evidence,
    ) -> Result<ProfileAnswer, Failure> {
        let mut call = Call::new(ApiKind::Profile, address);
        if evidence == Evidence::OrganizationProfile {
            call = call.with_header("ValidateMfa", "true");
        }
        let answer = call.send(&self.http, access).await?;
        let (company, told) = bodies::profile(answer.body(), evidence).ok_or_else(|| answer.unreadable())?;
        let mfa_compliant = answer.header("isMfaCompliant").and_then(bodies::truth).or(told);
        Ok(ProfileAnswer { company, mfa_compliant, correlation_id: answer.correlation_id })
    }
}

impl PartnerCenter for Client {
    fn has_profiles(&self) -> bool {
        self.profiles.is_some()
    }

    async fn referrals(
        &self,
        access: &AccessToken,
        query: &ReferralQuery,
        username: &str,
    ) -> Result<ReferralPage, Failure> {
        let call = Call::new(ApiKind::Referrals, self.list_address(query)?);
        let answer = call.send(&self.http, access).await?;
        let (rows, link) = bodies::page(answer.body(), username).ok_or_else(|| answer.unreadable())?;
        let asked = match query {
            ReferralQuery::Newest { .. } => None,
            ReferralQuery::Continued(token) => Some(token),
        };
        let next = link.and_then(|link| Continuation::of(&link)).filter(|token| Some(token) != asked);
        Ok(ReferralPage { rows, next, correlation_id: answer.correlation_id })
    }

    async fn referral(&self, access: &AccessToken, id: &str) -> Result<ReferralSeen, Failure> {
        let mut address = self.referrals.base.clone();
        let walks = ["", ".", ".."].contains(&id);
        match address.path_segments_mut() {
            Ok(mut path) if !walks => path.pop_if_empty().push(id),
            Ok(_) | Err(()) => return Err(unexpected("referral id")),
        };
        let answer = Call::new(ApiKind::Referrals, address).send(&self.http, access).await?;
        let (id, organization_id) = bodies::referral(answer.body()).ok_or_else(|| answer.unreadable())?;
        Ok(ReferralSeen { id, organization_id, correlation_id: answer.correlation_id })
    }

    async fn organization_profile(&self, access: &AccessToken) -> Result<ProfileAnswer, Failure> {
        let address = self.profiles_address("/v1/profiles/organization")?;
        self.profile(access, address, Evidence::OrganizationProfile).await
    }

    async fn legal_business_profile(&self, access: &AccessToken) -> Result<ProfileAnswer, Failure> {
        let mut address = self.profiles_address("/v1/profiles/legalbusiness")?;
        address.set_query(Some("vettingVersion=Current"));
        self.profile(access, address, Evidence::LegalBusinessProfile).await
    }

    async fn webhook(&self, access: &AccessToken) -> Result<WebhookOwner, Failure> {
        let call = Call::new(ApiKind::Webhook, self.profiles_address("/webhooks/v1/registration")?);
        match call.send_or_absent(&self.http, access).await? {
            Some(answer) => bodies::webhook(answer.body()).ok_or_else(|| answer.unreadable()),
            None => Ok(WebhookOwner::Nobody),
        }
    }
}

fn unexpected(code: &str) -> Failure {
    Failure::of(FailureClass::UnexpectedAnswer).with_code(code)
}
