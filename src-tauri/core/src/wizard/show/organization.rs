//! The dropdown.

use super::{Content, Shown, button};
use crate::flow::Activity;
use crate::organization::{Evidence, Organization};
use crate::step::Stage;
use crate::wizard::{Actions, Body, CardView, DialogName, OrganizationBody, OrganizationRow, Press, Primary};
use crate::words::Text;

/// Above as many rows a filter helps.
const FILTER_ABOVE: usize = 30;

impl Shown<'_> {
    pub(super) fn organization(&self, card: Option<&CardView>) -> Content {
        let list = &self.state.record.organizations;
        let mut rows: Vec<OrganizationRow> = list.rows.iter().map(row).collect();
        rows.sort_by_cached_key(|row| row.name.to_lowercase());
        let dialog = DialogName::CompanyNotListed;
        let body = Body::Organization(OrganizationBody {
            loading: self.is_listing(),
            selected: self.selected(),
            count: self.organization_count(rows.len()),
            cut: list.cut.then(|| Text::new("wizard-organizations-cut")),
            filter: rows.len() > FILTER_ABOVE,
            error: self.wizard.nothing_chosen.then(|| Text::new("wizard-organization-error")),
            reload: button("wizard-reload", Press::ReloadOrganizations),
            not_listed: button("wizard-not-listed", Press::OpenDialog { dialog }),
            note: Text::new("note-organization.body"),
            rows,
        });
        Content { body, actions: self.organization_actions(card) }
    }

    fn organization_actions(&self, card: Option<&CardView>) -> Actions {
        if let Some(actions) = self.held_up() {
            return actions;
        }
        let done = self.is_finished(Stage::Organization);
        let go_on = done.then(|| button("wizard-continue", Press::Continue));
        if self.state.record.organizations.rows.is_empty() {
            let reload = Some(button("wizard-reload", Press::ReloadOrganizations));
            return Actions { other: go_on, ..self.with_card(card, reload) };
        }
        // With rows to choose from, Save is the one thing to press, whatever the card says.
        let reload = card.and_then(|card| card.button.clone());
        let primary = Some(Primary::Submit { label: Text::new("wizard-save") });
        Actions { primary, other: reload.or(go_on), ..self.back_only() }
    }

    fn is_listing(&self) -> bool {
        self.state.activity == Activity::Listing || self.wizard.wants_list
    }

    /// What was chosen, as long as it is in the list; else the one row that the core preselects.
    fn selected(&self) -> String {
        let record = &self.state.record;
        let chosen = record.organization.as_ref().and_then(|chosen| record.organizations.find(&chosen.id));
        let row =
            chosen.or_else(|| record.organizations.preselected().filter(|_| record.organization.is_none()));
        row.map(|row| row.id.clone()).unwrap_or_default()
    }

    fn organization_count(&self, count: usize) -> Text {
        let never_read = self.wizard.listed_for.is_none();
        match count {
            _ if self.is_listing() => Text::new("wizard-organizations-loading"),
            0 if never_read || self.state.last_failure.is_some() => {
                Text::new("wizard-organizations-not-read")
            }
            0 => Text::new("ctl-organizations-empty"),
            1 => Text::new("wizard-organizations-one"),
            count => Text::new("wizard-organizations-count").with("count", count),
        }
    }
}

/// Where a row was seen, and how else it is spelled.
fn row(organization: &Organization) -> OrganizationRow {
    let seen = organization.evidence.iter().filter(|evidence| **evidence != Evidence::Referrals);
    let mut evidence = Vec::new();
    if organization.seen_in_a_deal() {
        evidence.push(match organization.referrals_seen {
            1 => Text::new("wizard-evidence-one-referral"),
            several => Text::new("wizard-evidence-referrals").with("count", several),
        });
    }
    evidence.extend(seen.map(|evidence| Text::new(format!("wizard-evidence-{}", evidence.as_str()))));
    if !organization.seen_in_a_deal() {
        evidence.push(Text::new("wizard-evidence-not-in-a-deal"));
    }
    let others: Vec<&str> =
        organization.names.iter().map(String::as_str).filter(|name| *name != organization.name).collect();
    if !others.is_empty() {
        evidence.push(Text::new("ctl-organizations-names").with("names", others.join(", ")));
    }
    OrganizationRow { id: organization.id.clone(), name: organization.name.clone(), evidence }
}
