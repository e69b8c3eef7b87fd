//! The layout: one credential over entries of at most 2,560 bytes, so that a write cut short never reads as a mix.
//!
//! The head entry decides alone. A payload that does not fit into it lies in chunks of the generation that the head
//! names; they are written and read back before the head, and the older generation goes after it. Chunk accounts
//! number a few slots (`generation % 4`) instead of generations, because the stores cannot be listed on all
//! platforms and an orphan must be findable without a head.

use aws_lc_rs::rand;
use base64::{Engine as _, engine::general_purpose::STANDARD as BASE64};
use secrecy::zeroize::Zeroizing;

use super::{
    KeychainError,
    head::{Encoding, Head, Place, digest},
    secret::{Entry, Held, Identity, Payload},
    store::{FailureKind, SecretStore, StoreError},
};

/// The most bytes a credential may have.
pub const PAYLOAD_LIMIT: usize = 32_768;

/// The most bytes of one entry. Source: Win32 `CRED_MAX_CREDENTIAL_BLOB_SIZE`, 5 × 512.
pub const ENTRY_LIMIT: usize = 2_560;

/// The bytes of payload text in one chunk, and the most that the head takes along.
pub const CHUNK_SIZE: usize = 2_400;

/// The longest payload in Base64, in chunks.
const MAX_CHUNKS: usize = (PAYLOAD_LIMIT.div_ceil(3) * 4).div_ceil(CHUNK_SIZE);

/// A live generation, the one before and the one after never share a slot.
const SLOTS: u64 = 4;

/// How often a reader starts again when another process replaces the credential meanwhile.
const READ_ATTEMPTS: usize = 3;

/// The bytes of a probe: chunked, as a large token is.
const PROBE_SIZE: usize = 4_096;

/// One credential in a [`SecretStore`], under a service and an account of its own.
pub struct Chunked<S> {
    store: S,
    service: String,
    account: String,
}

impl<S: SecretStore> Chunked<S> {
    /// The credential kept under this service and account; nothing is touched yet.
    pub fn new(store: S, service: &str, account: &str) -> Self {
        Self { store, service: service.to_owned(), account: account.to_owned() }
    }

    /// The credential, or `None` where there is no head.
    ///
    /// # Errors
    /// `NewerVersion`, `Broken`, or what the store says.
    pub fn read(&self) -> Result<Option<Held>, KeychainError> {
        let Some(mut entry) = self.head_entry()? else { return Ok(None) };
        for _ in 0..READ_ATTEMPTS {
            let head = Head::parse(&entry)?;
            let outcome = self.read_payload(&head);
            if !matches!(outcome, Err(KeychainError::Broken)) {
                return outcome.map(|payload| Some(held(head, payload)));
            }
            // A writer removes the chunks under a reader's feet; then the head has changed as well.
            match self.head_entry()? {
                None => return Ok(None),
                Some(now) if now == entry => break,
                Some(now) => entry = now,
            }
        }
        Err(KeychainError::Broken)
    }

    /// Replaces the credential. Success means: written, read back, and the same.
    ///
    /// Returns the new generation.
    ///
    /// # Errors
    /// `TooBig` before anything is written; `NewerVersion` with nothing changed; `Broken` where the store gave back
    /// something else; or what the store says. The old credential stays whole until the new one is.
    pub fn write(&self, identity: &Identity, payload: &Payload) -> Result<u64, KeychainError> {
        match payload.expose().len() {
            0 => return Err(KeychainError::Failed(FailureKind::Refused)),
            1..=PAYLOAD_LIMIT => {}
            _ => return Err(KeychainError::TooBig),
        }
        let previous = self.previous()?;
        let generation = previous.generation().checked_add(1).unwrap_or(1);
        let (head, chunks) = plan(identity, generation, payload);
        for (number, chunk) in chunks.iter().enumerate() {
            self.set_and_compare(&self.chunk_account(generation, number), chunk)?;
        }
        self.set_and_compare(&self.account, &head)?;
        self.clear_after_write(generation, chunks.len(), &previous);
        Ok(generation)
    }

    /// Removes the head, then every chunk there can be.
    ///
    /// # Errors
    /// `NewerVersion` with nothing changed, or what the store says; asking again goes on where this stopped.
    pub fn delete(&self) -> Result<(), KeychainError> {
        self.previous()?;
        self.delete_entry(&self.account)?;
        self.clear_all(MAX_CHUNKS)?;
        match self.head_entry()? {
            None => Ok(()),
            Some(_) => Err(KeychainError::Failed(FailureKind::Platform)),
        }
    }

    /// Writes, reads, compares and deletes random bytes: proves that a large token could be kept. Use it on an
    /// account of its own.
    ///
    /// # Errors
    /// As [`Chunked::write`], [`Chunked::read`] and [`Chunked::delete`].
    pub fn probe(&self) -> Result<(), KeychainError> {
        let unknown = KeychainError::Failed(FailureKind::Unknown);
        let mut noise = [0_u8; PROBE_SIZE / 4 * 3];
        rand::fill(&mut noise).map_err(|_| unknown)?;
        let dummy = Payload::new(BASE64.encode(noise).into_bytes());
        let nobody = Identity::new("probe", "probe").map_err(|_| unknown)?;
        let outcome = self.write(&nobody, &dummy).and_then(|_| self.read());
        if let Err(error @ (KeychainError::Locked | KeychainError::NoStore)) = outcome {
            // Cleaning up would ask the person to unlock once more.
            return Err(error);
        }
        let cleaned = self.delete_entry(&self.account).and_then(|()| self.clear_all(0));
        let same = outcome?.is_some_and(|held| held.payload.expose() == dummy.expose());
        cleaned?;
        if same { Ok(()) } else { Err(KeychainError::Broken) }
    }

    fn head_entry(&self) -> Result<Option<Entry>, KeychainError> {
        match self.store.get(&self.service, &self.account) {
            Ok(entry) => Ok(Some(entry)),
            Err(StoreError::NotThere) => Ok(None),
            Err(error) => Err(error.into()),
        }
    }

    fn previous(&self) -> Result<Previous, KeychainError> {
        let parsed = self.head_entry().and_then(|entry| entry.map(|entry| Head::parse(&entry)).transpose());
        match parsed {
            Ok(None) => Ok(Previous::Absent),
            Ok(Some(head)) => Ok(Previous::Readable(head)),
            Err(KeychainError::Broken) => Ok(Previous::Damaged),
            Err(error) => Err(error),
        }
    }

    fn read_payload(&self, head: &Head) -> Result<Payload, KeychainError> {
        let text = match &head.place {
            Place::Inline(text) => return head.open(text).ok_or(KeychainError::Broken),
            Place::Chunks(count) => self.read_chunks(head.generation, *count)?,
        };
        head.open(&text).ok_or(KeychainError::Broken)
    }

    fn read_chunks(&self, generation: u64, count: usize) -> Result<Entry, KeychainError> {
        let mut text = Zeroizing::new(Vec::with_capacity(count * CHUNK_SIZE));
        for number in 0..count {
            let chunk = self.store.get(&self.service, &self.chunk_account(generation, number))?;
            if chunk.len() > CHUNK_SIZE {
                return Err(KeychainError::Broken);
            }
            text.extend_from_slice(&chunk);
        }
        Ok(text)
    }

    fn set_and_compare(&self, account: &str, entry: &[u8]) -> Result<(), KeychainError> {
        self.store.set(&self.service, account, entry)?;
        let kept = self.store.get(&self.service, account)?;
        if kept.as_slice() == entry { Ok(()) } else { Err(KeychainError::Broken) }
    }

    /// The credential is safe by now, so a failure here is left to the next write.
    fn clear_after_write(&self, generation: u64, count: usize, previous: &Previous) {
        for slot in 0..SLOTS {
            let first = if slot == generation % SLOTS { count } else { 0 };
            if let Err(error) = self.clear(slot, first, previous.chunks_in(slot)) {
                tracing::warn!(%error, slot, "older pieces stay in the keychain until the next write");
            }
        }
    }

    fn clear_all(&self, at_least: usize) -> Result<(), KeychainError> {
        (0..SLOTS).try_for_each(|slot| self.clear(slot, 0, at_least))
    }

    /// Deletes the chunks of a slot from `first` on: up to `at_least` whatever is there, and as far beyond as they
    /// follow each other. From the last to the first, so that a walk cut short leaves no gap to stop the next one.
    fn clear(&self, slot: u64, first: usize, at_least: usize) -> Result<(), KeychainError> {
        let mut end = first.max(at_least);
        while end < MAX_CHUNKS && self.is_there(&self.chunk_account(slot, end))? {
            end += 1;
        }
        (first..end).rev().try_for_each(|number| self.delete_entry(&self.chunk_account(slot, number)))
    }

    fn is_there(&self, account: &str) -> Result<bool, KeychainError> {
        match self.store.get(&self.service, account) {
            Ok(_) | Err(StoreError::Broken) => Ok(true),
            Err(StoreError::NotThere) => Ok(false),
            Err(error) => Err(error.into()),
        }
    }

    fn delete_entry(&self, account: &str) -> Result<(), KeychainError> {
        match self.store.delete(&self.service, account) {
            Ok(()) | Err(StoreError::NotThere) => Ok(()),
            Err(error) => Err(error.into()),
        }
    }

    fn chunk_account(&self, generation: u64, number: usize) -> String {
        format!("{}#{}#{number}", self.account, generation % SLOTS)
    }
}

/// What a write replaces.
enum Previous {
    Absent,
    Damaged,
    Readable(Head),
}

impl Previous {
    fn generation(&self) -> u64 {
        match self {
            Self::Readable(head) => head.generation,
            Self::Absent | Self::Damaged => 0,
        }
    }

    /// How many chunks may lie in a slot even where they do not follow each other.
    fn chunks_in(&self, slot: u64) -> usize {
        match self {
            Self::Readable(head) if head.generation % SLOTS == slot => head.chunks(),
            Self::Readable(_) | Self::Absent => 0,
            Self::Damaged => MAX_CHUNKS,
        }
    }
}

fn held(head: Head, payload: Payload) -> Held {
    Held { identity: head.identity, generation: head.generation, payload }
}

/// The head's text and the chunks' texts: no chunks where everything fits into the head.
fn plan(identity: &Identity, generation: u64, payload: &Payload) -> (Entry, Vec<Entry>) {
    let encoding = Encoding::of(payload.expose());
    let text = encoding.encode(payload.expose());
    let mut head = Head {
        identity: identity.clone(),
        generation,
        encoding,
        length: payload.expose().len(),
        digest: digest(identity, generation, payload.expose()),
        place: Place::Inline(text.clone()),
    };
    let whole = head.render();
    if text.len() <= CHUNK_SIZE && whole.len() <= ENTRY_LIMIT {
        return (whole, Vec::new());
    }
    let chunks: Vec<Entry> = text.chunks(CHUNK_SIZE).map(|chunk| Zeroizing::new(chunk.to_vec())).collect();
    head.place = Place::Chunks(chunks.len());
    (head.render(), chunks)
}
