//! The keychain and the lock behind the core's port.

use std::path::{Path, PathBuf};
use std::time::Duration;

use aws_lc_rs::digest;
use mpc_connect_core::failure::{Failure, FailureClass};
use mpc_connect_core::identity::Identity;
use mpc_connect_core::ports::{Held, Vault};
use mpc_connect_core::secret::RefreshToken;

use crate::keychain::{self, CredentialLock, Keychain, KeychainError, LockError, Payload};

/// A person may be asked to unlock the keychain and needs time to answer.
const PERSON: Duration = Duration::from_secs(60);
/// One refresh with all its attempts fits in, so that only a process that hangs is given up on.
const ANOTHER_PROCESS: Duration = Duration::from_secs(90);

/// The credential of one environment.
pub struct KeychainVault {
    keychain: Keychain,
    lock: PathBuf,
    other_lock: PathBuf,
}

impl KeychainVault {
    /// The credential under a service name, with the file that processes lock. Where that cannot be used, as in a
    /// read-only folder, they lock one in the platform's runtime folder instead.
    #[must_use]
    pub fn new(keychain: Keychain, lock: PathBuf) -> Self {
        let other_lock = runtime_lock(keychain.service());
        Self { keychain, lock, other_lock }
    }
}

/// A place that this person can write while the session lasts; in a folder that everybody shares, under a name that
/// nobody else's has.
fn runtime_lock(service: &str) -> PathBuf {
    let bases = directories::BaseDirs::new();
    let runtime = bases.as_ref().and_then(|bases| bases.runtime_dir());
    let folder = runtime.map_or_else(std::env::temp_dir, Path::to_path_buf);
    let home = bases.as_ref().map(|bases| bases.home_dir().as_os_str().as_encoded_bytes());
    let hash = digest::digest(&digest::SHA256, home.unwrap_or_default());
    let person: String = hash.as_ref().iter().take(6).map(|byte| format!("{byte:02x}")).collect();
    folder.join(format!("{service}.{person}.lock"))
}

fn lock_failure(error: LockError) -> Failure {
    match error {
        LockError::TimedOut => Failure::busy_elsewhere(),
        LockError::Io(kind) => Failure::of(FailureClass::StoreNotWritable).with_code(kind.to_string()),
    }
}

impl Vault for KeychainVault {
    type Lock = CredentialLock;

    async fn lock(&self) -> Result<CredentialLock, Failure> {
        if let Some(folder) = self.lock.parent() {
            // A folder that cannot be made shows itself in the next line.
            let _ = tokio::fs::create_dir_all(folder).await;
        }
        match CredentialLock::acquire(&self.lock, ANOTHER_PROCESS).await {
            Err(LockError::Io(kind)) => {
                tracing::debug!(%kind, "the lock file cannot be used; another takes its place");
                CredentialLock::acquire(&self.other_lock, ANOTHER_PROCESS).await.map_err(lock_failure)
            }
            taken => taken.map_err(lock_failure),
        }
    }

    async fn probe(&self) -> Result<(), Failure> {
        self.keychain.probe(PERSON).await.map_err(failure)
    }

    async fn read(&self) -> Result<Option<Held>, Failure> {
        let Some(held) = self.keychain.read(PERSON).await.map_err(failure)? else { return Ok(None) };
        let token = std::str::from_utf8(held.payload.expose()).map_err(|_| failure(KeychainError::Broken))?;
        let identity = Identity {
            tenant: held.identity.tenant().to_owned(),
            object: held.identity.object_id().to_owned(),
        };
        Ok(Some(Held { identity, token: RefreshToken::new(token) }))
    }

    async fn write(&self, identity: &Identity, token: &RefreshToken) -> Result<(), Failure> {
        let identity = keychain::Identity::new(&identity.tenant, &identity.object)
            .map_err(|_| Failure::of(FailureClass::UnexpectedAnswer).with_code("identity"))?;
        let payload = Payload::new(token.expose().as_bytes().to_vec());
        self.keychain.write(&identity, payload, PERSON).await.map_err(failure)?;
        Ok(())
    }

    async fn delete(&self) -> Result<(), Failure> {
        self.keychain.delete(PERSON).await.map_err(failure)
    }
}

/// Nothing of the keychain's own words reaches a person: they differ by platform and help nobody.
fn failure(error: KeychainError) -> Failure {
    let class = match error {
        KeychainError::Locked | KeychainError::TimedOut | KeychainError::Busy => FailureClass::KeychainLocked,
        KeychainError::NoStore | KeychainError::TooBig | KeychainError::Failed(_) => {
            FailureClass::KeychainMissing
        }
        KeychainError::Broken | KeychainError::NewerVersion => FailureClass::KeychainDamaged,
    };
    let code = match error {
        KeychainError::TimedOut | KeychainError::Busy => Some("no answer".to_owned()),
        KeychainError::TooBig => Some("too large".to_owned()),
        KeychainError::NewerVersion => Some("newer version".to_owned()),
        KeychainError::Failed(kind) => Some(format!("{kind:?}")),
        KeychainError::Locked | KeychainError::NoStore | KeychainError::Broken => None,
    };
    Failure { code, ..Failure::of(class) }
}

#[cfg(test)]
mod tests {
    use mpc_connect_core::failure::Actor;

    use super::*;

    /// Two processes whose data folder takes no lock file.
    fn vault(other_lock: &Path) -> KeychainVault {
        let lock = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("Cargo.toml/data/public.lock");
        KeychainVault { other_lock: other_lock.to_owned(), ..KeychainVault::new(Keychain::new("test"), lock) }
    }

    #[tokio::test]
    async fn where_the_lock_file_cannot_be_made_the_other_process_is_waited_for_all_the_same() {
        let folder = tempfile::tempdir().expect("a folder");
        let other_lock = folder.path().join("other.lock");
        let (one, two) = (vault(&other_lock), vault(&other_lock));
        let held = one.lock().await.expect("the other file is locked");
        let mut waiting = std::pin::pin!(two.lock());
        let early = tokio::time::timeout(Duration::from_millis(100), &mut waiting).await;
        assert!(early.is_err(), "two have the lock");
        drop(held);
        waiting.await.expect("it is free now");
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt;
            let mode = std::fs::metadata(&other_lock).expect("the file").permissions().mode();
            assert_eq!(mode & 0o777, 0o600);
        }
    }

    #[tokio::test]
    async fn where_no_lock_file_can_be_made_at_all_the_failure_says_so() {
        let nowhere = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("Cargo.toml/other.lock");
        let failure = vault(&nowhere).lock().await.expect_err("no place for a file");
        assert_eq!(failure.class, FailureClass::StoreNotWritable);
        assert_eq!(lock_failure(LockError::TimedOut).actor(), Actor::User, "Microsoft has no part in it");
    }

    #[test]
    fn the_other_lock_is_named_by_service_and_person() {
        let (one, two) = (runtime_lock("service.one"), runtime_lock("service.two"));
        assert_ne!(one, two);
        assert_eq!(one, runtime_lock("service.one"), "every process finds the same");
        assert!(one.parent().expect("a folder").is_dir());
    }
}
