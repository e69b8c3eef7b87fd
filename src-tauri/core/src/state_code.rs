//! The five characters that a person reads out to support.
//!
//! Four symbols carry table version, rehearsal, step, word and class; the fifth is a weighted check modulo 29,
//! so that one wrong symbol or two swapped ones are always caught.

use crate::failure::FailureClass;
use crate::status::Word;
use crate::step::{Flow, StepCode};

/// 2–9 and A–Z without I, L, O, S and U, which are misread on a screen or a telephone.
const SYMBOLS: &[u8; 29] = b"23456789ABCDEFGHJKMNPQRTVWXYZ";
const BASE: u32 = 29;
const SPACE: u32 = BASE.pow(4);
/// Coprime to 29, so that multiplication spreads neighbouring values and can be undone.
const SPREAD: u32 = 388_211;
const VERSION: u32 = 1;
const PLACES: u32 = 24;
const WORDS: u32 = 5;
const CLASSES: u32 = 64;

/// Where in the program a person stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// Before a flow was chosen.
    Start,
    /// On a step.
    Step(StepCode),
    /// Behind the last step of a flow.
    Done(Flow),
}

/// What a state code says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Said {
    /// Whether it comes from a rehearsal.
    pub rehearsal: bool,
    /// Where the person stands.
    pub place: Place,
    /// The word shown.
    pub word: Word,
    /// The failure shown, if any.
    pub class: Option<FailureClass>,
}

/// Why a text is no state code.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NotACode {
    /// It has not five of the 29 symbols.
    #[error("a state code has five characters from 2-9 and A-Z without I, L, O, S and U")]
    Shape,
    /// A symbol was misread or two were swapped.
    #[error("the check character does not fit")]
    Check,
    /// Its table is not known to this version.
    #[error("the code was written by another version")]
    Version,
}

/// The code for what is shown.
#[must_use]
pub fn encode(said: &Said) -> String {
    let class = said.class.map_or(0, |class| position(FailureClass::ALL, class) + 1);
    let mut value = VERSION * 2 + u32::from(said.rehearsal);
    value = value * PLACES + place_number(said.place);
    value = value * WORDS + word_number(said.word);
    value = value * CLASSES + class;
    let mut spread = u32::try_from(u64::from(value) * u64::from(SPREAD) % u64::from(SPACE)).unwrap_or(0);
    let mut digits = [0_u32; 5];
    for digit in digits.iter_mut().take(4) {
        *digit = spread % BASE;
        spread /= BASE;
    }
    if let Some(check) = (0..BASE).find(|check| weighted(&with_last(digits, *check)) == 0) {
        digits = with_last(digits, check);
    }
    digits.iter().filter_map(|digit| SYMBOLS.get(*digit as usize)).map(|symbol| char::from(*symbol)).collect()
}

/// What a code says. Lower case and spaces around are accepted.
///
/// # Errors
/// When the shape, the check symbol or the table version is not ours.
pub fn decode(text: &str) -> Result<Said, NotACode> {
    let digits = read_symbols(text)?;
    if weighted(&digits) != 0 {
        return Err(NotACode::Check);
    }
    let spread = digits.iter().take(4).rev().fold(0_u32, |value, digit| value * BASE + digit);
    let value = (u64::from(spread) * u64::from(unspread()) % u64::from(SPACE)) as u32;
    let (value, class) = (value / CLASSES, value % CLASSES);
    let (value, word) = (value / WORDS, value % WORDS);
    let (value, place) = (value / PLACES, value % PLACES);
    if value / 2 != VERSION {
        return Err(NotACode::Version);
    }
    let class = match class {
        0 => None,
        number => Some(*FailureClass::ALL.get(number as usize - 1).ok_or(NotACode::Version)?),
    };
    Ok(Said {
        rehearsal: value % 2 == 1,
        place: all_places().nth(place as usize).ok_or(NotACode::Version)?,
        word: *ALL_WORDS.get(word as usize).ok_or(NotACode::Version)?,
        class,
    })
}

const ALL_WORDS: [Word; 4] = [Word::NotConnected, Word::Active, Word::Inactive, Word::CantCheck];

fn all_places() -> impl Iterator<Item = Place> {
    let steps = Flow::NewUsers.steps().chain(Flow::Migration.steps()).map(Place::Step);
    let done = [Place::Done(Flow::NewUsers), Place::Done(Flow::Migration)];
    std::iter::once(Place::Start).chain(steps).chain(done)
}

fn place_number(place: Place) -> u32 {
    all_places().zip(0..).find(|(candidate, _)| *candidate == place).map_or(0, |(_, number)| number)
}

fn word_number(word: Word) -> u32 {
    position(&ALL_WORDS, word)
}

fn position<T: PartialEq>(all: &[T], item: T) -> u32 {
    all.iter().zip(0..).find(|(candidate, _)| **candidate == item).map_or(0, |(_, number)| number)
}

fn read_symbols(text: &str) -> Result<[u32; 5], NotACode> {
    let upper = text.trim().to_ascii_uppercase();
    let found: Option<Vec<u32>> = upper
        .bytes()
        .map(|byte| SYMBOLS.iter().zip(0..).find(|(symbol, _)| **symbol == byte).map(|(_, number)| number))
        .collect();
    found.and_then(|digits| digits.try_into().ok()).ok_or(NotACode::Shape)
}

/// Weights 1 to 5 are distinct and not 0 modulo the prime 29: that is what catches every single error and swap.
fn weighted(digits: &[u32; 5]) -> u32 {
    digits.iter().zip(1..).map(|(digit, weight)| digit * weight).sum::<u32>() % BASE
}

fn with_last(mut digits: [u32; 5], last: u32) -> [u32; 5] {
    if let Some(slot) = digits.last_mut() {
        *slot = last;
    }
    digits
}

/// The inverse of `SPREAD` modulo 29^4, by Euler: its group has 28·29³ elements.
fn unspread() -> u32 {
    let (mut result, mut power, mut exponent) = (1_u64, u64::from(SPREAD), u64::from(28 * BASE.pow(3) - 1));
    while exponent > 0 {
        if exponent % 2 == 1 {
            result = result * power % u64::from(SPACE);
        }
        power = power * power % u64::from(SPACE);
        exponent /= 2;
    }
    result as u32
}

#[cfg(test)]
mod tests {
    use super::*;

    fn everything() -> Vec<Said> {
        let classes: Vec<_> =
            std::iter::once(None).chain(FailureClass::ALL.iter().copied().map(Some)).collect();
        let mut all = Vec::new();
        for rehearsal in [false, true] {
            for place in all_places() {
                for word in ALL_WORDS {
                    all.extend(classes.iter().map(|class| Said { rehearsal, place, word, class: *class }));
                }
            }
        }
        all
    }

    #[test]
    fn every_state_has_a_code_of_its_own_that_reads_back() {
        let all = everything();
        let mut codes: Vec<_> = all.iter().map(encode).collect();
        for (said, code) in all.iter().zip(&codes) {
            assert_eq!(decode(code), Ok(*said), "{code}");
        }
        codes.sort_unstable();
        codes.dedup();
        assert_eq!(codes.len(), all.len(), "two states share a code");
    }

    #[test]
    fn one_wrong_symbol_and_two_swapped_ones_are_always_caught() {
        for said in everything().into_iter().step_by(97) {
            let code = encode(&said).into_bytes();
            for place in 0..5 {
                for symbol in SYMBOLS.iter().filter(|symbol| **symbol != code[place]) {
                    let mut wrong = code.clone();
                    wrong[place] = *symbol;
                    assert_eq!(decode(std::str::from_utf8(&wrong).expect("ascii")), Err(NotACode::Check));
                }
                for other in (0..5).filter(|other| code[*other] != code[place]) {
                    let mut swapped = code.clone();
                    swapped.swap(place, other);
                    assert_eq!(decode(std::str::from_utf8(&swapped).expect("ascii")), Err(NotACode::Check));
                }
            }
        }
    }

    #[test]
    fn other_texts_are_refused() {
        for text in ["", "2345", "234567", "I2345", "äöüßé", "22 22"] {
            assert_eq!(decode(text), Err(NotACode::Shape), "{text:?}");
        }
    }
}
