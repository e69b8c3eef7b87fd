//! The keychain and the lock behind the core's port.

use std::path::PathBuf;
use std::time::Duration;

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
}

impl KeychainVault {
    /// The credential under a service name, with the file that processes lock.
    #[must_use]
    pub fn new(keychain: Keychain, lock: PathBuf) -> Self {
        Self { keychain, lock }
    }
}

impl Vault for KeychainVault {
    type Lock = CredentialLock;

    async fn lock(&self) -> Result<CredentialLock, Failure> {
        if let Some(folder) = self.lock.parent() {
            // A folder that cannot be made shows itself in the next line.
            let _ = tokio::fs::create_dir_all(folder).await;
        }
        CredentialLock::acquire(&self.lock, ANOTHER_PROCESS).await.map_err(|error| match error {
            LockError::TimedOut => Failure::of(FailureClass::RetryLater).with_code("another process"),
            LockError::Io(kind) => Failure::of(FailureClass::StoreNotWritable).with_code(kind.to_string()),
        })
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
