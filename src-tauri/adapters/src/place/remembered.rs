//! Environments that were used before: a copy of each by its name, and the name of the last.

use std::fs;
use std::io::{self, Read as _, Write as _};
use std::path::{Path, PathBuf};

use mpc_connect_core::environment::{Environment, EnvironmentError, PUBLIC, is_name};
use mpc_connect_core::remote_text::RemoteText;

use super::DataFolder;

const LAST_USED: &str = "last-environment";
const COPIES: &str = "environments";
const LARGEST_FILE: u64 = 64 * 1024;

/// The name of the environment that was used last.
pub(super) fn last_used(folder: &DataFolder) -> Option<String> {
    let name = fs::read_to_string(folder.path.join(LAST_USED)).ok()?;
    Some(name.trim().to_owned()).filter(|name| !name.is_empty())
}

/// The environment that was kept under a name.
pub(super) fn known(name: &str, folder: &DataFolder) -> Result<Environment, EnvironmentError> {
    let unknown = || EnvironmentError::UnknownName(RemoteText::clean(name).as_str().to_owned());
    if !is_name(name) {
        return Err(unknown());
    }
    let copy = copy_of(name, folder);
    if !copy.exists() {
        return Err(unknown());
    }
    let environment = parse_file(&copy)?;
    if environment.name == name {
        Ok(environment)
    } else {
        Err(EnvironmentError::Malformed("name".to_owned()))
    }
}

/// The environment of a file, unless its name means another one here.
pub(super) fn read_beside_known(path: &Path, folder: &DataFolder) -> Result<Environment, EnvironmentError> {
    let environment = parse_file(path)?;
    if is_free_for(&environment, folder) {
        return Ok(environment);
    }
    let copy = copy_of(&environment.name, folder);
    Err(EnvironmentError::NameInUse(copy.display().to_string()))
}

/// Keeps a copy and notes the name. A copy of another environment stays as it is.
pub(super) fn keep(environment: &Environment, folder: &DataFolder) -> io::Result<()> {
    let text = environment.file_text().filter(|_| environment.name != PUBLIC);
    if let Some(text) = text {
        if !is_free_for(environment, folder) {
            return Err(io::ErrorKind::AlreadyExists.into());
        }
        write_whole(&copy_of(&environment.name, folder), &text)?;
    }
    write_whole(&folder.path.join(LAST_USED), &environment.name)
}

/// A copy that cannot be read may be of any environment, so it frees nothing.
fn is_free_for(environment: &Environment, folder: &DataFolder) -> bool {
    let copy = copy_of(&environment.name, folder);
    !copy.exists() || parse_file(&copy).is_ok_and(|known| environment.may_replace(&known))
}

fn copy_of(name: &str, folder: &DataFolder) -> PathBuf {
    folder.path.join(COPIES).join(format!("{name}.toml"))
}

fn parse_file(path: &Path) -> Result<Environment, EnvironmentError> {
    let bytes = read_small(path).map_err(|error| EnvironmentError::Unreadable(error.kind().to_string()))?;
    let text =
        String::from_utf8(bytes).map_err(|_| EnvironmentError::Unreadable("not a text file".to_owned()))?;
    Environment::parse(&text)
}

/// At most 64 KiB: the path may name a device or a pipe that never ends.
pub(super) fn read_small(path: &Path) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    fs::File::open(path)?.take(LARGEST_FILE + 1).read_to_end(&mut bytes)?;
    if bytes.len() as u64 > LARGEST_FILE {
        return Err(io::ErrorKind::FileTooLarge.into());
    }
    Ok(bytes)
}

/// Another process reads the old text or the new one, never half of it, and so does everybody after a crash.
fn write_whole(path: &Path, text: &str) -> io::Result<()> {
    if fs::read_to_string(path).is_ok_and(|there| there == text) {
        return Ok(());
    }
    let folder = path.parent().ok_or(io::ErrorKind::InvalidInput)?;
    create_private_folder(folder)?;
    let mut file = tempfile::NamedTempFile::new_in(folder)?;
    file.write_all(text.as_bytes())?;
    file.as_file().sync_all()?;
    file.persist(path)?;
    Ok(())
}

/// For this user alone, as the store makes it; one that is there keeps its rights.
fn create_private_folder(folder: &Path) -> io::Result<()> {
    let mut builder = fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(folder)
}
