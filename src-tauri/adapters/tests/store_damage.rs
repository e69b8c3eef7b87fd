//! Files that are damaged, foreign, newer, empty or gone.
#![expect(clippy::expect_used, clippy::panic, reason = "a test fails by panicking")]

#[path = "support/store_entry.rs"]
mod samples;

use std::fs::{self, OpenOptions};
use std::io::{Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use mpc_connect_adapters::store::{Condition, HistoryQuery, Reason, Store};
use mpc_connect_core::failure::FailureClass;
use mpc_connect_core::ports::Journal;
use mpc_connect_core::record::{Change, Record, Settings};
use rusqlite::Connection;
use samples::entry;
use tempfile::TempDir;

const ENTRIES: usize = 2_000;

/// A file with settings and many entries, closed.
async fn filled() -> (TempDir, PathBuf) {
    let folder = TempDir::new().expect("a folder");
    let store = Store::open(folder.path(), "public").expect("a store");
    assert!(!store.held_something());
    let settings = Settings { company: Some("Contoso".to_owned()), ..Settings::default() };
    store.commit(vec![Change::Settings(settings)]).await.expect("saved");
    store.commit((0..ENTRIES).map(|number| entry(&number.to_string())).collect()).await.expect("saved");
    store.close().await.expect("closed");
    let path = store.path();
    (folder, path)
}

fn overwrite(path: &Path, at: u64, length: usize) {
    let mut file = OpenOptions::new().write(true).open(path).expect("a file");
    file.seek(SeekFrom::Start(at)).expect("a place");
    file.write_all(&vec![0xA5; length]).expect("written");
}

/// Opens the damaged file and answers how many entries were recovered.
async fn recovered(folder: &Path, damaged: &[u8]) -> u64 {
    let started = Instant::now();
    let store = Store::open(folder, "public").expect("a store");
    let Condition::RecoveredFromDamage { kept, recovered } = store.condition() else {
        panic!("the damage was not seen: {:?}", store.condition())
    };
    assert_eq!(fs::read(&kept).expect("the damaged file"), damaged, "it is kept as it was");
    let told = store.load().await.expect_err("the first reader is told");
    assert_eq!(told.class, FailureClass::StoreDamaged);
    assert_eq!(told.code, Some(format!("recovered {recovered}")));
    assert_eq!(store.load().await, Ok(Record::default()), "then the new file counts");
    store.commit(vec![entry("after")]).await.expect("and can be written");
    assert!(started.elapsed() < Duration::from_secs(2), "usable after {:?}", started.elapsed());
    assert_eq!(store.history_count(), Ok(recovered + 1));
    let newest = store.history(&HistoryQuery::newest(2)).expect("entries");
    assert!(newest.is_sorted_by(|newer, older| newer.0 > older.0), "numbers go on: {newest:?}");
    store.close().await.expect("closed");
    assert_eq!(Store::open(folder, "public").expect("a store").condition(), Condition::Healthy);
    recovered
}

/// REQ-DB-02.
#[tokio::test]
async fn a_file_that_begins_with_garbage_is_kept_aside() {
    let (folder, path) = filled().await;
    overwrite(&path, 0, 8);
    let damaged = fs::read(&path).expect("a file");
    let before = Store::open_read_only(folder.path(), "public").expect("a store");
    assert_eq!(before.load().await.expect_err("not readable").class, FailureClass::StoreDamaged);
    assert_eq!(fs::read(&path).expect("a file"), damaged, "reading changes nothing");
    assert_eq!(recovered(folder.path(), &damaged).await, 0);
}

/// REQ-DB-03.
#[tokio::test]
async fn of_a_truncated_file_the_readable_entries_are_taken_over() {
    let (folder, path) = filled().await;
    let file = OpenOptions::new().write(true).open(&path).expect("a file");
    let length = file.metadata().expect("a file").len();
    file.set_len(length * 3 / 4).expect("truncated");
    drop(file);
    let damaged = fs::read(&path).expect("a file");
    let count = recovered(folder.path(), &damaged).await;
    assert!((1..2_000).contains(&count), "{count} entries");
}

/// REQ-DB-03.
#[tokio::test]
async fn overwritten_inner_pages_are_seen_and_the_other_entries_taken_over() {
    let (folder, path) = filled().await;
    let length = fs::metadata(&path).expect("a file").len();
    overwrite(&path, length / 2 / 4096 * 4096, 4096);
    let damaged = fs::read(&path).expect("a file");
    let count = recovered(folder.path(), &damaged).await;
    assert!((1_800..2_000).contains(&count), "one page holds few entries, {count} were recovered");
}

#[tokio::test]
async fn a_value_that_is_no_word_of_ours_is_damage_and_no_panic() {
    let (folder, path) = filled().await;
    let database = Connection::open(&path).expect("a file");
    database.execute("UPDATE connection SET flow = 'sideways'", []).expect("changed");
    drop(database);
    let damaged = fs::read(&path).expect("a file");
    assert_eq!(recovered(folder.path(), &damaged).await, 2_000);
}

#[tokio::test]
async fn damage_that_appears_while_the_file_is_open_is_answered_by_the_commit() {
    let (folder, path) = filled().await;
    let store = Store::open(folder.path(), "public").expect("a store");
    overwrite(&path, 0, 8192);
    let answer = store.commit(vec![entry("after")]).await.expect_err("the record is gone");
    assert_eq!(answer.class, FailureClass::StoreDamaged);
    assert!(matches!(store.condition(), Condition::RecoveredFromDamage { .. }));
    let newest = store.history(&HistoryQuery::newest(1)).expect("entries");
    assert_eq!(newest[0].1.result.as_deref(), Some("after"), "and this change is saved");
}

/// REQ-DB-02.
#[tokio::test]
async fn after_three_damaged_files_no_more_are_made() {
    let folder = TempDir::new().expect("a folder");
    let path = folder.path().join("public.db");
    for kept in 1..=3 {
        fs::write(&path, vec![b'x'; 5000 + kept]).expect("garbage");
        let store = Store::open(folder.path(), "public").expect("a store");
        assert!(matches!(store.condition(), Condition::RecoveredFromDamage { .. }), "number {kept}");
        store.close().await.expect("closed");
    }
    fs::write(&path, "garbage").expect("garbage");
    let store = Store::open(folder.path(), "public").expect("a store");
    assert_eq!(store.load().await.expect_err("not readable").class, FailureClass::StoreDamaged);
    store.commit(vec![entry("waits")]).await.expect_err("not saved");
    let waits = Condition::NotSaving { reason: Reason::TooManyDamaged, waiting: 1, lost: 0 };
    assert_eq!(store.condition(), waits);
    assert_eq!(fs::read(&path).expect("a file"), b"garbage");
}

#[tokio::test]
async fn another_programs_database_is_kept_and_not_written() {
    let folder = TempDir::new().expect("a folder");
    let foreign = Connection::open(folder.path().join("public.db")).expect("a file");
    foreign
        .execute_batch("CREATE TABLE history (sequence INTEGER); PRAGMA user_version = 1;")
        .expect("a table");
    drop(foreign);
    let before = fs::read(folder.path().join("public.db")).expect("a file");
    assert_eq!(recovered(folder.path(), &before).await, 0);
}

/// REQ-DB-07.
#[tokio::test]
async fn an_empty_or_missing_file_reads_as_nothing_and_says_so() {
    let folder = TempDir::new().expect("a folder");
    let missing = Store::open_read_only(&folder.path().join("nowhere"), "public").expect("a store");
    assert_eq!(missing.load().await, Ok(Record::default()));
    assert_eq!(missing.history(&HistoryQuery::newest(1)), Ok(vec![]));
    assert!(!folder.path().join("nowhere").exists(), "reading makes nothing");
    fs::write(folder.path().join("public.db"), "").expect("an empty file");
    let store = Store::open(folder.path(), "public").expect("a store");
    assert!(!store.held_something(), "with a credential in the keychain the history was lost");
    assert_eq!((store.load().await, store.condition()), (Ok(Record::default()), Condition::Healthy));
    store.commit(vec![entry("first")]).await.expect("saved");
    assert!(Store::open(folder.path(), "public").expect("a store").held_something());
}

/// REQ-DB-04.
#[tokio::test]
async fn a_newer_file_is_read_and_never_written() {
    let (folder, path) = filled().await;
    let database = Connection::open(&path).expect("a file");
    database
        .execute_batch(
            "ALTER TABLE history ADD COLUMN weather TEXT; UPDATE history SET what = 'flown' WHERE sequence = 2000;
             PRAGMA user_version = 1000;",
        )
        .expect("a newer form");
    drop(database);
    let before = fs::read(&path).expect("a file");
    let names = |folder: &Path| fs::read_dir(folder).expect("a folder").count();
    let names_before = names(folder.path());
    let store = Store::open(folder.path(), "public").expect("a store");
    assert_eq!(store.condition(), Condition::NewerVersion);
    assert_eq!(store.load().await.expect("a record").settings.company.as_deref(), Some("Contoso"));
    let refused = store.commit(vec![entry("refused")]).await.expect_err("not written");
    assert_eq!(refused.class, FailureClass::StoreNotWritable);
    assert_eq!(refused.code.as_deref(), Some("newer version"));
    assert_eq!(store.condition(), Condition::NewerVersion);
    let newest = store.history(&HistoryQuery::newest(2)).expect("entries");
    let results: Vec<_> = newest.iter().filter_map(|(_, entry)| entry.result.as_deref()).collect();
    assert_eq!(results, ["refused", "1998"], "what it does not know is left out, what waits is shown");
    store.close().await.expect_err("not written");
    assert_eq!(fs::read(&path).expect("a file"), before);
    assert_eq!(names(folder.path()), names_before, "nothing was made beside it");
}
