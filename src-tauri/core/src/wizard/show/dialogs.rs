//! The pop-up in front of the screen.

use super::outside::{EMAIL, SITE};
use super::{Shown, button};
use crate::open_item::OpenItemId;
use crate::present::date_and_time;
use crate::view;
use crate::wizard::opened::Opened;
use crate::wizard::{
    Answer, BrowserShows, BrowserShowsDialog, Button, CompanyDialog, CopyWhat, Dialog, DisconnectDialog,
    EditDialog, HelpDialog, Link, PowerAutomateDialog, Press, ScreenName, TextDialog,
};
use crate::words::{Text, Words};

impl Shown<'_> {
    pub(super) fn dialog(&self) -> Option<Dialog> {
        Some(match self.wizard.dialog.as_ref()? {
            Opened::Edit { typed, kind, error } => Dialog::Edit(EditDialog {
                username: typed.clone(),
                account_kind: *kind,
                error: error.clone(),
            }),
            Opened::Test => Dialog::Test(self.test_dialog()?),
            Opened::Help => Dialog::Help(self.help()),
            Opened::ItText => Dialog::ItText(self.text_for_it()),
            Opened::PowerAutomate => Dialog::PowerAutomate(self.checklist()),
            Opened::BrowserShows { given, refused, .. } => {
                Dialog::BrowserShows(self.browser_shows_dialog(*given, refused.clone()))
            }
            Opened::CompanyNotListed { name, error } => {
                Dialog::CompanyNotListed(CompanyDialog { name: name.clone(), error: error.clone() })
            }
            Opened::Disconnect => Dialog::Disconnect(self.disconnect_dialog()),
        })
    }

    fn help(&self) -> HelpDialog {
        HelpDialog {
            state_code: self.state_code(),
            read_this: self.read_this(),
            summary: self.summary(),
            site: SITE.to_owned(),
            email: EMAIL.to_owned(),
            contact: self.state.record.settings.contact.clone(),
            buttons: vec![
                copy("wizard-copy-summary", CopyWhat::Summary),
                copy("wizard-copy-email", CopyWhat::SupportEmail),
                button("wizard-open-support", Press::OpenLink { link: Link::Support }),
            ],
            data_folder: self.around.data_folder.clone(),
            version: self.around.version.clone(),
            recent: self.wizard.messages.said(),
        }
    }

    /// Where one is and how it stands, in one breath.
    fn read_this(&self) -> Text {
        let say = |text: &Text| Words::plain().say(text);
        let status = say(&view::headline(self.state, self.mark(), &self.around.zone));
        let title = say(&self.title());
        let place = match (self.step_head(), self.wizard.screen) {
            (Some(head), _) => format!("{} {title}", head.code),
            (None, ScreenName::Status) => return Text::new("wizard-read-this-status").with("status", status),
            (None, _) => title,
        };
        Text::new("wizard-read-this").with("place", place).with("status", status)
    }

    fn text_for_it(&self) -> TextDialog {
        let link = self.approval_link().map(|_| copy("wizard-copy-approval-link", CopyWhat::ApprovalLink));
        let mut buttons = vec![copy("wizard-copy-text", CopyWhat::ItText)];
        buttons.extend(link);
        buttons.extend(self.it_item().map(sent));
        TextDialog { text: self.it_text(), buttons }
    }

    fn checklist(&self) -> PowerAutomateDialog {
        let items = &self.state.record.open_items;
        let item = items.iter().find(|item| item.id == OpenItemId::FlowsOff);
        let done = item.and_then(|item| {
            let time = date_and_time(item.arrived_at?, &self.around.zone);
            Some(match &item.done_by {
                Some(by) => Text::new("wizard-flows-off-by").with("by", by).with("time", time),
                None => Text::new("wizard-flows-off").with("time", time),
            })
        });
        let steps = [
            "wizard-checklist-find",
            "wizard-checklist-not-before",
            "wizard-checklist-order",
            "wizard-checklist-keep",
        ];
        PowerAutomateDialog {
            names: self.flow_names(),
            steps: steps.map(Text::new).to_vec(),
            open: done.is_none(),
            done,
            send: Text::new("wizard-not-me-send-this"),
        }
    }

    fn browser_shows_dialog(&self, given: Option<BrowserShows>, refused: Option<Text>) -> BrowserShowsDialog {
        let answers = ANSWERS.map(|(answer, _, label)| button(label, Press::BrowserShows { answer }));
        let id =
            ANSWERS.iter().find(|(answer, ..)| Some(*answer) == given).map(|(_, id, _)| (*id).to_owned());
        BrowserShowsDialog {
            answers: answers.to_vec(),
            given: id,
            card: self.browser_failure().map(|failure| self.card_of(&failure)),
            ways: given.map(|given| self.browser_ways(given)).unwrap_or_default(),
            asks_number: given == Some(BrowserShows::ErrorNumber),
            refused,
        }
    }

    /// The ways on from an answer.
    fn browser_ways(&self, given: BrowserShows) -> Vec<Answer> {
        let way = |button, consequence: &'static str| Answer { button, consequence: Text::new(consequence) };
        let again = way(button("wizard-open-again", Press::OpenBrowserAgain), "wizard-way-again");
        let link = way(copy("wizard-copy-sign-in-link", CopyWhat::SignInLink), "wizard-way-link");
        let private = way(copy("wizard-copy-sign-in-link", CopyWhat::SignInLink), "wizard-way-private");
        let waits = self.browser_failure().as_ref().and_then(OpenItemId::behind);
        let leads_to = if waits.is_some() { "wizard-way-end-waits" } else { "wizard-way-end" };
        let end = way(button("wizard-end-sign-in", Press::Stop), leads_to);
        match given {
            BrowserShows::AdminApproval | BrowserShows::RequestForm => {
                vec![way(sent(OpenItemId::Consent), "wizard-way-sent"), end]
            }
            BrowserShows::PermissionDenied => {
                let authorize = button("wizard-authorize-again", Press::Authorize);
                vec![way(authorize, "wizard-way-accept-this-time"), end]
            }
            BrowserShows::AnotherName => vec![
                private,
                way(button("wizard-open-again", Press::OpenBrowserAgain), "wizard-way-other-account"),
            ],
            BrowserShows::ErrorNumber if self.browser_failure().is_some() => vec![end],
            BrowserShows::ErrorNumber => Vec::new(),
            BrowserShows::Nothing => {
                let other = button("wizard-another-way", Press::UseAnotherWay);
                let by_link =
                    self.waiting().is_some_and(|waiting| waiting.plan.way == crate::ports::Way::DeepLink);
                let other = by_link.then(|| way(other, "wizard-way-other"));
                [again, link].into_iter().chain(other).collect()
            }
        }
    }

    fn disconnect_dialog(&self) -> DisconnectDialog {
        DisconnectDialog {
            account: self.state.record.account().unwrap_or_default().to_owned(),
            buttons: vec![
                button("wizard-disconnect-keep", Press::Disconnect { wipe: false }),
                button("wizard-disconnect-wipe", Press::Disconnect { wipe: true }),
            ],
        }
    }
}

/// Each answer with its id for the page and its label.
const ANSWERS: [(BrowserShows, &str, &str); 6] = [
    (BrowserShows::AdminApproval, "adminApproval", "wizard-shows-approval"),
    (BrowserShows::RequestForm, "requestForm", "wizard-shows-form"),
    (BrowserShows::ErrorNumber, "errorNumber", "wizard-shows-number"),
    (BrowserShows::AnotherName, "anotherName", "wizard-shows-another-name"),
    (BrowserShows::PermissionDenied, "permissionDenied", "wizard-shows-denied"),
    (BrowserShows::Nothing, "nothing", "wizard-shows-nothing"),
];

fn copy(label: &'static str, what: CopyWhat) -> Button {
    button(label, Press::Copy { what })
}

/// "I sent it": from now on it is waited for.
fn sent(id: OpenItemId) -> Button {
    button("wizard-i-sent-it", Press::ItemAsked { id: id.as_str().to_owned() })
}
