//! Which environment this start works in, and where its data lives.

use std::ffi::OsStr;
use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};

use aws_lc_rs::digest;
use mpc_connect_core::environment::{Environment, EnvironmentError};
use serde::Deserialize;

use crate::platform;

/// The application's identifier, also the first part of the keychain's service name.
pub const APPLICATION: &str = "com.mpc-connect.desktop";
const DATA_VARIABLE: &str = "MPC_CONNECT_DATA";
const ENVIRONMENT_VARIABLE: &str = "MPC_CONNECT_ENVIRONMENT";
const LAST_USED: &str = "last-environment";
const COPIES: &str = "environments";
const LARGEST_FILE: u64 = 64 * 1024;
/// Given to a release when it is built.
const BUILT_IN_CLIENT_ID: Option<&str> = option_env!("MPC_CONNECT_CLIENT_ID");

/// The folder of the data, and whether the person chose another than the platform's.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DataFolder {
    /// The folder; it may not exist yet.
    pub path: PathBuf,
    overridden: bool,
}

/// An environment and who chose it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Choice {
    /// The environment.
    pub environment: Environment,
    /// Whether the organization's policy fixes it.
    pub managed: bool,
}

/// The machine-wide policy, written by an administrator.
#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct Policy {
    environment: Option<String>,
    client_id: Option<String>,
}

impl DataFolder {
    /// `MPC_CONNECT_DATA`, or `mpc-connect` in the platform's data folder. `None` where the platform names none.
    #[must_use]
    pub fn of_this_person() -> Option<Self> {
        let chosen = std::env::var_os(DATA_VARIABLE).filter(|value| !value.is_empty());
        match chosen {
            Some(path) => Some(Self { path: absolute(Path::new(&path)), overridden: true }),
            None => directories::BaseDirs::new()
                .map(|bases| Self { path: bases.data_dir().join("mpc-connect"), overridden: false }),
        }
    }

    /// A folder given by a test or a script.
    #[must_use]
    pub fn at(path: &Path) -> Self {
        Self { path: absolute(path), overridden: true }
    }

    /// The keychain's service name: separate for each environment, and for each chosen folder.
    #[must_use]
    pub fn keychain_service(&self, environment: &str) -> String {
        let service = format!("{APPLICATION}.{environment}");
        if !self.overridden {
            return service;
        }
        let path = self.path.as_os_str().as_encoded_bytes();
        let hash: String = digest::digest(&digest::SHA256, path)
            .as_ref()
            .iter()
            .take(6)
            .map(|byte| format!("{byte:02x}"))
            .collect();
        format!("{service}.{hash}")
    }

    /// The file that processes lock around a refresh.
    #[must_use]
    pub fn credential_lock(&self, environment: &str) -> PathBuf {
        self.path.join(format!("{environment}.lock"))
    }
}

/// Chooses by policy, then `--environment`, then `MPC_CONNECT_ENVIRONMENT`, then the last used, then `public`.
///
/// An environment that was read from a file is remembered by its name.
///
/// # Errors
/// When the one chosen cannot be used; another is never taken instead.
pub fn choose_environment(argument: Option<&OsStr>, folder: &DataFolder) -> Result<Choice, EnvironmentError> {
    let policy = read_policy(&platform::policy_file())?;
    let client_id = policy.client_id.as_deref().or(BUILT_IN_CLIENT_ID);
    let variable = std::env::var_os(ENVIRONMENT_VARIABLE).filter(|value| !value.is_empty());
    let last_used = || {
        let name = fs::read_to_string(folder.path.join(LAST_USED)).ok()?;
        Some(name.trim().to_owned()).filter(|name| !name.is_empty())
    };
    let managed = policy.environment.is_some();
    let wanted = policy
        .environment
        .map(Into::into)
        .or_else(|| argument.map(OsStr::to_os_string))
        .or(variable)
        .or_else(|| last_used().map(Into::into))
        .unwrap_or_else(|| "public".into());
    Ok(Choice { environment: named_or_read(&wanted, folder, client_id)?, managed })
}

/// Notes the environment as the last used. A folder that cannot be written only forgets it.
pub fn remember(environment: &Environment, folder: &DataFolder) {
    let noted = write_whole(&folder.path, LAST_USED, &environment.name);
    if let Err(error) = noted {
        tracing::debug!(kind = ?error.kind(), "the last environment is not remembered");
    }
}

fn named_or_read(
    wanted: &OsStr,
    folder: &DataFolder,
    client_id: Option<&str>,
) -> Result<Environment, EnvironmentError> {
    let path = Path::new(wanted);
    let name = wanted.to_str().filter(|text| is_name(text) && !path.is_file());
    match name {
        Some("public") => Environment::public(client_id),
        Some("sandbox") => Err(EnvironmentError::SandboxNeedsFile),
        Some(name) => parse_file(&folder.path.join(COPIES).join(format!("{name}.toml")))
            .map(|(environment, _)| environment),
        None => {
            let (environment, text) = parse_file(path)?;
            keep_copy(&environment, &text, folder);
            Ok(environment)
        }
    }
}

fn parse_file(path: &Path) -> Result<(Environment, String), EnvironmentError> {
    let text = read_small(path).map_err(|error| EnvironmentError::Unreadable(error.kind().to_string()))?;
    let text =
        String::from_utf8(text).map_err(|_| EnvironmentError::Unreadable("not a text file".to_owned()))?;
    Ok((Environment::parse(&text)?, text))
}

fn keep_copy(environment: &Environment, text: &str, folder: &DataFolder) {
    let copies = folder.path.join(COPIES);
    let kept = write_whole(&copies, &format!("{}.toml", environment.name), text);
    if let Err(error) = kept {
        tracing::debug!(kind = ?error.kind(), "the environment file is not remembered");
    }
}

/// Another process reads the old text or the new one, never half of it, and so does everybody after a crash.
fn write_whole(folder: &Path, name: &str, text: &str) -> std::io::Result<()> {
    let path = folder.join(name);
    if fs::read_to_string(&path).is_ok_and(|there| there == text) {
        return Ok(());
    }
    fs::create_dir_all(folder)?;
    let mut file = tempfile::NamedTempFile::new_in(folder)?;
    file.write_all(text.as_bytes())?;
    file.as_file().sync_all()?;
    file.persist(path)?;
    Ok(())
}

/// No policy is the usual case; one that cannot be read must not be passed over.
fn read_policy(path: &Path) -> Result<Policy, EnvironmentError> {
    let bytes = match read_small(path) {
        Ok(bytes) => bytes,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(Policy::default()),
        Err(error) => return Err(EnvironmentError::Unreadable(format!("policy: {}", error.kind()))),
    };
    let text = String::from_utf8(bytes).map_err(|_| EnvironmentError::Malformed("policy".to_owned()))?;
    toml::from_str(&text).map_err(|error| EnvironmentError::Malformed(format!("policy: {}", error.message())))
}

fn read_small(path: &Path) -> std::io::Result<Vec<u8>> {
    use std::io::Read;
    let mut bytes = Vec::new();
    fs::File::open(path)?.take(LARGEST_FILE + 1).read_to_end(&mut bytes)?;
    if bytes.len() as u64 > LARGEST_FILE {
        return Err(std::io::Error::from(std::io::ErrorKind::FileTooLarge));
    }
    Ok(bytes)
}

fn is_name(text: &str) -> bool {
    (1..=32).contains(&text.len())
        && text.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-')
}

fn absolute(path: &Path) -> PathBuf {
    std::path::absolute(path).unwrap_or_else(|_| path.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    const FILE: &str = r#"
name = "contoso-lab"
metadata = "http://127.0.0.1:9000/organizations/v2.0/.well-known/openid-configuration"
client_id = "lab"
[referrals]
base = "http://127.0.0.1:9000/v1.0/engagements/referrals"
scope = "lab/read"
"#;

    #[test]
    fn a_file_is_remembered_by_its_name() {
        let home = tempfile::tempdir().expect("a folder");
        let folder = DataFolder::at(&home.path().join("data"));
        let file = home.path().join("lab.toml");
        fs::write(&file, FILE).expect("a file");
        let read = named_or_read(file.as_os_str(), &folder, None).expect("the file is good");
        fs::remove_file(&file).expect("the file goes");
        assert_eq!(named_or_read(OsStr::new("contoso-lab"), &folder, None), Ok(read));
    }

    #[test]
    fn what_cannot_be_used_is_refused_and_nothing_taken_instead() {
        let home = tempfile::tempdir().expect("a folder");
        let folder = DataFolder::at(home.path());
        let choose = |text: &str| named_or_read(OsStr::new(text), &folder, None).expect_err("refused");
        assert_eq!(choose("sandbox"), EnvironmentError::SandboxNeedsFile);
        assert_eq!(choose("public"), EnvironmentError::NotSetUp);
        assert!(matches!(choose("never-seen"), EnvironmentError::Unreadable(_)));
        assert!(matches!(choose("/nowhere/at/all.toml"), EnvironmentError::Unreadable(_)));
        let large = home.path().join("large.toml");
        fs::write(&large, vec![b'#'; 70_000]).expect("a file");
        assert!(matches!(choose(large.to_str().expect("a path")), EnvironmentError::Unreadable(_)));
        fs::write(&large, [0xff, 0xfe, 0x00]).expect("a file");
        assert!(matches!(choose(large.to_str().expect("a path")), EnvironmentError::Unreadable(_)));
    }

    #[test]
    fn a_policy_that_cannot_be_read_is_an_error_and_none_is_not() {
        let home = tempfile::tempdir().expect("a folder");
        assert!(read_policy(&home.path().join("none.toml")).is_ok());
        let policy = home.path().join("policy.toml");
        fs::write(&policy, "environment = \"public\"\nclient_id = \"abc\"\n").expect("a file");
        assert_eq!(
            read_policy(&policy).map(|policy| policy.client_id).ok().flatten(),
            Some("abc".to_owned())
        );
        fs::write(&policy, "surprise = 1").expect("a file");
        assert!(matches!(read_policy(&policy).err(), Some(EnvironmentError::Malformed(_))));
    }

    #[test]
    fn every_folder_and_environment_has_its_own_keychain_entries() {
        let one = DataFolder::at(Path::new("/one"));
        let two = DataFolder::at(Path::new("/two"));
        let own = DataFolder { path: PathBuf::from("/own"), overridden: false };
        assert_eq!(own.keychain_service("public"), "com.mpc-connect.desktop.public");
        assert_ne!(one.keychain_service("public"), two.keychain_service("public"));
        assert_ne!(one.keychain_service("lab"), one.keychain_service("public"));
    }
}
