//! The ports of the made-up world.

use std::time::Duration;

use futures_util::lock::OwnedMutexGuard;
use jiff::Timestamp;

use super::world::World;
use crate::failure::{Failure, FailureClass};
use crate::identity::Identity;
use crate::organization::{Evidence, SeenInProfile};
use crate::ports::{
    AttemptId, Authority, AuthorizationRequest, Browser, Clock, DeepLink, Grant, Held, Journal,
    PartnerCenter, Ports, ProfileAnswer, ReferralPage, ReferralQuery, ReferralSeen, Resource, SignInAddress,
    Vault, WebhookOwner,
};
use crate::record::{Change, Record};
use crate::secret::{AccessToken, RefreshToken};

impl Authority for World {
    fn name(&self) -> String {
        self.get().authority.to_owned()
    }

    async fn metadata(&self) -> Result<Option<String>, Failure> {
        self.call("metadata").await.map(|()| Some("correlation-metadata".to_owned()))
    }

    async fn begin(&self, request: &AuthorizationRequest) -> Result<SignInAddress, Failure> {
        self.call("begin").await?;
        self.get().begun.push(request.way);
        Ok(SignInAddress(format!("https://login.example/{}", request.attempt)))
    }

    async fn answer(&self, _attempt: AttemptId) -> Result<(), Failure> {
        self.call("answer").await
    }

    async fn prove_loopback(&self) -> Result<(), Failure> {
        self.call("loopback").await
    }

    async fn redeem(&self, attempt: AttemptId) -> Result<Grant, Failure> {
        self.get().redeemed.push(attempt);
        self.call("redeem").await?;
        let token = self.new_token();
        let inner = self.get();
        Ok(Grant {
            signed_in: Some(inner.signs_in.clone()),
            refresh: inner.has_refresh_token.then(|| RefreshToken::new(token)),
            access: AccessToken::new("access"),
            problem: None,
            correlation_id: Some("correlation-redeem".to_owned()),
        })
    }

    async fn end(&self, attempt: AttemptId) {
        let _ = self.call("end").await;
        self.get().ended.push(attempt);
    }

    /// The directory gives up the old token when the request arrives, before its answer is on the way.
    async fn refresh(&self, token: &RefreshToken, _resource: Resource) -> Result<Grant, Failure> {
        self.call("refresh").await?;
        if self.get().live.as_deref() != Some(token.expose()) {
            self.get().reused = true;
            return Err(Failure::of(FailureClass::SignInAgain).with_code("reused"));
        }
        let rotates = self.get().rotates;
        let refresh = rotates.then(|| RefreshToken::new(self.new_token()));
        self.call("refresh answer").await?;
        Ok(Grant {
            signed_in: self.get().refreshed_as.clone(),
            refresh,
            access: AccessToken::new("access"),
            problem: None,
            correlation_id: Some("correlation-refresh".to_owned()),
        })
    }
}

impl PartnerCenter for World {
    fn has_profiles(&self) -> bool {
        self.get().has_profiles
    }

    async fn referrals(
        &self,
        _access: &AccessToken,
        query: &ReferralQuery,
        _username: &str,
    ) -> Result<ReferralPage, Failure> {
        self.call("referrals").await?;
        let inner = self.get();
        let (from, size) = match query {
            ReferralQuery::Newest { top } => (0, usize::from(*top).min(inner.page)),
            ReferralQuery::Continued(from) => (from.parse().expect("our own token"), inner.page),
        };
        let rows: Vec<_> = inner.rows.iter().skip(from).take(size).cloned().collect();
        let next = (from + size < inner.rows.len()).then(|| (from + size).to_string());
        Ok(ReferralPage { rows, next, correlation_id: Some("correlation-referrals".to_owned()) })
    }

    async fn referral(&self, _access: &AccessToken, id: &str) -> Result<ReferralSeen, Failure> {
        self.call("referral").await?;
        let row = self.get().rows.iter().find(|row| row.id == id).cloned();
        let organization_id = row.map(|row| row.organization.id);
        Ok(ReferralSeen { id: id.to_owned(), organization_id, correlation_id: None })
    }

    async fn organization_profile(&self, _access: &AccessToken) -> Result<ProfileAnswer, Failure> {
        self.call("organization_profile").await?;
        Ok(ProfileAnswer { company: None, mfa_compliant: self.get().mfa, correlation_id: None })
    }

    async fn legal_business_profile(&self, _access: &AccessToken) -> Result<ProfileAnswer, Failure> {
        self.call("legal_business_profile").await?;
        let company = self.get().company.map(|name| SeenInProfile {
            id: "profile".to_owned(),
            name: name.to_owned(),
            evidence: Evidence::LegalBusinessProfile,
        });
        Ok(ProfileAnswer { company, mfa_compliant: None, correlation_id: None })
    }

    async fn webhook(&self, _access: &AccessToken) -> Result<WebhookOwner, Failure> {
        self.call("webhook").await?;
        Ok(self.get().webhook)
    }
}

impl Vault for World {
    type Lock = OwnedMutexGuard<()>;

    async fn lock(&self) -> Result<Self::Lock, Failure> {
        self.call("lock").await?;
        Ok(std::sync::Arc::clone(&self.lock).lock_owned().await)
    }

    async fn probe(&self) -> Result<(), Failure> {
        self.call("probe").await
    }

    async fn read(&self) -> Result<Option<Held>, Failure> {
        self.call("read").await?;
        let held = self.get().keychain.clone();
        Ok(held.map(|(identity, token)| Held { identity, token: RefreshToken::new(token) }))
    }

    async fn write(&self, identity: &Identity, token: &RefreshToken) -> Result<(), Failure> {
        self.call("write").await?;
        self.get().keychain = Some((identity.clone(), token.expose().to_owned()));
        Ok(())
    }

    async fn delete(&self) -> Result<(), Failure> {
        self.call("delete").await?;
        self.get().keychain = None;
        Ok(())
    }
}

impl Journal for World {
    async fn load(&self) -> Result<Record, Failure> {
        self.call("load").await?;
        Ok(self.get().store.clone())
    }

    async fn commit(&self, changes: Vec<Change>) -> Result<(), Failure> {
        self.get().not_stored.extend(changes);
        self.call("commit").await?;
        let mut inner = self.get();
        for change in std::mem::take(&mut inner.not_stored) {
            inner.store.apply(&change);
            if let Change::History(entry) = change {
                inner.history.push(entry);
            }
        }
        Ok(())
    }

    fn check(&self) -> Result<(), Failure> {
        let all_is_saved = self.get().not_stored.is_empty();
        all_is_saved.then_some(()).ok_or_else(|| Failure::of(FailureClass::StoreNotWritable))
    }
}

impl DeepLink for World {
    fn is_available(&self) -> bool {
        self.get().has_deep_link
    }

    async fn prove(&self) -> Result<(), Failure> {
        self.call("prove").await
    }
}

impl Browser for World {
    async fn open(&self, _address: &SignInAddress) -> Result<(), Failure> {
        self.call("open").await
    }

    fn is_available(&self) -> bool {
        self.get().has_browser
    }
}

impl Clock for World {
    fn now(&self) -> Timestamp {
        Self::now(self)
    }

    fn elapsed(&self) -> Duration {
        self.get().elapsed
    }

    async fn sleep(&self, duration: Duration) {
        let until = self.get().elapsed + duration;
        self.until(move |inner| inner.elapsed >= until).await;
    }

    fn unique_id(&self) -> String {
        format!("credential-{}", self.get().redeemed.len() + 1)
    }
}

impl Ports for World {
    type Authority = Self;
    type PartnerCenter = Self;
    type Vault = Self;
    type Journal = Self;
    type Browser = Self;
    type DeepLink = Self;
    type Clock = Self;

    fn authority(&self) -> &Self {
        self
    }
    fn partner_center(&self) -> &Self {
        self
    }
    fn vault(&self) -> &Self {
        self
    }
    fn journal(&self) -> &Self {
        self
    }
    fn browser(&self) -> &Self {
        self
    }
    fn deep_link(&self) -> &Self {
        self
    }
    fn clock(&self) -> &Self {
        self
    }
}
