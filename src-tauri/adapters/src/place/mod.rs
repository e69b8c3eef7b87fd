//! Which environment this start works in, and where its data lives.

mod remembered;
mod wanted;

use std::ffi::OsStr;
use std::path::{Path, PathBuf};

use aws_lc_rs::digest;
use mpc_connect_core::environment::{Environment, EnvironmentError, PUBLIC, SANDBOX};

use crate::platform;
use crate::store::Store;
use wanted::{Policy, Sources, Wanted, wanted};

/// The application's identifier, also the first part of the keychain's service name.
pub const APPLICATION: &str = "com.mpc-connect.desktop";
const DATA_VARIABLE: &str = "MPC_CONNECT_DATA";
const ENVIRONMENT_VARIABLE: &str = "MPC_CONNECT_ENVIRONMENT";
/// Given to a release when it is built.
const BUILT_IN_CLIENT_ID: Option<&str> = option_env!("MPC_CONNECT_CLIENT_ID");

/// The folder of the data, and whether the person chose another than the platform's.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DataFolder {
    /// The folder; it may not exist yet.
    pub path: PathBuf,
    keychain: Keychain,
}

/// How the folder's entries in the keychain are told apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Keychain {
    /// By the environment alone: the platform's own folder.
    Plain,
    /// By the chosen folder too.
    OfFolder,
    /// By one name for every folder that is gone after use, so that nothing piles up.
    ThrowAway,
}

/// An environment and who chose it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Choice {
    /// The environment.
    pub environment: Environment,
    /// Whether the organization's policy fixes it.
    pub managed: bool,
}

impl DataFolder {
    /// `MPC_CONNECT_DATA`, or `mpc-connect` in the platform's data folder. `None` where the platform names none.
    #[must_use]
    pub fn of_this_person() -> Option<Self> {
        let chosen = std::env::var_os(DATA_VARIABLE).filter(|value| !value.is_empty());
        match chosen {
            Some(path) => Some(Self { path: absolute(Path::new(&path)), keychain: Keychain::OfFolder }),
            None => directories::BaseDirs::new()
                .map(|bases| Self { path: bases.data_dir().join("mpc-connect"), keychain: Keychain::Plain }),
        }
    }

    /// A folder given by a test or a script.
    #[must_use]
    pub fn at(path: &Path) -> Self {
        Self { path: absolute(path), keychain: Keychain::OfFolder }
    }

    /// A folder that is gone after use.
    #[must_use]
    pub fn throw_away(path: &Path) -> Self {
        Self { path: absolute(path), keychain: Keychain::ThrowAway }
    }

    /// The keychain's service name: separate for each environment, and for each chosen folder.
    #[must_use]
    pub fn keychain_service(&self, environment: &str) -> String {
        let service = format!("{APPLICATION}.{environment}");
        match self.keychain {
            Keychain::Plain => return service,
            Keychain::ThrowAway => return format!("{service}.throw-away"),
            Keychain::OfFolder => {}
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
/// Writes nothing, so that a command that only reads leaves no trace.
///
/// # Errors
/// When the one chosen cannot be used; another is never taken instead.
pub fn choose_environment(argument: Option<&OsStr>, folder: &DataFolder) -> Result<Choice, EnvironmentError> {
    let policy = Policy::read(&platform::policy_file())?;
    let client_id = policy.client_id.as_deref().or(BUILT_IN_CLIENT_ID);
    let managed = policy.environment.is_some();
    let wanted = wanted(Sources {
        policy: policy.environment,
        argument: argument.map(OsStr::to_os_string),
        variable: std::env::var_os(ENVIRONMENT_VARIABLE).filter(|value| !value.is_empty()),
        last_used: remembered::last_used(folder),
    })?;
    Ok(Choice { environment: called(&wanted, folder, client_id)?, managed })
}

/// Notes the environment as the last used, and keeps it so that its name alone calls it again. For commands that work
/// with a connection. A folder that cannot be written only forgets it.
pub fn remember(environment: &Environment, folder: &DataFolder) {
    if let Err(error) = remembered::keep(environment, folder) {
        tracing::debug!(kind = ?error.kind(), "the environment is not remembered");
    }
}

/// Whether an environment that was used here has no history file any more, or an empty one.
///
/// Whoever writes makes the lock file before the history's first entry and leaves it there.
#[must_use]
pub fn history_is_lost(environment: &Environment, folder: &DataFolder) -> bool {
    let name = &environment.name;
    let was_used = |store: &Store| store.path().exists() || folder.credential_lock(name).exists();
    let store = Store::open_read_only(&folder.path, name);
    store.is_ok_and(|store| !store.held_something() && was_used(&store))
}

fn called(
    wanted: &Wanted,
    folder: &DataFolder,
    client_id: Option<&str>,
) -> Result<Environment, EnvironmentError> {
    match wanted {
        Wanted::Name(name) if name == PUBLIC => Environment::public(client_id),
        Wanted::Name(name) if name == SANDBOX => Err(EnvironmentError::SandboxNeedsFile),
        Wanted::Name(name) => remembered::known(name, folder),
        Wanted::File(path) => remembered::read_beside_known(path, folder),
    }
}

fn absolute(path: &Path) -> PathBuf {
    std::path::absolute(path).unwrap_or_else(|_| path.to_owned())
}

#[cfg(test)]
mod tests;
