//! How a credential lies in the keychain: sizes, writes cut short at every step, damage, other versions.

#[cfg(test)]
#[path = "support/keychain_memory.rs"]
mod keychain_memory;

#[cfg(test)]
mod tests {
    use std::{collections::BTreeMap, fmt};

    use mpc_connect_adapters::keychain::{
        Chunked, FailureKind, Held, Identity, KeychainError, PAYLOAD_LIMIT, Payload, StoreError,
    };
    use proptest::prelude::*;

    use crate::keychain_memory::{Death, MemoryStore, Mood, SERVICE};

    const DEATHS: [Death; 2] = [Death::BeforeTheCall, Death::AfterTheCall];

    fn jane() -> Identity {
        Identity::new("72f988bf-86f1-41af-91ab-2d7cd011db47", "11111111-2222-3333-4444-555555555555").unwrap()
    }

    fn connection(store: &MemoryStore) -> Chunked<MemoryStore> {
        Chunked::new(store.clone(), SERVICE, "connection")
    }

    /// Bytes that a failing test does not print one by one.
    #[derive(Clone, PartialEq, Eq)]
    struct Token(Vec<u8>);

    impl fmt::Debug for Token {
        fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            let start = String::from_utf8_lossy(&self.0[..self.0.len().min(12)]);
            write!(f, "{} bytes, {start:?} …", self.0.len())
        }
    }

    /// Visible ASCII, different for each seed and at each place.
    fn token(length: usize, seed: usize) -> Token {
        let byte = |at: usize| b'!' + u8::try_from((at * 7 + at / 94 + seed * 13) % 94).unwrap();
        Token((0..length).map(byte).collect())
    }

    fn write(store: &MemoryStore, token: &Token) -> Result<u64, KeychainError> {
        connection(store).write(&jane(), &Payload::new(token.0.clone()))
    }

    fn read(store: &MemoryStore) -> Result<Option<Token>, KeychainError> {
        Ok(connection(store).read()?.map(|held| Token(held.payload.expose().to_vec())))
    }

    /// How many entries a token of this size needs: a head, and chunks above 2,400 bytes.
    fn entries_for(length: usize) -> usize {
        1 + if length <= 2_400 { 0 } else { length.div_ceil(2_400) }
    }

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
    fn a_damaged_or_missing_piece_is_broken_and_the_next_write_mends_it() {
        let whole = MemoryStore::default();
        write(&whole, &token(7_000, 1)).unwrap();
        let accounts: Vec<String> = whole.entries().into_keys().collect();
        assert_eq!(accounts, ["connection", "connection#1#0", "connection#1#1", "connection#1#2"]);
        for account in &accounts {
            for damage in damages(&whole.entries(), account) {
                let store = MemoryStore::default();
                store.replace_entries(damage);
                assert_eq!(read(&store), Err(KeychainError::Broken), "{account}");
                write(&store, &token(100, 2)).unwrap();
                assert_eq!(read(&store), Ok(Some(token(100, 2))));
                assert_eq!(store.entries().len(), 1, "{account}: old pieces stay");
            }
        }
    }

    /// The entries with one of them emptied, shortened, extended, edited, no text, swapped or (chunks only) deleted.
    fn damages(whole: &BTreeMap<String, Vec<u8>>, account: &str) -> Vec<BTreeMap<String, Vec<u8>>> {
        let entry = &whole[account];
        let mut edited = entry.clone();
        edited[entry.len() / 2] ^= 1;
        let mut no_text = entry.clone();
        no_text[0] = 0xff;
        let swapped =
            if account.ends_with("#0") { &whole["connection#1#1"] } else { &whole["connection#1#0"] };
        let replacements = [
            Vec::new(),
            entry[..entry.len() - 1].to_vec(),
            [entry.as_slice(), b"x"].concat(),
            edited,
            no_text,
            swapped.clone(),
            vec![b'x'; 100_000],
        ];
        let replaced = replacements.into_iter().map(|replacement| {
            let mut entries = whole.clone();
            entries.insert(account.to_owned(), replacement);
            entries
        });
        let mut deleted = whole.clone();
        deleted.remove(account);
        replaced.chain((account != "connection").then_some(deleted)).collect()
    }

    #[test]
    fn a_head_deleted_from_outside_is_no_credential_and_leaves_nothing_behind() {
        let store = MemoryStore::default();
        write(&store, &token(7_000, 1)).unwrap();
        store.remove("connection");
        assert_eq!(read(&store), Ok(None));
        write(&store, &token(4, 8)).unwrap();
        assert_eq!(store.entries().len(), 1);
    }

    #[test]
    fn an_entry_of_a_newer_version_is_neither_read_nor_changed() {
        for head in ["mpc-connect/2\nwhatever", "mpc-connect/4294967295", "mpc-connect/2\n\u{fc}"] {
            let store = MemoryStore::default();
            write(&store, &token(5_000, 1)).unwrap();
            store.put("connection", head.as_bytes());
            let before = store.entries();
            assert_eq!(read(&store), Err(KeychainError::NewerVersion));
            assert_eq!(write(&store, &token(4, 8)), Err(KeychainError::NewerVersion));
            assert_eq!(connection(&store).delete(), Err(KeychainError::NewerVersion));
            assert_eq!(store.entries(), before);
        }
    }

    #[test]
    fn the_largest_generation_is_followed_by_the_first() {
        let store = MemoryStore::default();
        let head = format!("mpc-connect/1\na\nb\n{}\nascii\n1\n0123456789abcdef\n0\nx", u64::MAX);
        store.put("connection", head.as_bytes());
        assert_eq!(read(&store), Err(KeychainError::Broken), "the digest is made up");
        assert_eq!(write(&store, &token(5_000, 1)), Ok(1));
        assert_eq!(read(&store), Ok(Some(token(5_000, 1))));
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

    proptest! {
        #[test]
        fn any_bytes_come_back_as_they_were(bytes in proptest::collection::vec(any::<u8>(), 1..9_000)) {
            let store = MemoryStore::default();
            let bytes = Token(bytes);
            write(&store, &token(3, 9)).unwrap();
            prop_assert_eq!(write(&store, &bytes), Ok(2));
            prop_assert_eq!(read(&store), Ok(Some(bytes)));
        }

        #[test]
        fn any_bytes_as_a_head_are_refused(bytes in proptest::collection::vec(any::<u8>(), 0..3_000)) {
            let store = MemoryStore::default();
            store.put("connection", &bytes);
            prop_assert!(read(&store).is_err());
        }

        #[test]
        fn a_head_of_the_right_shape_with_wild_values_is_refused(
            lines in proptest::collection::vec("[ -~]{0,40}|[0-9]{1,22}|ascii|base64", 0..12),
        ) {
            let store = MemoryStore::default();
            store.put("connection", format!("mpc-connect/1\n{}", lines.join("\n")).as_bytes());
            prop_assert_eq!(read(&store), Err(KeychainError::Broken));
            prop_assert_eq!(write(&store, &token(4, 8)).map(drop), Ok(()));
        }

        #[test]
        fn one_changed_byte_never_yields_another_credential(
            length in 1_usize..6_000, entry in any::<prop::sample::Index>(),
            at in any::<prop::sample::Index>(), flip in 1_u8..=255,
        ) {
            let store = MemoryStore::default();
            write(&store, &token(length, 1)).unwrap();
            let mut entries = store.entries();
            let account = entry.get(&entries.keys().cloned().collect::<Vec<_>>()).clone();
            let text = entries.get_mut(&account).unwrap();
            let place = at.index(text.len());
            text[place] ^= flip;
            store.replace_entries(entries);
            if let Ok(found) = read(&store) {
                prop_assert_eq!(found, Some(token(length, 1)));
            }
        }
    }
}
