//! The deals of the rehearsal. They are made up and odd where real ones are odd: names with entities, spaces and
//! direction marks, two shapes of `ids`, fractions of a second in three lengths, words that no list of values has.

use jiff::{SignedDuration, Timestamp};
use serde_json::{Value, json};

use crate::accounts::{Account, Role};

/// How Microsoft's own side of a shared deal names its organization.
const MICROSOFT: &str = "msft";

/// An organization and how its deals spell it.
struct Organization {
    number: usize,
    id: String,
    names: Vec<String>,
    deals: usize,
}

impl Organization {
    fn new(group: &str, number: usize, names: &[&str], deals: usize) -> Self {
        let id = format!("5a4db0c5-{group}-4000-8000-0f{number:010x}");
        Self { number, id, names: names.iter().map(|name| (*name).to_owned()).collect(), deals }
    }

    fn microsoft() -> Self {
        Self { number: 0xffff, id: MICROSOFT.into(), names: vec!["Microsoft".into()], deals: 2 }
    }
}

/// The part of a directory's id that tells the companies of the rehearsal apart.
fn group(account: &Account) -> &'static str {
    account.tenant.id.split('-').nth(1).unwrap_or_default()
}

fn organizations(account: &Account) -> Vec<Organization> {
    let group = group(account);
    match account.tenant.domain {
        "contoso.example" => vec![
            Organization::new(group, 1, &["Contoso Ltd", "Contoso Ltd."], 12),
            Organization::new(group, 2, &["Contoso Consulting GmbH"], 5),
        ],
        "northwind.example" => vec![Organization::new(group, 1, &["Northwind Traders"], 4)],
        "adatum.example" => (1..=48).map(|number| adatum(group, number)).collect(),
        "fabrikam.example" => vec![Organization::new(group, 1, &["Fabrikam, Inc."], 3)],
        _ => Vec::new(),
    }
}

fn adatum(group: &str, number: usize) -> Organization {
    let name = match number {
        7 => "A. Datum Food &amp; Beverage 07".to_owned(),
        17 => "\u{200f}\u{623}\u{62f}\u{627}\u{62a}\u{648}\u{645}\u{200f} A. Datum 17\u{202e}".to_owned(),
        29 => "A. Datum Location 29  ".to_owned(),
        _ => format!("A. Datum Location {number:02}"),
    };
    // The first one is the largest; all together they fill two pages and a half.
    Organization::new(group, number, &[name.as_str()], if number == 1 { 9 } else { 5 })
}

/// The deals that an account sees, newest first. `without_largest` leaves out the organization with the most deals.
pub(crate) fn visible_to(account: &Account, now: Timestamp, without_largest: bool) -> Vec<Value> {
    let mut organizations = organizations(account);
    if without_largest {
        let largest = organizations.iter().map(|organization| organization.deals).max();
        organizations.retain(|organization| Some(organization.deals) != largest);
    }
    let mut order: Vec<(&Organization, usize)> = organizations.iter().flat_map(all_deals).collect();
    let microsoft = Organization::microsoft();
    if !order.is_empty() && account.role == Role::ReferralsAdmin {
        for (position, deal) in all_deals(&microsoft).enumerate() {
            order.insert(order.len().min(2 * position + 1), deal);
        }
    }
    let mut deals: Vec<Value> = order
        .into_iter()
        .enumerate()
        .map(|(index, (organization, number))| deal(account, organization, number, index, now))
        .collect();
    if account.role == Role::ReferralsUser {
        deals.retain(|deal| is_in_team(deal, account.upn));
    }
    deals
}

fn all_deals(organization: &Organization) -> impl Iterator<Item = (&Organization, usize)> {
    (0..organization.deals).map(move |number| (organization, number))
}

fn is_in_team(deal: &Value, upn: &str) -> bool {
    let team = deal.get("team").and_then(Value::as_array).into_iter().flatten();
    team.filter_map(|member| member.get("email")?.as_str()).any(|email| email == upn)
}

/// One deal, the `number`th of its organization; it keeps its id whatever else is visible.
fn deal(
    account: &Account,
    organization: &Organization,
    number: usize,
    index: usize,
    now: Timestamp,
) -> Value {
    let group = group(account);
    let serial = format!("{:06x}{number:06x}", organization.number);
    let id = format!("5a4db0c5-{group}-4000-9000-{serial}");
    let name = organization.names.get(number % organization.names.len().max(1)).cloned().unwrap_or_default();
    let inviter = organization.names.last().cloned().unwrap_or_default();
    let seed = organization.number + number;
    json!({
        "id": id,
        "engagementId": format!("5a4db0c5-{group}-4000-a000-{serial}"),
        "organizationId": organization.id,
        "organizationName": name,
        "name": format!("Cloud migration {number}  "),
        "externalReferenceId": if number.is_multiple_of(2) { json!("") } else { Value::Null },
        "createdVia": "Portal",
        "lastModifiedVia": null,
        "createdDateTime": instant(now, index + 1000, index + 1),
        "updatedDateTime": instant(now, index, index),
        "expirationDateTime": null,
        "status": choose(&["New", "Active", "Closed", "OnHoldSince2026"], seed),
        "substatus": choose(&["Pending", "Accepted", "Won", "Engaged"], seed),
        "statusReason": null,
        "qualification": choose(&["SalesQualified", "Direct"], seed),
        "type": choose(&["Independent", "Shared"], seed),
        "direction": choose(&["Incoming", "Outgoing"], seed),
        "eTag": format!("\"{seed:08x}-0000-0100-0000-000000000000\""),
        "favorite": false,
        "quality": "Unknown",
        "campaignId": "",
        "salesStage": choose(&["Qualify", "100", "Develop"], seed),
        "mpnId": account.tenant.partner_id,
        "dealSensitivity": "None",
        "registrationStatus": choose(&["None", "ReviewPending"], seed),
        "tags": if seed.is_multiple_of(3) { Value::Null } else { json!([]) },
        "target": [{"type": "BusinessProfileLocation", "id": "msft"}],
        "customerProfile": customer(seed),
        "consent": {"consentToToShareInfoWithOthers": true, "consentToContact": true,
                    "consentToShareReferralWithMicrosoftSellers": seed.is_multiple_of(2)},
        "details": {"notes": "Call back on Thursday, ask for <b>Lee</b>.", "dealValue": 12_500.5, "currency": "EUR",
                    "closingDateTime": instant(now, 0, 1), "incentiveLevel": "High",
                    "requirements": {"industries": [], "products": [], "services": [], "solutions": []}},
        "solutions": [],
        "team": team(account, number),
        "inviteContext": {"notes": "", "assistanceRequestCode": "GeneralOrOther", "invitedMpnId": "",
                          "invitedBy": {"organizationId": organization.id, "organizationName": inviter}},
        "links": {"self": {"uri": format!("/v1.0/referrals/{id}"), "method": "GET"},
                  "relatedReferrals": {"uri": format!("referrals?$filter=engagementId eq {serial}"), "method": "GET"}},
        "trackingInfo": {"microsoftMsxId": "", "migratedPSCDealId": null},
    })
}

fn customer(seed: usize) -> Value {
    let ids =
        if seed.is_multiple_of(2) { json!({}) } else { json!([{"profileType": "Duns", "id": "000000000"}]) };
    json!({
        "name": choose(&["Woodgrove Bank &amp; Trust", "Litware  ", "Proseware, Inc."], seed),
        "size": choose(&["10to50employees", ""], seed),
        "isMatchingComplete": true,
        "address": {"addressLine1": "1 Example Street", "addressLine2": "", "city": "Utrecht", "state": "",
                    "postalCode": "3500 AA", "country": "NL", "region": null},
        "team": [{"firstName": "Lee", "lastName": "Customer", "phoneNumber": "+31 30 000 0000",
                  "email": "lee@woodgrove.example"}],
        "ids": ids,
    })
}

/// Every third deal of Contoso is Jane's; nobody else of the rehearsal is in a team.
fn team(account: &Account, number: usize) -> Value {
    let member = |first: &str, last: &str, email: &str| {
        json!({"firstName": first, "lastName": last, "phoneNumber": "", "email": email,
               "contactPreference": {"locale": "en-us", "disableNotifications": false}})
    };
    let seller = member("Sam", "Seller", &format!("sam@{}", account.tenant.domain));
    if account.tenant.domain == "contoso.example" && number.is_multiple_of(3) {
        json!([member("Jane", "Doe", "jane@contoso.example"), seller])
    } else {
        json!([seller])
    }
}

fn choose(words: &[&'static str], seed: usize) -> &'static str {
    words.get(seed % words.len().max(1)).copied().unwrap_or_default()
}

/// A moment some hours ago, with none, six or seven digits after the second.
fn instant(now: Timestamp, hours_ago: usize, digits: usize) -> String {
    let hours = i64::try_from(hours_ago).unwrap_or(0);
    let moment = now.checked_sub(SignedDuration::from_hours(hours)).unwrap_or(now);
    let fraction = choose(&["", ".123456", ".7654321"], digits);
    format!("{}{fraction}Z", moment.strftime("%Y-%m-%dT%H:%M:%S"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::accounts::find;
    use std::collections::HashSet;

    fn deals(upn: &str, without_largest: bool) -> Vec<Value> {
        visible_to(find(upn).unwrap(), Timestamp::now(), without_largest)
    }

    fn organizations_in(deals: &[Value]) -> HashSet<&str> {
        deals.iter().filter_map(|deal| deal["organizationId"].as_str()).filter(|id| *id != "msft").collect()
    }

    #[test]
    fn every_deal_has_its_own_id() {
        for upn in ["svc-cosell@contoso.example", "many@adatum.example", "other@fabrikam.example"] {
            let deals = deals(upn, false);
            let ids: HashSet<&str> = deals.iter().filter_map(|deal| deal["id"].as_str()).collect();
            assert_eq!(ids.len(), deals.len(), "{upn}");
        }
    }

    #[test]
    fn the_service_account_sees_two_organizations_and_two_spellings() {
        let deals = deals("svc-cosell@contoso.example", false);
        assert_eq!(organizations_in(&deals).len(), 2);
        let names: HashSet<&str> =
            deals.iter().filter_map(|deal| deal["organizationName"].as_str()).collect();
        assert!(names.contains("Contoso Ltd") && names.contains("Contoso Ltd."));
        assert!(deals.iter().any(|deal| deal["organizationId"] == "msft"));
        assert!(!deals.iter().any(|deal| is_in_team(deal, "svc-cosell@contoso.example")));
    }

    #[test]
    fn a_referrals_user_sees_only_deals_of_her_own_team() {
        let deals = deals("jane@contoso.example", false);
        assert!(!deals.is_empty());
        assert!(deals.iter().all(|deal| is_in_team(deal, "jane@contoso.example")));
    }

    #[test]
    fn many_has_forty_eight_organizations_on_three_pages() {
        let deals = deals("many@adatum.example", false);
        assert_eq!(organizations_in(&deals).len(), 48);
        assert!((201..=300).contains(&deals.len()), "{}", deals.len());
    }

    #[test]
    fn the_largest_organization_can_vanish_and_the_other_deals_keep_their_ids() {
        let before = deals("svc-cosell@contoso.example", false);
        let after = deals("svc-cosell@contoso.example", true);
        assert_eq!(organizations_in(&after).len(), 1);
        assert!(after.iter().all(|deal| before.iter().any(|old| old["id"] == deal["id"])));
        assert!(deals("nodeals@tailspin.example", false).is_empty());
    }
}
