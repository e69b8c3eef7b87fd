//! What is waited for, with what can be pressed about it.

use super::{Shown, button};
use crate::open_item::{OpenItem, OpenItemId};
use crate::step::Flow;
use crate::view;
use crate::wizard::{Button, DialogName, OpenItemRow, Press, ScreenName};
use crate::words::Text;

impl Shown<'_> {
    pub(super) fn open_count(&self) -> u8 {
        let open = self.state.record.open_items.iter().filter(|item| item.is_open()).count();
        u8::try_from(open).unwrap_or(u8::MAX)
    }

    /// What has arrived is listed where the whole story stands: on Status and Done.
    pub(super) fn open_items(&self) -> Vec<OpenItemRow> {
        let whole = matches!(self.wizard.screen, ScreenName::Status | ScreenName::Done);
        let listed = whole || self.wizard.screen == ScreenName::Start || self.wizard.reopened;
        let items = self.state.record.open_items.iter().filter(|item| listed && (whole || item.is_open()));
        items.map(|item| self.open_item(item)).collect()
    }

    fn open_item(&self, item: &OpenItem) -> OpenItemRow {
        let view = view::open_item(item, &self.around.zone);
        OpenItemRow {
            hint: Text::new(format!("open-item-{}.check", view.id)),
            id: view.id,
            what: view.what,
            who: view.who,
            asked: view.asked,
            arrived: view.arrived,
            note: item.note.clone(),
            buttons: if item.is_open() { self.item_buttons(item.id) } else { Vec::new() },
        }
    }

    /// What this program can find out has "Check again"; what it cannot see has "It is done".
    fn item_buttons(&self, id: OpenItemId) -> Vec<Button> {
        let arrived = button("wizard-it-is-done", Press::ItemArrived { id: id.as_str().to_owned() });
        let check = |press| Some(button("wizard-check-again", press));
        let idle = !self.state.is_busy();
        let held = self.state.record.credential.is_some() && idle;
        let listed = self.may_open(ScreenName::Organization) && idle;
        let known = self.state.record.settings.username.is_some() && idle;
        let check = match id {
            OpenItemId::Consent => check(Press::Authorize).filter(|_| known),
            OpenItemId::Role => check(Press::TestConnection).filter(|_| held),
            OpenItemId::FlowsOff => check(Press::TestConnection).filter(|_| held),
            OpenItemId::CompanyNotListed => {
                check(Press::GoTo { screen: ScreenName::Organization }).filter(|_| listed)
            }
            OpenItemId::SupportContact | OpenItemId::IntegrationsOn | OpenItemId::WorkspanTest => None,
        };
        let done = match id {
            OpenItemId::Consent | OpenItemId::Role => None,
            OpenItemId::FlowsOff if self.flow() == Flow::Migration => {
                Some(button("wizard-open-checklist", Press::OpenDialog { dialog: DialogName::PowerAutomate }))
            }
            OpenItemId::FlowsOff
            | OpenItemId::SupportContact
            | OpenItemId::IntegrationsOn
            | OpenItemId::WorkspanTest
            | OpenItemId::CompanyNotListed => Some(arrived),
        };
        check.into_iter().chain(done).collect()
    }
}
