//! Ids of the catalogue that follow from the names of the core's closed sets.

use crate::failure::{Actor, Failure, FailureClass};
use crate::status::{Qualifier, Word};
use crate::step::Stage;
use crate::words::Text;

/// A part of a failure card.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CardPart {
    /// What happened.
    What,
    /// Why.
    Why,
    /// Who fixes it.
    Who,
    /// What to do.
    Do,
    /// The label of the one thing to press.
    Button,
}

impl CardPart {
    /// All parts, in reading order.
    pub const ALL: [Self; 5] = [Self::What, Self::Why, Self::Who, Self::Do, Self::Button];

    fn attribute(self) -> &'static str {
        match self {
            Self::What => "what",
            Self::Why => "why",
            Self::Who => "who",
            Self::Do => "do",
            Self::Button => "button",
        }
    }
}

impl Text {
    /// One part of the card for `failure`, with its quotation, waiting time and refined actor where it has them.
    #[must_use]
    pub fn failure(failure: &Failure, part: CardPart) -> Self {
        if let (CardPart::Who, Some(actor)) = (part, failure.refined_actor) {
            return Self::actor(actor);
        }
        let attribute = part.attribute();
        if failure.class == FailureClass::RetryLater
            && let Some(seconds) = failure.retry_after_seconds
        {
            return Self::new(format!("failure-retry-later-after.{attribute}")).with("seconds", seconds);
        }
        if failure.class == FailureClass::Unknown {
            return match &failure.quotation {
                Some(quotation) if !quotation.as_str().is_empty() => {
                    Self::new(format!("failure-unknown.{attribute}")).with("quotation", quotation)
                }
                Some(_) | None => Self::new(format!("failure-unknown-unquoted.{attribute}")),
            };
        }
        Self::new(format!("failure-{}.{attribute}", hyphenated(failure.class.as_str())))
    }

    /// The person or party behind `actor`, by role.
    #[must_use]
    pub fn actor(actor: Actor) -> Self {
        Self::new(format!("actor-{}", hyphenated(actor.as_str())))
    }

    /// The label of a status word.
    #[must_use]
    pub fn status(word: Word) -> Self {
        Self::new(format!("status-{}", hyphenated(word.as_str())))
    }

    /// What a status word claims, about the computer named `label`.
    #[must_use]
    pub fn status_sentence(word: Word, label: &str) -> Self {
        Self::new(format!("status-{}-sentence", hyphenated(word.as_str()))).with("label", label)
    }

    /// A part of a qualifier: `label` or `sentence`.
    #[must_use]
    pub fn qualifier(qualifier: Qualifier, part: &str) -> Self {
        Self::new(format!("qualifier-{}.{part}", hyphenated(qualifier.as_str())))
    }

    /// A part of a step: `title` (the guide's own words), `rail` or `purpose`.
    #[must_use]
    pub fn step(stage: Stage, part: &str) -> Self {
        let name = match stage {
            Stage::Contact => "contact",
            Stage::Open => "open",
            Stage::Username => "username",
            Stage::Authorize => "authorize",
            Stage::LogIn => "log-in",
            Stage::Accept => "accept",
            Stage::Verify => "verify",
            Stage::Organization => "organization",
            Stage::Test => "test",
        };
        Self::new(format!("step-{name}.{part}"))
    }
}

/// `SIGN_IN_AGAIN` and `sign_in_again` become `sign-in-again`.
fn hyphenated(contract_name: &str) -> String {
    contract_name.to_ascii_lowercase().replace('_', "-")
}
