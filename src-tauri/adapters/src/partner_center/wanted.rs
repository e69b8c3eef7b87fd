//! Reads the named fields of a JSON text and skips the rest without keeping it.
//!
//! What has another type than expected counts as absent, a repeated name counts once (the last), names are compared
//! without case, and lists end after a thousand entries. Nesting is as deep as what is wanted; the rest is skipped without
//! recursion.

use std::fmt;

use serde::de::{Deserialize, DeserializeSeed, Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor};

const MOST: usize = 1000;
const BYTE_ORDER_MARK: &[u8] = b"\xEF\xBB\xBF";

/// What is looked for at one place.
#[derive(Debug)]
pub(super) enum Wanted {
    /// A string, or a whole number as a string.
    Text,
    /// `true` or `false`, also as a string.
    Flag,
    /// A list.
    Each(&'static Wanted),
    /// An object with these names.
    Fields(&'static [(&'static str, Wanted)]),
}

/// What was there.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) enum Found {
    /// Nothing, or something else than wanted.
    #[default]
    Nothing,
    /// A string.
    Text(String),
    /// A truth value.
    Flag(bool),
    /// A list.
    Each(Vec<Found>),
    /// An object: of the wanted names those that were there.
    Fields(Vec<(&'static str, Found)>),
}

impl Wanted {
    /// Reads a whole JSON text in UTF-8, with or without byte order mark; `None` where it is none.
    pub(super) fn read(&'static self, bytes: &[u8]) -> Option<Found> {
        let bytes = bytes.strip_prefix(BYTE_ORDER_MARK).unwrap_or(bytes);
        let mut reader = serde_json::Deserializer::from_slice(bytes);
        let found = self.deserialize(&mut reader).ok()?;
        reader.end().ok()?;
        Some(found)
    }
}

impl Found {
    /// The field's value; `Nothing` where this is no object or has no such field.
    pub(super) fn at(&self, name: &str) -> &Found {
        static NOTHING: Found = Found::Nothing;
        let Found::Fields(fields) = self else { return &NOTHING };
        fields.iter().rfind(|(known, _)| *known == name).map_or(&NOTHING, |(_, value)| value)
    }

    /// The string.
    pub(super) fn text(&self) -> Option<&str> {
        if let Found::Text(text) = self { Some(text) } else { None }
    }

    /// The truth value.
    pub(super) fn flag(&self) -> Option<bool> {
        if let Found::Flag(flag) = self { Some(*flag) } else { None }
    }

    /// The entries of the list.
    pub(super) fn each(&self) -> Option<&[Found]> {
        if let Found::Each(entries) = self { Some(entries) } else { None }
    }
}

/// `true` and `false` in any letter case.
pub(super) fn truth(text: &str) -> Option<bool> {
    let text = text.trim();
    let is = |word: &str| text.eq_ignore_ascii_case(word);
    if is("true") { Some(true) } else { is("false").then_some(false) }
}

impl<'de> DeserializeSeed<'de> for &'static Wanted {
    type Value = Found;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Found, D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for &'static Wanted {
    type Value = Found;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("any JSON value")
    }

    fn visit_bool<E>(self, value: bool) -> Result<Found, E> {
        Ok(if matches!(self, Wanted::Flag) { Found::Flag(value) } else { Found::Nothing })
    }

    fn visit_i64<E>(self, value: i64) -> Result<Found, E> {
        Ok(if matches!(self, Wanted::Text) { Found::Text(value.to_string()) } else { Found::Nothing })
    }

    fn visit_u64<E>(self, value: u64) -> Result<Found, E> {
        Ok(if matches!(self, Wanted::Text) { Found::Text(value.to_string()) } else { Found::Nothing })
    }

    fn visit_f64<E>(self, _: f64) -> Result<Found, E> {
        Ok(Found::Nothing)
    }

    fn visit_str<E>(self, value: &str) -> Result<Found, E> {
        Ok(match self {
            Wanted::Text => Found::Text(value.to_owned()),
            Wanted::Flag => truth(value).map_or(Found::Nothing, Found::Flag),
            Wanted::Each(_) | Wanted::Fields(_) => Found::Nothing,
        })
    }

    fn visit_unit<E>(self) -> Result<Found, E> {
        Ok(Found::Nothing)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Found, A::Error> {
        let mut entries = Vec::new();
        if let Wanted::Each(wanted) = self {
            while entries.len() < MOST {
                let Some(entry) = list.next_element_seed(*wanted)? else { return Ok(Found::Each(entries)) };
                entries.push(entry);
            }
        }
        while list.next_element::<IgnoredAny>()?.is_some() {}
        Ok(if matches!(self, Wanted::Each(_)) { Found::Each(entries) } else { Found::Nothing })
    }

    fn visit_map<A: MapAccess<'de>>(self, mut object: A) -> Result<Found, A::Error> {
        let Wanted::Fields(wanted) = self else {
            while object.next_entry::<IgnoredAny, IgnoredAny>()?.is_some() {}
            return Ok(Found::Nothing);
        };
        let mut fields: Vec<(&'static str, Found)> = Vec::new();
        while let Some(Name(name)) = object.next_key()? {
            let Some((known, inner)) = wanted.iter().find(|(known, _)| known.eq_ignore_ascii_case(&name))
            else {
                object.next_value::<IgnoredAny>()?;
                continue;
            };
            let value = object.next_value_seed(inner)?;
            fields.retain(|(earlier, _)| earlier != known);
            fields.push((known, value));
        }
        Ok(Found::Fields(fields))
    }
}

/// A field's name.
struct Name(String);

impl<'de> Deserialize<'de> for Name {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer).map(Self)
    }
}
