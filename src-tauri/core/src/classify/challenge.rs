//! What a refusal asks to be passed back: the claims of a token error or of a `WWW-Authenticate` header.

use base64::Engine;
use base64::alphabet::STANDARD;
use base64::engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig};
use serde_json::Value;

use super::evidence::header_values;

/// Claims above this size are not passed back: they have to fit into an address.
const LARGEST_CLAIMS: usize = 4096;
const LARGEST_HEADER: usize = 16 * 1024;

const LENIENT: GeneralPurpose = GeneralPurpose::new(
    &STANDARD,
    GeneralPurposeConfig::new()
        .with_decode_padding_mode(DecodePaddingMode::Indifferent)
        .with_decode_allow_trailing_bits(true),
);

/// What the `WWW-Authenticate` headers of an answer say, all of them taken together.
#[derive(Default)]
pub(super) struct Challenge {
    /// Every `name="value"` of the headers, names in lower case.
    parameters: Vec<(String, String)>,
}

impl Challenge {
    /// Reads the headers; anything unreadable in them is passed over.
    pub(super) fn of(headers: &[(String, String)]) -> Self {
        let values = header_values(headers, "www-authenticate").filter(|value| value.len() <= LARGEST_HEADER);
        Self { parameters: values.flat_map(parameters).collect() }
    }

    /// The values of a parameter.
    pub(super) fn values(&self, name: &str) -> impl Iterator<Item = &str> {
        self.parameters.iter().filter(move |(known, _)| known == name).map(|(_, value)| value.as_str())
    }

    /// The claims as JSON text, decoded from Base64 in either alphabet.
    pub(super) fn claims(&self) -> Option<String> {
        self.values("claims").find_map(|value| json_object(&decoded(value)?))
    }
}

/// `text` where it is a JSON object of at most 4 KiB.
pub(super) fn json_object(text: &str) -> Option<String> {
    let text = text.trim();
    let fits = text.len() <= LARGEST_CLAIMS;
    let value: Value = if fits { serde_json::from_str(text).ok()? } else { return None };
    value.is_object().then(|| text.to_owned())
}

fn decoded(value: &str) -> Option<String> {
    let alphabet = value.trim().replace("%3D", "=").replace('-', "+").replace('_', "/");
    String::from_utf8(LENIENT.decode(alphabet).ok()?).ok()
}

/// The `name=value` pairs of a challenge of RFC 9110, section 11; scheme names and stray marks are passed over.
fn parameters(header: &str) -> Vec<(String, String)> {
    let mut found = Vec::new();
    let mut rest = header;
    while let Some((before, after)) = rest.split_once('=') {
        let is_name = |letter: char| letter.is_ascii_alphanumeric() || letter == '_' || letter == '-';
        let name = before.trim_end().rsplit(|letter| !is_name(letter)).next().unwrap_or_default();
        let (value, tail) = value(after.trim_start());
        if !name.is_empty() {
            found.push((name.to_ascii_lowercase(), value));
        }
        rest = tail;
    }
    found
}

/// The quoted or bare value at the start of `text`, and what follows it.
fn value(text: &str) -> (String, &str) {
    let Some(quoted) = text.strip_prefix('"') else {
        let end = text.find([',', ' ', ';', '\t']).unwrap_or(text.len());
        let (value, tail) = text.split_at_checked(end).unwrap_or((text, ""));
        return (value.to_owned(), tail);
    };
    let mut value = String::new();
    let mut letters = quoted.chars();
    while let Some(letter) = letters.next() {
        match letter {
            '"' => break,
            '\\' => value.extend(letters.next()),
            other => value.push(other),
        }
    }
    (value, letters.as_str())
}

#[cfg(test)]
mod tests {
    use super::*;

    const CLAIMS: &str = r#"{"access_token":{"nbf":{"essential":true,"value":"16041~?>"}}}"#;

    fn challenge(value: &str) -> Challenge {
        Challenge::of(&[("WWW-AUTHENTICATE".to_owned(), value.to_owned())])
    }

    #[test]
    fn claims_are_decoded_in_every_base64_spelling() {
        use base64::engine::general_purpose as engines;
        let spellings = [
            engines::STANDARD.encode(CLAIMS),
            engines::STANDARD_NO_PAD.encode(CLAIMS),
            engines::URL_SAFE.encode(CLAIMS),
            engines::URL_SAFE_NO_PAD.encode(CLAIMS),
        ];
        for text in spellings {
            let quoted = format!(
                r#"Bearer realm="", authorization_uri="https://a.example/?x=1,2", error="insufficient_claims", claims="{text}""#
            );
            assert_eq!(challenge(&quoted).claims().as_deref(), Some(CLAIMS), "{quoted}");
            let bare = format!("Bearer error=insufficient_claims, claims={text}");
            assert_eq!(challenge(&bare).claims().as_deref(), Some(CLAIMS), "{bare}");
        }
    }

    #[test]
    fn claims_that_are_no_small_json_object_are_refused() {
        let encode = |text: &str| base64::engine::general_purpose::STANDARD.encode(text);
        let large = format!(r#"{{"a":"{}"}}"#, "x".repeat(LARGEST_CLAIMS));
        for text in [encode("[1]"), encode("\"x\""), encode("not json"), encode(&large), "%%%".to_owned()] {
            assert_eq!(challenge(&format!("Bearer claims=\"{text}\"")).claims(), None);
        }
    }

    #[test]
    fn quoted_values_keep_their_commas_and_escapes() {
        let read = challenge(r#"Bearer realm="a, \"b\"", ERROR = "invalid_token",, =x, claims="#);
        assert_eq!(read.values("realm").collect::<Vec<_>>(), vec![r#"a, "b""#]);
        assert_eq!(read.values("error").collect::<Vec<_>>(), vec!["invalid_token"]);
        assert_eq!(challenge("\"=\"=\"\\").claims(), None);
    }
}
