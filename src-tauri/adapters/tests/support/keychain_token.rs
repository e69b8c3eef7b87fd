//! Tokens of any size, and the connection's credential in a memory keychain.

use std::fmt;

use mpc_connect_adapters::keychain::{Chunked, Identity, KeychainError, Payload};

use crate::keychain_memory::{MemoryStore, SERVICE};

pub(crate) fn jane() -> Identity {
    Identity::new("72f988bf-86f1-41af-91ab-2d7cd011db47", "11111111-2222-3333-4444-555555555555").unwrap()
}

pub(crate) fn connection(store: &MemoryStore) -> Chunked<MemoryStore> {
    Chunked::new(store.clone(), SERVICE, "connection")
}

/// Bytes that a failing test does not print one by one.
#[derive(Clone, PartialEq, Eq)]
pub(crate) struct Token(pub(crate) Vec<u8>);

impl fmt::Debug for Token {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let start = String::from_utf8_lossy(&self.0[..self.0.len().min(12)]);
        write!(f, "{} bytes, {start:?} …", self.0.len())
    }
}

/// Visible ASCII, different for each seed and at each place.
pub(crate) fn token(length: usize, seed: usize) -> Token {
    let byte = |at: usize| b'!' + u8::try_from((at * 7 + at / 94 + seed * 13) % 94).unwrap();
    Token((0..length).map(byte).collect())
}

pub(crate) fn write(store: &MemoryStore, token: &Token) -> Result<u64, KeychainError> {
    connection(store).write(&jane(), &Payload::new(token.0.clone()))
}

pub(crate) fn read(store: &MemoryStore) -> Result<Option<Token>, KeychainError> {
    Ok(connection(store).read()?.map(|held| Token(held.payload.expose().to_vec())))
}
