//! The pop-ups. One at a time, in front of its screen.

use serde::Serialize;

use super::body::Answer;
use super::found::TestResult;
use super::page::{Button, CardView};
use super::press::AccountKindChoice;
use crate::view::CheckView;
use crate::words::Text;

/// A pop-up, by its kind. Each has a heading and can be closed, which presses `closeDialog`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
#[serde(tag = "kind", rename_all = "camelCase")]
pub enum Dialog {
    /// Edit the Microsoft username.
    Edit(EditDialog),
    /// What came of a test.
    Test(TestDialog),
    /// Help and support.
    Help(HelpDialog),
    /// The text for IT.
    ItText(TextDialog),
    /// The Power Automate checklist.
    PowerAutomate(PowerAutomateDialog),
    /// "What does the browser show?"
    BrowserShows(BrowserShowsDialog),
    /// "Mine is not listed."
    CompanyNotListed(CompanyDialog),
    /// Disconnect.
    Disconnect(DisconnectDialog),
}

/// Edit the Microsoft username. Save presses `saveUsername`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub struct EditDialog {
    /// As typed last, or as saved.
    pub username: String,
    /// As chosen last, or as saved. Not `kind`: that is the tag of the pop-up.
    pub account_kind: AccountKindChoice,
    /// What is wrong with it; the same words in summary and field.
    pub error: Option<Text>,
}

/// What came of a test.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub struct TestDialog {
    /// One of the three faces.
    pub result: TestResult,
    /// Which connection was tested: account and organization, or that it was a rehearsal.
    pub about: Vec<Text>,
    /// The checks that did not pass, with who can change it.
    pub checks: Vec<CheckView>,
    /// The failure, where it failed.
    pub card: Option<CardView>,
    /// What to do next, such as Finish; the first is the primary.
    pub buttons: Vec<Button>,
}

/// Help and support.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub struct HelpDialog {
    /// The five characters, once more in large letters.
    pub state_code: String,
    /// Step and headline, to be read to support.
    pub read_this: Text,
    /// The summary as it would be copied.
    pub summary: String,
    /// Support's site.
    pub site: String,
    /// Support's e-mail address.
    pub email: String,
    /// The contact at WorkSpan, where one was told.
    pub contact: Option<String>,
    /// Copy summary, copy address, open the site.
    pub buttons: Vec<Button>,
    /// Where the data is kept.
    pub data_folder: String,
    /// The program's version.
    pub version: String,
    /// The last things that were said, newest first.
    pub recent: Vec<Text>,
}

/// A text to copy.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub struct TextDialog {
    /// The text, ready.
    pub text: String,
    /// Copy it, copy the link alone, "I sent it"; the first is the primary.
    pub buttons: Vec<Button>,
}

/// The Power Automate checklist.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub struct PowerAutomateDialog {
    /// The flows' names as saved, one a line. Saved by `saveFlowNames`.
    pub names: String,
    /// Where to find them, the order, and not before Support says so.
    pub steps: Vec<Text>,
    /// By whom and when they were turned off, where they were.
    pub done: Option<Text>,
    /// Whether they still have to be turned off: `flowsTurnedOff` with the names and who did.
    pub open: bool,
    /// "Not me: send this." Sent by `copyFlowsMessage` with the names.
    pub send: Text,
}

/// "What does the browser show?"
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub struct BrowserShowsDialog {
    /// The six answers.
    pub answers: Vec<Button>,
    /// The id of the answer that was given, such as `adminApproval`.
    pub given: Option<String>,
    /// What it means.
    pub card: Option<CardView>,
    /// Ways on from there, with what each leads to.
    pub ways: Vec<Answer>,
    /// Whether a field for the number or text stands there: `browserShowsNumber`.
    pub asks_number: bool,
    /// Why what was typed there was not read, such as an address that carries a sign-in.
    pub refused: Option<Text>,
}

/// "Mine is not listed." Sent by `companyNotListed`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub struct CompanyDialog {
    /// The company's name as told before.
    pub name: String,
    /// What is wrong with it.
    pub error: Option<Text>,
}

/// Disconnect.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub struct DisconnectDialog {
    /// Which account.
    pub account: String,
    /// Keep the history, or remove it too.
    pub buttons: Vec<Button>,
}
