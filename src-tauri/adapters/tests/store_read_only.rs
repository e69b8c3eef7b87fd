//! Reading where nothing may be written.
//!
//! Rights do not bind the superuser, so the parts that need a folder without them run in a child of another user.
#![cfg(unix)]
#![expect(clippy::expect_used, reason = "a test fails by panicking")]

#[path = "support/store_entry.rs"]
mod samples;
#[path = "support/store_child.rs"]
mod support;

use std::fs::{self, Permissions};
use std::os::unix::fs::{MetadataExt, PermissionsExt};
use std::path::Path;
use std::process::Stdio;

use mpc_connect_adapters::store::{Condition, HistoryQuery, Reason, Store};
use mpc_connect_core::failure::FailureClass;
use mpc_connect_core::ports::Journal;
use rusqlite::Connection;
use samples::entry;
use support::{child, given_folder, this_program};
use tempfile::TempDir;

/// "nobody" on Linux; any user without rights does.
const SOMEBODY_ELSE: u32 = 65_534;

/// Takes the right to write from the folder and its file, runs the test of this name as a user whom that binds, and
/// answers what it printed.
fn run_without_rights(name: &str, folder: &Path) {
    for file in fs::read_dir(folder).expect("a folder").filter_map(Result::ok) {
        fs::set_permissions(file.path(), Permissions::from_mode(0o444)).expect("rights");
    }
    fs::set_permissions(folder, Permissions::from_mode(0o555)).expect("rights");
    // A file just made belongs to the user who runs this.
    let is_superuser = fs::metadata(folder).expect("a folder").uid() == 0;
    let programs = TempDir::new_in("/tmp").expect("a folder that others may enter");
    fs::set_permissions(programs.path(), Permissions::from_mode(0o755)).expect("rights");
    let program = this_program().expect("this program");
    let mut command = if is_superuser {
        let copy = programs.path().join("test");
        fs::copy(program, &copy).expect("a copy for the other user");
        let user = format!("--reuid={SOMEBODY_ELSE}");
        child(&["setpriv", &user, "--clear-groups"], &copy, name, folder)
    } else {
        child(&[], &program, name, folder)
    };
    // The other user has no way into a temporary folder that is this user's alone.
    command.env("TMPDIR", "/tmp");
    let output = command.current_dir("/").stderr(Stdio::inherit()).output().expect("a child");
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    assert!(output.status.success(), "{text}");
    fs::set_permissions(folder, Permissions::from_mode(0o700)).expect("rights");
    assert!(text.contains("1 passed"), "{text}");
}

async fn filled() -> TempDir {
    let folder = TempDir::new_in("/tmp").expect("a folder");
    let store = Store::open(folder.path(), "public").expect("a store");
    store.commit(vec![entry("first"), entry("second")]).await.expect("saved");
    store.close().await.expect("closed");
    folder
}

fn results(store: &Store) -> Vec<String> {
    let entries = store.history(&HistoryQuery::newest(10)).expect("entries");
    entries.into_iter().filter_map(|(_, entry)| entry.result).collect()
}

#[tokio::test]
#[ignore = "the part of another test that runs in a process of its own"]
async fn child_reads_and_cannot_write() {
    let Some(folder) = given_folder() else { return };
    fs::write(folder.join("probe"), "").expect_err("this user must not write here");
    let store = Store::open(&folder, "public").expect("a store");
    assert_eq!(store.condition(), Condition::ReadOnly, "known before the first change");
    store.load().await.expect("a record");
    assert_eq!(results(&store), ["second", "first"]);
    let refused = store.commit(vec![entry("third")]).await.expect_err("not saved");
    assert_eq!(refused.class, FailureClass::StoreNotWritable);
    assert_eq!(refused.code.as_deref(), Some("read-only"));
    let waits = Condition::NotSaving { reason: Reason::ReadOnly, waiting: 1, lost: 0 };
    assert_eq!(store.condition(), waits);
    assert_eq!(results(&store), ["third", "second", "first"], "what waits is shown");
    assert_eq!(store.history_count(), Ok(3));
    store.close().await.expect_err("still not saved");
}

/// REQ-DB-06.
#[tokio::test]
async fn in_a_read_only_folder_the_file_is_read_and_changes_wait() {
    let folder = filled().await;
    run_without_rights("child_reads_and_cannot_write", folder.path());
    assert_eq!(
        results(&Store::open_read_only(folder.path(), "public").expect("a store")),
        ["second", "first"]
    );
}

#[tokio::test]
#[ignore = "the part of another test that runs in a process of its own"]
async fn child_reads_a_file_left_in_the_middle_of_a_write() {
    let Some(folder) = given_folder() else { return };
    assert!(folder.join("public.db-journal").exists());
    for store in [Store::open_read_only(&folder, "public"), Store::open(&folder, "public")] {
        let store = store.expect("a store");
        store.load().await.expect("a record");
        assert_eq!(results(&store), ["second", "first"], "as before the write");
    }
}

/// Leaves file and journal as a process leaves them that dies in the middle of a write.
fn leave_in_the_middle(path: &Path) {
    let source = path.with_extension("source");
    fs::copy(path, &source).expect("a copy");
    let database = Connection::open(&source).expect("a file");
    database
        .execute_batch(
            "PRAGMA cache_size = 1; BEGIN IMMEDIATE; UPDATE history SET result = 'half';
             CREATE TABLE half (x TEXT);
             INSERT INTO half WITH RECURSIVE n (x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n LIMIT 50)
                SELECT hex(randomblob(4096)) FROM n;",
        )
        .expect("half a write, spilled to the file");
    fs::copy(path.with_extension("source-journal"), path.with_extension("db-journal")).expect("the journal");
    fs::copy(&source, path).expect("the half-written file");
    drop(database);
    fs::remove_file(source).expect("removed");
}

#[tokio::test]
async fn an_unfinished_write_in_a_read_only_folder_is_undone_in_a_copy() {
    let folder = filled().await;
    let path = folder.path().join("public.db");
    leave_in_the_middle(&path);
    let before = fs::read(&path).expect("a file");
    run_without_rights("child_reads_a_file_left_in_the_middle_of_a_write", folder.path());
    assert_eq!(fs::read(&path).expect("a file"), before);
}

#[tokio::test]
async fn an_unfinished_write_is_undone_by_a_reader_that_may() {
    let folder = filled().await;
    let path = folder.path().join("public.db");
    leave_in_the_middle(&path);
    let store = Store::open_read_only(folder.path(), "public").expect("a store");
    assert_eq!(results(&store), ["second", "first"]);
    assert!(!path.with_extension("db-journal").exists());
    let refused = store.commit(vec![entry("third")]).await.expect_err("opened for reading");
    assert_eq!(refused.code.as_deref(), Some("read-only"));
}

/// REQ-DB-10.
#[tokio::test]
async fn folder_and_file_are_for_this_user_alone() {
    let parent = TempDir::new().expect("a folder");
    let folder = parent.path().join("a/b");
    let store = Store::open(&folder, "public").expect("a store");
    let mode = |path: &Path| fs::metadata(path).expect("a file").permissions().mode() & 0o777;
    assert_eq!(mode(&folder), 0o700);
    assert_eq!(mode(&store.path()), 0o600);
    fs::set_permissions(store.path(), Permissions::from_mode(0o644)).expect("wider");
    fs::set_permissions(&folder, Permissions::from_mode(0o755)).expect("wider");
    let again = Store::open(&folder, "public").expect("a store");
    assert_eq!(mode(&again.path()), 0o600, "rights of others are taken away");
    assert_eq!(mode(&folder), 0o755, "a folder that was there may be the person's own");
}
