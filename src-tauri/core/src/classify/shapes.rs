//! A body as a readable thing, whatever arrived.

use serde_json::Value;

use super::repair;

/// Nothing beyond this part of a body is looked at.
const LARGEST_BODY: usize = 64 * 1024;
const DEEPEST_ERROR: usize = 8;
const SENTENCES: [&str; 6] = ["error_description", "description", "message", "detail", "title", "value"];

/// What kind of thing a body is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Shape {
    /// Nothing but white space.
    Empty,
    /// JSON, whole or cut.
    Json,
    /// A web page.
    Html,
    /// Words.
    Text,
    /// Bytes that are no text, such as compressed ones.
    Binary,
}

/// A body, read as far as it can be.
pub(super) struct Body {
    /// The kind.
    pub(super) shape: Shape,
    /// The characters, decoded and bounded.
    pub(super) text: String,
    json: Option<Value>,
}

impl Body {
    /// Reads bytes in UTF-8 or UTF-16, with or without a byte order mark.
    pub(super) fn read(bytes: &[u8]) -> Self {
        let text = decode(bytes.get(..LARGEST_BODY).unwrap_or(bytes));
        let json =
            if is_html(&text) { None } else { text.find(['{', '[']).and_then(|at| json(text.get(at..)?)) };
        let shape = match &json {
            Some(_) => Shape::Json,
            None if text.trim().is_empty() => Shape::Empty,
            None if is_html(&text) => Shape::Html,
            None if is_binary(&text) => Shape::Binary,
            None => Shape::Text,
        };
        Self { shape, text, json }
    }

    /// A word or number at one of these names in the outermost object, names in any letter case.
    pub(super) fn word(&self, names: &[&str]) -> Option<String> {
        scalar(field(self.layers().first()?, names)?)
    }

    /// The codes of the answer, from the outermost object to the innermost.
    pub(super) fn codes(&self) -> Vec<String> {
        let layers = self.layers();
        layers.iter().filter_map(|layer| scalar(field(layer, &["code", "errorCode"])?)).collect()
    }

    /// The first word at one of these names in the outermost or a nested error object.
    pub(super) fn nested_word(&self, names: &[&str]) -> Option<String> {
        self.layers().iter().find_map(|layer| scalar(field(layer, names)?))
    }

    /// Microsoft's sentence, where the body has one.
    pub(super) fn sentence(&self) -> Option<String> {
        match self.shape {
            Shape::Json => self.layers().iter().find_map(|layer| sentence(layer)),
            Shape::Text => Some(self.text.clone()),
            Shape::Empty | Shape::Html | Shape::Binary => None,
        }
    }

    /// The numbers of `error_codes`, whether it is a list or one value.
    pub(super) fn listed_numbers(&self) -> Vec<u64> {
        let listed = self.layers().first().and_then(|layer| field(layer, &["error_codes"]));
        let values = match listed {
            Some(Value::Array(values)) => values.iter().collect(),
            Some(value) => vec![value],
            None => Vec::new(),
        };
        let words = values.into_iter().filter_map(scalar).collect::<Vec<_>>().join(" ");
        let parts = words.split(|letter: char| !letter.is_ascii_digit());
        parts.filter_map(super::numbers::whole).collect()
    }

    /// The claims of a token error, as text or as an object.
    pub(super) fn claims(&self) -> Option<String> {
        let layers = self.layers();
        let value = field(layers.first()?, &["claims"])?;
        super::challenge::json_object(&scalar(value).unwrap_or_else(|| value.to_string()))
    }

    /// The outermost object and the error objects inside it.
    fn layers(&self) -> Vec<&Value> {
        let mut layers = Vec::new();
        let mut next = self.json.as_ref();
        while let Some(value) = next.filter(|_| layers.len() < DEEPEST_ERROR) {
            layers.push(value);
            next = field(value, &["error", "odata.error", "innerError"]).filter(|inner| inner.is_object());
        }
        layers
    }
}

fn decode(bytes: &[u8]) -> String {
    let (big_endian, units) = match bytes {
        [0xFE, 0xFF, rest @ ..] => (true, rest),
        [0xFF, 0xFE, rest @ ..] => (false, rest),
        [0, 1..=255, 0, 1..=255, ..] => (true, bytes),
        [1..=255, 0, 1..=255, 0, ..] => (false, bytes),
        _ => {
            let text = String::from_utf8_lossy(bytes);
            return text.strip_prefix('\u{FEFF}').unwrap_or(&text).to_owned();
        }
    };
    let pairs = units.as_chunks::<2>().0.iter();
    let units =
        pairs.map(|pair| if big_endian { u16::from_be_bytes(*pair) } else { u16::from_le_bytes(*pair) });
    char::decode_utf16(units).map(|letter| letter.unwrap_or(char::REPLACEMENT_CHARACTER)).collect()
}

/// The JSON that `text` starts with: an object, the first object of a list, or what is left of a cut one.
fn json(text: &str) -> Option<Value> {
    // Some answers carry raw line breaks inside their strings, which strict JSON forbids.
    let text: String = text.chars().map(|letter| if letter.is_control() { ' ' } else { letter }).collect();
    let whole = serde_json::Deserializer::from_str(&text).into_iter().next().and_then(Result::ok);
    let value = whole.or_else(|| repair::cut_json(&text))?;
    match value.as_array() {
        Some(values) => values.iter().find(|value| value.is_object()).cloned(),
        None => Some(value),
    }
}

fn is_html(text: &str) -> bool {
    let start: String = text.trim_start().chars().take(2048).collect::<String>().to_ascii_lowercase();
    let marks = ["<html", "<!doctype html", "<head", "<body", "<script", "<meta", "<title", "<h1", "<center"];
    start.starts_with('<') && marks.iter().any(|mark| start.contains(mark))
}

fn is_binary(text: &str) -> bool {
    let odd = |letter: &char| {
        *letter == char::REPLACEMENT_CHARACTER || (letter.is_control() && !letter.is_ascii_whitespace())
    };
    text.chars().filter(odd).count() * 10 > text.chars().count()
}

/// The value at the first of these names that the object has.
fn field<'v>(value: &'v Value, names: &[&str]) -> Option<&'v Value> {
    let object = value.as_object()?;
    let named = |name: &&str| object.iter().find(|(key, _)| key.eq_ignore_ascii_case(name));
    names.iter().find_map(named).map(|(_, value)| value)
}

fn scalar(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        Value::Null | Value::Bool(_) | Value::Array(_) | Value::Object(_) => None,
    }
}

fn sentence(layer: &Value) -> Option<String> {
    let value = field(layer, &SENTENCES)?;
    let text = scalar(value).or_else(|| scalar(field(value, &["value"])?))?;
    (!text.trim().is_empty()).then_some(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    const ERROR: &str =
        r#"{"error":"invalid_grant","error_codes":[50173],"error_description":"AADSTS50173: Grün."}"#;

    #[test]
    fn every_encoding_of_the_same_words_reads_alike() {
        let utf16 = |mark: bool, big: bool| -> Vec<u8> {
            let mark = if mark { "\u{FEFF}" } else { "" };
            let units = format!("{mark}{ERROR}").encode_utf16().collect::<Vec<_>>();
            units.iter().flat_map(|unit| if big { unit.to_be_bytes() } else { unit.to_le_bytes() }).collect()
        };
        let marked = [b"\xEF\xBB\xBF", ERROR.as_bytes()].concat();
        let listed = format!("[{ERROR}]").into_bytes();
        let led_by_words = format!("HTTP 400: {ERROR} (end)").into_bytes();
        let bodies = [
            marked,
            listed,
            led_by_words,
            utf16(true, true),
            utf16(true, false),
            utf16(false, true),
            utf16(false, false),
        ];
        for body in bodies {
            let body = Body::read(&body);
            assert_eq!(body.word(&["error"]).as_deref(), Some("invalid_grant"), "{}", body.text);
            assert_eq!(body.sentence().as_deref(), Some("AADSTS50173: Grün."));
        }
    }

    #[test]
    fn kinds_are_told_apart() {
        let kinds: [(&[u8], Shape); 7] = [
            (b"", Shape::Empty),
            (b" \r\n", Shape::Empty),
            (b"<!DOCTYPE html><html><script>{}</script>", Shape::Html),
            (b"<?xml version='1.0'?><Error/>", Shape::Text),
            (b"Unauthorized", Shape::Text),
            (b"\x1f\x8b\x08\x00\x00\x00\x00\x00\x00\xff\xcb\x48", Shape::Binary),
            (b"{\"a\":1}", Shape::Json),
        ];
        for (bytes, shape) in kinds {
            assert_eq!(Body::read(bytes).shape, shape, "{}", String::from_utf8_lossy(bytes));
        }
    }

    #[test]
    fn numbers_are_read_from_lists_and_strings() {
        for codes in ["[70002,70008]", r#"["70002","AADSTS70008"]"#, r#""70002, 70008""#] {
            let body = Body::read(format!(r#"{{"error_codes":{codes}}}"#).as_bytes());
            assert_eq!(body.listed_numbers(), vec![70002, 70008], "{codes}");
        }
    }

    #[test]
    fn nested_error_objects_give_their_codes_from_outside_in() {
        let body = Body::read(
            br#"{"Error":{"Code":"accessDenied","Message":{"lang":"en","value":"No."},"innerError":{"code":900150}}}"#,
        );
        assert_eq!(body.codes(), vec!["accessDenied", "900150"]);
        assert_eq!(body.sentence().as_deref(), Some("No."));
    }
}
