//! The texts that leave the window.

use super::Shown;
use crate::consent;
use crate::failure::Failure;
use crate::open_item::OpenItemId;
use crate::report::{self, About};
use crate::view;
use crate::wizard::CopyWhat;

/// Support's site, as it is read.
pub(super) const SITE: &str = "support.workspan.com";
/// Support's e-mail address.
pub(super) const EMAIL: &str = "support@workspan.com";

impl Shown<'_> {
    /// The text to copy; `None` where there is none now.
    pub(in crate::wizard) fn copy_text(&self, what: CopyWhat) -> Option<String> {
        let settings = &self.state.record.settings;
        match what {
            CopyWhat::SignInLink => self.sign_in_link(),
            CopyWhat::ItText => Some(self.it_text()),
            CopyWhat::ApprovalLink => self.approval_link(),
            CopyWhat::Addresses => self.addresses(),
            CopyWhat::SupportMessage => Some(report::support_message(settings)),
            CopyWhat::SupportEmail => Some(EMAIL.to_owned()),
            CopyWhat::PowerAutomateMessage => {
                Some(report::power_automate_message(&self.flow_names(), settings))
            }
            CopyWhat::Summary => Some(self.summary()),
            CopyWhat::MailReport => Some(report::mail(&self.about())),
        }
    }

    pub(in crate::wizard) fn about(&self) -> About<'_> {
        let environment = &self.around.environment;
        About { state: self.state, environment, now: self.now, zone: &self.around.zone, history_lost: false }
    }

    fn sign_in_link(&self) -> Option<String> {
        self.waiting().map(|waiting| waiting.address.0.clone())
    }

    /// About the failure that the person looks at.
    pub(super) fn it_text(&self) -> String {
        let username = self.state.record.settings.username.as_ref();
        report::it_text(&self.around.environment, username, self.it_failure().as_ref())
    }

    /// What is waited for once the text for IT was sent.
    pub(super) fn it_item(&self) -> Option<OpenItemId> {
        report::it_item(self.it_failure().as_ref())
    }

    /// What the text for IT is about.
    fn it_failure(&self) -> Option<Failure> {
        let failure = self.browser_failure().or_else(|| self.card_failure());
        failure.or_else(|| self.state.failure().cloned())
    }

    pub(super) fn approval_link(&self) -> Option<String> {
        let username = self.state.record.settings.username.as_ref()?;
        consent::link(&self.around.environment, username).map(String::from)
    }

    fn addresses(&self) -> Option<String> {
        let failure = self.card_failure()?;
        let addresses = view::addresses(&self.around.environment, &failure);
        Some(addresses.join("\n"))
    }

    pub(super) fn summary(&self) -> String {
        let version = format!("MPC Connect {}", self.around.version);
        report::summary(&self.about(), &version, Some(&self.state_code()))
    }

    /// The names of the Power Automate flows, one a line.
    pub(super) fn flow_names(&self) -> String {
        let items = &self.state.record.open_items;
        let item = items.iter().find(|item| item.id == OpenItemId::FlowsOff);
        item.and_then(|item| item.note.clone()).unwrap_or_default()
    }
}
