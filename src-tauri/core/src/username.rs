//! The Microsoft username that a person saves before authorizing.

use serde::{Deserialize, Serialize};

/// Longer than any sign-in name that Entra ID issues (64 characters, @, 48 characters; Microsoft Learn,
/// "Plan and troubleshoot user principal name changes").
const LONGEST: usize = 254;
const PERSONAL_DOMAINS: [&str; 5] = ["outlook.com", "hotmail.com", "live.com", "msn.com", "gmail.com"];

/// A sign-in name such as `svc-cosell@contoso.com`; never empty, with one `@` and a domain in lower case.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct MicrosoftUsername(String);

/// What is wrong with a typed username.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum UsernameError {
    /// Nothing was typed.
    #[error("the username is empty")]
    Empty,
    /// There is no `@`, or no full domain behind it.
    #[error("the part after the @ is missing")]
    NoDomain,
    /// There is a space inside.
    #[error("there is a space inside")]
    Spaces,
    /// It has characters that no sign-in name has, or is too long.
    #[error("this cannot be a sign-in name")]
    NotAUsername,
}

impl UsernameError {
    /// The message of the catalogue.
    #[must_use]
    pub fn message_id(self) -> &'static str {
        match self {
            Self::Empty => "username-error-empty",
            Self::NoDomain => "username-error-no-domain",
            Self::Spaces => "username-error-spaces",
            Self::NotAUsername => "username-error-not-a-username",
        }
    }
}

/// Whether the account belongs to a service or to a person.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum AccountKind {
    /// A service account, which outlives people.
    Service,
    /// Somebody's own account.
    Person,
    /// Not said.
    #[default]
    Unknown,
}

impl AccountKind {
    /// The word in the JSON contract.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Service => "service",
            Self::Person => "person",
            Self::Unknown => "unknown",
        }
    }
}

impl MicrosoftUsername {
    /// Reads what a person typed. Spaces around and capitals in the domain are mended silently.
    ///
    /// # Errors
    /// When it cannot be a sign-in name.
    pub fn parse(typed: &str) -> Result<Self, UsernameError> {
        let text = typed.trim();
        if text.is_empty() {
            return Err(UsernameError::Empty);
        }
        if text.chars().any(char::is_whitespace) {
            return Err(UsernameError::Spaces);
        }
        let (name, domain) = text.split_once('@').ok_or(UsernameError::NoDomain)?;
        if name.is_empty() || !domain.contains('.') || domain.split('.').any(str::is_empty) {
            return Err(UsernameError::NoDomain);
        }
        // Before it is checked, so that what is kept reads back: small letters may have marks that capitals have not.
        let domain = domain.to_lowercase();
        let name_fits = name.chars().all(|letter| letter.is_alphanumeric() || "'.-_!#^~+".contains(letter));
        let domain_fits = domain.chars().all(|letter| letter.is_alphanumeric() || ".-".contains(letter));
        if !name_fits || !domain_fits || text.chars().count() > LONGEST {
            return Err(UsernameError::NotAUsername);
        }
        Ok(Self(format!("{name}@{domain}")))
    }

    /// The whole name.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The part behind the `@`.
    #[must_use]
    pub fn domain(&self) -> &str {
        self.0.rsplit_once('@').map_or("", |(_, domain)| domain)
    }

    /// Whether the domain belongs to personal accounts. A reason to warn, never to refuse.
    #[must_use]
    pub fn looks_personal(&self) -> bool {
        PERSONAL_DOMAINS.contains(&self.domain())
    }

    /// Whether `other` is the same sign-in name; Entra ID compares without case.
    #[must_use]
    pub fn is_same_as(&self, other: &str) -> bool {
        self.0.to_lowercase() == other.trim().to_lowercase()
    }
}

impl TryFrom<String> for MicrosoftUsername {
    type Error = UsernameError;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        Self::parse(&text)
    }
}

impl From<MicrosoftUsername> for String {
    fn from(username: MicrosoftUsername) -> Self {
        username.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spaces_around_and_capitals_in_the_domain_are_mended() {
        let username = MicrosoftUsername::parse("  Svc-Cosell@CONTOSO.Com \n").expect("a username");
        assert_eq!(username.as_str(), "Svc-Cosell@contoso.com");
        assert!(username.is_same_as("svc-cosell@contoso.com"));
    }

    #[test]
    fn odd_input_says_what_is_wrong() {
        use UsernameError::{Empty, NoDomain, NotAUsername, Spaces};
        let long = format!("{}@contoso.com", "a".repeat(300));
        let cases = [
            ("", Empty),
            (" \t", Empty),
            ("svc", NoDomain),
            ("svc@", NoDomain),
            ("@contoso.com", NoDomain),
            ("svc@contoso", NoDomain),
            ("svc@contoso..com", NoDomain),
            ("svc cosell@contoso.com", Spaces),
            ("a@b@contoso.com", NotAUsername),
            ("<b>@contoso.com", NotAUsername),
            ("\u{202E}svc@contoso.com", NotAUsername),
            ("svc@\u{130}.com", NotAUsername),
            (long.as_str(), NotAUsername),
        ];
        for (typed, error) in cases {
            assert_eq!(MicrosoftUsername::parse(typed), Err(error), "{typed:?}");
        }
    }

    #[test]
    fn personal_domains_warn() {
        assert!(MicrosoftUsername::parse("someone@outlook.com").expect("a username").looks_personal());
        assert!(!MicrosoftUsername::parse("svc@contoso.com").expect("a username").looks_personal());
    }
}
