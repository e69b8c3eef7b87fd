//! Several processes on one file, and processes that die.
#![expect(clippy::expect_used, reason = "a test fails by panicking")]

#[path = "support/store_entry.rs"]
mod samples;
#[path = "support/store_child.rs"]
mod support;

use std::io::{BufRead, BufReader, Read};
use std::path::Path;
use std::process::{Child, Stdio};
use std::time::{Duration, Instant};

use mpc_connect_adapters::store::{Condition, HistoryQuery, Store};
use mpc_connect_core::ports::Journal;
use samples::entry;
use support::{child, given_folder, this_program};
use tempfile::TempDir;

const EACH: usize = 1_000;
const ROUNDS: usize = 50;

#[tokio::test]
#[ignore = "the part of another test that runs in a process of its own"]
async fn child_writes_a_thousand() {
    let Some(folder) = given_folder() else { return };
    let store = Store::open(&folder, "public").expect("a store");
    let mut longest = Duration::ZERO;
    for number in 0..EACH {
        let called = Instant::now();
        let answer = store.commit(vec![entry(&number.to_string())]);
        longest = longest.max(called.elapsed());
        // A failure is no loss: the change waits and is written with a later one.
        let _ = answer.await;
    }
    store.close().await.expect("everything is written");
    assert_eq!(store.condition(), Condition::Healthy);
    assert!(longest < Duration::from_millis(100), "a caller was kept waiting for {longest:?}");
}

/// REQ-DB-08.
#[test]
fn two_processes_that_write_at_once_lose_nothing() {
    let folder = TempDir::new().expect("a folder");
    let program = this_program().expect("this program");
    let start = || child(&[], &program, "child_writes_a_thousand", folder.path()).spawn().expect("a child");
    for mut process in [start(), start()] {
        let mut output = String::new();
        process.stdout.take().expect("its output").read_to_string(&mut output).expect("text");
        assert!(process.wait().expect("its end").success(), "{output}");
    }
    let store = Store::open(folder.path(), "public").expect("a store");
    assert_eq!(store.history_count(), Ok(2 * u64::try_from(EACH).expect("a count")));
    let entries = store.history(&HistoryQuery::newest(2 * EACH)).expect("entries");
    for number in 0..EACH {
        let number = number.to_string();
        let same = entries.iter().filter(|(_, entry)| entry.result.as_deref() == Some(&number));
        assert_eq!(same.count(), 2, "entry {number} of each process is there once");
    }
}

#[tokio::test]
#[ignore = "the part of another test that runs in a process of its own"]
async fn child_writes_until_it_is_killed() {
    let Some(folder) = given_folder() else { return };
    let store = Store::open(&folder, "public").expect("a store");
    let first = store.history_count().expect("a count");
    println!("\nopened");
    for number in first.. {
        store.commit(vec![entry(&number.to_string())]).await.expect("saved");
        println!("saved {number}");
    }
}

/// Kills the child after it has said "saved" `count` times, and answers the last number that it said.
fn killed_after(mut child: Child, count: usize) -> Option<u64> {
    let output = BufReader::new(child.stdout.take().expect("its output"));
    let mut last = None;
    let mut lines = output.lines().map_while(Result::ok);
    let numbers = |line: String| line.strip_prefix("saved ").and_then(|number| number.parse().ok());
    for number in lines.by_ref().filter_map(numbers).take(count) {
        last = Some(number);
    }
    child.kill().expect("killed");
    child.wait().expect("ended");
    // What it had said before it died counts as well.
    lines.filter_map(numbers).last().or(last)
}

fn is_sound(path: &Path) -> bool {
    let database = rusqlite::Connection::open(path).expect("the file");
    let verdict: String =
        database.query_row("PRAGMA integrity_check", [], |row| row.get(0)).expect("a verdict");
    verdict == "ok"
}

/// REQ-DB-09.
#[test]
fn whatever_was_answered_as_saved_outlives_a_killed_process() {
    let folder = TempDir::new().expect("a folder");
    let program = this_program().expect("this program");
    let mut left_in_the_middle = 0;
    for round in 0..ROUNDS {
        let process = child(&[], &program, "child_writes_until_it_is_killed", folder.path())
            .stderr(Stdio::null())
            .spawn()
            .expect("a child");
        let last = killed_after(process, 1 + round % 7).expect("the child has saved something");
        left_in_the_middle += usize::from(folder.path().join("public.db-journal").exists());
        let store = Store::open(folder.path(), "public").expect("a store");
        assert_eq!(store.condition(), Condition::Healthy, "round {round}");
        let mut entries = store.history(&HistoryQuery::newest(100_000)).expect("entries");
        entries.reverse();
        let numbers: Vec<_> = entries.into_iter().filter_map(|(_, entry)| entry.result).collect();
        let expected: Vec<_> = (0..numbers.len()).map(|number| number.to_string()).collect();
        assert_eq!(numbers, expected, "round {round}: in order, without a gap");
        assert!(u64::try_from(numbers.len()).expect("a count") > last, "round {round}: {last} was saved");
        assert!(is_sound(&store.path()), "round {round}");
    }
    println!("{left_in_the_middle} of {ROUNDS} were killed in the middle of a write");
}

#[test]
#[ignore = "the part of another test that runs in a process of its own"]
fn child_opens_a_damaged_file() {
    let Some(folder) = given_folder() else { return };
    println!("\nready");
    std::io::stdin().read_to_end(&mut Vec::new()).expect("the sign to begin");
    let store = Store::open(&folder, "public").expect("a store");
    println!("\n{}", matches!(store.condition(), Condition::RecoveredFromDamage { .. }));
}

/// Starts processes that open the file at the same moment, and answers how many of them put it aside.
fn count_who_put_it_aside(folder: &Path) -> usize {
    let program = this_program().expect("this program");
    let mut processes = Vec::new();
    for _ in 0..4 {
        let mut command = child(&[], &program, "child_opens_a_damaged_file", folder);
        let mut process = command.stdin(Stdio::piped()).spawn().expect("a child");
        let output = BufReader::new(process.stdout.take().expect("its output"));
        let mut lines = output.lines().map_while(Result::ok);
        assert!(lines.any(|line| line == "ready"));
        processes.push((process, lines));
    }
    // Whoever waits for the end of its input begins.
    processes.iter_mut().for_each(|(process, _)| drop(process.stdin.take()));
    let mut told = 0;
    for (mut process, mut lines) in processes {
        told += usize::from(lines.any(|line| line == "true"));
        assert!(process.wait().expect("its end").success());
    }
    told
}

#[test]
fn of_processes_that_meet_a_damaged_file_at_once_one_puts_it_aside() {
    for round in 0..10 {
        let folder = TempDir::new().expect("a folder");
        std::fs::write(folder.path().join("public.db"), vec![b'x'; 8192]).expect("a file");
        assert_eq!(count_who_put_it_aside(folder.path()), 1, "round {round}: the others found the new file");
        let names = std::fs::read_dir(folder.path()).expect("a folder").filter_map(Result::ok);
        let kept = names.filter(|file| file.file_name().to_string_lossy().contains("damaged"));
        assert_eq!(kept.count(), 1, "round {round}");
    }
}
