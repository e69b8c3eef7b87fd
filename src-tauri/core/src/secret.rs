//! Secrets: no `Serialize`, redacted `Debug`, wiped when dropped.

use std::fmt;

use secrecy::{ExposeSecret, SecretString};

macro_rules! secret {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Clone)]
        pub struct $name(SecretString);

        impl $name {
            /// Takes the secret in.
            #[must_use]
            pub fn new(text: impl Into<String>) -> Self {
                Self(SecretString::from(text.into()))
            }

            /// The secret itself, for the one place that sends or keeps it.
            #[must_use]
            pub fn expose(&self) -> &str {
                self.0.expose_secret()
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
                formatter.write_str(concat!(stringify!($name), "([removed])"))
            }
        }
    };
}

secret! {
    /// The refresh token, which the keychain keeps.
    RefreshToken
}
secret! {
    /// An access token, which stays in memory.
    AccessToken
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn debug_output_holds_no_secret() {
        let shown =
            format!("{:?} {:?}", RefreshToken::new("planted-refresh"), AccessToken::new("planted-access"));
        assert!(!shown.contains("planted"), "{shown}");
    }
}
