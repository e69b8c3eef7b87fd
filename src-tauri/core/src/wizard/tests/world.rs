//! A world that answers at once, except for the browser.

use jiff::Timestamp;

use super::{PLANTED, SAVED};
use crate::check::{Check, CheckId, CheckKind, CheckResult, Report};
use crate::failure::Failure;
use crate::flow::{CheckPlan, Effect, EventKind, PreflightId, PreflightRow};
use crate::identity::{Identity, SignedIn};
use crate::organization::{OrganizationList, SeenInReferral, merge};
use crate::ports::SignInAddress;
use crate::step::Flow;

#[derive(Clone)]
pub(super) struct World {
    /// Who signs in.
    pub(super) signs_in: String,
    /// Why the hard check of referrals fails.
    pub(super) refuses: Option<Failure>,
    /// Which check is not quite as it should be.
    pub(super) warns: Option<CheckId>,
    /// Whether checks end by themselves.
    pub(super) holds_checks: bool,
    /// How many organizations are visible, or why none is read.
    pub(super) organizations: Result<usize, Failure>,
    pub(super) keychain: Result<(), Failure>,
    pub(super) browser: Result<(), Failure>,
    /// Whether the system says at once what became of it.
    pub(super) opens_browser: bool,
    pub(super) forgets: Result<(), Failure>,
}

impl Default for World {
    fn default() -> Self {
        Self {
            signs_in: SAVED.to_owned(),
            refuses: None,
            warns: None,
            holds_checks: false,
            organizations: Ok(2),
            keychain: Ok(()),
            browser: Ok(()),
            opens_browser: true,
            forgets: Ok(()),
        }
    }
}

impl World {
    pub(super) fn answer(&self, effect: &Effect, now: Timestamp) -> Vec<EventKind> {
        match effect {
            Effect::ProbeKeychain(attempt) => {
                vec![EventKind::KeychainProbed { attempt: *attempt, result: self.keychain.clone() }]
            }
            Effect::ProveDeepLink(attempt) => {
                vec![EventKind::DeepLinkProven { attempt: *attempt, result: Ok(()) }]
            }
            Effect::Begin(request) => {
                let address = SignInAddress(format!("https://login.example/?state={PLANTED}"));
                vec![EventKind::Begun { attempt: request.attempt, result: Ok(address) }]
            }
            Effect::OpenBrowser(..) if !self.opens_browser => Vec::new(),
            Effect::OpenBrowser(attempt, _) => {
                vec![EventKind::BrowserOpened { attempt: *attempt, result: self.browser.clone() }]
            }
            Effect::Redeem(attempt) => {
                let credential_id = format!("credential-{attempt}-{}", now.as_second());
                let result = Ok(signed_in(&self.signs_in));
                vec![EventKind::Redeemed { attempt: *attempt, credential_id, result }]
            }
            Effect::Keep { attempt, .. } => vec![EventKind::Kept { attempt: *attempt, result: Ok(()) }],
            Effect::Check(_) if self.holds_checks => Vec::new(),
            Effect::Check(plan) => vec![EventKind::Checked { report: self.report(plan, now) }],
            Effect::ListOrganizations(_) => vec![EventKind::Listed { result: self.list() }],
            Effect::Forget { wipe } => {
                vec![EventKind::Forgotten { wipe: *wipe, result: self.forgets.clone() }]
            }
            Effect::Preflight(run) => PreflightId::ALL.into_iter().map(|id| ready(*run, id)).collect(),
            Effect::Commit(_) | Effect::Wake(..) | Effect::AwaitAnswer(_) | Effect::End(_) | Effect::Stop => {
                Vec::new()
            }
        }
    }

    pub(super) fn report(&self, plan: &CheckPlan, now: Timestamp) -> Report {
        let ids = match (plan.kind, plan.flow) {
            (CheckKind::Probe, _) => CheckId::PROBE,
            (CheckKind::Test, Flow::NewUsers) => CheckId::TEST,
            (CheckKind::Test, Flow::Migration) => CheckId::MIGRATION_TEST,
        };
        let checks = ids.iter().map(|id| self.check(*id));
        Report {
            kind: plan.kind,
            credential_id: plan.credential.id.clone(),
            finished_at: now,
            checks: checks.collect(),
        }
    }

    fn check(&self, id: CheckId) -> Check {
        match &self.refuses {
            Some(failure) if id == CheckId::Referrals => {
                Check::ended(id, CheckResult::Failed).with_failure(failure.clone())
            }
            Some(_) if id > CheckId::Referrals => {
                Check::ended(id, CheckResult::NotChecked).because("check-not-reached")
            }
            _ if self.warns == Some(id) => Check::ended(id, CheckResult::Warning),
            _ => Check::ended(id, CheckResult::Passed),
        }
    }

    fn list(&self) -> Result<OrganizationList, Failure> {
        let seen: Vec<SeenInReferral> = (1..=self.organizations.clone()?)
            .map(|number| SeenInReferral { id: format!("org-{number}"), name: format!("Contoso {number}") })
            .collect();
        Ok(merge(&seen, &[], false))
    }
}

fn ready(run: u64, id: PreflightId) -> EventKind {
    let row =
        PreflightRow { id, result: CheckResult::Passed, failure: None, timed_out: false, milliseconds: 3 };
    EventKind::PreflightRowEnded { run, row }
}

/// One identity for each name, one directory for each domain.
pub(super) fn signed_in(username: &str) -> SignedIn {
    let (_, domain) = username.split_once('@').expect("a domain");
    let identity = Identity { tenant: format!("directory-of-{domain}"), object: username.to_lowercase() };
    SignedIn { identity, username: Some(username.to_owned()) }
}
