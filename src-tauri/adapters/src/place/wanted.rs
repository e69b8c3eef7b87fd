//! What the policy, the person and the last start ask for, and which of them decides.

use std::ffi::{OsStr, OsString};
use std::path::{Path, PathBuf};

use mpc_connect_core::environment::{EnvironmentError, PUBLIC};
use serde::Deserialize;

use super::remembered::read_small;

/// An environment by its name or by its file.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Wanted {
    /// A text without separator and dot: never a file, whatever lies in the current folder.
    Name(String),
    /// A text with a separator or a dot.
    File(PathBuf),
}

/// The machine-wide policy, written by an administrator.
#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Policy {
    pub(super) environment: Option<String>,
    pub(super) client_id: Option<String>,
}

/// Who asks for an environment, the strongest first.
#[derive(Default)]
pub(super) struct Sources {
    pub(super) policy: Option<String>,
    pub(super) argument: Option<OsString>,
    pub(super) variable: Option<OsString>,
    pub(super) last_used: Option<String>,
}

/// The first that is there decides alone, even where it cannot be used.
pub(super) fn wanted(sources: Sources) -> Result<Wanted, EnvironmentError> {
    if let Some(policy) = sources.policy {
        let wanted = Wanted::of(policy.as_ref());
        // The current folder belongs to the person, and so would the choice.
        if matches!(&wanted, Wanted::File(path) if !path.is_absolute()) {
            return Err(EnvironmentError::Policy("environment: not an absolute path".to_owned()));
        }
        return Ok(wanted);
    }
    let chosen = sources.argument.or(sources.variable).map(|text| Wanted::of(&text));
    let last_used = || sources.last_used.map(Wanted::Name);
    Ok(chosen.or_else(last_used).unwrap_or_else(|| Wanted::Name(PUBLIC.to_owned())))
}

impl Wanted {
    fn of(text: &OsStr) -> Self {
        let shown = text.to_string_lossy();
        let is_file = shown.contains(|letter| letter == '.' || std::path::is_separator(letter));
        if is_file { Self::File(PathBuf::from(text)) } else { Self::Name(shown.into_owned()) }
    }
}

impl Policy {
    /// No policy is the usual case; one that cannot be read must not be passed over.
    pub(super) fn read(path: &Path) -> Result<Self, EnvironmentError> {
        let bytes = match read_small(path) {
            Ok(bytes) => bytes,
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(Self::default()),
            Err(error) => return Err(EnvironmentError::Policy(error.kind().to_string())),
        };
        let text =
            String::from_utf8(bytes).map_err(|_| EnvironmentError::Policy("not a text file".to_owned()))?;
        toml::from_str(&text).map_err(|error| EnvironmentError::Policy(error.message().to_owned()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn name(text: &str) -> Wanted {
        Wanted::Name(text.to_owned())
    }

    #[test]
    fn the_first_of_policy_argument_variable_and_last_used_decides() {
        let order = ["of-policy", "of-argument", "of-variable", "of-last-use"];
        for there in 0..16_u8 {
            let given = |place: usize| (there & (1 << place) != 0).then(|| order[place]);
            let sources = Sources {
                policy: given(0).map(str::to_owned),
                argument: given(1).map(OsString::from),
                variable: given(2).map(OsString::from),
                last_used: given(3).map(str::to_owned),
            };
            let first = (0..4).find_map(given).unwrap_or("public");
            assert_eq!(wanted(sources), Ok(name(first)), "{there:04b}");
        }
    }

    #[test]
    fn a_stronger_source_that_cannot_be_used_never_gives_way() {
        let sources = |policy: Option<&str>, argument: &str| Sources {
            policy: policy.map(str::to_owned),
            argument: Some(argument.into()),
            variable: Some("of-variable".into()),
            last_used: Some("of-last-use".to_owned()),
        };
        assert_eq!(wanted(sources(Some(""), "lab")), Ok(name("")));
        assert_eq!(wanted(sources(None, "")), Ok(name("")));
        let relative = wanted(sources(Some("./lab.toml"), "lab"));
        assert!(matches!(relative, Err(EnvironmentError::Policy(_))), "{relative:?}");
    }

    #[test]
    fn only_a_separator_or_a_dot_makes_a_file() {
        for text in ["lab", "public", "Lab", "never seen", ""] {
            assert_eq!(Wanted::of(text.as_ref()), name(text));
        }
        for text in ["./lab", "lab.toml", "/lab", "folder/lab", "..", "."] {
            assert_eq!(Wanted::of(text.as_ref()), Wanted::File(text.into()));
        }
    }

    #[test]
    fn what_was_used_last_is_a_name_and_never_a_file() {
        let sources = Sources { last_used: Some("../lab.toml".to_owned()), ..Sources::default() };
        assert_eq!(wanted(sources), Ok(name("../lab.toml")));
    }

    #[test]
    fn a_policy_that_cannot_be_read_is_an_error_and_none_is_not() {
        let home = tempfile::tempdir().expect("a folder");
        assert!(Policy::read(&home.path().join("none.toml")).is_ok());
        let file = home.path().join("policy.toml");
        std::fs::write(&file, "environment = \"public\"\nclient_id = \"abc\"\n").expect("a file");
        let read = Policy::read(&file).expect("a good policy");
        assert_eq!((read.environment.as_deref(), read.client_id.as_deref()), (Some("public"), Some("abc")));
        for bad in ["surprise = 1", "environment = 1", "="] {
            std::fs::write(&file, bad).expect("a file");
            assert!(matches!(Policy::read(&file).err(), Some(EnvironmentError::Policy(_))), "{bad}");
        }
        let folder = Policy::read(home.path()).err();
        assert!(matches!(folder, Some(EnvironmentError::Policy(_))), "{folder:?}");
    }
}
