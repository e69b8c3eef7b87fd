//! Files of every version that was ever released open with nothing lost.
//!
//! A new version adds one fixture, written by the last program of the version before, and its number below.
#![expect(clippy::expect_used, clippy::indexing_slicing, reason = "a test fails by panicking")]

use std::fs;
use std::path::{Path, PathBuf};

use mpc_connect_adapters::store::{Condition, HistoryQuery, Store};
use mpc_connect_core::failure::FailureClass;
use mpc_connect_core::history::What;
use mpc_connect_core::open_item::OpenItemId;
use mpc_connect_core::record::Record;
use mpc_connect_core::status::{Qualifier, Word};
use mpc_connect_core::step::{Flow, Stage};
use rusqlite::Connection;
use tempfile::TempDir;

const VERSIONS: [i32; 2] = [1, 2];

fn version_of(path: &Path) -> i32 {
    let database = Connection::open(path).expect("the file");
    database.query_row("PRAGMA user_version", [], |row| row.get(0)).expect("a version")
}

/// Makes the file of the fixture, as the program of that version left it.
fn file_of(version: i32, folder: &Path) -> PathBuf {
    let fixtures = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/support/store_fixtures");
    let sql =
        fs::read_to_string(fixtures.join(format!("v{version}.sql"))).expect("a fixture for each version");
    let path = folder.join("public.db");
    Connection::open(&path).expect("a file").execute_batch(&sql).expect("the fixture");
    assert_eq!(version_of(&path), version);
    path
}

fn check_record(version: i32, record: &Record) {
    assert_eq!(record.settings.flow, Some(Flow::Migration));
    assert_eq!(record.settings.company.as_deref(), Some("Contoso's \"Ltd\""));
    let username = record.settings.username.as_ref().expect("a username");
    assert_eq!(username.as_str(), "svc-cosell@contoso.com");
    let credential = record.credential.as_ref().expect("a credential");
    assert_eq!((credential.account_number, record.accounts_seen), (2, 2));
    assert!(credential.asked.second_check);
    assert_eq!(credential.authority, "https://login.example/v2.0/.well-known/openid-configuration client-1");
    assert_eq!(record.word(), Word::Active);
    assert_eq!(record.verdict.qualifiers, [Qualifier::MfaNotProven]);
    let report = record.last_report.as_ref().expect("a report");
    assert_eq!(report.checks.len(), 2);
    assert_eq!(report.checks[1].failure.as_ref().expect("a failure").class, FailureClass::RetryLater);
    assert!(record.attempt.as_ref().expect("an attempt").ended);
    assert_eq!(record.organization.as_ref().expect("an organization").id, "org-1");
    assert_eq!(record.organizations.rows[1].names, ["Fabrikam", "Fabrikam GmbH"]);
    assert!(record.organizations.cut);
    assert!(record.is_done(Stage::Contact) && record.is_done(Stage::LogIn));
    let waits = record.waits_for(OpenItemId::IntegrationsOn).expect("an item");
    assert_eq!((waits.note.as_deref(), waits.done_by.as_deref()), (Some("asked by mail"), None));
    check_what_came_with_version_2(version, record);
}

/// Nobody was asked before.
fn check_what_came_with_version_2(version: i32, record: &Record) {
    let settings = &record.settings;
    let told = (settings.second_factor_holder.as_deref(), settings.password_rotates, record.prefers_loopback);
    let off = record.open_items.iter().find(|item| item.id == OpenItemId::FlowsOff);
    let by = off.and_then(|item| item.done_by.as_deref());
    let asked = record.open_items.iter().map(|item| item.asked_at.map(|at| at.to_string()));
    let asked: Vec<_> = asked.flatten().collect();
    let when = if version < 2 { "2026-11-20T08:00:00Z" } else { "2026-11-22T11:30:00Z" };
    assert_eq!(asked, [when], "version {version}: nobody else is said to have been asked");
    assert_eq!(record.last_test, record.last_report, "version {version}");
    let expected = if version < 2 {
        ((None, None, false), None)
    } else {
        ((Some("Grace"), Some(false), true), Some("Ada"))
    };
    assert_eq!((told, by), expected, "version {version}");
}

/// REQ-DB-05.
#[test]
fn every_older_version_is_led_to_today_with_nothing_lost() {
    for version in VERSIONS {
        let folder = TempDir::new().expect("a folder");
        let path = file_of(version, folder.path());
        let store = Store::open(folder.path(), "public").expect("a store");
        assert_eq!(store.condition(), Condition::Healthy, "version {version}");
        check_record(version, &store.record().expect("a record"));
        let history = store.history(&HistoryQuery::newest(10)).expect("entries");
        let kinds: Vec<What> = history.iter().map(|(_, entry)| entry.what).collect();
        assert_eq!(kinds, [What::Tested, What::SignedIn]);
        assert_eq!(history[0].0, 7, "numbers stay");
        let today = version_of(&path);
        assert_eq!(Some(&today), VERSIONS.last(), "a new version needs its fixture here");
        let backup = folder.path().join(format!("public.bak-v{version}.db"));
        assert_eq!(backup.exists(), version < today, "the older file is kept once");
    }
}

#[test]
fn every_older_version_is_read_without_changing_it() {
    for version in VERSIONS {
        let folder = TempDir::new().expect("a folder");
        let path = file_of(version, folder.path());
        let before = fs::read(&path).expect("the file");
        let store = Store::open_read_only(folder.path(), "public").expect("a store");
        check_record(version, &store.record().expect("a record"));
        assert_eq!(fs::read(&path).expect("the file"), before, "version {version}");
    }
}

#[test]
fn an_older_file_that_has_lost_a_table_is_kept_aside_like_any_damaged_one() {
    let folder = TempDir::new().expect("a folder");
    let path = file_of(1, folder.path());
    let database = Connection::open(&path).expect("the file");
    database.execute_batch("DROP TABLE open_item;").expect("a loss");
    drop(database);
    let store = Store::open(folder.path(), "public").expect("a store");
    let Condition::RecoveredFromDamage { recovered, .. } = store.condition() else {
        panic!("{:?}", store.condition())
    };
    assert_eq!((recovered, Some(&version_of(&path))), (2, VERSIONS.last()));
}
