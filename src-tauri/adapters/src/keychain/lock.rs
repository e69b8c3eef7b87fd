//! One process at a time between reading the credential and writing its successor.
//!
//! Entra ID rotates refresh tokens, so two processes that refresh the same one at once would each keep a successor
//! and one would overwrite the other. The operating system frees the lock when the holder dies.

use std::{
    fs::{File, OpenOptions, TryLockError},
    io,
    path::{Path, PathBuf},
    sync::mpsc,
    time::{Duration, Instant},
};

/// How long a waiter lets the holder go on before it looks again; bounds what a contended start adds.
const LOOK_AGAIN: Duration = Duration::from_millis(20);

/// Held until dropped, or until the process ends.
#[derive(Debug)]
pub struct CredentialLock {
    _file: File,
}

/// Why the lock was not taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum LockError {
    /// Another holder kept it all the time.
    #[error("another process is using the credential")]
    TimedOut,
    /// The lock file cannot be opened or locked, for example in a read-only folder.
    #[error("the lock file cannot be used: {0}")]
    Io(io::ErrorKind),
}

impl From<io::Error> for LockError {
    fn from(error: io::Error) -> Self {
        Self::Io(error.kind())
    }
}

impl CredentialLock {
    /// Waits for the lock on this file, which is created empty if missing and never removed. Dropping the future
    /// ends the wait at once.
    ///
    /// # Errors
    /// [`LockError::TimedOut`] after `timeout`, [`LockError::Io`] where the file cannot be used.
    pub async fn acquire(path: &Path, timeout: Duration) -> Result<Self, LockError> {
        let path = PathBuf::from(path);
        // Lives as long as this future; the waiting thread notices when it is gone.
        let (_waiting, given_up) = mpsc::channel::<()>();
        let attempt = tokio::task::spawn_blocking(move || wait_for(&path, timeout, &given_up));
        attempt.await.map_err(|_| LockError::Io(io::ErrorKind::Interrupted))?
    }
}

fn wait_for(
    path: &Path,
    timeout: Duration,
    given_up: &mpsc::Receiver<()>,
) -> Result<CredentialLock, LockError> {
    let started = Instant::now();
    let mut options = OpenOptions::new();
    options.read(true).write(true).create(true).truncate(false);
    // Whoever may open it may keep others from the credential.
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let file = options.open(path)?;
    loop {
        match file.try_lock() {
            Ok(()) => return Ok(CredentialLock { _file: file }),
            Err(TryLockError::WouldBlock) => {}
            Err(TryLockError::Error(error)) => return Err(error.into()),
        }
        let left = timeout.saturating_sub(started.elapsed());
        if left.is_zero() {
            return Err(LockError::TimedOut);
        }
        if given_up.recv_timeout(left.min(LOOK_AGAIN)) == Err(mpsc::RecvTimeoutError::Disconnected) {
            return Err(LockError::TimedOut);
        }
    }
}
