//! The store keeps the record as the core changes it.
#![expect(clippy::expect_used, reason = "a test fails by panicking")]

#[path = "support/store_samples.rs"]
mod samples;

use std::collections::HashSet;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use mpc_connect_adapters::store::{Condition, HistoryQuery, Store};
use mpc_connect_core::history::HistoryEntry;
use mpc_connect_core::ports::Journal;
use mpc_connect_core::record::{Change, ChosenOrganization, Record, Settings};
use proptest::prelude::*;
use proptest::test_runner::TestCaseError;
use tempfile::TempDir;
use tokio::runtime::Runtime;

fn history_of(changes: &[Change]) -> Vec<HistoryEntry> {
    let mut entries = Vec::new();
    for change in changes {
        if let Change::History(entry) = change {
            entries.insert(0, entry.clone());
        } else if *change == Change::Wiped {
            entries.clear();
        }
    }
    entries
}

fn compare(store: &Store, changes: &[Change]) -> Result<(), TestCaseError> {
    let mut record = Record::default();
    changes.iter().for_each(|change| record.apply(change));
    prop_assert_eq!(&store.record().expect("a record"), &record);
    let history = store.history(&HistoryQuery::newest(100)).expect("a history");
    prop_assert!(history.is_sorted_by(|newer, older| newer.0 > older.0));
    let entries: Vec<HistoryEntry> = history.into_iter().map(|(_, entry)| entry).collect();
    prop_assert_eq!(entries, history_of(changes));
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 96, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_changes_read_back_as_the_core_applies_them(
        changes in samples::changes(),
        batch in 1_usize..9,
    ) {
        let folder = TempDir::new().expect("a folder");
        let runtime = Runtime::new().expect("a runtime");
        let store = Store::open(folder.path(), "public").expect("a store");
        for batch in changes.chunks(batch) {
            runtime.block_on(store.commit(batch.to_vec())).expect("saved");
        }
        compare(&store, &changes)?;
        runtime.block_on(store.close()).expect("closed");
        let again = Store::open(folder.path(), "public").expect("a store");
        prop_assert_eq!(again.condition(), Condition::Healthy);
        compare(&again, &changes)?;
        compare(&Store::open_read_only(folder.path(), "public").expect("a store"), &changes)?;
    }

    #[test]
    fn changes_that_wait_read_as_if_they_were_written(
        before in samples::changes(),
        after in samples::changes(),
    ) {
        let folder = TempDir::new().expect("a folder");
        let runtime = Runtime::new().expect("a runtime");
        let store = Store::open(folder.path(), "public").expect("a store");
        runtime.block_on(store.commit(before.clone())).expect("saved");
        make_newer(&store);
        runtime.block_on(store.commit(after.clone())).expect_err("a newer file is not written");
        compare(&store, &[before, after].concat())?;
    }
}

/// What a newer program does that is started beside this one.
fn make_newer(store: &Store) {
    let database = rusqlite::Connection::open(store.path()).expect("the file");
    database.pragma_update(None, "user_version", 1000).expect("a newer version");
}

#[tokio::test]
async fn commits_keep_the_order_of_the_calls_even_when_nobody_awaits_them() {
    let folder = TempDir::new().expect("a folder");
    let store = Store::open(folder.path(), "public").expect("a store");
    let settings =
        |company: String| vec![Change::Settings(Settings { company: Some(company), ..Default::default() })];
    let calls: Vec<_> = (0..20).map(|number| store.commit(settings(number.to_string()))).collect();
    drop(calls);
    store.close().await.expect("what was called is written");
    let record = store.load().await.expect("a record");
    assert_eq!(record.settings.company.as_deref(), Some("19"));
    let refused = store.commit(settings("after".to_owned())).await.expect_err("the store is closed");
    assert_eq!(refused.code.as_deref(), Some("closed"));
}

#[tokio::test]
async fn the_file_of_one_environment_does_not_show_in_another() {
    let folder = TempDir::new().expect("a folder");
    let public = Store::open(folder.path(), "public").expect("a store");
    public.commit(vec![Change::PendingClaims(Some("{}".to_owned()))]).await.expect("saved");
    let sandbox = Store::open(folder.path(), "sandbox").expect("a store");
    assert_eq!(sandbox.load().await, Ok(Record::default()));
    for name in ["", "../public", "Public", "a/b", &"a".repeat(33)] {
        assert!(Store::open(folder.path(), name).is_err(), "{name:?} is no environment");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_reader_sees_all_changes_of_a_commit_or_none() {
    let folder = TempDir::new().expect("a folder");
    let writer = Store::open(folder.path(), "public").expect("a store");
    let reader = Store::open_read_only(folder.path(), "public").expect("a store");
    let enough = Arc::new(AtomicBool::new(false));
    let stop = Arc::clone(&enough);
    let writing = tokio::spawn(async move {
        for number in (0..).take_while(|_| !stop.load(Ordering::Relaxed)) {
            let company = Some(number.to_string());
            let organization = ChosenOrganization { id: number.to_string(), name: String::new() };
            let settings = Settings { company, ..Settings::default() };
            let changes = vec![Change::Settings(settings), Change::Organization(Some(organization))];
            writer.commit(changes).await.expect("saved");
        }
    });
    let mut met = HashSet::new();
    while met.len() < 30 {
        let record = match reader.load().await {
            Ok(record) => record,
            // A writer that never rests may keep a reader out for longer than that waits.
            Err(failure) if failure.code.as_deref() == Some("busy") => continue,
            Err(failure) => panic!("{failure:?}"),
        };
        let organization = record.organization.map(|organization| organization.id);
        assert_eq!(record.settings.company, organization);
        met.insert(organization);
    }
    enough.store(true, Ordering::Relaxed);
    writing.await.expect("all is written");
}
