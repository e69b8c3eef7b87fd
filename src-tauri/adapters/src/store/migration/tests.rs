use std::env;
use std::path::Path;
use std::process::{Command, Stdio};

use rusqlite::Connection;
use tempfile::TempDir;

use super::*;
use crate::store::{Condition, Store};

const CHILD_FOLDER: &str = "STORE_MIGRATION_CHILD_FOLDER";
/// Long enough to be killed in the middle, on any machine.
const ENDLESS: &str = "CREATE TABLE half (number INTEGER) STRICT;
    INSERT INTO half WITH RECURSIVE count (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM count) SELECT n FROM count;";

fn files_in(folder: &Path) -> Files {
    Files::new(folder, "public").expect("a name")
}

fn version_of(database: &Connection) -> i32 {
    database.query_row("PRAGMA user_version", [], |row| row.get(0)).expect("a version")
}

fn at_today(folder: &Path) -> Connection {
    let mut database = Connection::open(files_in(folder).database()).expect("a file");
    migrate(&mut database, &files_in(folder), STEPS).expect("today's steps work");
    database
}

/// REQ-DB-05.
#[test]
fn a_new_step_runs_once_and_a_copy_of_the_older_file_is_kept() {
    let folder = TempDir::new().expect("a folder");
    let files = files_in(folder.path());
    let mut database = at_today(folder.path());
    let older = version_of(&database);
    assert!(!files.backup(0).exists(), "an empty file needs no copy");
    database.execute("UPDATE connection SET company = 'Contoso'", []).expect("a value");
    let steps = [STEPS, &["ALTER TABLE connection ADD COLUMN telephone TEXT;"]].concat();
    for _ in 0..2 {
        migrate(&mut database, &files, &steps).expect("the step works once and is passed over then");
        assert_eq!(version_of(&database), older + 1);
    }
    let copy = Connection::open(files.backup(older)).expect("the copy");
    assert_eq!(version_of(&copy), older);
    let company: String =
        copy.query_row("SELECT company FROM connection", [], |row| row.get(0)).expect("the older value");
    assert_eq!(company, "Contoso");
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        let mode = fs::metadata(files.backup(older)).expect("the copy").permissions().mode();
        assert_eq!(mode & 0o777, 0o600);
    }
}

#[test]
fn a_step_that_fails_leaves_the_version_before_it() {
    let folder = TempDir::new().expect("a folder");
    let mut database = at_today(folder.path());
    let older = version_of(&database);
    let steps = [
        STEPS,
        &["CREATE TABLE second (x INTEGER) STRICT;", "CREATE TABLE third (x INTEGER) STRICT; nonsense;"],
    ]
    .concat();
    assert!(migrate(&mut database, &files_in(folder.path()), &steps).is_err());
    assert_eq!(version_of(&database), older + 1, "the step before it stays");
    let halves = "SELECT count(*) FROM sqlite_schema WHERE name = 'third'";
    assert_eq!(database.query_row(halves, [], |row| row.get::<_, i64>(0)), Ok(0));
}

#[test]
#[ignore = "the part of another test that runs in a process of its own"]
fn child_that_never_ends_its_migration() {
    let Ok(folder) = env::var(CHILD_FOLDER) else { return };
    let mut database = at_today(Path::new(&folder));
    database.pragma_update(None, "cache_size", 1).expect("a small cache spills early");
    let steps = [STEPS, &[ENDLESS]].concat();
    let _ = migrate(&mut database, &files_in(Path::new(&folder)), &steps);
}

/// REQ-DB-05.
#[test]
fn a_migration_killed_half_way_leaves_the_older_version_whole() {
    let folder = TempDir::new().expect("a folder");
    let files = files_in(folder.path());
    drop(at_today(folder.path()));
    let size = fs::metadata(files.database()).expect("a file").len();
    let mut child = Command::new(env::current_exe().expect("this program"))
        .args(["--exact", "--ignored", "store::migration::tests::child_that_never_ends_its_migration"])
        .env(CHILD_FOLDER, folder.path())
        .stdout(Stdio::null())
        .spawn()
        .expect("a child");
    // Growth shows that the unfinished step has already reached the file.
    while fs::metadata(files.database()).expect("a file").len() < size * 4 {
        assert_eq!(child.try_wait().expect("a child"), None, "the child ended too early");
        std::thread::yield_now();
    }
    child.kill().expect("killed");
    child.wait().expect("ended");
    assert!(files.journal().exists(), "the step was under way");
    let store = Store::open(folder.path(), "public").expect("a store");
    assert_eq!(store.condition(), Condition::Healthy);
    let database = Connection::open(files.database()).expect("a file");
    assert_eq!(version_of(&database), newest(STEPS));
    let halves = "SELECT count(*) FROM sqlite_schema WHERE name = 'half'";
    assert_eq!(database.query_row(halves, [], |row| row.get::<_, i64>(0)), Ok(0));
}
