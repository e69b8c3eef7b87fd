//! The keychain seen from async code: hanging, locked, missing and panicking stores.

#[cfg(test)]
#[path = "support/keychain_memory.rs"]
mod keychain_memory;

#[cfg(test)]
mod tests {
    use std::{
        future::Future,
        sync::{
            Arc,
            atomic::{AtomicBool, Ordering},
        },
        time::Duration,
    };

    use mpc_connect_adapters::keychain::{Held, Identity, Keychain, KeychainError, Payload, StoreError};
    use tokio::time::timeout;

    use crate::keychain_memory::{MemoryStore, Mood, SERVICE};

    const SOON: Duration = Duration::from_millis(50);
    const AMPLE: Duration = Duration::from_secs(20);

    fn keychain(store: &MemoryStore) -> Keychain {
        let store = store.clone();
        Keychain::with_store(SERVICE, move || Ok(store.clone()))
    }

    fn jane() -> Identity {
        Identity::new("tenant", "jane").unwrap()
    }

    async fn write(keychain: &Keychain, token: &str) -> Result<u64, KeychainError> {
        keychain.write(&jane(), Payload::new(token.into()), AMPLE).await
    }

    fn token(held: Option<Held>) -> Option<String> {
        held.map(|held| String::from_utf8(held.payload.expose().to_vec()).unwrap())
    }

    async fn until<F: Future<Output = bool>>(condition: impl Fn() -> F) {
        let wait = async {
            while !condition().await {
                tokio::task::yield_now().await;
            }
        };
        timeout(AMPLE, wait).await.expect("the condition never came true");
    }

    /// The first answer that is not "an earlier call is still under way".
    async fn read_when_free(keychain: &Keychain) -> Result<Option<Held>, KeychainError> {
        until(|| async { !matches!(keychain.read(AMPLE).await, Err(KeychainError::Busy)) }).await;
        keychain.read(AMPLE).await
    }

    #[tokio::test]
    async fn a_credential_is_written_read_probed_around_and_deleted() {
        let store = MemoryStore::default();
        let keychain = keychain(&store);
        assert!(keychain.read(AMPLE).await.unwrap().is_none());
        assert_eq!(write(&keychain, "token").await, Ok(1));
        keychain.probe(AMPLE).await.unwrap();
        let held = keychain.read(AMPLE).await.unwrap().unwrap();
        assert_eq!((held.identity.clone(), held.generation), (jane(), 1));
        assert_eq!(token(Some(held)).as_deref(), Some("token"));
        keychain.delete(AMPLE).await.unwrap();
        assert!(store.entries().is_empty());
    }

    /// REQ-KC-05.
    #[tokio::test]
    async fn a_store_that_never_answers_stops_neither_the_program_nor_queues_a_second_call() {
        let store = MemoryStore::default();
        let keychain = keychain(&store);
        store.set_mood(Mood::Hangs);
        // The runtime has this one thread: the other branch runs only if the call does not block it.
        let (outcome, asked) = tokio::join!(keychain.read(SOON), until(|| async { store.calls() == 1 }));
        assert_eq!((outcome.map(drop), asked), (Err(KeychainError::TimedOut), ()));
        for _ in 0..3 {
            let second = timeout(AMPLE / 2, keychain.read(AMPLE)).await.expect("not at once");
            assert_eq!(second.map(drop), Err(KeychainError::Busy));
            assert_eq!(keychain.probe(AMPLE).await, Err(KeychainError::Busy));
            assert_eq!(write(&keychain, "x").await, Err(KeychainError::Busy));
            assert_eq!(keychain.delete(AMPLE).await, Err(KeychainError::Busy));
        }
        assert_eq!((store.calls(), store.sets()), (1, 0));
        store.set_mood(Mood::Works);
        assert!(read_when_free(&keychain).await.unwrap().is_none());
        assert_eq!(write(&keychain, "token").await, Ok(1));
    }

    #[tokio::test]
    async fn a_cancelled_call_is_abandoned_like_one_that_timed_out() {
        let store = MemoryStore::default();
        let keychain = keychain(&store);
        store.set_mood(Mood::Hangs);
        tokio::select! {
            outcome = keychain.read(AMPLE) => panic!("{outcome:?}"),
            () = until(|| async { store.calls() == 1 }) => {}
        }
        assert_eq!(write(&keychain, "x").await, Err(KeychainError::Busy));
        store.set_mood(Mood::Works);
        assert!(read_when_free(&keychain).await.unwrap().is_none());
        assert!(store.entries().is_empty(), "the refused write was done");
    }

    #[tokio::test]
    async fn a_call_waits_behind_one_that_is_attended_to() {
        let store = MemoryStore::default();
        let keychain = keychain(&store);
        store.set_mood(Mood::Hangs);
        let release = async {
            until(|| async { store.calls() == 1 }).await;
            assert_eq!(keychain.read(SOON).await.map(drop), Err(KeychainError::Busy), "its own time is over");
            store.set_mood(Mood::Works);
        };
        let (first, second, ()) = tokio::join!(write(&keychain, "a"), write(&keychain, "b"), release);
        assert_eq!((first, second), (Ok(1), Ok(2)));
        assert_eq!(token(keychain.read(AMPLE).await.unwrap()).as_deref(), Some("b"));
    }

    #[tokio::test]
    async fn a_store_that_was_missing_is_found_as_soon_as_it_is_there() {
        let store = MemoryStore::default();
        let there = Arc::new(AtomicBool::new(false));
        let (opened, is_there) = (store.clone(), Arc::clone(&there));
        let keychain = Keychain::with_store(SERVICE, move || {
            if is_there.load(Ordering::SeqCst) { Ok(opened.clone()) } else { Err(StoreError::NoStore) }
        });
        assert_eq!(keychain.probe(AMPLE).await, Err(KeychainError::NoStore));
        assert_eq!(keychain.read(AMPLE).await.map(drop), Err(KeychainError::NoStore));
        there.store(true, Ordering::SeqCst);
        keychain.probe(AMPLE).await.unwrap();
        assert_eq!(write(&keychain, "token").await, Ok(1));
    }

    #[tokio::test]
    async fn nothing_found_after_a_lock_is_not_taken_for_gone() {
        let store = MemoryStore::default();
        let keychain = keychain(&store);
        write(&keychain, "token").await.unwrap();
        store.set_mood(Mood::Fails(StoreError::Locked));
        assert_eq!(keychain.read(AMPLE).await.map(drop), Err(KeychainError::Locked));
        store.set_mood(Mood::Hides);
        for _ in 0..2 {
            assert_eq!(keychain.read(AMPLE).await.map(drop), Err(KeychainError::Locked));
        }
        store.set_mood(Mood::Works);
        assert_eq!(token(keychain.read(AMPLE).await.unwrap()).as_deref(), Some("token"));
    }

    #[tokio::test]
    async fn an_entry_gone_while_the_keychain_was_locked_is_gone_once_a_probe_passes() {
        let store = MemoryStore::default();
        let keychain = keychain(&store);
        write(&keychain, "token").await.unwrap();
        store.set_mood(Mood::Fails(StoreError::Locked));
        assert_eq!(keychain.read(AMPLE).await.map(drop), Err(KeychainError::Locked));
        store.set_mood(Mood::Works);
        store.remove("connection");
        let sets = store.sets();
        assert!(keychain.read(AMPLE).await.unwrap().is_none());
        assert!(store.sets() > sets, "believed without a probe");
        let sets = store.sets();
        assert!(keychain.read(AMPLE).await.unwrap().is_none());
        assert_eq!(store.sets(), sets, "an open keychain is probed again");
    }

    #[tokio::test]
    async fn nothing_found_after_a_time_out_is_not_taken_for_gone() {
        let store = MemoryStore::default();
        let keychain = keychain(&store);
        write(&keychain, "token").await.unwrap();
        store.set_mood(Mood::Hangs);
        assert_eq!(keychain.read(SOON).await.map(drop), Err(KeychainError::TimedOut));
        // The person dismisses the question: the call that nobody waits for ends with "nothing there".
        store.set_mood(Mood::Hides);
        assert_eq!(read_when_free(&keychain).await.map(drop), Err(KeychainError::Locked));
    }

    #[tokio::test]
    async fn a_store_that_panics_costs_one_call() {
        let store = MemoryStore::default();
        let keychain = keychain(&store);
        store.set_mood(Mood::Panics);
        assert!(matches!(keychain.read(AMPLE).await, Err(KeychainError::Failed(_))));
        store.set_mood(Mood::Works);
        assert_eq!(write(&keychain, "token").await, Ok(1));
    }
}
