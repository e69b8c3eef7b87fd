//! A computer and a Microsoft that answer at once, each as a picture wants it.

use jiff::Timestamp;
use mpc_connect_core::check::{Check, CheckId, CheckKind, CheckResult, Report};
use mpc_connect_core::failure::Failure;
use mpc_connect_core::flow::{CheckPlan, Effect, EventKind, PreflightId, PreflightRow};
use mpc_connect_core::identity::{Identity, SignedIn};
use mpc_connect_core::organization::{Evidence, OrganizationList, SeenInProfile, SeenInReferral, merge};
use mpc_connect_core::ports::SignInAddress;
use mpc_connect_core::step::Flow;

use crate::bench::SERVICE;

/// What answers, and how.
#[derive(Clone)]
pub(crate) struct MadeUp {
    /// Who signs in.
    pub(crate) signs_in: String,
    /// Which check fails, and why; those after it do not run.
    pub(crate) fails: Option<(CheckId, Failure)>,
    /// Checks that find nothing out, with the id of the reason.
    pub(crate) unknown: Vec<(CheckId, &'static str)>,
    /// Whether checks and lists end by themselves.
    pub(crate) holds: bool,
    /// Whether the keychain is asked and has not answered yet.
    pub(crate) holds_keychain: bool,
    /// How many organizations are visible, or why none is read.
    pub(crate) organizations: Result<usize, Failure>,
    pub(crate) keychain: Result<(), Failure>,
    pub(crate) browser: Result<(), Failure>,
    /// What the pre-flight finds wrong, and how wrong.
    pub(crate) not_ready: Vec<(PreflightId, CheckResult, Option<Failure>)>,
}

impl Default for MadeUp {
    fn default() -> Self {
        Self {
            signs_in: SERVICE.to_owned(),
            fails: None,
            unknown: Vec::new(),
            holds: false,
            holds_keychain: false,
            organizations: Ok(3),
            keychain: Ok(()),
            browser: Ok(()),
            not_ready: Vec::new(),
        }
    }
}

impl MadeUp {
    /// What an effect leads to at once.
    pub(crate) fn answer(&self, effect: &Effect, now: Timestamp) -> Vec<EventKind> {
        match effect {
            Effect::ProbeKeychain(_) if self.holds_keychain => Vec::new(),
            Effect::ProbeKeychain(attempt) => {
                vec![EventKind::KeychainProbed { attempt: *attempt, result: self.keychain.clone() }]
            }
            Effect::ProveDeepLink(attempt) => {
                vec![EventKind::DeepLinkProven { attempt: *attempt, result: Ok(()) }]
            }
            Effect::Begin(request) => {
                let address = SignInAddress("https://login.microsoftonline.com/organizations".to_owned());
                vec![EventKind::Begun { attempt: request.attempt, result: Ok(address) }]
            }
            Effect::OpenBrowser(attempt, _) => {
                vec![EventKind::BrowserOpened { attempt: *attempt, result: self.browser.clone() }]
            }
            Effect::Redeem(attempt) => vec![EventKind::Redeemed {
                attempt: *attempt,
                credential_id: format!("credential-{attempt}"),
                result: Ok(self.signed_in()),
            }],
            Effect::Keep { attempt, .. } => vec![EventKind::Kept { attempt: *attempt, result: Ok(()) }],
            Effect::Check(_) | Effect::ListOrganizations(_) if self.holds => Vec::new(),
            Effect::Check(plan) => vec![EventKind::Checked { report: self.report(plan, now) }],
            Effect::ListOrganizations(_) => vec![EventKind::Listed { result: self.list() }],
            Effect::Forget { wipe } => vec![EventKind::Forgotten { wipe: *wipe, result: Ok(()) }],
            Effect::Preflight(_) if self.holds => Vec::new(),
            Effect::Preflight(run) => PreflightId::ALL.into_iter().map(|id| self.looked(*run, id)).collect(),
            Effect::Commit(_) | Effect::Wake(..) | Effect::AwaitAnswer(_) | Effect::End(_) | Effect::Stop => {
                Vec::new()
            }
        }
    }

    fn signed_in(&self) -> SignedIn {
        let identity = Identity {
            tenant: "5b0f8c1e-7d52-4a7c-8e0b-0c5c2f6b9f3c".to_owned(),
            object: self.signs_in.to_lowercase(),
        };
        SignedIn { identity, username: Some(self.signs_in.clone()) }
    }

    fn report(&self, plan: &CheckPlan, now: Timestamp) -> Report {
        let ids = match (plan.kind, plan.flow) {
            (CheckKind::Probe, _) => CheckId::PROBE,
            (CheckKind::Test, Flow::NewUsers) => CheckId::TEST,
            (CheckKind::Test, Flow::Migration) => CheckId::MIGRATION_TEST,
        };
        let checks = ids.iter().enumerate().map(|(place, id)| self.check(*id, place as u64)).collect();
        Report { kind: plan.kind, credential_id: plan.credential.id.clone(), finished_at: now, checks }
    }

    fn check(&self, id: CheckId, place: u64) -> Check {
        let unknown = self.unknown.iter().find(|(unknown, _)| *unknown == id);
        let check = match (&self.fails, unknown) {
            (Some((failing, failure)), _) if *failing == id => {
                Check::ended(id, CheckResult::Failed).with_failure(failure.clone())
            }
            (Some((failing, _)), _) if id > *failing => {
                Check::ended(id, CheckResult::NotChecked).because("check-not-reached")
            }
            (_, Some((_, reason))) => Check::ended(id, CheckResult::NotChecked).because(reason),
            (_, None) => Check::ended(id, CheckResult::Passed),
        };
        Check { milliseconds: 41 + 163 * place, ..check }
    }

    fn list(&self) -> Result<OrganizationList, Failure> {
        let count = self.organizations.clone()?;
        let name = |number: usize| match number {
            1 => "Contoso Ltd".to_owned(),
            2 => "Contoso Iberia, S.L.".to_owned(),
            3 => "Contoso Nordics AB".to_owned(),
            _ => format!("Contoso Subsidiary {number:02} GmbH & Co. KG"),
        };
        let seen: Vec<_> = (1..=count)
            .map(|number| SeenInReferral { id: format!("org-{number}"), name: name(number) })
            .collect();
        let evidence = Evidence::LegalBusinessProfile;
        let profile = SeenInProfile { id: "1".to_owned(), name: "CONTOSO LIMITED".to_owned(), evidence };
        Ok(merge(&seen, if count > 0 { std::slice::from_ref(&profile) } else { &[] }, count > 40))
    }

    fn looked(&self, run: u64, id: PreflightId) -> EventKind {
        let wrong = self.not_ready.iter().find(|(wrong, ..)| *wrong == id);
        let (result, failure) =
            wrong.map_or((CheckResult::Passed, None), |(_, result, failure)| (*result, failure.clone()));
        let row = PreflightRow { id, result, failure, timed_out: false, milliseconds: 12 };
        EventKind::PreflightRowEnded { run, row }
    }
}
