//! Ids of the catalogue that follow from the names of the core's closed sets.

use crate::failure::{Actor, Failure, FailureClass};
use crate::remote_text::RemoteText;
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
        let class = hyphenated(failure.class.as_str());
        let text = Self::new(format!("failure-{class}{}.{}", variant(failure), part.attribute()));
        match (failure.class, failure.retry_after_seconds, quoted(failure)) {
            (FailureClass::RetryLater, Some(seconds), _) => text.with("seconds", seconds),
            (FailureClass::Unknown, _, Some(quotation)) => text.with("quotation", quotation),
            _ => text,
        }
    }

    /// What somebody else said about `failure`, where the card's own parts do not quote it.
    #[must_use]
    pub fn quotation(failure: &Failure) -> Option<Self> {
        use FailureClass::{NetworkBlocked, UnexpectedAnswer, Unknown};
        let quotation = quoted(failure).filter(|_| failure.class != Unknown)?;
        if variant(failure) == "-certificate" {
            let (reason, issuer) = quotation.split_once("; issued by ")?;
            return Some(Self::new("failure-certificate").with("issuer", issuer).with("reason", reason));
        }
        // Nobody knows whether Microsoft wrote it.
        let of_somebody = [NetworkBlocked, UnexpectedAnswer].contains(&failure.class);
        let id = if of_somebody { "failure-quotation-of-somebody" } else { "failure-quotation" };
        Some(Self::new(id).with("quotation", quotation))
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

/// The ending of the message that says more than the class alone.
fn variant(failure: &Failure) -> &'static str {
    use FailureClass::{KeychainDamaged, NetworkBlocked, RetryLater, StoreDamaged, Unknown};
    match (failure.class, failure.code.as_deref()) {
        (RetryLater, _) if failure.retry_after_seconds.is_some() => "-after",
        (RetryLater, Some("another process")) => "-busy",
        (KeychainDamaged, Some("another environment")) => "-elsewhere",
        (Unknown, _) if quoted(failure).is_none() => "-unquoted",
        (NetworkBlocked, Some("certificate")) => "-certificate",
        (NetworkBlocked, Some("HTTP 407")) => "-proxy-sign-in",
        (StoreDamaged, Some("damaged")) => "-untouched",
        (StoreDamaged, Some("damaged, with too many damaged files kept")) => "-too-often",
        _ => "",
    }
}

fn quoted(failure: &Failure) -> Option<&str> {
    failure.quotation.as_ref().map(RemoteText::as_str).filter(|quotation| !quotation.is_empty())
}

/// `SIGN_IN_AGAIN` and `sign_in_again` become `sign-in-again`.
fn hyphenated(contract_name: &str) -> String {
    contract_name.to_ascii_lowercase().replace('_', "-")
}
