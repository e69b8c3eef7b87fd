//! What the browser brings back, by form or by address (RFC 6749, sections 4.1.2 and 4.1.2.1).

use mpc_connect_core::classify::{self, RedirectError};
use mpc_connect_core::failure::Failure;
use secrecy::{ExposeSecret as _, SecretString};
use subtle::ConstantTimeEq as _;
use url::form_urlencoded;

use super::metadata::{Metadata, untrusted};

/// No parameter is longer; Entra's codes have 1 to 2 KB.
const LONGEST: usize = 8 * 1024;

/// A parameter that may stand once.
#[derive(Debug, Default)]
enum Once {
    #[default]
    Missing,
    Value(SecretString),
    /// Repeated or too long.
    Unusable,
}

impl Once {
    fn take(&mut self, value: &str) {
        *self = match self {
            Self::Missing if value.len() <= LONGEST => Self::Value(SecretString::from(value)),
            Self::Missing | Self::Value(_) | Self::Unusable => Self::Unusable,
        };
    }

    fn value(&self) -> Option<&str> {
        match self {
            Self::Value(value) => Some(value.expose_secret()),
            Self::Missing | Self::Unusable => None,
        }
    }
}

/// The parameters of an answer. Unknown ones are passed over; Entra adds some.
#[derive(Debug, Default)]
pub(super) struct Parameters {
    code: Once,
    state: Once,
    error: Once,
    error_description: Once,
    error_subcode: Once,
    error_uri: Once,
    claims: Once,
    iss: Once,
}

/// What an answer is to the attempt that waits.
#[derive(Debug)]
pub(super) enum Verdict {
    /// Its state is not ours: forged, or an older attempt's. Nothing else in it was looked at.
    Stranger,
    /// A code, with the issuer that came with it.
    Code(SecretString, Option<String>),
    /// The end of the attempt.
    Refused(Failure),
}

impl Parameters {
    /// Reads `application/x-www-form-urlencoded` text, whatever it holds.
    pub(super) fn read(text: &str) -> Self {
        let mut parameters = Self::default();
        for (name, value) in form_urlencoded::parse(text.as_bytes()) {
            match name.as_ref() {
                "code" => parameters.code.take(&value),
                "state" => parameters.state.take(&value),
                "error" => parameters.error.take(&value),
                "error_description" => parameters.error_description.take(&value),
                "error_subcode" => parameters.error_subcode.take(&value),
                "error_uri" => parameters.error_uri.take(&value),
                "claims" => parameters.claims.take(&value),
                "iss" => parameters.iss.take(&value),
                _ => {}
            }
        }
        parameters
    }

    /// Whether it is an error answer and nothing else.
    pub(super) fn is_error_alone(&self) -> bool {
        matches!(self.code, Once::Missing) && matches!(self.error, Once::Value(_))
    }

    /// Whether it is a code or an error, and says so once. What hangs on a repetition is read in two ways by two
    /// readers.
    pub(super) fn is_one_answer(&self) -> bool {
        let repeated = [&self.code, &self.state, &self.error, &self.iss]
            .into_iter()
            .any(|parameter| matches!(parameter, Once::Unusable));
        !repeated && matches!(self.code, Once::Missing) != matches!(self.error, Once::Missing)
    }

    /// Whether the answer has this state. The time it takes tells nothing of the state but its length.
    pub(super) fn has_state(&self, state: &SecretString) -> bool {
        let ours = state.expose_secret().as_bytes();
        self.state.value().is_some_and(|stated| stated.as_bytes().ct_eq(ours).into())
    }

    /// Decides what the answer is. The state is compared before anything else is believed, the issuer (RFC 9207,
    /// section 2.4) before what was said.
    pub(super) fn judge(&self, state: &SecretString, metadata: &Metadata) -> Verdict {
        if !self.has_state(state) {
            return Verdict::Stranger;
        }
        if let Err(failure) = self.check_issuer(metadata) {
            return Verdict::Refused(failure);
        }
        match (&self.code, &self.error) {
            (Once::Missing, Once::Value(error)) => Verdict::Refused(self.refusal(error.expose_secret())),
            (Once::Value(code), Once::Missing) if is_code(code.expose_secret()) => {
                Verdict::Code(code.clone(), self.iss.value().map(str::to_owned))
            }
            (_, _) => Verdict::Refused(untrusted("authorization response")),
        }
    }

    fn check_issuer(&self, metadata: &Metadata) -> Result<(), Failure> {
        let fits = match &self.iss {
            Once::Missing => !metadata.announces_issuer,
            Once::Value(iss) => metadata.issuer.is_for_some_tenant(iss.expose_secret()),
            Once::Unusable => false,
        };
        if fits { Ok(()) } else { Err(untrusted("authorization response: iss")) }
    }

    fn refusal(&self, error: &str) -> Failure {
        classify::redirect_error(&RedirectError {
            error,
            error_description: self.error_description.value(),
            error_subcode: self.error_subcode.value(),
            error_uri: self.error_uri.value(),
            claims: self.claims.value(),
        })
    }
}

/// RFC 6749, appendix A.11.
fn is_code(code: &str) -> bool {
    !code.is_empty() && code.chars().all(|letter| letter == ' ' || letter.is_ascii_graphic())
}

#[cfg(test)]
mod tests;
