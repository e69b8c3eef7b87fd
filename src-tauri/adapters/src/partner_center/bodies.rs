//! What the bodies of the three APIs say.

use mpc_connect_core::organization::{Evidence, SeenInProfile, SeenInReferral};
use mpc_connect_core::ports::{ReferralRow, WebhookOwner};
use mpc_connect_core::remote_text::RemoteText;
use url::{Host, Url};

use super::wanted::{Found, Wanted};

pub(super) use super::wanted::truth;

/// An id above this length is none; GUIDs have 36.
const LONGEST_ID: usize = 128;
const LONGEST_NAME: usize = 1024;

static ROW: Wanted = Wanted::Fields(&[
    ("id", Wanted::Text),
    ("organizationId", Wanted::Text),
    ("organizationName", Wanted::Text),
    ("team", Wanted::Each(&Wanted::Fields(&[("email", Wanted::Text)]))),
]);
static PAGE: Wanted = Wanted::Fields(&[("value", Wanted::Each(&ROW)), ("@odata.nextLink", Wanted::Text)]);
static PROFILE: Wanted =
    Wanted::Fields(&[("id", Wanted::Text), ("companyName", Wanted::Text), ("isMfaCompliant", Wanted::Flag)]);
static WEBHOOK: Wanted =
    Wanted::Fields(&[("WebhookUrl", Wanted::Text), ("WebhookEvents", Wanted::Each(&Wanted::Text))]);

/// The rows and the link to the next page; `None` where the body is no list of referrals.
pub(super) fn page(body: &[u8], username: &str) -> Option<(Vec<ReferralRow>, Option<String>)> {
    let found = PAGE.read(body)?;
    let rows = found.at("value").each()?.iter().filter_map(|entry| row(entry, username)).collect();
    Some((rows, found.at("@odata.nextLink").text().map(str::to_owned)))
}

/// The id and the organization of a single referral.
pub(super) fn referral(body: &[u8]) -> Option<(String, Option<String>)> {
    let found = ROW.read(body)?;
    Some((id(found.at("id"))?, id(found.at("organizationId"))))
}

/// The company, where the body names one, and the second factor, where the body speaks of it.
pub(super) fn profile(body: &[u8], evidence: Evidence) -> Option<(Option<SeenInProfile>, Option<bool>)> {
    let found = PROFILE.read(body).filter(|found| matches!(found, Found::Fields(_)))?;
    let name = found.at("companyName").text().filter(|name| !name.trim().is_empty());
    let company = name.map(|name| SeenInProfile {
        // The legal business profile is documented without an id; it is one per account.
        id: id(found.at("id")).unwrap_or_else(|| evidence.as_str().to_owned()),
        name: name.chars().take(LONGEST_NAME).collect(),
        evidence,
    });
    Some((company, found.at("isMfaCompliant").flag()))
}

/// Who receives the referral events, by the host of the registered address.
pub(super) fn webhook(body: &[u8]) -> Option<WebhookOwner> {
    let found = WEBHOOK.read(body).filter(|found| matches!(found, Found::Fields(_)))?;
    let events = found.at("WebhookEvents").each().unwrap_or_default();
    let about_referrals =
        |event: &Found| event.text().is_none_or(|name| name.to_lowercase().contains("referral"));
    let address = found.at("WebhookUrl").text().unwrap_or_default().trim();
    if address.is_empty() || (!events.is_empty() && !events.iter().any(about_referrals)) {
        return Some(WebhookOwner::Nobody);
    }
    let automated = Url::parse(address).is_ok_and(|address| is_power_automate(&address));
    Some(if automated { WebhookOwner::PowerAutomate } else { WebhookOwner::Other })
}

fn row(entry: &Found, username: &str) -> Option<ReferralRow> {
    let name = entry.at("organizationName").text().unwrap_or_default();
    let organization = SeenInReferral {
        id: id(entry.at("organizationId")).unwrap_or_default(),
        name: name.chars().take(LONGEST_NAME).collect(),
    };
    let is_account = |member: &Found| {
        member
            .at("email")
            .text()
            .is_some_and(|email| email.trim().to_lowercase() == username.trim().to_lowercase())
    };
    let account_in_team = entry.at("team").each().map(|team| team.iter().any(is_account));
    Some(ReferralRow { id: id(entry.at("id"))?, organization, account_in_team })
}

fn id(found: &Found) -> Option<String> {
    let text = found.text()?.trim();
    let fits = (1..=LONGEST_ID).contains(&text.len()) && RemoteText::clean(text).as_str() == text;
    fits.then(|| text.to_owned())
}

fn is_power_automate(address: &Url) -> bool {
    const DOMAINS: [&str; 3] = [".logic.azure.com", ".powerplatform.com", ".powerautomate.com"];
    match address.host() {
        Some(Host::Domain(name)) => DOMAINS.iter().any(|domain| name.trim_end_matches('.').ends_with(domain)),
        Some(Host::Ipv4(_) | Host::Ipv6(_)) | None => false,
    }
}

#[cfg(test)]
mod tests;
