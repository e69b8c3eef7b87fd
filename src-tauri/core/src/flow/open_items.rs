//! What other people are asked for, and that it came.

use super::Turn;
use crate::history::What;
use crate::open_item::{OpenItem, OpenItemId};
use crate::record::Change;
use crate::step::{Flow, Stage};

impl Turn {
    pub(super) fn contacted_support(&mut self, reference: Option<String>) {
        self.done(Stage::Contact);
        self.ask_for(OpenItemId::SupportContact, reference);
        if self.state.record.settings.flow == Some(Flow::Migration) {
            self.wait_once(OpenItemId::FlowsOff);
        }
    }

    pub(super) fn company_not_listed(&mut self, note: String) {
        self.ask_for(OpenItemId::CompanyNotListed, Some(note));
    }

    pub(super) fn open_item_arrived(&mut self, id: OpenItemId) {
        let Some(mut item) = self.state.record.waits_for(id).cloned() else { return };
        item.arrived_at = Some(self.at);
        self.change(Change::OpenItem(item));
        self.note(self.entry(What::OpenItemArrived).ending(id.as_str()));
    }

    /// The person has asked for it. Asking again does not restart the clock.
    fn ask_for(&mut self, id: OpenItemId, note: Option<String>) {
        self.wait_for(id, note);
        if let Some(known) = self.item(id).filter(|known| known.asked_at.is_none()) {
            self.change(Change::OpenItem(OpenItem { asked_at: Some(self.at), ..known }));
        }
    }

    /// Adds an open item once, whoever asks for it.
    pub(super) fn wait_for(&mut self, id: OpenItemId, note: Option<String>) {
        if let Some(mut known) = self.state.record.waits_for(id).cloned() {
            if note.is_some() && known.note != note {
                known.note = note;
                self.change(Change::OpenItem(known));
            }
            return;
        }
        let item = OpenItem { note, ..OpenItem::waiting(id, self.at) };
        self.change(Change::OpenItem(item));
        self.note(self.entry(What::OpenItemAdded).ending(id.as_str()));
    }

    /// The names of the flows stay beside their item, whatever was sent to whom.
    pub(super) fn item_asked(&mut self, id: OpenItemId, note: Option<String>) {
        let note = match id {
            OpenItemId::FlowsOff => self.item(id).and_then(|known| known.note),
            OpenItemId::SupportContact
            | OpenItemId::Consent
            | OpenItemId::Role
            | OpenItemId::IntegrationsOn
            | OpenItemId::WorkspanTest
            | OpenItemId::CompanyNotListed => note,
        };
        self.ask_for(id, note);
    }

    /// Names may be mended after the flows were turned off; that opens nothing again.
    pub(super) fn save_flow_names(&mut self, names: &str) {
        let note = some_text(names);
        match self.item(OpenItemId::FlowsOff) {
            Some(known) if known.note == note => {}
            Some(known) => self.change(Change::OpenItem(OpenItem { note, ..known })),
            None if note.is_none() => {}
            None => self.wait_for(OpenItemId::FlowsOff, note),
        }
    }

    pub(super) fn flows_turned_off(&mut self, by: &str) {
        self.wait_once(OpenItemId::FlowsOff);
        self.open_item_arrived(OpenItemId::FlowsOff);
        let done_by = some_text(by);
        if let Some(known) = self.item(OpenItemId::FlowsOff).filter(|known| known.done_by != done_by) {
            self.change(Change::OpenItem(OpenItem { done_by, ..known }));
        }
    }

    fn item(&self, id: OpenItemId) -> Option<OpenItem> {
        self.state.record.open_items.iter().find(|item| item.id == id).cloned()
    }

    /// An item that has arrived once is not asked for again.
    pub(super) fn wait_once(&mut self, id: OpenItemId) {
        if self.item(id).is_none() {
            self.wait_for(id, None);
        }
    }
}

fn some_text(text: &str) -> Option<String> {
    Some(text.trim()).filter(|text| !text.is_empty()).map(str::to_owned)
}
