//! The steps with a form: Support, the MPC Connection page, the username.

use super::outside::{EMAIL, SITE};
use super::{Content, Shown, button};
use crate::open_item::OpenItemId;
use crate::report;
use crate::step::Stage;
use crate::username::MicrosoftUsername;
use crate::wizard::typed::{LABEL, line};
use crate::wizard::{
    Actions, Body, Button, CardView, ConnectionPageForm, ContactBody, DialogName, OpenBody,
    PowerAutomateLine, Press, UsernameBody,
};
use crate::words::Text;

/// The guide's way to the MPC Connection page.
const PATH: [&str; 5] = [
    "wizard-path-company-profile",
    "wizard-path-applications",
    "wizard-path-microsoft",
    "wizard-path-partner-center",
    "wizard-path-connection",
];

impl Shown<'_> {
    pub(super) fn contact(&self) -> Content {
        let record = &self.state.record;
        let item = record.open_items.iter().find(|item| item.id == OpenItemId::SupportContact);
        let body = Body::Contact(ContactBody {
            site: SITE.to_owned(),
            email: EMAIL.to_owned(),
            message: report::support_message(&record.settings),
            reference: item.and_then(|item| item.note.clone()).unwrap_or_default(),
            power_automate: self.power_automate(),
        });
        Content { body, actions: self.form_actions(Stage::Contact, "wizard-contacted-support") }
    }

    pub(super) fn open(&self) -> Content {
        let body = Body::Open(Box::new(OpenBody {
            path: PATH.map(Text::new).to_vec(),
            form: self.connection_page(),
            preflight: self.preflight(),
        }));
        Content { body, actions: self.form_actions(Stage::Open, "wizard-save-and-continue") }
    }

    /// A form that was sent once can be left without sending it again.
    fn form_actions(&self, stage: Stage, submit: &'static str) -> Actions {
        let other = self.is_finished(stage).then(|| button("wizard-continue", Press::Continue));
        Actions { other, ..self.back_and_submit(submit) }
    }

    /// As saved; the label of the computer is what the computer calls itself until somebody changes it.
    fn connection_page(&self) -> ConnectionPageForm {
        let settings = &self.state.record.settings;
        let text = |told: &Option<String>| told.clone().unwrap_or_default();
        let computer = || line(self.around.computer_name.as_deref().unwrap_or_default(), LABEL);
        ConnectionPageForm {
            company: text(&settings.company),
            contact: text(&settings.contact),
            computer_label: settings.computer_label.clone().unwrap_or_else(computer),
            second_factor_holder: text(&settings.second_factor_holder),
            password_rotates: settings.password_rotates.into(),
        }
    }

    pub(super) fn username(&self, card: Option<&CardView>) -> Content {
        let settings = &self.state.record.settings;
        let username = settings.username.as_ref();
        let body = Body::Username(UsernameBody {
            username: username.map(|name| name.as_str().to_owned()),
            account_kind: self.account_kind(),
            warning: username
                .filter(|name| name.looks_personal())
                .map(|_| Text::new("username-warning-personal")),
            edit: edit(),
            note: Text::new("note-service-account.body"),
        });
        let own = match username {
            None => edit(),
            Some(_) => button("wizard-continue", Press::Continue),
        };
        let saved = self.is_finished(Stage::Username);
        let own = if username.is_some() && !saved { edit() } else { own };
        Content { body, actions: self.with_card(card.filter(|_| !self.wizard.acted), Some(own)) }
    }

    pub(super) fn account_kind(&self) -> Text {
        Text::new(format!("account-kind-{}", self.state.record.settings.kind.as_str()))
    }

    /// The saved name, for what is said about it.
    pub(super) fn saved_name(&self) -> String {
        self.state.record.settings.username.as_ref().map_or("", MicrosoftUsername::as_str).to_owned()
    }

    /// Where the Power Automate checklist stands.
    pub(super) fn power_automate(&self) -> PowerAutomateLine {
        let items = &self.state.record.open_items;
        let item = items.iter().find(|item| item.id == OpenItemId::FlowsOff);
        let text = match item.and_then(|item| item.arrived_at) {
            Some(at) => Text::new("wizard-flows-off")
                .with("time", crate::present::date_and_time(at, &self.around.zone)),
            None if self.flow_names().is_empty() => Text::new("wizard-flows-not-named"),
            None => Text::new("wizard-flows-on").with("count", self.flow_names().lines().count()),
        };
        let press = Press::OpenDialog { dialog: DialogName::PowerAutomate };
        PowerAutomateLine { text, open: button("wizard-open-checklist", press) }
    }
}

fn edit() -> Button {
    button("wizard-edit", Press::EditUsername)
}
