//! Disks that are full or broken, in a child under a program that makes them so.
#![cfg(target_os = "linux")]
#![expect(clippy::expect_used, clippy::panic, reason = "a test fails by panicking")]

#[path = "support/store_entry.rs"]
mod samples;
#[path = "support/store_child.rs"]
mod support;

use std::path::Path;
use std::process::Stdio;

use mpc_connect_adapters::store::{Condition, HistoryQuery, Reason, Store};
use mpc_connect_core::ports::Journal;
use mpc_connect_core::record::{Change, Settings};
use samples::entry;
use support::{child, given_folder, this_program};
use tempfile::TempDir;

const COMMITS: u32 = 4;

fn run_under(wrapper: &[&str], name: &str, folder: &Path) -> String {
    let program = this_program().expect("this program");
    let output = child(wrapper, &program, name, folder)
        .stderr(Stdio::inherit())
        .output()
        .unwrap_or_else(|error| panic!("{wrapper:?}: {error}"));
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    assert!(output.status.success() && text.contains("1 passed"), "{text}");
    text
}

/// Where a fault may hit, every commit is answered, and "saved" is said only of what is in the file.
#[tokio::test]
#[ignore = "the part of another test that runs in a process of its own"]
async fn child_commits_and_tells() {
    let Some(folder) = given_folder() else { return };
    let store = Store::open(&folder, "public").expect("a store");
    for number in 0..COMMITS {
        let settings = Settings { company: Some(number.to_string()), ..Settings::default() };
        let changes = vec![Change::Settings(settings), entry(&number.to_string())];
        let answer = store.commit(changes).await;
        println!("\n{} {number}", if answer.is_ok() { "saved" } else { "waits" });
        match store.record() {
            Ok(read) => {
                assert_eq!(read.settings.company, Some(number.to_string()), "saved or waiting, it is read")
            }
            Err(failure) => println!("\nnot read {number}: {failure:?}"),
        }
    }
    if store.close().await.is_ok() {
        println!("\nsaved all");
    }
}

fn results(folder: &Path) -> Vec<String> {
    let store = Store::open(folder, "public").expect("a store");
    assert_eq!(store.condition(), Condition::Healthy, "no fault damages the file");
    let mut entries = store.history(&HistoryQuery::newest(100)).expect("entries");
    entries.reverse();
    entries.into_iter().filter_map(|(_, entry)| entry.result).collect()
}

/// After the fault: what was called saved is there, in order, nothing twice.
fn check_what_is_left(text: &str, folder: &Path, fault: &str) {
    let left = results(folder);
    let all: Vec<String> = (0..COMMITS).map(|number| number.to_string()).collect();
    assert!(all.starts_with(&left), "{fault}: {left:?} is no beginning of what was called");
    let saved = text.lines().rfind(|line| line.starts_with("saved "));
    let expected = match saved {
        Some("saved all") => all.len(),
        Some(line) => 1 + line.trim_start_matches("saved ").parse::<usize>().expect("a number"),
        None => 0,
    };
    assert!(left.len() >= expected, "{fault}: {expected} were called saved, {left:?} are there");
}

/// Fails the k-th call of a kind, for every k until none is left to fail; answers how many were failed.
fn fail_each(calls: &str, error: &str) -> u32 {
    for nth in 1.. {
        let folder = TempDir::new().expect("a folder");
        drop(Store::open(folder.path(), "public").expect("a file to begin with"));
        let log = folder.path().join("calls");
        let log_name = log.to_str().expect("a name");
        let inject = format!("inject={calls}:error={error}:when={nth}");
        let trace = format!("trace={calls}");
        let wrapper = ["strace", "-f", "-qq", "-e", &trace, "-e", &inject, "-o", log_name];
        // Only calls on the database count: not what the test harness writes.
        let database = folder.path().join("public.db");
        let journal = folder.path().join("public.db-journal");
        let [database, journal] = [&database, &journal].map(|path| path.to_str().expect("a name"));
        let place = folder.path().to_str().expect("a name");
        let wrapper = [&wrapper[..], &["-P", database, "-P", journal, "-P", place]].concat();
        let text = run_under(&wrapper, "child_commits_and_tells", folder.path());
        let fault = format!("{error} at {calls} {nth}");
        check_what_is_left(&text, folder.path(), &fault);
        assert!(!text.contains("not read"), "{fault}: after one failed call, reading goes on: {text}");
        if !std::fs::read_to_string(&log).expect("the calls").contains("(INJECTED)") {
            assert!(text.contains("saved all"), "without a fault everything is saved");
            return nth - 1;
        }
    }
    unreachable!("a run has an end")
}

#[test]
fn whichever_write_fails_nothing_called_saved_is_lost_and_nothing_is_written_twice() {
    let failed = fail_each("pwrite64", "EIO");
    assert!(failed > COMMITS, "each commit writes, {failed} were failed");
}

#[test]
fn whichever_flush_fails_nothing_called_saved_is_lost_and_nothing_is_written_twice() {
    let failed = fail_each("fdatasync,fsync", "EIO");
    assert!(failed > COMMITS, "each commit flushes, {failed} were failed");
}

#[test]
fn whichever_removal_of_the_journal_fails_nothing_called_saved_is_lost() {
    let failed = fail_each("unlink", "EIO");
    assert!(failed >= COMMITS, "each commit removes its journal, {failed} were failed");
}

/// REQ-DB-06.
#[test]
fn a_full_disk_at_any_write_harms_nothing() {
    let failed = fail_each("pwrite64", "ENOSPC");
    assert!(failed > COMMITS, "each commit writes, {failed} were failed");
}

#[test]
fn with_a_third_of_all_disk_calls_failing_the_answers_stay_true() {
    for _ in 0..20 {
        let folder = TempDir::new().expect("a folder");
        drop(Store::open(folder.path(), "public").expect("a file to begin with"));
        let fault = "enable_random name=posix/io/sync/*,probability=0.33";
        let text = run_under(&["fiu-run", "-x", "-c", fault], "child_commits_and_tells", folder.path());
        check_what_is_left(&text, folder.path(), fault);
    }
}

/// Fills a real file system of 256 KiB, makes room again, and sees what waited arrive.
#[tokio::test]
#[ignore = "the part of another test that runs in a process of its own"]
async fn child_fills_the_disk() {
    let Some(folder) = given_folder() else { return };
    let store = Store::open(&folder, "public").expect("a store");
    store.commit(vec![entry("first")]).await.expect("saved");
    let filler = folder.join("filler");
    std::fs::write(&filler, vec![0; 1 << 20]).expect_err("larger than the disk");
    let large = "x".repeat(20_000);
    let refused = store.commit(vec![entry(&large)]).await.expect_err("no room");
    assert_eq!(refused.code.as_deref(), Some("disk full"));
    let waits = Condition::NotSaving { reason: Reason::DiskFull, waiting: 1, lost: 0 };
    assert_eq!(store.condition(), waits);
    store.load().await.expect("reading goes on");
    std::fs::remove_file(filler).expect("room");
    store.commit(vec![entry("last")]).await.expect("saved");
    assert_eq!(store.condition(), Condition::Healthy);
    assert_eq!(results(&folder), ["first", large.as_str(), "last"]);
}

/// REQ-DB-06.
#[test]
fn what_a_full_disk_refused_is_saved_when_there_is_room_again() {
    let folder = TempDir::new().expect("a folder");
    // A mount of its own, seen by nobody else.
    let script = format!("mount -t tmpfs -o size=256k tmpfs '{}' && exec \"$@\"", folder.path().display());
    let wrapper = ["unshare", "--user", "--map-root-user", "--mount", "sh", "-c", &script, "sh"];
    run_under(&wrapper, "child_fills_the_disk", folder.path());
}
