//! Errors of Partner Center's interfaces, in all the shapes that its hosts use.

use super::catalogue::{self, Entry};
use super::challenge::Challenge;
use super::shapes::{Body, Shape};
use super::{ApiKind, HttpAnswer, evidence, numbers, quotation, transport};
use crate::failure::{Failure, FailureClass};

use FailureClass as C;

const MFA_PHRASES: [&str; 5] = [
    "mfa required",
    "mfa is required",
    "missingmfa",
    "multi-factor authentication",
    "multifactor authentication",
];
/// Microsoft writes the second one in its documentation of the Referrals API.
const MORE_CLAIMS: [&str; 2] = ["insufficient_claims", "insufficent_claims"];

/// An answer, read once.
struct Refusal<'a> {
    answer: &'a HttpAnswer<'a>,
    body: Body,
    challenge: Challenge,
    /// The status line's, or the one in the body where the former is not known.
    status: u16,
    /// The codes that the answer names, the most exact last.
    codes: Vec<String>,
    /// Everything that it says in words, in lower case.
    phrases: String,
}

pub(super) fn api_error(kind: ApiKind, answer: &HttpAnswer<'_>) -> Failure {
    let refusal = Refusal::read(answer);
    let (class, entry) = refusal.class(kind);
    let mut failure = transport::failure(class, answer, &refusal.body);
    failure.refined_actor = entry.and_then(|entry| entry.actor);
    if matches!(refusal.status, 0 | 401 | 403) {
        failure.claims = refusal.challenge.claims().or_else(|| refusal.body.claims());
    }
    let status = (refusal.status > 0).then(|| format!("HTTP {}", refusal.status));
    failure.code = refusal.code(entry).or(status);
    match refusal.body.sentence().as_deref().and_then(quotation::of) {
        Some(quotation) => failure.with_quotation(&quotation),
        None => failure,
    }
}

impl<'a> Refusal<'a> {
    fn read(answer: &'a HttpAnswer<'a>) -> Self {
        let body = Body::read(answer.body);
        let challenge = Challenge::of(answer.headers);
        let told = body.word(&["statusCode", "status"]).and_then(|status| status.parse().ok());
        let status = if answer.status == 0 { told.unwrap_or(0) } else { answer.status };
        let sentence = body.sentence().unwrap_or_default();
        let mut codes = codes_in(&sentence);
        codes.extend(body.word(&["error"]));
        codes.extend(body.codes());
        let mut phrases = vec![answer.reason.to_owned(), sentence];
        phrases.extend(codes.iter().cloned());
        phrases.extend(
            challenge.values("error").chain(challenge.values("error_description")).map(str::to_owned),
        );
        let phrases = phrases.join("\n").to_ascii_lowercase();
        Self { answer, body, challenge, status, codes, phrases }
    }

    fn class(&self, kind: ApiKind) -> (FailureClass, Option<&'static Entry>) {
        let entry = self.entry();
        let class = match () {
            () if transport::in_between(self.answer).is_some() => transport::in_between(self.answer),
            () if transport::is_later(self.status) => Some(C::RetryLater),
            () if self.lacks_second_factor() => Some(C::SignInWithMfa),
            () if self.wants_claims() => Some(self.claims_class()),
            () => None,
        };
        match (class, entry) {
            (Some(class), entry) => (class, entry.filter(|entry| entry.class == class)),
            (None, Some(entry)) => (entry.class, Some(entry)),
            (None, None) => (self.class_of_shape(kind), None),
        }
    }

    /// The innermost specific code that the catalogue has, else a generic one, else an AADSTS number.
    fn entry(&self) -> Option<&'static Entry> {
        let known = || self.codes.iter().rev().filter_map(|code| catalogue::partner_code(code, self.status));
        let specific = known().find(|entry| !entry.generic).or_else(|| known().next());
        specific.or_else(|| numbers::judge(&numbers::named(&self.body.text)).entry)
    }

    fn is_refused(&self) -> bool {
        matches!(self.status, 0 | 401 | 403)
    }

    /// The refusal for want of a second factor has at least five spellings, one of them in the status line.
    fn lacks_second_factor(&self) -> bool {
        let told_in_header = evidence::header_values(self.answer.headers, "isMfaCompliant")
            .any(|value| value.trim().eq_ignore_ascii_case("false"));
        let phrase = MFA_PHRASES.iter().any(|phrase| self.phrases.contains(phrase));
        self.is_refused() && (phrase || (told_in_header && self.status == 401))
    }

    fn wants_claims(&self) -> bool {
        self.is_refused() && MORE_CLAIMS.iter().any(|mark| self.phrases.contains(mark))
    }

    fn claims_class(&self) -> FailureClass {
        let in_header = self.challenge.values("suberror").any(is_message_only);
        let in_body = self.body.nested_word(&["suberror"]).as_deref().is_some_and(is_message_only);
        if in_header || in_body { C::PolicyBlocked } else { C::SignInAgain }
    }

    /// What the status means where the answer names no known code.
    fn class_of_shape(&self, kind: ApiKind) -> FailureClass {
        if self.body.shape == Shape::Html {
            return transport::page(self.answer);
        }
        // A token for the other audience draws this sentence: the request was wrong, not the sign-in.
        if self.is_refused() && self.phrases.contains("invalid authorization header") {
            return C::AppMisconfigured;
        }
        match (self.status, kind) {
            (401, _) => C::SignInAgain,
            (403, _) => C::RoleMissing,
            (404 | 410, ApiKind::Webhook) => C::NoRelationship,
            (400 | 404 | 405 | 406 | 410..=417 | 422 | 426 | 431, _) => C::AppMisconfigured,
            (409, _) => C::RetryLater,
            (100..=299, _) => C::UnexpectedAnswer,
            _ if self.body.sentence().is_some() || !self.codes.is_empty() => C::Unknown,
            _ => C::UnexpectedAnswer,
        }
    }

    fn code(&self, entry: Option<&'static Entry>) -> Option<String> {
        let deciding = entry.map(|entry| {
            let is_number =
                numbers::named(&self.body.text).iter().any(|number| number.to_string() == entry.code);
            if is_number { format!("AADSTS{}", entry.code) } else { entry.code.to_owned() }
        });
        let told = || self.codes.iter().rev().find_map(|code| evidence::short_code(code));
        deciding.or_else(told)
    }
}

/// Codes of the catalogue, six digits or a long word, that stand alone in a sentence.
fn codes_in(sentence: &str) -> Vec<String> {
    let words = sentence.split(|letter: char| !letter.is_ascii_alphanumeric() && letter != '_');
    let telling =
        words.filter(|word| word.len() >= 6 && (numbers::whole(word).is_some() || word.contains('_')));
    telling.filter(|word| catalogue::partner_code(word, 0).is_some()).map(str::to_owned).collect()
}

fn is_message_only(word: &str) -> bool {
    word.eq_ignore_ascii_case("message_only")
}

#[cfg(test)]
#[path = "partner_center_tests.rs"]
mod tests;
