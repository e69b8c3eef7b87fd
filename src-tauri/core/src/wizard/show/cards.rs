//! Which failure stands on which screen, and the one thing to press about it.

use super::{Shown, button, labelled};
use crate::failure::{Failure, FailureClass};
use crate::flow::Activity;
use crate::step::Stage;
use crate::view;
use crate::wizard::possible::{is_waiting, may_authorize, may_check, may_disconnect};
use crate::wizard::{Button, CardView, CopyWhat, Press, ScreenName};
use crate::words::{CardPart, Text};

impl Shown<'_> {
    pub(super) fn card(&self) -> Option<CardView> {
        self.card_failure().map(|failure| self.card_of(&failure))
    }

    /// The card of a failure with what its button does. Card and button carry the same label.
    pub(super) fn card_of(&self, failure: &Failure) -> CardView {
        let mut card = view::card(self.state, failure);
        let button = self.card_button(failure).filter(|button| self.is_possible(&button.press));
        if let Some(button) = &button {
            card.button = button.label.clone();
        }
        let addresses = view::addresses(&self.around.environment, failure);
        CardView { card, button, addresses }
    }

    /// The failure that stands in the way on this screen.
    pub(super) fn card_failure(&self) -> Option<Failure> {
        let held = self.of_the_credential();
        let failure = match self.wizard.screen {
            ScreenName::Start | ScreenName::Contact | ScreenName::Open => None,
            ScreenName::Username => {
                self.of_the_sign_in().or(held).filter(|failure| leads_to(failure, Stage::Username))
            }
            ScreenName::Authorize => self
                .offered()
                .or_else(|| self.of_the_sign_in())
                .or_else(|| held.filter(|failure| leads_to(failure, Stage::Authorize))),
            ScreenName::LogIn | ScreenName::Accept => {
                self.waiting().and_then(|waiting| waiting.browser_failed.as_ref())
            }
            ScreenName::Verify | ScreenName::Test | ScreenName::Done => held,
            ScreenName::Organization => self
                .of_something_else()
                .or_else(|| held.filter(|failure| leads_to(failure, Stage::Organization))),
            ScreenName::Status => self.state.failure(),
        };
        failure.filter(|_| !self.is_checking()).cloned()
    }

    fn offered(&self) -> Option<&Failure> {
        if let Activity::SessionOnlyOffered(_, failure) = &self.state.activity { Some(failure) } else { None }
    }

    /// The verdict on the credential that is held.
    fn of_the_credential(&self) -> Option<&Failure> {
        let record = &self.state.record;
        record.credential.as_ref().and(record.verdict.failure.as_ref())
    }

    /// Why the last sign-in failed, as long as nothing newer was done.
    fn of_the_sign_in(&self) -> Option<&Failure> {
        let record = &self.state.record;
        let last = record.attempt.as_ref().and_then(|attempt| attempt.failure.as_ref());
        let still_stands = record.credential.is_none() || self.state.last_failure.as_ref() == last;
        last.filter(|_| still_stands)
    }

    /// Why a list, a choice or a disconnect led nowhere.
    fn of_something_else(&self) -> Option<&Failure> {
        self.state.last_failure.as_ref().filter(|failure| self.of_the_sign_in() != Some(failure))
    }

    /// What the button of a card does on this screen.
    fn card_button(&self, failure: &Failure) -> Option<Button> {
        use FailureClass as Class;
        let label = Text::failure(failure, CardPart::Button);
        let press = match failure.class {
            Class::SignInWithMfa if self.state.record.second_check_helps() => {
                return Some(button("wizard-ask-for-second-check", Press::AskForSecondCheck));
            }
            Class::SignInAgain
            | Class::RestartSignIn
            | Class::SignInWithMfa
            | Class::RegisterMfa
            | Class::ConsentDeclined
            | Class::UserCancelled
            | Class::WrongAccount
            | Class::KeychainDamaged => Press::Authorize,
            Class::MfaNotEnforced
            | Class::ConsentNeeded
            | Class::AccountDisabled
            | Class::NotAssigned
            | Class::PolicyBlocked
            | Class::DeviceNotCompliant
            | Class::AppNotInTenant => Press::Copy { what: CopyWhat::ItText },
            Class::TenantNotFound | Class::ServiceNotEnabled => return self.rename(label),
            Class::RoleMissing if self.wizard.screen != ScreenName::Test => return self.retry(None),
            Class::NoRelationship | Class::OrganizationMissing => return self.choose_again(label),
            Class::AppMisconfigured | Class::UnexpectedAnswer | Class::Unknown => {
                Press::Copy { what: CopyWhat::Summary }
            }
            Class::NetworkBlocked => Press::Copy { what: CopyWhat::Addresses },
            Class::BrowserNotOpened if self.is_waiting() => Press::Copy { what: CopyWhat::SignInLink },
            Class::ReturnBlocked if self.is_waiting() => Press::UseAnotherWay,
            Class::BrowserNotOpened | Class::ReturnBlocked => {
                return Some(button("wizard-authorize-again", Press::Authorize));
            }
            Class::RoleMissing
            | Class::KeepWaiting
            | Class::RetryLater
            | Class::Offline
            | Class::ClockWrong
            | Class::KeychainLocked
            | Class::KeychainMissing
            | Class::StoreNotWritable => return self.retry(Some(label)),
            Class::StoreDamaged | Class::FileDamaged | Class::FileTooNew => return None,
        };
        Some(labelled(label, press))
    }

    /// A card offers nothing that would lead nowhere now.
    fn is_possible(&self, press: &Press) -> bool {
        let signs_in = matches!(press, Press::Authorize | Press::AskForSecondCheck);
        let checks = matches!(press, Press::CheckNow | Press::TestConnection | Press::ReloadOrganizations);
        let disconnects = matches!(press, Press::Disconnect { .. });
        let copies = if let Press::Copy { what } = press { self.copy_text(*what) } else { None };
        let leads = if let Press::GoTo { screen } = press { self.may_open(*screen) } else { true };
        let has_text = !matches!(press, Press::Copy { .. }) || copies.is_some_and(|text| !text.is_empty());
        leads
            && has_text
            && (!signs_in || may_authorize(self.state))
            && (!checks || may_check(self.state))
            && (!disconnects || may_disconnect(self.state))
    }

    fn rename(&self, label: Text) -> Option<Button> {
        let screen = ScreenName::Username;
        let here = self.wizard.screen == screen;
        let press = if here { Press::EditUsername } else { Press::GoTo { screen } };
        Some(labelled(label, press))
    }

    fn choose_again(&self, label: Text) -> Option<Button> {
        let screen = ScreenName::Organization;
        if self.wizard.screen == screen {
            return Some(button("wizard-reload", Press::ReloadOrganizations));
        }
        Some(labelled(label, Press::GoTo { screen }))
    }

    /// The same once more: what that is depends on the screen.
    pub(super) fn retry(&self, label: Option<Text>) -> Option<Button> {
        let (own, press) = match self.wizard.screen {
            ScreenName::Organization => ("wizard-reload", Press::ReloadOrganizations),
            ScreenName::Test => ("wizard-test-connection", Press::TestConnection),
            ScreenName::Status if self.of_something_else().is_some() && self.disconnect_again().is_some() => {
                ("wizard-disconnect", self.disconnect_again()?)
            }
            ScreenName::Verify | ScreenName::Status | ScreenName::Done | ScreenName::Start => {
                ("wizard-check-again", Press::CheckNow)
            }
            ScreenName::Contact
            | ScreenName::Open
            | ScreenName::Username
            | ScreenName::Authorize
            | ScreenName::LogIn
            | ScreenName::Accept => ("wizard-authorize-again", Press::Authorize),
        };
        Some(labelled(label.unwrap_or_else(|| Text::new(own)), press))
    }

    fn disconnect_again(&self) -> Option<Press> {
        self.wizard.disconnecting.map(|wipe| Press::Disconnect { wipe })
    }

    pub(super) fn is_waiting(&self) -> bool {
        is_waiting(self.state)
    }

    pub(super) fn is_checking(&self) -> bool {
        matches!(self.state.activity, Activity::Checking { .. })
    }
}

fn leads_to(failure: &Failure, stage: Stage) -> bool {
    failure.redo(Stage::Authorize) == Some(stage)
}
