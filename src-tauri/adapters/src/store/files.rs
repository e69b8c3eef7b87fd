//! Where the files of one environment are, and who may read them.

use std::fs::{self, File, OpenOptions, TryLockError};
use std::io;
use std::path::{Path, PathBuf, absolute};
use std::thread;
use std::time::{Duration, Instant};

use super::condition::Reason;

/// How long one process waits for another that mends or migrates.
const LONGEST_WAIT: Duration = Duration::from_secs(10);
const LOOK_AGAIN: Duration = Duration::from_millis(20);
const LONGEST_NAME: usize = 32;

/// The files of one environment in the data folder.
#[derive(Clone, Debug)]
pub(super) struct Files {
    folder: PathBuf,
    environment: String,
}

impl Files {
    /// `None` when the name is not of the form `[a-z0-9-]{1,32}`, which keeps it within the folder, or when there is
    /// no current folder for a relative one.
    pub(super) fn new(folder: &Path, environment: &str) -> Option<Self> {
        let fits = |letter: u8| letter.is_ascii_lowercase() || letter.is_ascii_digit() || letter == b'-';
        let is_name = (1..=LONGEST_NAME).contains(&environment.len()) && environment.bytes().all(fits);
        let folder = absolute(folder).ok()?;
        is_name.then(|| Self { folder, environment: environment.to_owned() })
    }

    /// The same names in another folder.
    pub(super) fn in_folder(&self, folder: &Path) -> Self {
        Self { folder: folder.to_owned(), environment: self.environment.clone() }
    }

    pub(super) fn folder(&self) -> &Path {
        &self.folder
    }

    pub(super) fn database(&self) -> PathBuf {
        self.named("db")
    }

    pub(super) fn journal(&self) -> PathBuf {
        self.named("db-journal")
    }

    pub(super) fn backup(&self, version: i32) -> PathBuf {
        self.named(&format!("bak-v{version}.db"))
    }

    /// For a file that is put aside at a time such as `20261122T105804Z`.
    pub(super) fn damaged(&self, time: &str) -> PathBuf {
        self.named(&format!("damaged-{time}.db"))
    }

    fn named(&self, ending: &str) -> PathBuf {
        self.folder.join(format!("{}.{ending}", self.environment))
    }

    /// The damaged files that are kept.
    pub(super) fn kept(&self) -> io::Result<Vec<PathBuf>> {
        self.siblings("damaged-")
    }

    /// Removes every copy of the file: those that migrations made, and the damaged ones with their journals.
    pub(super) fn remove_copies(&self) -> io::Result<()> {
        for copy in self.siblings("bak-v")?.into_iter().chain(self.kept()?) {
            let journal = copy.with_extension("db-journal");
            if journal.exists() {
                fs::remove_file(journal)?;
            }
            fs::remove_file(copy)?;
        }
        Ok(())
    }

    fn siblings(&self, kind: &str) -> io::Result<Vec<PathBuf>> {
        let beginning = format!("{}.{kind}", self.environment);
        let is_one = |path: &PathBuf| {
            let name = path.file_name().and_then(|name| name.to_str()).unwrap_or_default();
            name.starts_with(&beginning) && name.ends_with(".db")
        };
        let entries = fs::read_dir(&self.folder)?.collect::<io::Result<Vec<_>>>()?;
        Ok(entries.into_iter().map(|entry| entry.path()).filter(is_one).collect())
    }

    /// Makes the folder for this user alone. One that is there keeps its rights: it may be the person's own.
    pub(super) fn create_folder(&self) -> io::Result<()> {
        let mut builder = fs::DirBuilder::new();
        builder.recursive(true);
        #[cfg(unix)]
        std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
        builder.create(&self.folder)
    }

    /// Makes an empty file for this user alone, or takes the others' rights from one that is there.
    pub(super) fn create_private(&self, path: &Path) -> io::Result<()> {
        let mut options = OpenOptions::new();
        options.read(true).write(true).create(true).truncate(false);
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        let file = options.open(path)?;
        restrict(&file)
    }

    /// Held while one process mends or migrates, beside the lock of the credential. `None` where the file system has no locks.
    pub(super) fn lock(&self) -> Result<Option<File>, Reason> {
        let path = self.named("mending.lock");
        self.create_private(&path)?;
        let file = File::open(path)?;
        let started = Instant::now();
        loop {
            match file.try_lock() {
                Ok(()) => return Ok(Some(file)),
                Err(TryLockError::WouldBlock) if started.elapsed() < LONGEST_WAIT => {
                    thread::sleep(LOOK_AGAIN)
                }
                Err(TryLockError::WouldBlock) => return Err(Reason::Busy),
                Err(TryLockError::Error(error)) if error.kind() == io::ErrorKind::Unsupported => {
                    return Ok(None);
                }
                Err(TryLockError::Error(error)) => return Err(error.into()),
            }
        }
    }
}

#[cfg(unix)]
fn restrict(file: &File) -> io::Result<()> {
    use std::os::unix::fs::PermissionsExt;
    let permissions = file.metadata()?.permissions();
    if permissions.mode() & 0o077 == 0 {
        return Ok(());
    }
    file.set_permissions(fs::Permissions::from_mode(0o600))
}

/// Elsewhere the folder's rights, inherited from the person's profile, decide.
#[cfg(not(unix))]
fn restrict(_file: &File) -> io::Result<()> {
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::keychain::CredentialLock;
    use crate::place::DataFolder;

    #[tokio::test]
    async fn a_store_that_is_mended_keeps_nobody_from_the_credential() {
        let folder = tempfile::tempdir().expect("a folder");
        let files = Files::new(folder.path(), "public").expect("a name");
        let mending = files.lock().map_err(|_| "the lock is free").expect("locked");
        let credential = DataFolder::at(folder.path()).credential_lock("public");
        assert!(CredentialLock::acquire(&credential, Duration::ZERO).await.is_ok());
        drop(mending);
    }
}
