//! The keychain on a real Secret Service (GNOME Keyring): unlocked, locked, missing, arriving late, not answering.
//!
//! Each test starts itself again inside a session of its own, so it needs `dbus-daemon`, `gnome-keyring-daemon`,
//! `gdbus` and `secret-tool`, and fails where one of them is missing.
#![cfg(target_os = "linux")]

#[cfg(test)]
#[path = "support/keychain_session.rs"]
mod keychain_session;

#[cfg(test)]
mod sessions {
    use crate::keychain_session::run_case;

    #[test]
    fn tokens_of_every_size_are_kept_and_removed() {
        run_case("unlocked", "tokens_of_every_size");
    }

    /// REQ-KC-08.
    #[test]
    fn a_duplicated_entry_is_damage_that_the_next_write_mends() {
        run_case("unlocked", "a_duplicated_entry");
    }

    /// REQ-KC-04.
    #[test]
    fn a_locked_keyring_says_so_and_loses_nothing() {
        run_case("unlocked", "a_locked_keyring_with_a_credential");
        run_case("locked", "a_locked_keyring");
    }

    /// REQ-KC-03.
    #[test]
    fn a_keyring_that_arrives_late_is_found_without_a_restart() {
        run_case("absent", "a_keyring_that_arrives_late");
    }

    #[test]
    fn a_service_without_a_keyring_is_no_keychain() {
        run_case("absent", "a_service_without_a_keyring");
    }

    #[test]
    fn no_session_bus_is_no_keychain() {
        run_case("none", "no_session_bus");
    }

    #[test]
    fn a_service_that_stops_answering_blocks_nothing_and_recovers() {
        run_case("unlocked", "a_service_that_stops_answering");
    }
}

#[cfg(test)]
mod cases {
    use std::time::Duration;

    use mpc_connect_adapters::keychain::{Held, Identity, Keychain, KeychainError, Payload};

    use crate::keychain_session::{
        Frozen, PASSWORD, SERVICE, expect_condition, kept_accounts, start_keyring, stop_keyring,
        store_duplicate, until,
    };

    /// The bound of the probe at the start; a debug build on a busy computer needs a tenth of it.
    const START_UP: Duration = Duration::from_secs(3);
    const AMPLE: Duration = Duration::from_secs(30);

    fn jane() -> Identity {
        Identity::new("72f988bf-86f1-41af-91ab-2d7cd011db47", "11111111-2222-3333-4444-555555555555").unwrap()
    }

    fn token(length: usize) -> Vec<u8> {
        (0..length).map(|at| b'!' + u8::try_from((at * 7 + at / 94) % 94).unwrap()).collect()
    }

    async fn write(keychain: &Keychain, bytes: Vec<u8>) -> Result<u64, KeychainError> {
        keychain.write(&jane(), Payload::new(bytes), AMPLE).await
    }

    fn bytes(held: Option<Held>) -> Option<Vec<u8>> {
        held.map(|held| held.payload.expose().to_vec())
    }

    // A runtime with workers, where a store that blocks on a runtime of its own would panic.
    #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
    #[ignore = "runs in a session of its own"]
    async fn tokens_of_every_size() {
        expect_condition("unlocked");
        let keychain = Keychain::new(SERVICE);
        keychain.probe(START_UP).await.unwrap();
        assert!(keychain.read(AMPLE).await.unwrap().is_none());
        for length in [1, 1_281, 2_400, 2_401, 2_561, 4_096, 32_768] {
            write(&keychain, token(length)).await.unwrap();
            let same = bytes(keychain.read(AMPLE).await.unwrap()) == Some(token(length));
            assert!(same, "{length} bytes came back otherwise");
            let entries = 1 + if length <= 2_400 { 0 } else { length.div_ceil(2_400) };
            assert_eq!(kept_accounts().len(), entries, "{length}");
        }
        let binary: Vec<u8> = (0..=255).collect();
        write(&keychain, binary.clone()).await.unwrap();
        assert_eq!(bytes(keychain.read(AMPLE).await.unwrap()), Some(binary));
        assert_eq!(kept_accounts(), ["connection"]);
        keychain.delete(AMPLE).await.unwrap();
        assert!(kept_accounts().is_empty());
    }

    #[tokio::test]
    #[ignore = "runs in a session of its own"]
    async fn a_duplicated_entry() {
        expect_condition("unlocked");
        let keychain = Keychain::new(SERVICE);
        write(&keychain, token(100)).await.unwrap();
        store_duplicate("connection");
        assert_eq!(keychain.read(AMPLE).await.map(bytes), Err(KeychainError::Broken));
        write(&keychain, token(200)).await.unwrap();
        assert_eq!(keychain.read(AMPLE).await.map(bytes), Ok(Some(token(200))));
        store_duplicate("connection");
        keychain.delete(AMPLE).await.unwrap();
        assert!(kept_accounts().is_empty());
    }

    #[tokio::test]
    #[ignore = "runs in a session of its own"]
    async fn a_locked_keyring_with_a_credential() {
        expect_condition("unlocked");
        write(&Keychain::new(SERVICE), token(5_000)).await.unwrap();
        stop_keyring().await;
        let locked = start_keyring(None);
        let keychain = Keychain::new(SERVICE);
        for _ in 0..2 {
            assert_eq!(keychain.read(START_UP).await.map(bytes), Err(KeychainError::Locked));
        }
        assert_eq!(keychain.probe(START_UP).await, Err(KeychainError::Locked));
        assert_eq!(write(&keychain, token(10)).await, Err(KeychainError::Locked));
        assert_eq!(keychain.delete(START_UP).await, Err(KeychainError::Locked));
        stop_keyring().await;
        drop(locked);
        let _unlocked = start_keyring(Some(PASSWORD));
        assert_eq!(keychain.read(AMPLE).await.map(bytes), Ok(Some(token(5_000))));
    }

    #[tokio::test]
    #[ignore = "runs in a session of its own"]
    async fn a_locked_keyring() {
        expect_condition("locked");
        let keychain = Keychain::new(SERVICE);
        assert_eq!(keychain.probe(START_UP).await, Err(KeychainError::Locked));
        // There is no credential, but a locked keyring that finds nothing is not believed.
        assert_eq!(keychain.read(START_UP).await.map(bytes), Err(KeychainError::Locked));
        assert_eq!(write(&keychain, token(10)).await, Err(KeychainError::Locked));
    }

    #[tokio::test]
    #[ignore = "runs in a session of its own"]
    async fn a_keyring_that_arrives_late() {
        expect_condition("absent");
        let keychain = Keychain::new(SERVICE);
        assert_eq!(keychain.probe(START_UP).await, Err(KeychainError::NoStore));
        assert_eq!(keychain.read(START_UP).await.map(bytes), Err(KeychainError::NoStore));
        let _keyring = start_keyring(Some(PASSWORD));
        keychain.probe(AMPLE).await.unwrap();
        write(&keychain, token(4_096)).await.unwrap();
        assert_eq!(keychain.read(AMPLE).await.map(bytes), Ok(Some(token(4_096))));
        stop_keyring().await;
        assert_eq!(keychain.read(START_UP).await.map(bytes), Err(KeychainError::NoStore));
    }

    #[tokio::test]
    #[ignore = "runs in a session of its own"]
    async fn a_service_without_a_keyring() {
        expect_condition("absent");
        let _service = start_keyring(None);
        let keychain = Keychain::new(SERVICE);
        assert_eq!(keychain.probe(START_UP).await, Err(KeychainError::NoStore));
        assert_eq!(write(&keychain, token(10)).await, Err(KeychainError::NoStore));
    }

    #[tokio::test]
    #[ignore = "runs in a session of its own"]
    async fn no_session_bus() {
        expect_condition("none");
        let keychain = Keychain::new(SERVICE);
        assert_eq!(keychain.probe(START_UP).await, Err(KeychainError::NoStore));
        assert_eq!(write(&keychain, token(10)).await, Err(KeychainError::NoStore));
    }

    #[tokio::test]
    #[ignore = "runs in a session of its own"]
    async fn a_service_that_stops_answering() {
        expect_condition("unlocked");
        let keychain = Keychain::new(SERVICE);
        write(&keychain, token(3_000)).await.unwrap();
        let frozen = Frozen::keyring();
        let mut pulse = tokio::time::interval(Duration::from_millis(5));
        let mut beats = 0;
        let call = keychain.read(Duration::from_millis(300));
        tokio::pin!(call);
        let outcome = loop {
            tokio::select! {
                outcome = &mut call => break outcome,
                _ = pulse.tick() => beats += 1,
            }
        };
        assert_eq!(outcome.map(bytes), Err(KeychainError::TimedOut));
        assert!(beats > 5, "the runtime's one thread stood still");
        assert_eq!(keychain.probe(AMPLE).await, Err(KeychainError::Busy));
        assert_eq!(write(&keychain, token(10)).await, Err(KeychainError::Busy));
        drop(frozen);
        until(|| async { !matches!(keychain.read(AMPLE).await, Err(KeychainError::Busy)) }).await;
        assert_eq!(keychain.read(AMPLE).await.map(bytes), Ok(Some(token(3_000))));
        keychain.probe(AMPLE).await.unwrap();
    }
}
