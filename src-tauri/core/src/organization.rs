//! The organizations that the account can act for, put together from their sources.

use serde::{Deserialize, Serialize};

use crate::remote_text::RemoteText;

/// Microsoft's own rows in referrals.
const MICROSOFT: &str = "msft";
const PROFILE_PREFIX: &str = "profile:";

/// Where a row was seen.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Evidence {
    /// In at least one visible referral.
    Referrals,
    /// The legal business profile carries this name.
    LegalBusinessProfile,
    /// The organization profile carries this name.
    OrganizationProfile,
}

impl Evidence {
    /// The word in the JSON contract.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Referrals => "referrals",
            Self::LegalBusinessProfile => "legal-business-profile",
            Self::OrganizationProfile => "organization-profile",
        }
    }
}

/// One row of the dropdown. The id is the key; names only label it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Organization {
    /// `organizationId`, or `profile:<id>` while no deal has shown it.
    pub id: String,
    /// The name seen most often.
    pub name: String,
    /// Every spelling seen.
    pub names: Vec<String>,
    /// Where it was seen.
    pub evidence: Vec<Evidence>,
    /// In how many of the referrals read.
    pub referrals_seen: u32,
}

/// The organization and its name as a referral shows them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SeenInReferral {
    /// `organizationId`.
    pub id: String,
    /// `organizationName`, as sent.
    pub name: String,
}

/// A company name from a profile.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SeenInProfile {
    /// The id of the profile.
    pub id: String,
    /// `companyName`, as sent.
    pub name: String,
    /// Which profile.
    pub evidence: Evidence,
}

/// The list with what limits it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct OrganizationList {
    /// The rows, those seen most often first.
    pub rows: Vec<Organization>,
    /// Whether more referrals exist than were read.
    pub cut: bool,
}

impl Organization {
    /// Whether a deal has shown it.
    #[must_use]
    pub fn seen_in_a_deal(&self) -> bool {
        self.referrals_seen > 0
    }

    /// Whether an id seen in a referral is a company's own: Microsoft's rows are no choice.
    #[must_use]
    pub fn can_be_chosen(id: &str) -> bool {
        !id.is_empty() && id != MICROSOFT
    }

    /// Whether the row is known from the profile alone.
    #[must_use]
    pub fn is_profile_row(id: &str) -> bool {
        id.starts_with(PROFILE_PREFIX)
    }
}

impl OrganizationList {
    /// The one row that may be preselected: the only one, and seen in a deal.
    #[must_use]
    pub fn preselected(&self) -> Option<&Organization> {
        match self.rows.as_slice() {
            [only] if only.seen_in_a_deal() => Some(only),
            _ => None,
        }
    }

    /// The row with this id.
    #[must_use]
    pub fn find(&self, id: &str) -> Option<&Organization> {
        self.rows.iter().find(|row| row.id == id)
    }
}

/// Puts referrals and profiles together, keyed by id.
///
/// A profile whose name agrees with a row confirms that row; one that agrees with none becomes a row of its own
/// only when no referral was seen at all.
#[must_use]
pub fn merge(referrals: &[SeenInReferral], profiles: &[SeenInProfile], cut: bool) -> OrganizationList {
    let mut rows: Vec<(Organization, Vec<(String, u32)>)> = Vec::new();
    for seen in referrals.iter().filter(|seen| Organization::can_be_chosen(&seen.id)) {
        let name = readable(&seen.name);
        let row = match rows.iter_mut().find(|(row, _)| row.id == seen.id) {
            Some(row) => row,
            None => {
                rows.push((empty_row(&seen.id), Vec::new()));
                let Some(row) = rows.last_mut() else { continue };
                row
            }
        };
        row.0.referrals_seen += 1;
        match row.1.iter_mut().find(|(known, _)| *known == name) {
            Some((_, count)) => *count += 1,
            None => row.1.push((name, 1)),
        }
    }
    let mut rows: Vec<Organization> = rows.into_iter().map(|(row, names)| named(row, names)).collect();
    for profile in profiles {
        confirm_or_add(&mut rows, profile, referrals.is_empty());
    }
    rows.sort_by(|left, right| {
        right.referrals_seen.cmp(&left.referrals_seen).then_with(|| left.name.cmp(&right.name))
    });
    OrganizationList { rows, cut }
}

fn empty_row(id: &str) -> Organization {
    let evidence = vec![Evidence::Referrals];
    Organization { id: id.to_owned(), name: String::new(), names: Vec::new(), evidence, referrals_seen: 0 }
}

fn named(mut row: Organization, mut names: Vec<(String, u32)>) -> Organization {
    names.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
    row.names = names.into_iter().map(|(name, _)| name).filter(|name| !name.is_empty()).collect();
    row.name = row.names.first().cloned().unwrap_or_else(|| row.id.clone());
    row
}

fn confirm_or_add(rows: &mut Vec<Organization>, profile: &SeenInProfile, no_deals: bool) {
    let name = readable(&profile.name);
    if name.is_empty() {
        return;
    }
    let key = comparable(&name);
    let confirmed = rows.iter_mut().find(|row| row.names.iter().any(|known| comparable(known) == key));
    match confirmed {
        Some(row) if !row.evidence.contains(&profile.evidence) => row.evidence.push(profile.evidence),
        Some(_) => {}
        None if no_deals => rows.push(Organization {
            id: format!("{PROFILE_PREFIX}{}", profile.id),
            names: vec![name.clone()],
            name,
            evidence: vec![profile.evidence],
            referrals_seen: 0,
        }),
        None => {}
    }
}

/// Cleans a name and undoes the HTML escapes that real bodies carry.
fn readable(name: &str) -> String {
    let unescaped = name
        .replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&quot;", "\"")
        .replace("&#39;", "'")
        .replace("&amp;", "&");
    RemoteText::clean(&unescaped).as_str().to_owned()
}

/// For comparing spellings only: case, punctuation, spaces and the legal form do not count.
fn comparable(name: &str) -> String {
    const LEGAL_FORMS: [&str; 14] = [
        "ltd",
        "limited",
        "llc",
        "llp",
        "inc",
        "incorporated",
        "corp",
        "gmbh",
        "ag",
        "sl",
        "sa",
        "ab",
        "bv",
        "plc",
    ];
    let words: Vec<String> = name
        .to_lowercase()
        .split(|letter: char| !letter.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(str::to_owned)
        .collect();
    match words.split_last() {
        Some((last, rest)) if !rest.is_empty() && LEGAL_FORMS.contains(&last.as_str()) => rest.join(" "),
        _ => words.join(" "),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn referral(id: &str, name: &str) -> SeenInReferral {
        SeenInReferral { id: id.to_owned(), name: name.to_owned() }
    }

    fn profile(name: &str, evidence: Evidence) -> SeenInProfile {
        SeenInProfile { id: "p1".to_owned(), name: name.to_owned(), evidence }
    }

    #[test]
    fn two_spellings_of_one_id_are_one_row_labelled_by_the_commoner() {
        let seen =
            [referral("1", "Contoso Ltd."), referral("1", "Contoso Ltd"), referral("1", "Contoso Ltd ")];
        let list = merge(&seen, &[profile("CONTOSO LIMITED", Evidence::LegalBusinessProfile)], false);
        let [row] = list.rows.as_slice() else { panic!("one row, not {}", list.rows.len()) };
        assert_eq!(row.name, "Contoso Ltd");
        assert_eq!(row.names, ["Contoso Ltd", "Contoso Ltd."]);
        assert_eq!(row.evidence, [Evidence::Referrals, Evidence::LegalBusinessProfile]);
        assert_eq!(row.referrals_seen, 3);
    }

    #[test]
    fn microsoft_is_no_choice_and_hostile_names_are_made_readable() {
        let seen = [referral("msft", "Microsoft"), referral("2", "Smith &amp; Sons\u{202E}\u{0}")];
        let list = merge(&seen, &[], false);
        assert_eq!(list.rows.iter().map(|row| row.name.as_str()).collect::<Vec<_>>(), ["Smith & Sons"]);
    }

    #[test]
    fn without_deals_the_profile_is_offered_but_never_preselected() {
        let profiles = [
            profile("Tailspin Toys", Evidence::LegalBusinessProfile),
            profile("Tailspin Toys", Evidence::OrganizationProfile),
        ];
        let list = merge(&[], &profiles, false);
        assert_eq!(list.rows.len(), 1);
        assert!(Organization::is_profile_row(&list.rows[0].id));
        assert_eq!(list.preselected(), None);
    }

    #[test]
    fn only_a_single_row_seen_in_a_deal_is_preselected() {
        assert!(merge(&[referral("1", "A")], &[], false).preselected().is_some());
        assert_eq!(merge(&[referral("1", "A"), referral("2", "B")], &[], false).preselected(), None);
    }

    #[test]
    fn a_profile_of_another_name_adds_no_row_beside_deals() {
        let list = merge(&[referral("1", "A")], &[profile("B", Evidence::OrganizationProfile)], false);
        assert_eq!(list.rows.len(), 1);
        assert_eq!(list.rows[0].evidence, [Evidence::Referrals]);
    }
}
