//! What a person typed and saved.

use super::opened::Opened;
use super::presses::Turn;
use super::typed::{LABEL, NAME, USERNAME, line, lines, some_line};
use super::{
    AccountKindChoice, ConnectionPageForm, CopyWhat, Order, RotationChoice, ScreenName, Shown, Tone,
};
use crate::flow::{Activity, Intent};
use crate::open_item::OpenItemId;
use crate::record::Settings;
use crate::step::Stage;
use crate::username::{AccountKind, MicrosoftUsername};
use crate::words::Text;

impl From<AccountKindChoice> for AccountKind {
    fn from(choice: AccountKindChoice) -> Self {
        match choice {
            AccountKindChoice::Service => Self::Service,
            AccountKindChoice::Person => Self::Person,
            AccountKindChoice::Unknown => Self::Unknown,
        }
    }
}

impl From<AccountKind> for AccountKindChoice {
    fn from(kind: AccountKind) -> Self {
        match kind {
            AccountKind::Service => Self::Service,
            AccountKind::Person => Self::Person,
            AccountKind::Unknown => Self::Unknown,
        }
    }
}

impl From<Option<bool>> for RotationChoice {
    fn from(rotates: Option<bool>) -> Self {
        match rotates {
            None => Self::Unknown,
            Some(true) => Self::Rotates,
            Some(false) => Self::Stays,
        }
    }
}

impl From<RotationChoice> for Option<bool> {
    fn from(choice: RotationChoice) -> Self {
        match choice {
            RotationChoice::Unknown => None,
            RotationChoice::Rotates => Some(true),
            RotationChoice::Stays => Some(false),
        }
    }
}

impl Turn<'_> {
    pub(super) fn contacted_support(&mut self, reference: &str) -> Vec<Order> {
        if self.wizard.screen != ScreenName::Contact {
            return Vec::new();
        }
        let reference = some_line(reference, NAME);
        self.commit_and_go(vec![Intent::ContactedSupport { reference }])
    }

    pub(super) fn save_connection_page(&mut self, form: &ConnectionPageForm) -> Vec<Order> {
        if self.wizard.screen != ScreenName::Open {
            return Vec::new();
        }
        let settings = Settings {
            company: some_line(&form.company, NAME),
            contact: some_line(&form.contact, NAME),
            computer_label: some_line(&form.computer_label, LABEL),
            second_factor_holder: some_line(&form.second_factor_holder, NAME),
            password_rotates: form.password_rotates.into(),
            ..self.state.record.settings.clone()
        };
        self.commit_and_go(vec![Intent::Settings(settings), Intent::FinishStep(Stage::Open)])
    }

    pub(super) fn edit_username(&mut self) -> Vec<Order> {
        if self.wizard.screen == ScreenName::Username {
            let settings = &self.state.record.settings;
            let typed = settings.username.as_ref().map_or_else(String::new, |name| name.as_str().to_owned());
            self.wizard.dialog = Some(Opened::Edit { typed, kind: settings.kind.into(), error: None });
        }
        Vec::new()
    }

    /// What is wrong stands in the pop-up beside what was typed.
    pub(super) fn save_username(&mut self, typed: &str, kind: AccountKindChoice) -> Vec<Order> {
        if !matches!(self.wizard.dialog, Some(Opened::Edit { .. })) {
            return Vec::new();
        }
        let typed = line(typed, USERNAME);
        match MicrosoftUsername::parse(&typed) {
            Err(error) => {
                let error = Some(Text::new(error.message_id()));
                self.wizard.dialog = Some(Opened::Edit { typed, kind, error });
                Vec::new()
            }
            Ok(username) => {
                self.wizard.dialog = None;
                self.wizard.acted = true;
                self.wizard.messages.say(Tone::Good, Text::new("wizard-username-saved"));
                let (_, orders) = self.commit(vec![Intent::SaveUsername { username, kind: kind.into() }]);
                orders
            }
        }
    }

    pub(super) fn select_organization(&mut self, id: String) -> Vec<Order> {
        let is_listing = self.state.activity == Activity::Listing;
        if self.wizard.screen != ScreenName::Organization || is_listing {
            return Vec::new();
        }
        if self.state.record.organizations.find(&id).is_none() {
            self.wizard.nothing_chosen = true;
            return Vec::new();
        }
        let (after, mut orders) = self.commit(vec![Intent::SelectOrganization { id }]);
        if after.record.is_done(Stage::Organization) {
            orders.extend(self.wizard.head_on(&after));
        }
        orders
    }

    pub(super) fn company_not_listed(&mut self, name: &str, partner_id: &str) -> Vec<Order> {
        if !matches!(self.wizard.dialog, Some(Opened::CompanyNotListed { .. })) {
            return Vec::new();
        }
        let Some(name) = some_line(name, NAME) else {
            let error = Some(Text::new("wizard-company-error-empty"));
            self.wizard.dialog = Some(Opened::CompanyNotListed { name: String::new(), error });
            return Vec::new();
        };
        let note = match some_line(partner_id, LABEL) {
            Some(partner_id) => format!("{name} ({partner_id})"),
            None => name,
        };
        self.wizard.dialog = None;
        self.wizard.messages.say(Tone::Good, Text::new("wizard-company-noted"));
        vec![Order::Intend(Intent::CompanyNotListed { note })]
    }

    /// Sending the request to IT ends a sign-in that nobody can finish before they have acted.
    pub(super) fn item_asked(&mut self, id: &str) -> Vec<Order> {
        let Some(id) = item(id) else { return Vec::new() };
        let showed = self.shown().browser_failure().filter(|_| self.waits());
        self.wizard.dialog = None;
        self.wizard.messages.say(Tone::Good, Text::new("wizard-item-asked"));
        let ended = showed.map(|failure| Order::Intend(Intent::BrowserShowed(failure)));
        ended.into_iter().chain([Order::Intend(Intent::ItemAsked(id, None))]).collect()
    }

    pub(super) fn item_arrived(&mut self, id: &str) -> Vec<Order> {
        let Some(id) = item(id).filter(|id| self.state.record.waits_for(*id).is_some()) else {
            return Vec::new();
        };
        self.wizard.messages.say(Tone::Good, Text::new("wizard-item-arrived"));
        vec![Order::Intend(Intent::OpenItemArrived(id))]
    }

    pub(super) fn save_flow_names(&mut self, names: &str) -> Vec<Order> {
        if self.wizard.dialog != Some(Opened::PowerAutomate) {
            return Vec::new();
        }
        self.wizard.messages.say(Tone::Good, Text::new("wizard-flow-names-saved"));
        vec![Order::Intend(Intent::SaveFlowNames(lines(names)))]
    }

    /// The message names what stands in the field, and so does what is kept.
    pub(super) fn copy_flows_message(&mut self, names: &str) -> Vec<Order> {
        if self.wizard.dialog != Some(Opened::PowerAutomate) {
            return Vec::new();
        }
        let (after, orders) = self.commit(vec![Intent::SaveFlowNames(lines(names))]);
        let what = CopyWhat::PowerAutomateMessage;
        let text = Shown { state: &after, ..self.shown() }.copy_text(what);
        orders.into_iter().chain(text.map(|text| Order::Copy { what, text })).collect()
    }

    pub(super) fn flows_turned_off(&mut self, by: &str, names: &str) -> Vec<Order> {
        if self.wizard.dialog != Some(Opened::PowerAutomate) {
            return Vec::new();
        }
        self.wizard.dialog = None;
        self.wizard.messages.say(Tone::Good, Text::new("wizard-item-arrived"));
        let named = Intent::SaveFlowNames(lines(names));
        let off = Intent::FlowsTurnedOff { by: line(by, NAME) };
        vec![Order::Intend(named), Order::Intend(off)]
    }
}

fn item(id: &str) -> Option<OpenItemId> {
    OpenItemId::ALL.into_iter().find(|item| item.as_str() == id)
}
