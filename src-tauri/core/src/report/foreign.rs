//! What others wrote, made fit for a file that travels.

use crate::mask;
use crate::remote_text::is_harmless;
use crate::words::{Text, Words};

/// Longest name, label or note of a person, in characters.
const LONGEST_NAME: usize = 120;
/// Longest quotation; the core keeps 300 characters and a mark.
const LONGEST_QUOTATION: usize = 320;
/// Length of an id such as `8a6e0c3c-1f6e-4d0a-9a52-b2a1b6c74f2a` (RFC 9562, section 4).
const ID_LENGTH: usize = 36;

/// A text of the catalogue whose arguments are our own.
pub(super) fn say(text: &Text) -> String {
    Words::plain().say(text)
}

/// A text of the catalogue without arguments.
pub(super) fn word(id: &'static str) -> String {
    say(&Text::new(id))
}

/// A text of the catalogue whose arguments may hold what others wrote.
pub(super) fn quote(text: &Text) -> String {
    let args = text.args.iter();
    let args = args.map(|(name, value)| (name.clone(), name_of_length(value, LONGEST_QUOTATION))).collect();
    say(&Text { id: text.id.clone(), args })
}

/// A name, label or note: one line without control or direction characters, capped, with accounts and ids masked.
pub(super) fn name(text: &str) -> String {
    name_of_length(text, LONGEST_NAME)
}

fn name_of_length(text: &str, longest: usize) -> String {
    masked(&clean(text, longest))
}

/// A note of several lines, as one.
pub(super) fn note(text: &str) -> String {
    let lines = text.lines().map(|line| clean(line, LONGEST_QUOTATION)).filter(|line| !line.is_empty());
    name_of_length(&lines.collect::<Vec<_>>().join("; "), LONGEST_QUOTATION)
}

/// The account, masked whatever its form.
pub(super) fn account(text: &str) -> String {
    clean(&mask::username(&clean(text, LONGEST_QUOTATION)), LONGEST_NAME)
}

/// The id of a request, in full: it names neither a person nor a company, and Microsoft's support needs all of it.
pub(super) fn request_id(text: &str) -> String {
    clean(text, LONGEST_NAME)
}

fn clean(text: &str, longest: usize) -> String {
    let visible: String = text
        .chars()
        .map(|letter| if letter.is_whitespace() { ' ' } else { letter })
        .filter(|letter| is_harmless(*letter))
        .collect();
    let joined = visible.split(' ').filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" ");
    let mut kept: String = joined.chars().take(longest).collect();
    if kept.len() < joined.len() {
        kept.push('…');
    }
    kept
}

fn masked(text: &str) -> String {
    without_accounts(&without_ids(text))
}

fn without_ids(text: &str) -> String {
    let mut rest = text;
    let mut kept = String::new();
    while let Some(letter) = rest.chars().next() {
        match rest.get(..ID_LENGTH).filter(|start| is_id(start)) {
            Some(id) => {
                kept.push_str(&mask::identifier(id));
                rest = rest.get(ID_LENGTH..).unwrap_or_default();
            }
            None => {
                kept.push(letter);
                rest = rest.get(letter.len_utf8()..).unwrap_or_default();
            }
        }
    }
    kept
}

fn is_id(text: &str) -> bool {
    let fits = |(at, letter): (usize, char)| match at {
        8 | 13 | 18 | 23 => letter == '-',
        _ => letter.is_ascii_hexdigit(),
    };
    text.chars().enumerate().all(fits)
}

fn without_accounts(text: &str) -> String {
    let hidden = |part: &str| if part.contains('@') { mask::username(part) } else { part.to_owned() };
    let ends = |letter: char| letter.is_whitespace() || "\"'<>()[]{},;:".contains(letter);
    text.split_inclusive(ends)
        .map(|part| {
            let bare = part.trim_end_matches(ends).trim_end_matches('.');
            let end = part.get(bare.len()..).unwrap_or_default();
            format!("{}{end}", hidden(bare))
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn accounts_and_ids_are_masked_wherever_they_stand() {
        let said = "User 'jane.doe@contoso.com' of <8a6e0c3c-1f6e-4d0a-9a52-b2a1b6c74f2a>: (o@b.example).";
        assert_eq!(name(said), "User 'j••••••••@c••••••.com' of <…4f2a>: (o••••••••@b••••••.example).");
        assert_eq!(name("Ärger mit 50 % & 8a6e0c3c-1f6e"), "Ärger mit 50 % & 8a6e0c3c-1f6e");
    }

    #[test]
    fn one_line_stays_of_whatever_was_written() {
        assert_eq!(name(" a\0\u{202E}b\r\n\tc\u{2028}d "), "ab c d");
        assert_eq!(name(&"x".repeat(500)).chars().count(), LONGEST_NAME + 1);
        assert_eq!(account("<img onerror=x>@a.b"), "<••••••••@a••••••.b");
    }
}
