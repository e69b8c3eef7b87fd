//! Errors of Entra's authorize page and token endpoint.

use super::catalogue::Entry;
use super::shapes::{Body, Shape};
use super::{HttpAnswer, RedirectError, TokenStage, challenge, evidence, numbers, quotation, transport};
use crate::failure::{Failure, FailureClass};

use FailureClass as C;

/// When an error arose, seen from the credential.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Moment {
    /// While signing in: what fails is the attempt.
    Attempt,
    /// While using the credential: what fails is the credential.
    Use,
    /// Not known.
    Unknown,
}

/// What an answer says in words and numbers.
struct Words {
    moment: Moment,
    error: String,
    suberror: String,
    numbers: Vec<u64>,
}

struct Decision {
    class: FailureClass,
    entry: Option<&'static Entry>,
}

pub(super) fn token_error(stage: TokenStage, answer: &HttpAnswer<'_>) -> Failure {
    let body = Body::read(answer.body);
    let words = Words {
        moment: match stage {
            TokenStage::Code => Moment::Attempt,
            TokenStage::Refresh | TokenStage::SecondResource => Moment::Use,
            TokenStage::Unknown => Moment::Unknown,
        },
        error: body.word(&["error"]).or_else(|| body.codes().into_iter().next()).unwrap_or_default(),
        suberror: body.word(&["suberror", "error_subcode"]).unwrap_or_default(),
        numbers: all_numbers(stage, &body),
    };
    let decision = decide(&words);
    let class = match transport::in_between(answer) {
        Some(class) => class,
        None if answer.status == 429 => C::RetryLater,
        None => decision.as_ref().map_or_else(|| undecided(answer, &body, &words), |decision| decision.class),
    };
    let mut failure = transport::failure(class, answer, &body);
    failure.claims = body.claims().or_else(|| challenge::Challenge::of(answer.headers).claims());
    describe(failure, &words, decision, body.sentence().as_deref())
}

pub(super) fn redirect_error(redirect: &RedirectError<'_>) -> Failure {
    let description = redirect.error_description.unwrap_or_default();
    let mut numbers = numbers_of_address(redirect.error_uri.unwrap_or_default());
    numbers.extend(numbers::named(description));
    let words = Words {
        moment: Moment::Attempt,
        error: redirect.error.to_owned(),
        suberror: redirect.error_subcode.unwrap_or_default().to_owned(),
        numbers,
    };
    let decision = decide(&words).or_else(|| denial(&words, description));
    let mut failure = Failure::of(decision.as_ref().map_or(C::Unknown, |decision| decision.class));
    failure.claims = redirect.claims.and_then(challenge::json_object);
    let failure = failure.with_correlation_id(evidence::correlation_id_in(description));
    describe(failure, &words, decision, Some(description))
}

/// The numbers of the answer, those of the sentence last, because they are the most exact.
fn all_numbers(stage: TokenStage, body: &Body) -> Vec<u64> {
    let mut numbers = numbers_of_address(&body.word(&["error_uri"]).unwrap_or_default());
    numbers.extend(body.listed_numbers());
    numbers.extend(numbers::named(&body.text));
    if numbers.is_empty() && stage == TokenStage::Unknown && body.shape == Shape::Text {
        numbers = numbers::bare(&body.text);
    }
    numbers
}

/// The number in `https://login.microsoftonline.com/error?code=50173`.
fn numbers_of_address(address: &str) -> Vec<u64> {
    let code = address.rsplit_once("code=").map(|(_, code)| code).unwrap_or_default();
    code.split('&').next().and_then(numbers::whole).into_iter().collect()
}

/// A specific number decides, then the suberror, then a generic number, then the error word.
fn decide(words: &Words) -> Option<Decision> {
    let entry = numbers::judge(&words.numbers).entry;
    let number = entry.map(|entry| entry.class);
    let suberror = suberror(&words.suberror);
    let class = match (entry, suberror) {
        (Some(entry), Some(suberror)) if entry.generic || tells_more(suberror, entry.class, words) => {
            suberror
        }
        (Some(entry), _) => entry.class,
        (None, Some(suberror)) => suberror,
        (None, None) => error_word(&words.error)?,
    };
    let entry = entry.filter(|_| number == Some(class));
    Some(Decision { class: at_moment(class, words.moment), entry })
}

/// What a `suberror` means where no number does; the words are those that Microsoft's own libraries know.
fn suberror(word: &str) -> Option<FailureClass> {
    Some(match word.to_ascii_lowercase().as_str() {
        "message_only" | "protection_policy_required" => C::PolicyBlocked,
        "user_password_expired" => C::AccountDisabled,
        "consent_required" => C::ConsentNeeded,
        "device_authentication_failed" => C::DeviceNotCompliant,
        "bad_token" | "token_expired" | "client_mismatch" | "basic_action" | "additional_action" => {
            C::SignInAgain
        }
        "cancel" => C::UserCancelled,
        _ => return None,
    })
}

/// A number that only says "sign in again" yields to a suberror that names the reason; `message_only` says
/// moreover that a second factor would not help.
fn tells_more(suberror: FailureClass, number: FailureClass, words: &Words) -> bool {
    let names_reason = !matches!(suberror, C::SignInAgain | C::UserCancelled);
    let plain = matches!(number, C::SignInAgain | C::RestartSignIn);
    let hopeless = words.suberror.eq_ignore_ascii_case("message_only");
    names_reason && (plain || (hopeless && matches!(number, C::SignInWithMfa | C::RegisterMfa)))
}

/// What the `error` word means where nothing more exact was said: RFC 6749, RFC 8628, OpenID Connect, Entra.
fn error_word(word: &str) -> Option<FailureClass> {
    Some(match word.to_ascii_lowercase().as_str() {
        "invalid_grant" | "interaction_required" | "login_required" | "account_selection_required" => {
            C::SignInAgain
        }
        "expired_token" | "bad_verification_code" => C::RestartSignIn,
        "authorization_declined" => C::UserCancelled,
        "consent_required" => C::ConsentNeeded,
        "invalid_resource" | "invalid_target" => C::ServiceNotEnabled,
        "temporarily_unavailable" | "server_error" => C::RetryLater,
        "authorization_pending" | "slow_down" => C::KeepWaiting,
        "invalid_request"
        | "invalid_client"
        | "invalid_scope"
        | "unauthorized_client"
        | "unsupported_grant_type"
        | "unsupported_response_type"
        | "invalid_request_object" => C::AppMisconfigured,
        _ => return None,
    })
}

/// A failed attempt says nothing about a credential; a credential that fails in use is dead.
fn at_moment(class: FailureClass, moment: Moment) -> FailureClass {
    match (moment, class) {
        (Moment::Attempt, C::SignInAgain) => C::RestartSignIn,
        (Moment::Use, C::RestartSignIn | C::UserCancelled) => C::SignInAgain,
        (Moment::Use, C::ConsentDeclined) => C::ConsentNeeded,
        (_, class) => class,
    }
}

/// `access_denied` without a number is the person's own answer; with an unknown number it may be anything.
fn denial(words: &Words, description: &str) -> Option<Decision> {
    let denied = words.error.eq_ignore_ascii_case("access_denied") && words.numbers.is_empty();
    let lower = description.to_ascii_lowercase();
    let of_consent = ["denied access", "declin", "consent"].iter().any(|mark| lower.contains(mark));
    let class = if of_consent { C::ConsentDeclined } else { C::UserCancelled };
    denied.then_some(Decision { class, entry: None })
}

/// What is left to say when no word and no number of the answer is known.
fn undecided(answer: &HttpAnswer<'_>, body: &Body, words: &Words) -> FailureClass {
    if transport::is_later(answer.status) {
        return C::RetryLater;
    }
    let says_something = !words.error.is_empty() || !words.numbers.is_empty() || body.sentence().is_some();
    match body.shape {
        Shape::Html if words.numbers.is_empty() => transport::page(answer),
        Shape::Html | Shape::Json if says_something => C::Unknown,
        Shape::Text if answer.status == 0 || !words.numbers.is_empty() => C::Unknown,
        Shape::Empty | Shape::Html | Shape::Json | Shape::Text | Shape::Binary => C::UnexpectedAnswer,
    }
}

fn describe(
    mut failure: Failure,
    words: &Words,
    decision: Option<Decision>,
    sentence: Option<&str>,
) -> Failure {
    let entry = decision.and_then(|decision| decision.entry).filter(|entry| entry.class == failure.class);
    failure.refined_actor = entry.and_then(|entry| entry.actor);
    let number = numbers::judge(&words.numbers).shown.map(|number| format!("AADSTS{number}"));
    if let Some(code) = number.or_else(|| evidence::short_code(&words.error)) {
        failure.code = Some(code);
    }
    match sentence.and_then(quotation::of) {
        Some(quotation) => failure.with_quotation(&quotation),
        None => failure,
    }
}

#[cfg(test)]
#[path = "entra_tests.rs"]
mod tests;
