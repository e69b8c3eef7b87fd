//! What a person typed, made harmless before anything keeps it.

use crate::remote_text::RemoteText;

/// The longest name, contact, reference or holder.
pub(super) const NAME: usize = 120;
/// The longest label of a computer.
pub(super) const LABEL: usize = 60;
/// Longer than any username, so that what is wrong with one can be shown.
pub(super) const USERNAME: usize = 260;
/// The longest text of Microsoft's error page.
const PASTED: usize = 4_000;
const MOST_LINES: usize = 30;

/// One line without control and direction characters, at most `longest` characters.
pub(super) fn line(text: &str, longest: usize) -> String {
    let cleaned: String = RemoteText::clean(text).as_str().chars().take(longest).collect();
    cleaned.trim().to_owned()
}

/// The same, or nothing.
pub(super) fn some_line(text: &str, longest: usize) -> Option<String> {
    Some(line(text, longest)).filter(|line| !line.is_empty())
}

/// One name a line.
pub(super) fn lines(text: &str) -> String {
    let names: Vec<String> = text.lines().filter_map(|name| some_line(name, NAME)).take(MOST_LINES).collect();
    names.join("\n")
}

/// The beginning of a pasted text, at a boundary of characters.
pub(super) fn pasted(text: &str) -> String {
    text.chars().take(PASTED).collect()
}

/// Whether a pasted text carries the code of a sign-in, which nobody may ask for.
pub(super) fn carries_a_code(text: &str) -> bool {
    let lower = text.to_ascii_lowercase();
    let begins = |at: usize| {
        lower
            .get(..at)
            .is_none_or(|before| !before.ends_with(|c: char| c.is_ascii_alphanumeric() || c == '_'))
    };
    lower.match_indices("code=").any(|(at, _)| {
        let value = lower.get(at + "code=".len()..).unwrap_or_default();
        let length = value.bytes().take_while(|byte| !byte.is_ascii_whitespace() && *byte != b'&').count();
        begins(at) && length >= 20
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn typed_text_loses_what_cannot_be_seen_and_what_is_too_long() {
        assert_eq!(line("  Con\u{202E}toso\u{0} \n Ltd  ", NAME), "Contoso Ltd");
        assert_eq!(line(&"a".repeat(500), LABEL).chars().count(), LABEL);
        assert_eq!(some_line(" \u{200B} ", NAME), None);
        assert_eq!(lines("One\r\n\n Two \n"), "One\nTwo");
    }

    #[test]
    fn an_address_that_carries_a_sign_in_is_told_from_an_error_page() {
        let code = "0.AXoAx1-secret-secret-secret-secret";
        assert!(carries_a_code(&format!("com.mpc-connect.desktop://auth?code={code}&state=x")));
        assert!(carries_a_code(&format!("CODE={code}")));
        for harmless in [
            "AADSTS65001: The user has not consented.",
            "https://login.microsoftonline.com/error?code=50105",
            "Error code: 50105",
            "error_code=0.AXoAx1-secret-secret-secret-secret",
        ] {
            assert!(!carries_a_code(harmless), "{harmless}");
        }
    }
}
