//! What the window shows. Everything in it is ready to be drawn: the page decides nothing and holds no secret.

use serde::Serialize;

use super::body::Body;
use super::dialog::Dialog;
use super::{Press, ScreenName};
use crate::view::{Card, Mark, QualifierView};
use crate::words::Text;

/// What the window shows.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
#[serde(tag = "kind", rename_all = "camelCase")]
pub enum Page {
    /// The wizard or the Status screen.
    Wizard(Box<Screen>),
    /// No environment could be used.
    Refused(Box<Refused>),
    /// The database could not be read.
    Unreadable(Box<Unreadable>),
}

/// One screen with everything around it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub struct Screen {
    /// Which.
    pub name: ScreenName,
    /// The environment.
    pub environment: EnvironmentView,
    /// The five characters to read out.
    pub state_code: String,
    /// The word of the connection, for the top bar.
    pub mark: Mark,
    /// That word as text.
    pub headline: Text,
    /// The flow's name with its number of steps; `None` on Start and on Status before a flow was chosen.
    pub flow: Option<Text>,
    /// The steps of the flow; empty where none was chosen.
    pub rail: Vec<RailRow>,
    /// Number and code, on a step.
    pub step: Option<StepHead>,
    /// The heading; on a step the guide's own title.
    pub title: Text,
    /// What the screen is for, in one sentence.
    pub purpose: Option<Text>,
    /// What limits the claim, or is not being saved; stays until it is over.
    pub qualifiers: Vec<QualifierView>,
    /// What happened last, such as "Copied" or "You left at step 6"; stays until the next one.
    pub message: Option<Message>,
    /// What stands in the way, with the one thing to press.
    pub card: Option<CardView>,
    /// The screen's own content.
    pub body: Body,
    /// What is waited for, where the list stands: on Start, Status and Done, and first of all where a reopened window
    /// lands. Empty elsewhere.
    pub open_items: Vec<OpenItemRow>,
    /// How many items are waited for, for the rail; 0 for none.
    pub open_count: u8,
    /// The bar at the bottom.
    pub actions: Actions,
    /// The pop-up in front of it.
    pub dialog: Option<Dialog>,
}

/// The environment in use and who chose it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub struct EnvironmentView {
    /// Its name.
    pub name: String,
    /// Whether nothing real is touched.
    pub rehearsal: bool,
    /// Whether it is everything but `public`, and so wears a banner.
    pub banner: Option<Text>,
    /// "managed by your organization", where a policy fixes it.
    pub managed: Option<Text>,
    /// Back to the real environment, where the rehearsal was begun on Start.
    pub leave: Option<Button>,
}

/// One step of the flow.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub struct RailRow {
    /// Such as `NEW-3`.
    pub code: String,
    /// Counted from 1.
    pub number: u8,
    /// Two or three words.
    pub label: Text,
    /// How far it is.
    pub state: RailState,
    /// That state as a word, for whoever does not see the shape.
    pub state_label: Text,
    /// Whether it is the one that is shown.
    pub is_shown: bool,
    /// Opens it, where it can be opened.
    pub open: Option<Press>,
}

/// How far a step is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub enum RailState {
    /// Not yet.
    NotStarted,
    /// The first unfinished one.
    Current,
    /// Finished.
    Done,
    /// Has to be done again.
    NeedsAttention,
    /// The browser has it.
    Waiting,
}

/// Where the person stands.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub struct StepHead {
    /// Such as `NEW-3`.
    pub code: String,
    /// Counted from 1.
    pub number: u8,
    /// How many the flow has.
    pub of: u8,
}

/// What happened last. The same text twice has another number, so that it is heard twice.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub struct Message {
    /// Counts up.
    pub number: u32,
    /// What.
    pub text: Text,
    /// Its colour and shape.
    pub tone: Tone,
}

/// The colour and shape of a note.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub enum Tone {
    /// To know.
    Note,
    /// It worked.
    Good,
    /// Look here.
    Warning,
    /// It did not work.
    Bad,
}

/// One thing that somebody else has to do, with what can be pressed about it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub struct OpenItemRow {
    /// Its id, such as `integrations-on`.
    pub id: &'static str,
    /// What.
    pub what: Text,
    /// Who.
    pub who: Text,
    /// When it was asked for or since when it is waited for; `None` once something has arrived unasked.
    pub asked: Option<Text>,
    /// Since when it is done.
    pub arrived: Option<String>,
    /// A reference or a company's name, as noted.
    pub note: Option<String>,
    /// What "Check again" can find out.
    pub hint: Text,
    /// "Check again", "It is done"; empty once it has arrived.
    pub buttons: Vec<Button>,
}

/// A failure with the one thing to press.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub struct CardView {
    /// What, why, who, what to do, and the details for support.
    pub card: Card,
    /// The same label as the card's button, with what it does. Also the primary of the action bar.
    pub button: Option<Button>,
    /// What has to be open, where it is the network.
    pub addresses: Vec<String>,
}

/// Something to press.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub struct Button {
    /// Its label.
    pub label: Text,
    /// What it does.
    pub press: Press,
    /// Whether it leaves for the browser, which an arrow with a text alternative says.
    pub opens_browser: bool,
}

/// The bar at the bottom: at most three buttons.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub struct Actions {
    /// Back, at the start of the line.
    pub back: Option<Button>,
    /// A second choice.
    pub other: Option<Button>,
    /// The one primary button.
    pub primary: Option<Primary>,
}

/// The one primary button.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
#[serde(tag = "does", rename_all = "camelCase", rename_all_fields = "camelCase")]
pub enum Primary {
    /// Presses.
    Press {
        /// What.
        button: Button,
    },
    /// Sends the form of the screen.
    Submit {
        /// Its label.
        label: Text,
    },
}

/// Why this copy works in no environment.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub struct Refused {
    /// "This copy is not set up yet", or another heading.
    pub title: Text,
    /// Why.
    pub reason: Text,
    /// The place in the file, or the name, that the reason is about.
    pub detail: Option<String>,
    /// The five characters to read out.
    pub state_code: String,
    /// What happened last, such as a rehearsal that did not start.
    pub message: Option<Message>,
    /// The rehearsal, where it is offered.
    pub rehearse: Vec<Button>,
}

/// Why nothing is known.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub struct Unreadable {
    /// The environment.
    pub environment: EnvironmentView,
    /// The five characters to read out.
    pub state_code: String,
    /// What happened.
    pub card: Card,
}
