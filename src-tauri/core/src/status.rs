//! The four words of the connection status and what each may claim.

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

use crate::failure::{Failure, HeldWord};

/// The word shown for the connection on this computer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Word {
    /// No credential is held.
    NotConnected,
    /// The last probe or test under the credential in use passed.
    Active,
    /// Microsoft refused, or the chosen organization is not there.
    Inactive,
    /// It could not be found out; the last known word stays visible with its age.
    CantCheck,
}

impl Word {
    /// The word in the JSON contract of `mpcctl`.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::NotConnected => "not_connected",
            Self::Active => "active",
            Self::Inactive => "inactive",
            Self::CantCheck => "cant_check",
        }
    }
}

/// What stands beside the word and limits its claim.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Qualifier {
    /// The credential lives in memory and ends with the process.
    SessionOnly,
    /// The read succeeded but returned nothing, so it shows neither role nor organization.
    RightsNotProven,
    /// Partner Center did not confirm the second factor.
    MfaNotProven,
    /// The history cannot be written at present.
    HistoryNotSaved,
}

impl Qualifier {
    /// The qualifier in the JSON contract of `mpcctl`.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::SessionOnly => "session_only",
            Self::RightsNotProven => "rights_not_proven",
            Self::MfaNotProven => "mfa_not_proven",
            Self::HistoryNotSaved => "history_not_saved",
        }
    }
}

/// A word that was found out at a time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LastKnown {
    /// `Active`, `Inactive` or `NotConnected`; never `CantCheck`.
    pub word: Word,
    /// When it was found out.
    pub checked_at: Timestamp,
}

/// The status of the credential in use, as the last check left it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Verdict {
    /// When the last check ended, whatever it found; `None` before the first.
    pub checked_at: Option<Timestamp>,
    /// Why the word is not Active; `None` when the last check passed.
    pub failure: Option<Failure>,
    /// The last word that was really found out under this credential.
    pub last_known: Option<LastKnown>,
    /// What limits the claim, found by the last check that passed.
    pub qualifiers: Vec<Qualifier>,
}

/// After this age an Active word is no longer shown as Active.
pub const STALE_AFTER: SignedDuration = SignedDuration::from_hours(24);

impl Verdict {
    /// The word for a connection that holds a credential.
    ///
    /// Active needs a check that passed under this credential: there is no other way to it. A check that failed for
    /// a reason that says nothing about the connection leaves it open, never green.
    #[must_use]
    pub fn word(&self) -> Word {
        match (&self.failure, &self.last_known) {
            (None, Some(known)) => known.word,
            (None, None) => Word::CantCheck,
            (Some(failure), _) => match failure.class.rule().held {
                HeldWord::Inactive => Word::Inactive,
                HeldWord::NotConnected => Word::NotConnected,
                HeldWord::CantCheck | HeldWord::Unchanged => Word::CantCheck,
            },
        }
    }

    /// Whether the last check is too old to speak for today. One from the future is no better: a clock was wrong.
    #[must_use]
    pub fn is_stale(&self, now: Timestamp) -> bool {
        self.checked_at.is_some_and(|at| now.duration_since(at).abs() > STALE_AFTER)
    }

    /// The verdict after a check that passed.
    #[must_use]
    pub fn passed(at: Timestamp, qualifiers: Vec<Qualifier>) -> Self {
        let last_known = Some(LastKnown { word: Word::Active, checked_at: at });
        Self { checked_at: Some(at), failure: None, last_known, qualifiers }
    }

    /// The verdict after a check that failed; what could not be found out keeps what was known.
    #[must_use]
    pub fn failed(&self, at: Timestamp, failure: Failure) -> Self {
        let last_known = match failure.class.rule().held {
            HeldWord::Inactive => Some(LastKnown { word: Word::Inactive, checked_at: at }),
            HeldWord::NotConnected => Some(LastKnown { word: Word::NotConnected, checked_at: at }),
            HeldWord::CantCheck | HeldWord::Unchanged => self.last_known,
        };
        Self { checked_at: Some(at), failure: Some(failure), last_known, qualifiers: self.qualifiers.clone() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::failure::FailureClass;

    fn at(second: i64) -> Timestamp {
        Timestamp::from_second(1_800_000_000 + second).expect("a valid time")
    }

    #[test]
    fn nothing_checked_is_never_active() {
        assert_eq!(Verdict::default().word(), Word::CantCheck);
    }

    #[test]
    fn no_check_that_failed_reads_as_active() {
        for class in FailureClass::ALL {
            for before in [Verdict::default(), Verdict::passed(at(0), vec![])] {
                let word = before.failed(at(1), Failure::of(*class)).word();
                assert_ne!(word, Word::Active, "{class} must not look connected");
            }
        }
    }

    #[test]
    fn what_could_not_be_found_out_keeps_the_last_known_word_with_its_age() {
        let verdict = Verdict::passed(at(0), vec![]).failed(at(60), Failure::of(FailureClass::Offline));
        assert_eq!(verdict.word(), Word::CantCheck);
        assert_eq!(verdict.last_known, Some(LastKnown { word: Word::Active, checked_at: at(0) }));
        assert_eq!(verdict.checked_at, Some(at(60)));
    }

    #[test]
    fn a_day_makes_a_check_stale() {
        let verdict = Verdict::passed(at(0), vec![]);
        assert!(!verdict.is_stale(at(24 * 3600)), "exactly a day still counts");
        assert!(verdict.is_stale(at(24 * 3600 + 1)));
    }
}
