//! What a person presses in the window. Each press arrives as hostile JSON and is one of these, or nothing.

use serde::{Deserialize, Serialize};

use super::ScreenName;

/// One press, with what was typed. Lengths are cut where the text is taken in, never here.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
#[serde(tag = "press", rename_all = "camelCase", rename_all_fields = "camelCase", deny_unknown_fields)]
pub enum Press {
    /// Begin, or go on with, one of the two flows.
    ChooseFlow {
        /// Which.
        flow: FlowChoice,
    },
    /// Begin a rehearsal of a flow: the sandbox is started and everything after wears its stamp.
    Rehearse {
        /// Which.
        flow: FlowChoice,
    },
    /// Back from the rehearsal to the real environment.
    LeaveRehearsal,
    /// Open a screen: a finished step, the current one, Start, Status or Done.
    GoTo {
        /// Which.
        screen: ScreenName,
    },
    /// The screen before this one.
    Back,
    /// The screen after this one; commits nothing.
    Continue,
    /// Support was contacted (MIG-1).
    ContactedSupport {
        /// Support's reference, or empty.
        reference: String,
    },
    /// What NEW-1 asks for.
    SaveConnectionPage(ConnectionPageForm),
    /// Open the Edit pop-up.
    EditUsername,
    /// Save in the Edit pop-up.
    SaveUsername {
        /// As typed.
        username: String,
        /// Whose account it is.
        kind: AccountKindChoice,
    },
    /// Authorize: keychain, way back, browser.
    Authorize,
    /// Authorize, and ask Microsoft for a second check.
    AskForSecondCheck,
    /// Go on although the keychain does not answer.
    UseSessionOnly,
    /// The same address in the browser once more.
    OpenBrowserAgain,
    /// The other way back.
    UseAnotherWay,
    /// Go on waiting after ten minutes.
    KeepWaiting,
    /// Stop what is under way.
    Stop,
    /// The saved account shall sign in, in a private window.
    SignInAsSaved,
    /// The account that signed in shall be used.
    UseSignedIn,
    /// "What does the browser show?"
    BrowserShows {
        /// The answer.
        answer: BrowserShows,
    },
    /// The number on Microsoft's error page, or its whole text.
    BrowserShowsNumber {
        /// As typed or pasted.
        text: String,
    },
    /// Check the status now.
    CheckNow,
    /// Read the organizations.
    ReloadOrganizations,
    /// Save the choice of the dropdown.
    SelectOrganization {
        /// Its id; empty when nothing was chosen.
        id: String,
    },
    /// "Mine is not listed."
    CompanyNotListed {
        /// The company's name.
        name: String,
        /// Its Partner ID, or empty.
        partner_id: String,
    },
    /// Test connection.
    TestConnection,
    /// Somebody was asked for something that is now waited for.
    ItemAsked {
        /// The item's id, such as `consent`.
        id: String,
    },
    /// What was waited for is there.
    ItemArrived {
        /// The item's id, such as `integrations-on`.
        id: String,
    },
    /// The names of the Power Automate flows.
    SaveFlowNames {
        /// As typed, one a line.
        names: String,
    },
    /// The Power Automate flows were turned off.
    FlowsTurnedOff {
        /// By whom, as typed.
        by: String,
        /// The names of the flows, as typed, one a line; they are saved too.
        names: String,
    },
    /// "Not me": the message about the flows with the names as typed, which are saved too.
    CopyFlowsMessage {
        /// As typed, one a line.
        names: String,
    },
    /// Run the pre-flight again.
    CheckComputer,
    /// Open a pop-up.
    OpenDialog {
        /// Which.
        dialog: DialogName,
    },
    /// Close the pop-up.
    CloseDialog,
    /// Put a text into the clipboard.
    Copy {
        /// Which.
        what: CopyWhat,
    },
    /// Open one of our fixed addresses in the browser.
    OpenLink {
        /// Which.
        link: Link,
    },
    /// Write the report page into the person's documents.
    SaveReport,
    /// Disconnect on this computer.
    Disconnect {
        /// The history too.
        wipe: bool,
    },
    /// Read the database again, where it could not be read.
    TryAgain,
    /// Close the window.
    Close,
}

/// What NEW-1 asks for, as typed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ConnectionPageForm {
    /// The company's name.
    pub company: String,
    /// The contact at WorkSpan.
    pub contact: String,
    /// The label of this computer.
    pub computer_label: String,
    /// Who holds the account's second factor.
    pub second_factor_holder: String,
    /// Whether a vault rotates the account's password.
    pub password_rotates: RotationChoice,
}

/// An answer to "Does a vault rotate its password?"
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub enum RotationChoice {
    /// Nobody has said.
    #[default]
    Unknown,
    /// It does.
    Rotates,
    /// It does not.
    Stays,
}

/// One of the two flows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub enum FlowChoice {
    /// Eight steps.
    NewUsers,
    /// Nine steps.
    Migration,
}

/// Whose account it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub enum AccountKindChoice {
    /// A service account.
    Service,
    /// A person's account.
    Person,
    /// Nobody has said.
    Unknown,
}

/// What the browser shows while the app waits.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub enum BrowserShows {
    /// An administrator must approve.
    AdminApproval,
    /// A form that asks for approval.
    RequestForm,
    /// An error with a number.
    ErrorNumber,
    /// Another person's name.
    AnotherName,
    /// Permission denied.
    PermissionDenied,
    /// Nothing.
    Nothing,
}

/// A pop-up that a person opens.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub enum DialogName {
    /// Help and support.
    Help,
    /// The text for IT.
    ItText,
    /// The Power Automate checklist.
    PowerAutomate,
    /// "What does the browser show?"
    BrowserShows,
    /// "Mine is not listed."
    CompanyNotListed,
    /// Disconnect.
    Disconnect,
}

/// What can be copied. The text is made in Rust and goes straight into the clipboard.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub enum CopyWhat {
    /// The sign-in address of the attempt that waits.
    SignInLink,
    /// The text for IT.
    ItText,
    /// The administrator's approval link alone.
    ApprovalLink,
    /// The addresses that have to be open.
    Addresses,
    /// The message to Support (MIG-1).
    SupportMessage,
    /// Support's e-mail address.
    SupportEmail,
    /// The text for whoever turns the flows off.
    PowerAutomateMessage,
    /// The summary for support.
    Summary,
    /// The report as mail text.
    MailReport,
}

/// A fixed address outside.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub enum Link {
    /// support.workspan.com
    Support,
}
