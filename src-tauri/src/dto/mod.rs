//! What the page gets: the core's view models as types that TypeScript knows. Nothing is decided here.

mod status;

use mpc_connect_core::environment::EnvironmentError;
use mpc_connect_core::failure::Failure;
use mpc_connect_core::words;
use serde::Serialize;
use specta::Type;

pub(crate) use status::Status;

/// The catalogue in use.
#[derive(Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Catalogue {
    /// A BCP 47 tag.
    language: &'static str,
    /// Fluent source.
    source: &'static str,
}

impl Catalogue {
    pub(crate) fn active() -> Self {
        Self { language: "en", source: words::Words::source() }
    }
}

/// What the window shows.
#[derive(Serialize, Type)]
#[serde(tag = "kind", rename_all = "camelCase")]
pub(crate) enum Page {
    /// The status, as the database has it.
    Status(Box<Status>),
    /// No environment could be used.
    Refused(Refused),
    /// The database could not be read.
    Unreadable(Unreadable),
}

/// Why this copy works in no environment.
#[derive(Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Refused {
    reason: Text,
    /// The place in the file, or the name, that the reason is about.
    detail: Option<String>,
}

impl From<&EnvironmentError> for Refused {
    fn from(error: &EnvironmentError) -> Self {
        let detail = Some(error.detail()).filter(|detail| !detail.is_empty());
        Self { reason: words::Text::new(error.message_id()).into(), detail }
    }
}

/// Why nothing is known.
#[derive(Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Unreadable {
    environment: ChosenEnvironment,
    class: &'static str,
    code: Option<String>,
}

impl Unreadable {
    pub(crate) fn of(failure: Failure, environment: ChosenEnvironment) -> Self {
        Self { environment, class: failure.class.as_str(), code: failure.code }
    }
}

/// The environment in use and who chose it.
#[derive(Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub(crate) struct ChosenEnvironment {
    pub(crate) name: String,
    /// Whether the organization's policy fixes it.
    pub(crate) managed: bool,
}

/// A message of the catalogue with its arguments.
#[derive(Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Text {
    id: String,
    args: Vec<Argument>,
}

/// An argument; dates and numbers come as ready strings.
#[derive(Serialize, Type)]
#[serde(rename_all = "camelCase")]
struct Argument {
    name: String,
    value: String,
}

impl From<words::Text> for Text {
    fn from(text: words::Text) -> Self {
        let argument = |(name, value): (std::borrow::Cow<'static, str>, String)| Argument {
            name: name.into_owned(),
            value,
        };
        Self { id: text.id.into_owned(), args: text.args.into_iter().map(argument).collect() }
    }
}

/// A command that does what the window cannot do yet.
#[derive(Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub(crate) struct CommandLine {
    pub(crate) purpose: Text,
    pub(crate) line: String,
}
