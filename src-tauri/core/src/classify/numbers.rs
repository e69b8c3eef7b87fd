//! AADSTS numbers in a text, and which of them decides.

use super::catalogue::{self, Entry};

/// The numbers of an answer, judged.
pub(super) struct Verdict {
    /// The number to show: the one that decided, else the last one that was seen.
    pub(super) shown: Option<u64>,
    /// What the deciding number means; `None` where none is in the catalogue.
    pub(super) entry: Option<&'static Entry>,
}

/// The last specific number decides; a generic one only where no specific one stands beside it.
pub(super) fn judge(numbers: &[u64]) -> Verdict {
    let known = || numbers.iter().rev().filter_map(|number| Some((*number, catalogue::aadsts(*number)?)));
    let deciding = known().find(|(_, entry)| !entry.generic).or_else(|| known().next());
    Verdict {
        shown: deciding.map(|(number, _)| number).or_else(|| numbers.last().copied()),
        entry: deciding.map(|(_, entry)| entry),
    }
}

/// Every number that follows `AADSTS`, in the order of the text.
pub(super) fn named(text: &str) -> Vec<u64> {
    let upper = text.to_ascii_uppercase();
    let after_mark = upper.split("AADSTS").skip(1);
    after_mark.filter_map(|rest| leading(rest.trim_start_matches([' ', ':', '#', '-']))).collect()
}

/// Numbers that stand alone in a text and are in the catalogue, such as in "Error Code: 50105".
pub(super) fn bare(text: &str) -> Vec<u64> {
    let words = text.split(|letter: char| !letter.is_ascii_alphanumeric());
    words.filter_map(whole).filter(|number| catalogue::aadsts(*number).is_some()).collect()
}

/// A word that is nothing but a number.
pub(super) fn whole(word: &str) -> Option<u64> {
    let all_digits = (4..=9).contains(&word.len()) && word.bytes().all(|byte| byte.is_ascii_digit());
    if all_digits { word.parse().ok() } else { None }
}

fn leading(text: &str) -> Option<u64> {
    let digits: String = text.chars().take(10).take_while(char::is_ascii_digit).collect();
    whole(&digits)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::failure::FailureClass;

    fn class(text: &str) -> Option<FailureClass> {
        judge(&named(text)).entry.map(|entry| entry.class)
    }

    #[test]
    fn the_last_specific_number_decides() {
        let text = "AADSTS70002: Error validating credentials. AADSTS50057: The user account is disabled.";
        assert_eq!(class(text), Some(FailureClass::AccountDisabled));
        assert_eq!(
            class("AADSTS50057 then AADSTS70000 then AADSTS70002"),
            Some(FailureClass::AccountDisabled)
        );
        assert_eq!(class("AADSTS50034, AADSTS53003"), Some(FailureClass::PolicyBlocked));
    }

    #[test]
    fn an_unknown_number_is_shown_but_decides_nothing() {
        let verdict = judge(&named("AADSTS4242424: New words."));
        assert_eq!((verdict.shown, verdict.entry), (Some(4_242_424), None));
        assert_eq!(judge(&[50173, 4_242_424]).shown, Some(50173));
    }

    #[test]
    fn numbers_are_found_however_they_are_written() {
        assert_eq!(
            named("aadsts50076x AADSTS: 50079; AADSTS 65001 AADSTS AADSTS12"),
            vec![50076, 50079, 65001]
        );
        assert_eq!(named("AADSTS99999999999999999999"), Vec::<u64>::new());
        assert_eq!(bare("Error Code: 50105 at 2026-11-22 id 50105abc"), vec![50105]);
    }
}
