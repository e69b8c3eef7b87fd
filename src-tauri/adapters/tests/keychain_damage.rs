//! What the keychain makes of entries that somebody else changed, or that another version wrote.

#[cfg(test)]
#[path = "support/keychain_memory.rs"]
mod keychain_memory;

#[cfg(test)]
#[path = "support/keychain_token.rs"]
mod keychain_token;

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use mpc_connect_adapters::keychain::KeychainError;
    use proptest::prelude::*;

    use crate::{
        keychain_memory::MemoryStore,
        keychain_token::{Token, connection, read, token, write},
    };

    /// REQ-KC-08.
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

    /// REQ-KC-07.
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
    fn pieces_behind_a_gap_are_found_without_a_head() {
        let store = MemoryStore::default();
        for damaged_head in [false, true] {
            write(&store, &token(32_768, 1)).unwrap();
            store
                .entries()
                .keys()
                .filter(|account| account.ends_with("#0"))
                .for_each(|account| store.remove(account));
            store.remove("connection");
            if damaged_head {
                store.put("connection", b"damaged");
                write(&store, &token(4, 8)).unwrap();
                assert_eq!(store.entries().len(), 1);
            } else {
                connection(&store).delete().unwrap();
                assert!(store.entries().is_empty());
            }
        }
    }

    /// REQ-KC-09.
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
