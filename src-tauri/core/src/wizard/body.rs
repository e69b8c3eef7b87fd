//! The content of each screen.

use serde::Serialize;

use super::found::{DoneBody, StatusBody, StatusPanel, TestBody, VerifyBody};
use super::page::{Button, Tone};
use super::press::{ConnectionPageForm, Press};
use crate::words::Text;

/// The content of a screen, by its kind.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
#[serde(tag = "kind", rename_all = "camelCase")]
pub enum Body {
    /// Start.
    Start(StartBody),
    /// Contact WorkSpan Support.
    Contact(ContactBody),
    /// The MPC Connection page.
    Open(Box<OpenBody>),
    /// The Microsoft username.
    Username(UsernameBody),
    /// Authorize.
    Authorize(AuthorizeBody),
    /// In the browser: sign-in and permissions.
    Browser(BrowserBody),
    /// Connection status.
    Verify(VerifyBody),
    /// Select Organization.
    Organization(OrganizationBody),
    /// Test connection.
    Test(TestBody),
    /// Done.
    Done(DoneBody),
    /// Status.
    Status(StatusBody),
}

/// Start.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub struct StartBody {
    /// The status, once a flow was begun.
    pub status: Option<StatusPanel>,
    /// The cards to choose from, the likeliest first and preselected. Continue presses the chosen one.
    pub choices: Vec<Choice>,
    /// What has to be at hand.
    pub before_you_begin: Text,
}

/// A card on Start.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub struct Choice {
    /// Stable, for the radio's value: `continue`, `newUsers`, `migration`, `rehearse`, `review`.
    pub id: String,
    /// What.
    pub label: Text,
    /// A line below it.
    pub detail: Text,
    /// What Continue presses.
    pub press: Press,
}

/// Contact WorkSpan Support.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub struct ContactBody {
    /// Support's site.
    pub site: String,
    /// Support's e-mail address.
    pub email: String,
    /// The message to send, ready.
    pub message: String,
    /// Support's reference, as saved.
    pub reference: String,
    /// The checklist of the Power Automate flows.
    pub power_automate: PowerAutomateLine,
}

/// Where the Power Automate checklist stands, in one line with its button.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub struct PowerAutomateLine {
    /// "Power Automate flows: not turned off yet."
    pub text: Text,
    /// Opens the checklist.
    pub open: Button,
}

/// The MPC Connection page.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub struct OpenBody {
    /// The guide's path, in order.
    pub path: Vec<Text>,
    /// As saved, or prefilled.
    pub form: ConnectionPageForm,
    /// Whether this computer is ready.
    pub preflight: PreflightView,
}

/// The pre-flight: one line, its rows folded.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub struct PreflightView {
    /// "This computer is ready", "Checking this computer…", "Two things need a look".
    pub headline: Text,
    /// Its colour and shape.
    pub tone: Tone,
    /// Whether it is still going on.
    pub running: bool,
    /// One row for each check; `milliseconds` is 0 while it runs.
    pub rows: Vec<PreflightRow>,
    /// Run it again.
    pub again: Button,
}

/// One check of the pre-flight.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub struct PreflightRow {
    /// Such as `keychain`.
    pub id: String,
    /// What is checked.
    pub label: Text,
    /// `passed`, `warning`, `failed` or `not_checked`.
    pub result: String,
    /// That result as a word.
    pub result_label: Text,
    /// What was found, and what to do about it.
    pub sentence: Text,
}

/// The Microsoft username.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub struct UsernameBody {
    /// As saved; `None` before.
    pub username: Option<String>,
    /// Whose account it is, as a word.
    pub account_kind: Text,
    /// What is odd about it, such as a personal domain.
    pub warning: Option<Text>,
    /// Opens the Edit pop-up.
    pub edit: Button,
    /// Why a service account.
    pub note: Text,
}

/// Authorize.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub struct AuthorizeBody {
    /// Which account shall sign in.
    pub username: String,
    /// Leads to the username.
    pub change: Button,
    /// What will happen, in order.
    pub happens: Vec<Happening>,
    /// What may surprise: second factor, "Stay signed in?", the browser's question, a blank tab.
    pub surprises: Vec<Text>,
    /// Each permission in plain words.
    pub permissions: Vec<Text>,
    /// Opens the text for IT.
    pub it_text: Button,
}

/// One thing that will happen.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub struct Happening {
    /// The step's number.
    pub number: u8,
    /// What.
    pub text: Text,
    /// Where: this app, or the browser.
    pub place: Text,
}

/// In the browser.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub struct BrowserBody {
    /// What has happened and what is waited for, in order; empty when nothing is under way.
    pub rows: Vec<WaitRow>,
    /// What to say about the wait: the nudge, the minute, the question.
    pub nudge: Option<Nudge>,
    /// Open again, copy the link, another way, what the browser shows.
    pub ways: Vec<Button>,
    /// The question whose account it is.
    pub question: Option<AccountQuestion>,
    /// What the permissions page looks like; on the screen of its step.
    pub permissions: Vec<Text>,
    /// When the wait ends by itself, as a time of day; `None` when nothing waits.
    pub ends_at: Option<Text>,
}

/// One row of the wait.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub struct WaitRow {
    /// What.
    pub text: Text,
    /// How far.
    pub state: WaitState,
    /// That as a word.
    pub state_label: Text,
    /// The time of day at which it happened.
    pub time: Option<String>,
}

/// How far a row of the wait is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub enum WaitState {
    /// Happened.
    Done,
    /// Under way.
    Waiting,
    /// Not yet.
    NotStarted,
    /// Did not work.
    Failed,
}

/// What to say about a wait.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub struct Nudge {
    /// A short heading.
    pub title: Text,
    /// What to do.
    pub text: Text,
    /// "Keep waiting", after ten minutes.
    pub button: Option<Button>,
}

/// The question whose account it is: both names in full.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub struct AccountQuestion {
    /// What happened, with both names.
    pub question: Text,
    /// The saved name, or the account that is connected.
    pub saved: String,
    /// Who signed in.
    pub signed_in: String,
    /// "Sign in as A in a private window", with how it is done.
    pub first: Answer,
    /// "Use B", with its consequences.
    pub second: Answer,
}

/// One answer, with what it leads to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub struct Answer {
    /// The button.
    pub button: Button,
    /// What it leads to.
    pub consequence: Text,
}

/// Select Organization.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub struct OrganizationBody {
    /// Whether the list is being read.
    pub loading: bool,
    /// The rows, sorted by name.
    pub rows: Vec<OrganizationRow>,
    /// The id that is chosen or preselected; empty for none.
    pub selected: String,
    /// "3 organizations found for this account.", or why there is none.
    pub count: Text,
    /// That the list may be incomplete.
    pub cut: Option<Text>,
    /// Whether a filter field stands above the list.
    pub filter: bool,
    /// What is wrong with the choice.
    pub error: Option<Text>,
    /// Reload the list.
    pub reload: Button,
    /// "Mine is not listed."
    pub not_listed: Button,
    /// Where Microsoft shows the company's name.
    pub note: Text,
}

/// A row of the dropdown.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub struct OrganizationRow {
    /// Its id.
    pub id: String,
    /// Its name.
    pub name: String,
    /// Other spellings, and where it was seen.
    pub evidence: Vec<Text>,
}
