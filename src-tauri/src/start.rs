//! What a start of the program asks for, from its arguments. Any process may start it with any arguments.

use std::ffi::{OsStr, OsString};

/// A longer address is no link of ours.
const LONGEST_LINK: usize = 8 * 1024;

/// What the arguments of one start ask for.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Start {
    /// The value of `--environment`.
    pub(crate) environment: Option<OsString>,
    /// The address that the system handed over.
    pub(crate) link: Option<String>,
}

impl Start {
    /// Reads arguments without the program's own name. What belongs to toolkits is not ours to judge.
    ///
    /// A link counts only as the single argument, as the system hands it over: beside others it could mean anything.
    pub(crate) fn of(arguments: &[OsString], scheme: &str) -> Self {
        match arguments {
            [only] if is_link(only, scheme) => {
                Self { link: only.to_str().map(str::to_owned), environment: None }
            }
            several => Self { environment: environment(several), link: None },
        }
    }

    /// Whether an argument means to be an address of ours, whatever became of it.
    pub(crate) fn carries_a_link(arguments: &[OsString], scheme: &str) -> bool {
        let is_ours = |argument: &OsString| {
            let head = argument.as_encoded_bytes().get(..scheme.len());
            head.is_some_and(|head| head.eq_ignore_ascii_case(scheme.as_bytes()))
                && argument.as_encoded_bytes().get(scheme.len()) == Some(&b':')
        };
        arguments.iter().any(is_ours)
    }
}

fn is_link(argument: &OsStr, scheme: &str) -> bool {
    // RFC 3986, section 2: an address has no other letters.
    let is_address =
        |text: &&str| text.len() <= LONGEST_LINK && text.bytes().all(|byte| byte.is_ascii_graphic());
    let text = argument.to_str().filter(is_address);
    text.and_then(|text| text.strip_prefix(scheme)).is_some_and(|rest| rest.starts_with("://"))
}

fn environment(arguments: &[OsString]) -> Option<OsString> {
    const NAME: &str = "--environment";
    let mut arguments = arguments.iter();
    while let Some(argument) = arguments.next() {
        if argument == NAME {
            return arguments.next().cloned();
        }
        let joined = argument.to_str().and_then(|text| text.strip_prefix(NAME)?.strip_prefix('='));
        if let Some(value) = joined {
            return Some(value.into());
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const SCHEME: &str = "com.example.app";

    fn start(arguments: &[&str]) -> Start {
        let arguments: Vec<_> = arguments.iter().map(OsString::from).collect();
        Start::of(&arguments, SCHEME)
    }

    #[test]
    fn whatever_means_to_be_a_link_is_told_from_a_start_by_a_person() {
        let carries = |arguments: &[&str]| {
            let arguments: Vec<_> = arguments.iter().map(OsString::from).collect();
            Start::carries_a_link(&arguments, SCHEME)
        };
        for link in ["com.example.app:x", "COM.example.app://auth", "com.example.app://auth?é"] {
            assert!(carries(&[link]) && carries(&["--anything", link]), "{link}");
        }
        assert!(
            !carries(&[]) && !carries(&["--environment", "lab.toml"]) && !carries(&["com.example.apple:x"])
        );
    }

    #[test]
    fn the_environment_is_read_in_both_spellings() {
        assert_eq!(start(&["--environment", "lab.toml"]).environment, Some("lab.toml".into()));
        assert_eq!(start(&["--g-fatal-warnings", "--environment=lab"]).environment, Some("lab".into()));
    }

    #[test]
    fn arguments_that_are_not_ours_ask_for_nothing() {
        for arguments in [
            &[][..],
            &["lab"],
            &["--environment"],
            &["--environments=lab"],
            &["--environmentlab"],
            &["-h"],
            &["--remote-debugging-port=9222"],
            &["/etc/passwd"],
            &["report.mpcstatus"],
            &["com.example.app"],
            &["com.example.app:auth?code=c"],
            &["com.example.app.dev://auth?code=c"],
            &["COM.EXAMPLE.APP://auth?code=c"],
            &["com.example.app://auth?code=c", "com.example.app://auth?code=c"],
            &["-v", "com.example.app://auth?code=c"],
            &["com.example.app://auth?code=c", ""],
            &["com.example.app://auth?code=\u{fffd}"],
            &["com.example.app://auth?code=c -v"],
        ] {
            assert_eq!(start(arguments), Start::default(), "{arguments:?}");
        }
    }

    #[test]
    fn a_link_is_the_only_argument_and_not_too_long() {
        let link = "com.example.app://auth?code=c&state=s";
        assert_eq!(start(&[link]).link.as_deref(), Some(link));
        assert_eq!(start(&[&format!("{link}{}", "x".repeat(100 * 1024))]), Start::default());
    }

    #[cfg(unix)]
    #[test]
    fn an_argument_that_is_no_text_asks_for_nothing() {
        use std::os::unix::ffi::OsStringExt as _;
        let broken = OsString::from_vec(b"com.example.app://auth?code=\xff\xfe".to_vec());
        assert_eq!(Start::of(&[broken], SCHEME), Start::default());
    }

    proptest! {
        #[test]
        fn no_arguments_are_a_link_but_one_of_our_scheme(arguments in proptest::collection::vec(".{0,40}", 0..4)) {
            let given: Vec<&str> = arguments.iter().map(String::as_str).collect();
            if let Some(link) = start(&given).link {
                prop_assert!(given == [link.as_str()] && link.starts_with("com.example.app://"));
            }
        }
    }
}
