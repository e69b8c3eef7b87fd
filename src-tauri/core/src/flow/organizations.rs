//! The dropdown.

use super::{Activity, Effect, Turn};
use crate::check::CheckKind;
use crate::failure::{Failure, FailureClass};
use crate::history::What;
use crate::organization::OrganizationList;
use crate::record::{Change, ChosenOrganization};
use crate::step::Stage;

impl Turn {
    pub(super) fn list_organizations(&mut self) {
        if self.state.activity != Activity::Idle {
            return;
        }
        let Some(plan) = self.check_plan(CheckKind::Probe) else { return };
        self.state.last_failure = None;
        self.state.activity = Activity::Listing;
        self.act(Effect::ListOrganizations(plan));
    }

    pub(super) fn listed(&mut self, result: Result<OrganizationList, Failure>) {
        if self.state.activity != Activity::Listing {
            return;
        }
        self.state.activity = Activity::Idle;
        match result {
            Ok(list) => self.change(Change::Organizations(list)),
            Err(failure) => {
                self.note(self.entry(What::OrganizationsNotRead).because(Some(&failure)));
                self.state.last_failure = Some(failure);
            }
        }
    }

    /// What one account could see is nothing for the next to choose from.
    pub(super) fn forget_list(&mut self) {
        if !self.state.record.organizations.rows.is_empty() {
            self.change(Change::Organizations(OrganizationList::default()));
        }
    }

    /// A test that began with another organization says nothing about this one.
    fn stop_checking(&mut self) {
        if matches!(self.state.activity, Activity::Checking { .. }) {
            self.act(Effect::Stop);
            self.state.activity = Activity::Idle;
        }
    }

    pub(super) fn select_organization(&mut self, id: &str) {
        let Some(row) = self.state.record.organizations.find(id) else {
            self.state.last_failure = Some(Failure::of(FailureClass::OrganizationMissing));
            return;
        };
        let chosen = ChosenOrganization { id: row.id.clone(), name: row.name.clone() };
        self.state.last_failure = None;
        if self.state.record.organization.as_ref().is_none_or(|known| known.id != chosen.id) {
            self.stop_checking();
            self.undone(&[Stage::Test]);
        }
        self.change(Change::Organization(Some(chosen)));
        self.note(self.entry(What::OrganizationChosen));
        self.done(Stage::Organization);
    }
}
