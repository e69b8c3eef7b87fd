//! Reading the organizations from all their sources.

use futures_util::join;

use super::renew;
use super::secrets::Hands;
use crate::failure::Failure;
use crate::flow::CheckPlan;
use crate::organization::{OrganizationList, SeenInProfile, merge};
use crate::ports::{PartnerCenter, Ports, ReferralQuery, Resource};

const PAGES: usize = 5;
const PAGE: u8 = 100;

/// Referrals are needed, profiles are welcome: their refusal is no failure of the list.
pub(super) async fn list<P: Ports>(hands: &Hands<P>, plan: &CheckPlan) -> Result<OrganizationList, Failure> {
    let renewed = renew::begin(hands, &plan.credential, Resource::Referrals, renew::PATIENCE).await?;
    let partner_center = hands.ports.partner_center();
    let mut seen = Vec::new();
    let mut query = ReferralQuery::Newest { top: PAGE };
    let mut cut = false;
    for page in 1..=PAGES {
        let answer = partner_center.referrals(&renewed.access, &query, &plan.username).await?;
        seen.extend(answer.rows.into_iter().map(|row| row.organization));
        match answer.next.map(ReferralQuery::Continued) {
            Some(next) if next != query => query = next,
            Some(_) | None => break,
        }
        cut = page == PAGES;
    }
    Ok(merge(&seen, &profiles(hands, plan).await, cut))
}

async fn profiles<P: Ports>(hands: &Hands<P>, plan: &CheckPlan) -> Vec<SeenInProfile> {
    let partner_center = hands.ports.partner_center();
    if !partner_center.has_profiles() {
        return Vec::new();
    }
    let Ok(renewed) = renew::begin(hands, &plan.credential, Resource::Profiles, renew::PATIENCE).await else {
        return Vec::new();
    };
    let (legal, organization) = join!(
        partner_center.legal_business_profile(&renewed.access),
        partner_center.organization_profile(&renewed.access),
    );
    [legal, organization].into_iter().flatten().filter_map(|answer| answer.company).collect()
}
