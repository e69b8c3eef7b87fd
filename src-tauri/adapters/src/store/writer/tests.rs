use std::path::Path;

use jiff::Timestamp;
use mpc_connect_core::history::{HistoryEntry, What};
use mpc_connect_core::record::Settings;
use tempfile::TempDir;

use super::*;
use crate::store::Condition;
use crate::store::waiting::MOST_WAITING;

fn writer_in(folder: &Path) -> Writer {
    let files = Files::new(folder, "public").expect("a name");
    Writer::open(files, Arc::new(Shared::default()))
}

fn entry(result: &str) -> Change {
    Change::History(HistoryEntry::new(Timestamp::UNIX_EPOCH, What::Tested).ending(result))
}

fn results_in(writer: &mut Writer) -> Vec<String> {
    let database = writer.connection.take().or_else(|| writer.reopen().ok()).expect("a file");
    let mut newest = history::select(&database, &HistoryQuery::newest(1000)).expect("entries");
    newest.reverse();
    newest.into_iter().filter_map(|(_, entry)| entry.result).collect()
}

/// Lets the file grow no further, as on a full disk. Source: SQLite, "PRAGMA max_page_count".
fn fill_disk(writer: &Writer, is_full: bool) {
    let database = writer.connection.as_ref().expect("a full disk spares the connection");
    let pages: i64 = database.query_row("PRAGMA page_count", [], |row| row.get(0)).expect("a number");
    let most = if is_full { pages } else { i64::from(u32::MAX) };
    database.query_row(&format!("PRAGMA max_page_count = {most}"), [], |_| Ok(())).expect("a limit");
}

#[test]
fn what_a_full_disk_refused_is_written_in_order_with_the_next_commit() {
    let folder = TempDir::new().expect("a folder");
    let mut writer = writer_in(folder.path());
    assert_eq!(writer.keep(vec![entry("first")]), Ok(()));
    fill_disk(&writer, true);
    let large = "x".repeat(100_000);
    assert_eq!(writer.keep(vec![entry("second"), entry(&large)]), Err(Reason::DiskFull));
    assert_eq!(writer.keep(vec![entry("third")]), Err(Reason::DiskFull));
    let waits = Condition::NotSaving { reason: Reason::DiskFull, waiting: 3, lost: 0 };
    assert_eq!(writer.shared.standing().condition(), waits);
    fill_disk(&writer, false);
    assert_eq!(writer.keep(vec![entry("fourth")]), Ok(()));
    assert_eq!(writer.shared.standing().condition(), Condition::Healthy);
    assert_eq!(results_in(&mut writer), ["first", "second", &large, "third", "fourth"]);
}

/// REQ-DB-06.
#[test]
fn beyond_five_hundred_the_oldest_entries_go_and_are_counted() {
    let folder = TempDir::new().expect("a folder");
    let mut writer = writer_in(folder.path());
    fill_disk(&writer, true);
    let settings = Settings { company: Some("x".repeat(100_000)), ..Settings::default() };
    assert_eq!(writer.keep(vec![Change::Settings(settings.clone())]), Err(Reason::DiskFull));
    let entries = (0..MOST_WAITING + 1).map(|number| entry(&number.to_string()));
    assert_eq!(writer.keep(entries.collect()), Err(Reason::DiskFull));
    let waits = Condition::NotSaving { reason: Reason::DiskFull, waiting: MOST_WAITING, lost: 2 };
    assert_eq!(writer.shared.standing().condition(), waits);
    fill_disk(&writer, false);
    assert_eq!(writer.catch_up(), Ok(()));
    let record = record::load(writer.connection.as_ref().expect("a file")).expect("a record");
    assert_eq!(record.settings, settings, "an entry goes before any other change");
    assert_eq!(results_in(&mut writer).first().map(String::as_str), Some("2"));
}

#[test]
fn while_another_process_holds_the_file_changes_wait() {
    let folder = TempDir::new().expect("a folder");
    let mut writer = writer_in(folder.path());
    let other = Connection::open(writer.files.database()).expect("a file");
    other.execute_batch("BEGIN IMMEDIATE").expect("the lock");
    assert_eq!(writer.keep(vec![entry("first")]), Err(Reason::Busy));
    other.execute_batch("ROLLBACK").expect("released");
    assert_eq!(writer.keep(vec![entry("second")]), Ok(()));
    assert_eq!(results_in(&mut writer), ["first", "second"]);
}

#[test]
fn entries_that_a_failing_disk_wrote_after_all_are_not_written_twice() {
    let folder = TempDir::new().expect("a folder");
    let mut writer = writer_in(folder.path());
    assert_eq!(writer.keep(vec![entry("first"), entry("second")]), Ok(()));
    // As after a commit whose last step, the removal of the journal, was reported as failed.
    writer.shared.add(vec![entry("first"), entry("second")]);
    writer.uncertain = 2;
    assert_eq!(writer.keep(vec![entry("third")]), Ok(()));
    assert_eq!(results_in(&mut writer), ["first", "second", "third"]);
    // And as after one that really failed.
    writer.shared.add(vec![entry("fourth")]);
    writer.uncertain = 1;
    assert_eq!(writer.keep(vec![entry("fifth")]), Ok(()));
    assert_eq!(results_in(&mut writer), ["first", "second", "third", "fourth", "fifth"]);
}

#[test]
fn a_file_removed_while_it_is_open_is_made_anew() {
    let folder = TempDir::new().expect("a folder");
    let mut writer = writer_in(folder.path());
    assert_eq!(writer.keep(vec![entry("first")]), Ok(()));
    std::fs::remove_file(writer.files.database()).expect("removed");
    assert_eq!(writer.keep(vec![entry("second")]), Ok(()), "saved means: in the file of this name");
    drop(writer);
    assert_eq!(results_in(&mut writer_in(folder.path())), ["second"]);
}
