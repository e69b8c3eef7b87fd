//! Text that another computer wrote.

use std::fmt;

use serde::{Deserialize, Serialize};

const LONGEST: usize = 300;

/// A sentence from outside, made harmless: no control or direction characters, at most 300 characters.
///
/// It is data to be quoted, never a message of ours.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(from = "String")]
pub struct RemoteText(String);

impl RemoteText {
    /// Cleans and caps `text`. Line breaks become spaces.
    #[must_use]
    pub fn clean(text: &str) -> Self {
        let mut cleaned = String::new();
        let visible = text.chars().map(|letter| if letter.is_whitespace() { ' ' } else { letter });
        for letter in visible.filter(|letter| is_harmless(*letter)) {
            if letter == ' ' && (cleaned.is_empty() || cleaned.ends_with(' ')) {
                continue;
            }
            if cleaned.chars().count() == LONGEST {
                cleaned.push('…');
                break;
            }
            cleaned.push(letter);
        }
        Self(cleaned.trim_end().to_owned())
    }

    /// The cleaned text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl From<String> for RemoteText {
    fn from(text: String) -> Self {
        Self::clean(&text)
    }
}

impl fmt::Display for RemoteText {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

/// Control characters, and the marks that change reading direction (Unicode TR 9), are left out.
pub(crate) fn is_harmless(letter: char) -> bool {
    let steers_direction = matches!(letter, '\u{200B}' | '\u{200E}' | '\u{200F}' | '\u{061C}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{206F}' | '\u{FEFF}');
    !letter.is_control() && !steers_direction
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hostile_marks_are_taken_out_and_words_stay() {
        let text = RemoteText::clean("\u{202E}evil\u{0007} \r\n  name\u{1b}[31m\u{200F}");
        assert_eq!(text.as_str(), "evil name[31m");
    }

    #[test]
    fn long_text_is_cut_with_a_mark() {
        let text = RemoteText::clean(&"ä".repeat(1000));
        assert_eq!(text.as_str().chars().count(), LONGEST + 1);
        assert!(text.as_str().ends_with('…'));
    }
}
