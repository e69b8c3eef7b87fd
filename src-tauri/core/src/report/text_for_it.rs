//! The text for the company's own IT.
//!
//! Sources: Microsoft Learn, "Admin consent on the Microsoft identity platform" (the link and its end), "Grant
//! tenant-wide admin consent to an application" (who may approve), "Referral API authentication" (delegated
//! `user_impersonation`), "Assign users roles and permissions" (Referrals admin and its locations), "Mandating
//! multifactor authentication (MFA) for your partner tenant".

use super::content::details;
use super::foreign::{quote, say, word};
use super::messages::letter;
use crate::consent;
use crate::environment::Environment;
use crate::failure::{Failure, FailureClass};
use crate::open_item::OpenItemId;
use crate::username::MicrosoftUsername;
use crate::view;
use crate::words::Text;

/// Beside the two resources, what a sign-in asks for (OpenID Connect Core 1.0, sections 3.1.2.1, 5.4 and 11).
const SIGN_IN_PERMISSIONS: &str = "openid, profile, offline_access";

/// What IT is asked for.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Ask {
    Approval,
    App,
    Assignment,
    SecondFactor,
    Registration,
    Account,
    Policy,
    Device,
    Service,
    Role,
    Network,
}

/// What IT is asked for, and what they have to know. The account stands in it in full, because nobody can act on a masked
/// one; it goes to the account's own company.
#[must_use]
pub fn it_text(
    environment: &Environment,
    username: Option<&MicrosoftUsername>,
    failure: Option<&Failure>,
) -> String {
    let ask = failure.map_or(Ask::Approval, |failure| Ask::of(failure.class));
    let subject = if environment.is_rehearsal() { "it-subject-rehearsal" } else { "it-subject" };
    let mut paragraphs = vec![word(subject), word(ask.text())];
    paragraphs.push(subjects(environment, username));
    paragraphs.extend(failure.map(|failure| seen(environment, failure)));
    if ask.wants_approval() {
        paragraphs.extend(approval(environment, username));
    }
    if ask != Ask::Network {
        paragraphs.push(permissions(environment));
        paragraphs.push(section("it-role.heading", [word("it-role.name"), word("it-role.place")]));
    }
    paragraphs.push(section("it-does.heading", [word("it-does.does"), word("it-does.does-not")]));
    letter(&paragraphs)
}

/// What is waited for once this text was sent; `None` where nothing would show that it has arrived.
#[must_use]
pub fn it_item(failure: Option<&Failure>) -> Option<OpenItemId> {
    match failure.map_or(Ask::Approval, |failure| Ask::of(failure.class)) {
        Ask::Approval | Ask::App => Some(OpenItemId::Consent),
        Ask::Role => Some(OpenItemId::Role),
        Ask::Assignment
        | Ask::SecondFactor
        | Ask::Registration
        | Ask::Account
        | Ask::Policy
        | Ask::Device
        | Ask::Service
        | Ask::Network => None,
    }
}

impl Ask {
    fn of(class: FailureClass) -> Self {
        use FailureClass as Class;
        match class {
            Class::AppNotInTenant => Self::App,
            Class::NotAssigned => Self::Assignment,
            Class::MfaNotEnforced | Class::SignInWithMfa => Self::SecondFactor,
            Class::RegisterMfa => Self::Registration,
            Class::AccountDisabled => Self::Account,
            Class::PolicyBlocked => Self::Policy,
            Class::DeviceNotCompliant => Self::Device,
            Class::ServiceNotEnabled | Class::TenantNotFound => Self::Service,
            Class::RoleMissing | Class::NoRelationship => Self::Role,
            Class::NetworkBlocked | Class::Offline | Class::ReturnBlocked => Self::Network,
            Class::SignInAgain
            | Class::RestartSignIn
            | Class::ConsentNeeded
            | Class::ConsentDeclined
            | Class::UserCancelled
            | Class::WrongAccount
            | Class::AppMisconfigured
            | Class::KeepWaiting
            | Class::RetryLater
            | Class::ClockWrong
            | Class::UnexpectedAnswer
            | Class::OrganizationMissing
            | Class::BrowserNotOpened
            | Class::KeychainLocked
            | Class::KeychainMissing
            | Class::KeychainDamaged
            | Class::StoreDamaged
            | Class::StoreNotWritable
            | Class::FileDamaged
            | Class::FileTooNew
            | Class::Unknown => Self::Approval,
        }
    }

    fn text(self) -> &'static str {
        match self {
            Self::Approval => "it-ask.approval",
            Self::App => "it-ask.app",
            Self::Assignment => "it-ask.assign",
            Self::SecondFactor => "it-ask.factor",
            Self::Registration => "it-ask.register",
            Self::Account => "it-ask.account",
            Self::Policy => "it-ask.policy",
            Self::Device => "it-ask.device",
            Self::Service => "it-ask.service",
            Self::Role => "it-ask.role",
            Self::Network => "it-ask.network",
        }
    }

    fn wants_approval(self) -> bool {
        matches!(self, Self::Approval | Self::App)
    }
}

/// The account and the app that it is about.
fn subjects(environment: &Environment, username: Option<&MicrosoftUsername>) -> String {
    let account = username.map(|username| say(&Text::new("it-account").with("account", username.as_str())));
    let app = say(&Text::new("it-app").with("id", &environment.client_id));
    account.into_iter().chain([app]).collect::<Vec<_>>().join("\n")
}

/// What Microsoft said, and what has to be open on the network.
fn seen(environment: &Environment, failure: &Failure) -> String {
    let addresses = view::addresses(environment, failure).join(" ");
    let addresses =
        (!addresses.is_empty()).then(|| say(&Text::new("it-addresses").with("addresses", addresses)));
    let details = say(&Text::new("it-details").with("details", details(failure)));
    let quotation = Text::quotation(failure).as_ref().map(quote);
    addresses.into_iter().chain([details]).chain(quotation).collect::<Vec<_>>().join("\n")
}

fn approval(environment: &Environment, username: Option<&MicrosoftUsername>) -> Vec<String> {
    let steps = |first: &'static str, rest: Vec<String>| {
        section("it-approve.heading", std::iter::once(word(first)).chain(rest))
    };
    let after = word("it-approve.after");
    match username.map(|username| consent::link(environment, username)) {
        Some(Some(link)) => {
            let end = Text::new("it-approve.end").with("address", &environment.loopback);
            vec![steps("it-approve.link", Vec::new()), link.into(), items([say(&end), after])]
        }
        Some(None) => vec![steps("it-approve.elsewhere", vec![after])],
        None => vec![steps("it-approve.no-link", vec![after])],
    }
}

fn permissions(environment: &Environment) -> String {
    let named = |id: &'static str, name: &str| say(&Text::new(id).with("name", name));
    let mut lines = vec![named("it-permissions.referrals", &environment.referrals.scope)];
    let profiles = environment.profiles.iter();
    lines.extend(profiles.map(|profiles| named("it-permissions.profiles", &profiles.scope)));
    lines.push(say(&Text::new("it-permissions.sign-in").with("names", SIGN_IN_PERMISSIONS)));
    lines.push(word("it-permissions.delegated"));
    section("it-permissions.heading", lines)
}

/// A heading with a list below it.
fn section(heading: &'static str, lines: impl IntoIterator<Item = String>) -> String {
    format!("{}\n{}", word(heading), items(lines))
}

fn items(lines: impl IntoIterator<Item = String>) -> String {
    lines.into_iter().map(|line| format!("- {line}")).collect::<Vec<_>>().join("\n")
}
