//! The one catalogue of words and its reader.
//!
//! Whatever a person reads is a [`Text`]: an id of the catalogue with arguments. [`Words`] turns it into a sentence
//! for terminal, mail and files; the window gets the catalogue itself from [`Words::source`].

#[cfg(test)]
mod card_tests;
#[cfg(test)]
mod closed_sets;
mod named;
#[cfg(test)]
mod tests;
#[cfg(test)]
mod used_ids;

use std::borrow::Cow;
use std::fmt;
use std::sync::LazyLock;

use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentResource};
use serde::{Deserialize, Serialize};

pub use named::CardPart;

/// One catalogue, in files by where its words are shown.
const ENGLISH: &str = concat!(
    include_str!("../../words/en.ftl"),
    "\n",
    include_str!("../../words/en-wizard.ftl"),
    "\n",
    include_str!("../../words/en-window.ftl"),
    "\n",
    include_str!("../../words/en-report.ftl"),
);

static PLAIN: LazyLock<FluentBundle<FluentResource>> = LazyLock::new(|| read(false));
static ISOLATED: LazyLock<FluentBundle<FluentResource>> = LazyLock::new(|| read(true));

/// A message of the catalogue with its arguments, not yet in any language.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
pub struct Text {
    /// The id, with an attribute after a dot where the message has parts: `failure-sign-in-again.what`.
    pub id: Cow<'static, str>,
    /// Name and ready value of each argument; dates and numbers are formatted before they get here.
    #[serde(default)]
    pub args: Vec<(Cow<'static, str>, String)>,
}

impl Text {
    /// A message without arguments.
    #[must_use]
    pub fn new(id: impl Into<Cow<'static, str>>) -> Self {
        Self { id: id.into(), args: Vec::new() }
    }

    /// The same message with one more argument.
    #[must_use]
    pub fn with(mut self, name: impl Into<Cow<'static, str>>, value: impl fmt::Display) -> Self {
        self.args.push((name.into(), value.to_string()));
        self
    }
}

/// A reader of the catalogue. Copies share one parsed catalogue and may be used from any thread.
#[derive(Clone, Copy)]
pub struct Words {
    bundle: &'static FluentBundle<FluentResource>,
}

impl Words {
    /// English without isolation marks, for terminal, mail, files and clipboard; the same as [`Words::english`].
    #[must_use]
    pub fn plain() -> Self {
        Self { bundle: &PLAIN }
    }

    /// English with Unicode isolation marks (FSI and PDI) around arguments, for the window.
    #[must_use]
    pub fn isolated() -> Self {
        Self { bundle: &ISOLATED }
    }

    /// English without isolation marks.
    #[must_use]
    pub fn english() -> Self {
        Self::plain()
    }

    /// The catalogue as Fluent source, for a reader outside Rust.
    #[must_use]
    pub fn source() -> &'static str {
        ENGLISH
    }

    /// The sentence for `text`. An id that the catalogue does not know shows as `[id]`, and an argument that is
    /// missing as `{$name}`, so that a mistake is seen and never stops the program.
    #[must_use]
    pub fn say(&self, text: &Text) -> String {
        self.try_say(text).map_or_else(|| format!("[{}]", text.id), |(sentence, _)| sentence)
    }

    /// Whether the catalogue has this id, attribute included.
    #[must_use]
    pub fn knows(&self, id: &str) -> bool {
        self.try_say(&Text::new(id.to_owned())).is_some()
    }

    /// The sentence and how many Fluent errors it met; `None` for an id that does not exist.
    fn try_say(&self, text: &Text) -> Option<(String, usize)> {
        let (id, attribute) = match text.id.split_once('.') {
            Some((id, attribute)) => (id, Some(attribute)),
            None => (text.id.as_ref(), None),
        };
        let message = self.bundle.get_message(id)?;
        let pattern = match attribute {
            Some(name) => message.get_attribute(name)?.value(),
            None => message.value()?,
        };
        let mut arguments = FluentArgs::with_capacity(text.args.len());
        for (name, value) in &text.args {
            arguments.set(name.as_ref(), value.as_str());
        }
        let mut errors = Vec::new();
        let sentence = self.bundle.format_pattern(pattern, Some(&arguments), &mut errors).into_owned();
        Some((sentence, errors.len()))
    }
}

impl fmt::Debug for Words {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("Words").field("locales", &self.bundle.locales).finish_non_exhaustive()
    }
}

/// Parses the built-in catalogue. A part that does not parse is left out and shows as an unknown id; the tests prove
/// that there is none.
fn read(isolating: bool) -> FluentBundle<FluentResource> {
    let resource = FluentResource::try_new(ENGLISH.to_owned()).unwrap_or_else(|(readable, _)| readable);
    let mut bundle = FluentBundle::new_concurrent(vec!["en".parse().unwrap_or_default()]);
    bundle.set_use_isolating(isolating);
    bundle.add_resource_overriding(resource);
    bundle
}
