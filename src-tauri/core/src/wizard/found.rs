//! The content of the screens that say what was found out: status, test, Done.

use serde::Serialize;

use super::body::PowerAutomateLine;
use super::page::{Button, Tone};
use crate::view::{CheckView, Mark, QualifierView};
use crate::words::Text;

/// The status as Verify, Done and Status show it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub struct StatusPanel {
    /// The shape and colour.
    pub mark: Mark,
    /// The line in large letters.
    pub headline: Text,
    /// What exactly is claimed.
    pub sentence: Text,
    /// When it was found out.
    pub checked: Text,
    /// The last word that was really found out.
    pub last_known: Option<Text>,
    /// What limits the claim.
    pub qualifiers: Vec<QualifierView>,
    /// Whether a check is running.
    pub checking: bool,
    /// "Check now" or "Check again"; `None` while one is running and where nothing is to be checked.
    pub check: Option<Button>,
    /// Account, kind, organization, computer, tenant (masked), the last test.
    pub facts: Vec<Fact>,
}

/// A labelled value.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub struct Fact {
    /// What it is.
    pub label: Text,
    /// The value, of somebody else's writing.
    pub value: String,
    /// Leads to where it is changed.
    pub change: Option<Button>,
}

/// Connection status.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub struct VerifyBody {
    /// The status.
    pub status: StatusPanel,
    /// The checks of the last probe, or of the one that runs.
    pub checks: Vec<CheckView>,
    /// Flows off and Integrations on.
    pub note: Text,
    /// The checklist, in Migration.
    pub power_automate: Option<PowerAutomateLine>,
}

/// Test connection.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub struct TestBody {
    /// Account, organization and status, each with Change.
    pub facts: Vec<Fact>,
    /// Whether the test is running.
    pub running: bool,
    /// The result of the last test, in one line.
    pub result: Option<TestResult>,
    /// Every check of the flow, in order; those that were not run say so.
    pub checks: Vec<CheckView>,
}

/// What came of a test.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub struct TestResult {
    /// `passed`, `failed` or `partial`.
    pub face: String,
    /// "Connection successful", and so on.
    pub title: Text,
    /// "All 9 checks passed at 10:58."
    pub sentence: Text,
    /// Its colour and shape.
    pub tone: Tone,
}

/// Done.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub struct DoneBody {
    /// "Your part is done.", or that it is not.
    pub lead: Text,
    /// The status.
    pub status: StatusPanel,
    /// Who does what next, in order.
    pub next: Vec<Text>,
    /// The report as mail text, ready to be read and copied.
    pub mail: String,
    /// Copy the mail text, save the page.
    pub report: Vec<Button>,
    /// Where the report page was written.
    pub saved_at: Option<Text>,
}

/// Status.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub struct StatusBody {
    /// The status.
    pub status: StatusPanel,
    /// Who acts next.
    pub next: Text,
    /// The last checks.
    pub checks: Vec<CheckView>,
    /// Disconnect, where something is connected.
    pub disconnect: Option<Button>,
}
