//! Running the checks of a probe or a test: in order where one needs the other, together where not.

use std::time::Duration;

use futures_util::future::{Either, select};
use futures_util::join;

use super::judge;
use super::renew::{self, Renewal, Renewed};
use super::secrets::Hands;
use crate::check::{Check, CheckId, CheckKind, CheckResult, Report};
use crate::failure::{Failure, FailureClass};
use crate::flow::{CheckPlan, EventKind};
use crate::ports::{
    Authority, Clock, PartnerCenter, Ports, ProfileAnswer, ReferralPage, ReferralQuery, ReferralRow,
    Resource, WebhookOwner,
};
use crate::step::Flow;

/// The whole run ends within this time.
const LIMIT: Duration = Duration::from_secs(30);
const PAGES: usize = 5;
const PAGE: u8 = 100;

/// What a call showed, or why it did not.
pub(super) type Observed<T> = Result<T, Failure>;

/// What the profiles showed; all soft.
#[derive(Default)]
struct Profiles {
    organization: Option<Observed<ProfileAnswer>>,
    legal: Option<Observed<ProfileAnswer>>,
    webhook: Option<Observed<WebhookOwner>>,
}

/// The referrals that are visible, as far as they were read.
#[derive(Default)]
struct Visible {
    rows: Vec<ReferralRow>,
    all_read: bool,
}

struct Run<'a, P: Ports> {
    hands: &'a Hands<P>,
    plan: CheckPlan,
    began: Duration,
    checks: Vec<Check>,
}

pub(super) async fn run<P: Ports>(hands: &Hands<P>, plan: CheckPlan) -> Report {
    let began = hands.ports.clock().elapsed();
    let mut run = Run { hands, plan, began, checks: Vec::new() };
    let _ = run.all().await;
    run.report()
}

impl<P: Ports> Run<'_, P> {
    /// Ends at the first hard failure.
    async fn all(&mut self) -> Option<()> {
        let (metadata, took) = self.timed(self.hands.ports.authority().metadata()).await;
        let correlation_id = metadata.as_ref().ok().cloned().flatten();
        self.ended(judge::hard(CheckId::Metadata, &metadata, correlation_id.as_ref()), took)?;
        let (renewed, took) = self.timed(self.renewal(Resource::Referrals)).await;
        let correlation_id = renewed.as_ref().ok().and_then(|renewed| renewed.correlation_id.clone());
        self.ended(judge::hard(CheckId::Refresh, &renewed, correlation_id.as_ref()), took)?;
        let renewed = renewed.ok()?;
        let identity = judge::identity(&self.plan.credential, renewed.signed_in.as_ref());
        self.ended(identity, Duration::ZERO)?;
        self.read(&renewed).await
    }

    /// Referrals and profiles do not need each other.
    async fn read(&mut self, renewed: &Renewed) -> Option<()> {
        let testing = self.plan.kind == CheckKind::Test;
        let ((newest, again), visible, profiles) = {
            let pages = async {
                if testing {
                    self.timed(self.visible(renewed)).await
                } else {
                    (Ok(Visible::default()), Duration::ZERO)
                }
            };
            join!(self.newest(renewed), pages, self.timed_profiles())
        };
        self.ended(judge::referrals(&newest.0), newest.1)?;
        self.ended(judge::mfa(profiles.0.organization.as_ref()), profiles.1)?;
        if !testing {
            return Some(());
        }
        let again = match again {
            None if visible.0.as_ref().is_err_and(is_refused_silently) => self.another().await,
            again => again,
        };
        let (renewed, (visible, took)) = match again {
            Some(again) => {
                let visible = self.timed(self.visible(&again)).await;
                (again, visible)
            }
            None => (renewed.clone(), visible),
        };
        let rows: Vec<ReferralRow> = match visible {
            Ok(visible) => {
                self.ended(judge::role(&visible.rows), Duration::ZERO)?;
                let chosen = self.plan.organization.as_deref();
                self.ended(judge::organization(chosen, &visible.rows, visible.all_read), took)?;
                visible.rows
            }
            Err(failure) => {
                self.ended(judge::role(&[]), Duration::ZERO)?;
                let open = Check::ended(CheckId::Organization, CheckResult::NotChecked).with_failure(failure);
                self.ended(open, took)?;
                Vec::new()
            }
        };
        self.by_id(&renewed, rows.first()).await?;
        let has_profiles = self.hands.ports.partner_center().has_profiles();
        self.ended(judge::profile(has_profiles, profiles.0.legal.as_ref()), profiles.1)?;
        self.ended(judge::webhook(profiles.0.webhook.as_ref()), profiles.1)
    }

    /// A fresh token that is refused without a word may have met a race: one more token, one more try.
    async fn newest(&self, renewed: &Renewed) -> ((Observed<ReferralPage>, Duration), Option<Renewed>) {
        let first = self.timed(self.page(renewed, &ReferralQuery::Newest { top: 1 })).await;
        if !first.0.as_ref().is_err_and(is_refused_silently) {
            return (first, None);
        }
        match self.another().await {
            Some(again) => {
                (self.timed(self.page(&again, &ReferralQuery::Newest { top: 1 })).await, Some(again))
            }
            None => (first, None),
        }
    }

    async fn another(&self) -> Option<Renewed> {
        self.within(self.renewal(Resource::Referrals)).await.ok()
    }

    /// Another process and the keychain get half of what is left at most, so that whoever kept the run waiting is
    /// named before it ends.
    fn renewal(&self, resource: Resource) -> Renewal {
        let patience = renew::PATIENCE.min(self.left() / 2);
        renew::begin(self.hands, &self.plan.credential, resource, patience)
    }

    async fn page(&self, renewed: &Renewed, query: &ReferralQuery) -> Observed<ReferralPage> {
        let partner_center = self.hands.ports.partner_center();
        partner_center.referrals(&renewed.access, query, &self.plan.username).await
    }

    /// Pages until the chosen organization is seen, or five were read.
    async fn visible(&self, renewed: &Renewed) -> Observed<Visible> {
        let mut visible = Visible::default();
        let mut query = ReferralQuery::Newest { top: PAGE };
        for _ in 0..PAGES {
            let page = self.page(renewed, &query).await?;
            visible.rows.extend(page.rows);
            let found =
                visible.rows.iter().any(|row| Some(&row.organization.id) == self.plan.organization.as_ref());
            match page.next.map(ReferralQuery::Continued) {
                Some(next) if next != query && !found => query = next,
                next => {
                    visible.all_read = next.is_none();
                    return Ok(visible);
                }
            }
        }
        Ok(visible)
    }

    async fn by_id(&mut self, renewed: &Renewed, row: Option<&ReferralRow>) -> Option<()> {
        let Some(row) = row else {
            return self.ended(judge::referral_by_id(None, None), Duration::ZERO);
        };
        let partner_center = self.hands.ports.partner_center();
        let (answer, took) = self.timed(partner_center.referral(&renewed.access, &row.id)).await;
        let check = judge::referral_by_id(Some(row), Some(&answer));
        self.ended(check, took)
    }

    async fn timed_profiles(&self) -> (Profiles, Duration) {
        let start = self.hands.ports.clock().elapsed();
        let profiles = self.profiles().await;
        (profiles, self.since(start))
    }

    async fn profiles(&self) -> Profiles {
        let partner_center = self.hands.ports.partner_center();
        if !partner_center.has_profiles() {
            return Profiles::default();
        }
        let renewed = self.within(self.renewal(Resource::Profiles)).await;
        let access = match renewed {
            Ok(renewed) => renewed.access,
            Err(failure) => {
                return Profiles {
                    organization: Some(Err(failure.clone())),
                    legal: Some(Err(failure.clone())),
                    webhook: Some(Err(failure)),
                };
            }
        };
        let testing = self.plan.kind == CheckKind::Test;
        let migrating = self.plan.flow == Flow::Migration;
        let (organization, legal, webhook) = join!(
            self.within(partner_center.organization_profile(&access)),
            async {
                if testing {
                    Some(self.within(partner_center.legal_business_profile(&access)).await)
                } else {
                    None
                }
            },
            async {
                if testing && migrating {
                    Some(self.within(partner_center.webhook(&access)).await)
                } else {
                    None
                }
            },
        );
        Profiles { organization: Some(organization), legal, webhook }
    }

    async fn timed<T>(&self, work: impl Future<Output = Observed<T>> + Send) -> (Observed<T>, Duration) {
        let start = self.hands.ports.clock().elapsed();
        let observed = self.within(work).await;
        (observed, self.since(start))
    }

    /// What takes longer than the whole run may is out of order at Microsoft, as far as anybody can tell here.
    async fn within<T>(&self, work: impl Future<Output = Observed<T>> + Send) -> Observed<T> {
        let left = self.left();
        let work = self.hands.ports.clock().bounded(left, work);
        let limit = self.hands.ports.clock().sleep(left);
        match select(std::pin::pin!(work), std::pin::pin!(limit)).await {
            Either::Left((observed, _)) => observed,
            Either::Right(_) => Err(Failure::of(FailureClass::RetryLater).with_code("30 s")),
        }
    }

    fn left(&self) -> Duration {
        LIMIT.saturating_sub(self.since(self.began))
    }

    fn since(&self, start: Duration) -> Duration {
        self.hands.ports.clock().elapsed().saturating_sub(start)
    }

    /// Adds a check that is part of this run; `None` when it stops the run.
    fn ended(&mut self, mut check: Check, took: Duration) -> Option<()> {
        if !self.listed().contains(&check.id) {
            return Some(());
        }
        check.milliseconds = u64::try_from(took.as_millis()).unwrap_or(u64::MAX);
        let failed = check.result == CheckResult::Failed;
        let _ = self.hands.told.unbounded_send(EventKind::CheckEnded { check: check.clone() });
        self.checks.push(check);
        (!failed).then_some(())
    }

    fn listed(&self) -> &'static [CheckId] {
        match (self.plan.kind, self.plan.flow) {
            (CheckKind::Probe, _) => CheckId::PROBE,
            (CheckKind::Test, Flow::NewUsers) => CheckId::TEST,
            (CheckKind::Test, Flow::Migration) => CheckId::MIGRATION_TEST,
        }
    }

    /// What was not reached stands in the report as such.
    fn report(self) -> Report {
        let finished_at = self.hands.ports.clock().now();
        let found = |id: CheckId| self.checks.iter().find(|check| check.id == id).cloned();
        let not_reached = |id| Check::ended(id, CheckResult::NotChecked).because("check-not-reached");
        let checks = self.listed().iter().map(|id| found(*id).unwrap_or_else(|| not_reached(*id))).collect();
        Report { kind: self.plan.kind, credential_id: self.plan.credential.id.clone(), finished_at, checks }
    }
}

fn is_refused_silently(failure: &Failure) -> bool {
    failure.class == FailureClass::SignInAgain && failure.claims.is_none()
}
