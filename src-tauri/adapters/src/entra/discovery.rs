//! Metadata and signing keys, kept for the life of the process.

use std::sync::Arc;

use jiff::{SignedDuration, Timestamp};
use mpc_connect_core::failure::Failure;
use tokio::sync::Mutex;
use url::Url;

use super::exchange;
use super::keys::KeySet;
use super::metadata::Metadata;
use crate::http::Client;

/// Keys roll without notice; a stranger's token must not make us ask more often.
const BETWEEN_REFETCHES: SignedDuration = SignedDuration::from_secs(60);

/// What is known of the authority.
pub(super) struct Discovery {
    address: Url,
    http: Client,
    metadata: Mutex<Option<Arc<Metadata>>>,
    keys: Mutex<Keys>,
}

#[derive(Default)]
struct Keys {
    known: Option<(Url, Arc<KeySet>)>,
    refetched: Option<Timestamp>,
}

impl Discovery {
    /// Nothing is read yet.
    pub(super) fn new(address: Url, http: Client) -> Self {
        Self { address, http, metadata: Mutex::new(None), keys: Mutex::new(Keys::default()) }
    }

    /// Reads the metadata anew. Answers the correlation id.
    ///
    /// # Errors
    /// Network failures, an untrusted or unreadable answer; what was known before stays known.
    pub(super) async fn read_metadata(&self) -> Result<Option<String>, Failure> {
        let (body, correlation_id) = exchange::read(&self.http, &self.address).await?;
        let metadata = Metadata::read(&self.address, &body)
            .map_err(|failure| failure.with_correlation_id(correlation_id.clone()))?;
        *self.metadata.lock().await = Some(Arc::new(metadata));
        Ok(correlation_id)
    }

    /// The metadata, read at the first call.
    ///
    /// # Errors
    /// As [`Self::read_metadata`].
    pub(super) async fn metadata(&self) -> Result<Arc<Metadata>, Failure> {
        let mut known = self.metadata.lock().await;
        if let Some(metadata) = known.as_ref() {
            return Ok(Arc::clone(metadata));
        }
        let (body, _) = exchange::read(&self.http, &self.address).await?;
        let metadata = Arc::new(Metadata::read(&self.address, &body)?);
        *known = Some(Arc::clone(&metadata));
        Ok(metadata)
    }

    /// The signing keys, read at the first call.
    ///
    /// # Errors
    /// Network failures, an unreadable answer.
    pub(super) async fn keys(&self, metadata: &Metadata) -> Result<Arc<KeySet>, Failure> {
        let mut keys = self.keys.lock().await;
        match &keys.known {
            Some((address, set)) if *address == metadata.jwks_uri => Ok(Arc::clone(set)),
            Some(_) | None => self.fetch(&mut keys, metadata).await,
        }
    }

    /// Keys newer than `tried`, asked for at most once a minute; `None` where there are none.
    ///
    /// # Errors
    /// As [`Self::keys`].
    pub(super) async fn keys_after(
        &self,
        tried: &Arc<KeySet>,
        metadata: &Metadata,
        now: Timestamp,
    ) -> Result<Option<Arc<KeySet>>, Failure> {
        let mut keys = self.keys.lock().await;
        if let Some((_, known)) = keys.known.as_ref().filter(|(_, known)| !Arc::ptr_eq(known, tried)) {
            return Ok(Some(Arc::clone(known)));
        }
        // A clock that was set back must not lock the keys for longer than a minute either.
        let too_soon = |last: Timestamp| now.duration_since(last).abs() < BETWEEN_REFETCHES;
        if keys.refetched.is_some_and(too_soon) {
            return Ok(None);
        }
        keys.refetched = Some(now);
        self.fetch(&mut keys, metadata).await.map(Some)
    }

    async fn fetch(&self, keys: &mut Keys, metadata: &Metadata) -> Result<Arc<KeySet>, Failure> {
        let (body, _) = exchange::read(&self.http, &metadata.jwks_uri).await?;
        let set = Arc::new(KeySet::read(&body)?);
        keys.known = Some((metadata.jwks_uri.clone(), Arc::clone(&set)));
        Ok(set)
    }
}
