//! How a credential lies in the keychain: sizes, writes cut short at every step, readers and writers at once.

#[cfg(test)]
#[path = "support/keychain_memory.rs"]
mod keychain_memory;

#[cfg(test)]
#[path = "support/keychain_token.rs"]
mod keychain_token;

#[cfg(test)]
mod tests {
    use mpc_connect_adapters::keychain::{
        Chunked, FailureKind, Held, Identity, KeychainError, PAYLOAD_LIMIT, Payload, StoreError,
    };

    use crate::{
        keychain_memory::{Death, MemoryStore, Mood, SERVICE},
        keychain_token::{Token, connection, read, token, write},
    };

    const DEATHS: [Death; 2] = [Death::BeforeTheCall, Death::AfterTheCall];

    /// How many entries a token of this size needs: a head, and chunks above 2,400 bytes.
    fn entries_for(length: usize) -> usize {
        1 + if length <= 2_400 { 0 } else { length.div_ceil(2_400) }
    }

    /// REQ-KC-01.
    #[test]
    fn every_size_up_to_the_limit_comes_back_as_it_was() {
        for length in [1, 1_279, 1_280, 1_281, 2_400, 2_401, 2_559, 2_560, 2_561, 4_096, 32_768] {
            let store = MemoryStore::default();
            let bytes = token(length, 1);
            assert_eq!(write(&store, &bytes), Ok(1), "{length}");
            assert_eq!(read(&store), Ok(Some(bytes)), "{length}");
            assert_eq!(store.entries().len(), entries_for(length), "{length}");
        }
    }

    #[test]
    fn bytes_that_are_no_text_come_back_as_they_were() {
        for length in [1, 2, 3, 1_280, 1_800, 1_801, 2_400, 2_560, 32_768] {
            let store = MemoryStore::default();
            let bytes = Token((0..length).map(|at| u8::try_from(at % 256).unwrap()).collect());
            assert_eq!(write(&store, &bytes), Ok(1), "{length}");
            assert_eq!(read(&store), Ok(Some(bytes)), "{length}");
        }
    }

    /// REQ-KC-01.
    #[test]
    fn a_credential_above_the_limit_is_refused_before_any_write() {
        let store = MemoryStore::default();
        assert_eq!(write(&store, &token(PAYLOAD_LIMIT + 1, 1)), Err(KeychainError::TooBig));
        assert_eq!(write(&store, &token(0, 1)), Err(KeychainError::Failed(FailureKind::Refused)));
        assert_eq!(store.calls(), 0);
    }

    #[test]
    fn the_head_says_whose_credential_it_is_and_counts_the_writes() {
        let store = MemoryStore::default();
        write(&store, &token(5, 7)).unwrap();
        let other = Identity::new("https://issuer.example/", &"s".repeat(255)).unwrap();
        let payload = Payload::new(token(2_300, 2).0);
        assert_eq!(connection(&store).write(&other, &payload), Ok(2));
        let Held { identity, generation, payload } = connection(&store).read().unwrap().unwrap();
        assert_eq!((identity, generation), (other, 2));
        assert_eq!(payload.expose(), token(2_300, 2).0);
        assert_eq!(store.entries().len(), 2, "a long identity leaves no room for the payload in the head");
    }

    #[test]
    fn nothing_of_older_generations_stays_behind() {
        let store = MemoryStore::default();
        for (round, length) in
            [9_000, 100, 32_768, 2_401, 2_400, 7_000, 7_000, 5_000, 1].into_iter().enumerate()
        {
            assert_eq!(write(&store, &token(length, round)), Ok(u64::try_from(round).unwrap() + 1));
            assert_eq!(read(&store), Ok(Some(token(length, round))));
            assert_eq!(store.entries().len(), entries_for(length), "round {round}");
        }
        connection(&store).delete().unwrap();
        assert!(store.entries().is_empty());
        assert_eq!(read(&store), Ok(None));
    }

    /// REQ-KC-02.
    #[test]
    fn a_write_cut_short_at_any_step_leaves_the_whole_old_or_the_whole_new_credential() {
        for old_length in [0, 1_000, 2_401, 12_000] {
            for new_length in [1_200, 2_401, 9_700] {
                for death in DEATHS {
                    cut_short_everywhere(old_length, new_length, death);
                }
            }
        }
    }

    fn cut_short_everywhere(old_length: usize, new_length: usize, death: Death) {
        let (old, new) = (token(old_length, 1), token(new_length, 2));
        for step in 0.. {
            let store = MemoryStore::default();
            if old_length > 0 {
                write(&store, &old).unwrap();
            }
            let before = store.calls();
            store.die_at(step, death);
            let outcome = write(&store, &new);
            let finished = store.calls() - before <= step;
            store.restart();
            let found = read(&store).unwrap();
            let expected_old = if old_length > 0 { Some(&old) } else { None };
            assert!(
                found.as_ref() == expected_old || found.as_ref() == Some(&new),
                "{old_length} to {new_length}, {death:?} {step}: a mix"
            );
            if outcome.is_ok() {
                assert_eq!(found.as_ref(), Some(&new), "success was reported for something else");
            }
            let third = token(4_801, 3);
            write(&store, &third).unwrap();
            assert_eq!(read(&store), Ok(Some(third)));
            assert_eq!(store.entries().len(), entries_for(4_801), "{death:?} {step}: orphans stay");
            if finished {
                assert!(outcome.is_ok() && step > 2);
                return;
            }
        }
    }

    #[test]
    fn a_deletion_cut_short_at_any_step_can_be_finished() {
        for death in DEATHS {
            for step in 0.. {
                let store = MemoryStore::default();
                write(&store, &token(9_000, 1)).unwrap();
                store.die_at(step, death);
                let outcome = connection(&store).delete();
                store.restart();
                let found = read(&store).unwrap();
                assert!(found.is_none() || found == Some(token(9_000, 1)), "{death:?} {step}");
                connection(&store).delete().unwrap();
                assert!(store.entries().is_empty(), "{death:?} {step}");
                if outcome.is_ok() {
                    break;
                }
            }
        }
    }

    #[test]
    fn a_failing_write_keeps_the_old_credential_and_the_next_one_succeeds() {
        let store = MemoryStore::default();
        write(&store, &token(3, 9)).unwrap();
        for error in [StoreError::Locked, StoreError::NoStore, StoreError::Broken, StoreError::TooBig] {
            store.set_mood(Mood::Fails(error));
            let outcome = write(&store, &token(5_000, 2));
            assert_eq!(outcome, Err(KeychainError::from(error)));
            store.set_mood(Mood::Works);
            assert_eq!(read(&store), Ok(Some(token(3, 9))));
        }
        write(&store, &token(4, 8)).unwrap();
        assert_eq!(read(&store), Ok(Some(token(4, 8))));
    }

    #[test]
    fn a_store_that_gives_back_something_else_is_noticed_before_the_head_is_written() {
        let store = MemoryStore::default();
        write(&store, &token(3, 9)).unwrap();
        for mood in [Mood::Truncates, Mood::Forgets] {
            store.set_mood(mood);
            assert_eq!(write(&store, &token(5_000, 2)), Err(KeychainError::Broken));
            assert_eq!(read(&store), Ok(Some(token(3, 9))));
        }
        store.set_mood(Mood::Truncates);
        assert_eq!(write(&store, &token(2_300, 2)), Err(KeychainError::Broken), "in the head alone");
    }

    #[test]
    fn a_reader_overtaken_by_a_writer_reads_the_new_credential() {
        let store = MemoryStore::default();
        write(&store, &token(5_000, 1)).unwrap();
        let other_process = store.clone();
        store.after_next_get(move || {
            write(&other_process, &token(6_000, 2)).unwrap();
        });
        assert_eq!(read(&store), Ok(Some(token(6_000, 2))));
    }

    #[test]
    fn a_probe_proves_the_store_and_leaves_nothing() {
        let store = MemoryStore::default();
        write(&store, &token(5_000, 1)).unwrap();
        let before = store.entries();
        let probe = Chunked::new(store.clone(), SERVICE, "probe-3");
        probe.probe().unwrap();
        assert_eq!(store.entries(), before);
        for mood in [Mood::Truncates, Mood::Forgets] {
            store.set_mood(mood);
            assert_eq!(probe.probe(), Err(KeychainError::Broken));
        }
        store.set_mood(Mood::Fails(StoreError::Locked));
        let calls = store.calls();
        assert_eq!(probe.probe(), Err(KeychainError::Locked));
        assert_eq!(
            store.calls(),
            calls + 1,
            "a locked keychain is asked once, because each call may ask the person"
        );
        store.set_mood(Mood::Works);
        probe.probe().unwrap();
        assert_eq!(store.entries(), before, "what a failed probe left is gone after the next one");
    }
}
