//! The history: its order, its length, its pages, what it never holds, and what reading it costs.
#![expect(clippy::expect_used, clippy::indexing_slicing, reason = "a test fails by panicking")]

#[path = "support/store_entry.rs"]
mod samples;

use std::time::{Duration, Instant};

use jiff::{SignedDuration, Timestamp};
use mpc_connect_adapters::store::{HISTORY_KEPT, HistoryQuery, Store};
use mpc_connect_core::check::{Check, CheckId, CheckKind, CheckResult, Report};
use mpc_connect_core::failure::{Failure, FailureClass};
use mpc_connect_core::history::{HistoryEntry, What};
use mpc_connect_core::identity::{Asked, Credential, Identity};
use mpc_connect_core::ports::Journal;
use mpc_connect_core::record::{Change, Record, Settings};
use mpc_connect_core::step::{Flow, Stage};
use mpc_connect_core::username::MicrosoftUsername;
use rusqlite::Connection;
use rusqlite::types::ValueRef;
use samples::entry;
use tempfile::TempDir;

fn results(entries: &[(i64, HistoryEntry)]) -> Vec<&str> {
    entries.iter().filter_map(|(_, entry)| entry.result.as_deref()).collect()
}

fn numbered(numbers: std::ops::Range<u32>) -> Vec<Change> {
    numbers.map(|number| entry(&number.to_string())).collect()
}

fn credential(id: &str, signed_in_as: &str) -> Credential {
    Credential {
        id: id.to_owned(),
        identity: Identity { tenant: "tenant".to_owned(), object: "object".to_owned() },
        authority: "login.example client".to_owned(),
        signed_in_as: Some(signed_in_as.to_owned()),
        obtained_at: Timestamp::UNIX_EPOCH,
        last_used_at: Timestamp::UNIX_EPOCH,
        session_only: false,
        asked: Asked::default(),
        account_number: 1,
    }
}

fn report(kind: CheckKind, second: i64) -> Report {
    Report {
        kind,
        credential_id: "one".to_owned(),
        finished_at: Timestamp::from_second(second).expect("a time"),
        checks: vec![Check::ended(CheckId::Refresh, CheckResult::Passed)],
    }
}

/// REQ-DB-12.
#[tokio::test]
async fn the_newest_twenty_thousand_are_kept_and_their_numbers_go_on() {
    let folder = TempDir::new().expect("a folder");
    let store = Store::open(folder.path(), "public").expect("a store");
    store.commit(numbered(0..HISTORY_KEPT + 5)).await.expect("saved");
    assert_eq!(store.history_count(), Ok(u64::from(HISTORY_KEPT)));
    store.commit(vec![entry("one more")]).await.expect("saved");
    assert_eq!(store.history_count(), Ok(u64::from(HISTORY_KEPT)));
    let all = store.history(&HistoryQuery::newest(usize::MAX)).expect("entries");
    assert_eq!(results(&all).last(), Some(&"6"), "the oldest went");
    let last = all[0].0;
    store.commit(vec![Change::Wiped, entry("after")]).await.expect("saved");
    let after = store.history(&HistoryQuery::newest(5)).expect("entries");
    assert_eq!(results(&after), ["after"]);
    assert_eq!(after[0].0, last + 1, "no number is used twice");
}

/// REQ-DB-11.
#[tokio::test]
async fn a_clock_that_jumps_back_does_not_change_the_order() {
    let folder = TempDir::new().expect("a folder");
    let store = Store::open(folder.path(), "public").expect("a store");
    let now = Timestamp::from_second(1_800_000_000).expect("a time");
    let earlier = now - SignedDuration::from_hours(1);
    for (at, result) in [(now, "first"), (earlier, "second"), (now, "third")] {
        let entry = HistoryEntry::new(at, What::Checked).ending(result);
        store.commit(vec![Change::History(entry)]).await.expect("saved");
    }
    let entries = store.history(&HistoryQuery::newest(5)).expect("entries");
    assert_eq!(results(&entries), ["third", "second", "first"]);
    assert_eq!(entries[1].1.at, earlier, "the time is kept as it was told");
}

#[tokio::test]
async fn pages_and_filters_find_what_they_name() {
    let folder = TempDir::new().expect("a folder");
    let store = Store::open(folder.path(), "public").expect("a store");
    store.commit(numbered(0..10)).await.expect("saved");
    let failure = Failure::of(FailureClass::RoleMissing)
        .with_code("HTTP 403")
        .with_correlation_id(Some("0a1B-2c3d".to_owned()));
    let step = Flow::Migration.step(Stage::Test);
    let refused =
        HistoryEntry::new(Timestamp::UNIX_EPOCH, What::Tested).on(Some(step)).because(Some(&failure));
    store.commit(vec![Change::History(refused.clone())]).await.expect("saved");
    store.commit(numbered(10..15)).await.expect("saved");

    let mut query = HistoryQuery::newest(4);
    let mut pages = Vec::new();
    loop {
        let page = store.history(&query).expect("a page");
        let Some((last, _)) = page.last() else { break };
        query.before_sequence = Some(*last);
        pages.extend(page);
    }
    assert_eq!(pages.len(), 16);
    assert!(pages.is_sorted_by(|newer, older| newer.0 > older.0), "each entry on one page, newest first");

    let found = |query: HistoryQuery| store.history(&query).expect("entries");
    let all = HistoryQuery::newest(100);
    for text in ["http 403", "0A1b", "role_missing", "mig-9"] {
        let entries = found(HistoryQuery { text: Some(text.to_owned()), ..all.clone() });
        assert_eq!(entries.iter().map(|(_, entry)| entry).collect::<Vec<_>>(), [&refused], "{text}");
    }
    assert_eq!(found(HistoryQuery { class: Some(FailureClass::RoleMissing), ..all.clone() }).len(), 1);
    assert_eq!(found(HistoryQuery { step: Some(step), ..all.clone() }).len(), 1);
    assert_eq!(found(HistoryQuery { step: Some(Flow::NewUsers.step(Stage::Test)), ..all }).len(), 0);
}

#[tokio::test]
async fn the_last_ten_runs_of_checks_stay_and_one_of_each_kind() {
    let folder = TempDir::new().expect("a folder");
    let store = Store::open(folder.path(), "public").expect("a store");
    store.commit(vec![Change::Credential(Some(credential("one", "a")))]).await.expect("saved");
    let test = report(CheckKind::Test, 0);
    let probes: Vec<Report> = (1..=15).map(|second| report(CheckKind::Probe, second)).collect();
    let all = [test.clone()].into_iter().chain(probes.clone());
    store.commit(all.map(Change::Report).collect()).await.expect("saved");
    let mut expected: Vec<Report> = probes.into_iter().rev().take(10).collect();
    expected.push(test);
    assert_eq!(store.reports(), Ok(expected));
}

/// Every table and column in which the text stands.
fn places_of(path: &std::path::Path, wanted: &str) -> Vec<String> {
    let database = Connection::open(path).expect("the file");
    let mut tables =
        database.prepare("SELECT name FROM sqlite_schema WHERE type = 'table'").expect("the tables");
    let tables: Vec<String> =
        tables.query_map([], |row| row.get(0)).expect("names").map(|name| name.expect("a name")).collect();
    let mut places = Vec::new();
    for table in tables {
        let mut statement = database.prepare(&format!("SELECT * FROM {table}")).expect("a table");
        let columns: Vec<String> = statement.column_names().map(str::to_owned).collect();
        let mut rows = statement.query([]).expect("rows");
        while let Some(row) = rows.next().expect("a row") {
            for (index, column) in columns.iter().enumerate() {
                let value = row.get_ref(index).expect("a value");
                if let ValueRef::Text(text) = value
                    && String::from_utf8_lossy(text).contains(wanted)
                {
                    places.push(format!("{table}.{column}"));
                }
            }
        }
    }
    places
}

/// REQ-DB-10.
#[tokio::test]
async fn the_username_stands_in_the_connection_row_only_and_leaves_no_trace_when_removed() {
    let folder = TempDir::new().expect("a folder");
    let store = Store::open(folder.path(), "public").expect("a store");
    let planted = "planted-name@contoso.com";
    let settings = Settings {
        username: Some(MicrosoftUsername::parse(planted).expect("a username")),
        ..Settings::default()
    };
    let saved = HistoryEntry::new(Timestamp::UNIX_EPOCH, What::UsernameSaved).of_account(Some(1));
    let changes = vec![
        Change::Settings(settings),
        Change::Credential(Some(credential("one", planted))),
        Change::Report(report(CheckKind::Test, 0)),
        Change::History(saved),
    ];
    store.commit(changes).await.expect("saved");
    assert_eq!(places_of(&store.path(), "planted-name"), ["connection.username", "connection.signed_in_as"]);
    store.commit(vec![Change::Wiped]).await.expect("saved");
    assert_eq!(store.load().await, Ok(Record::default()));
    let bytes = std::fs::read(store.path()).expect("the file");
    let has = |wanted: &[u8]| bytes.windows(wanted.len()).any(|window| window == wanted);
    assert!(!has(b"planted-name"), "deleted text is overwritten");
}

/// A median of several, so that a pause of the machine does not decide.
fn median_of_nine<T>(mut action: impl FnMut() -> T) -> Duration {
    let mut times: Vec<Duration> = (0..9)
        .map(|_| {
            let started = Instant::now();
            let _kept = action();
            started.elapsed()
        })
        .collect();
    times.sort_unstable();
    times[4]
}

/// REQ-DB-01, REQ-DB-13, with as many entries as are ever kept.
#[tokio::test]
async fn twenty_thousand_entries_keep_nobody_waiting() {
    let folder = TempDir::new().expect("a folder");
    let store = Store::open(folder.path(), "public").expect("a store");
    let failure =
        Failure::of(FailureClass::RetryLater).with_code("HTTP 503").with_correlation_id(Some("0".repeat(36)));
    let entry = HistoryEntry::new(Timestamp::UNIX_EPOCH, What::Checked)
        .on(Some(Flow::Migration.step(Stage::Test)))
        .because(Some(&failure));
    let entries = (0..HISTORY_KEPT).map(|_| Change::History(entry.clone()));
    store.commit(entries.collect()).await.expect("saved");
    store.close().await.expect("closed");
    let open = || Store::open(folder.path(), "public").expect("a store");
    let read_only = || Store::open_read_only(folder.path(), "public").expect("a store");
    let store = read_only();
    let nothing = HistoryQuery { text: Some("nowhere".to_owned()), ..HistoryQuery::newest(100) };
    let times = [
        ("open for writing", 200, median_of_nine(open)),
        ("status: open and load", 20, median_of_nine(|| read_only().record().expect("a record"))),
        ("first page", 20, median_of_nine(|| store.history(&HistoryQuery::newest(100)).expect("a page"))),
        ("search without a hit", 1_000, median_of_nine(|| store.history(&nothing).expect("nothing"))),
    ];
    for (what, bound, time) in times {
        println!("{what}: {time:?}");
        assert!(time < Duration::from_millis(bound), "{what} took {time:?}");
    }
}
