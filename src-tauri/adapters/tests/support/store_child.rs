//! Parts of a test that run in processes of their own, which are this test program again.

use std::env;
use std::ffi::OsStr;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use jiff::Timestamp;
use mpc_connect_core::history::{HistoryEntry, What};
use mpc_connect_core::record::Change;

const FOLDER: &str = "STORE_TEST_FOLDER";

/// The folder that the parent gave; `None` when no parent runs this test.
pub fn given_folder() -> Option<PathBuf> {
    env::var_os(FOLDER).map(PathBuf::from)
}

/// The ignored test of this name, with its output readable by the parent.
pub fn child(name: &str, folder: &Path) -> Command {
    under(&[], env::current_exe().expect("this program").as_os_str(), name, folder)
}

/// The same with another program around it, such as one that injects faults.
pub fn under(wrapper: &[&str], program: &OsStr, name: &str, folder: &Path) -> Command {
    let mut words = wrapper.iter().map(|word| OsStr::new(*word)).chain([program]);
    let mut command = Command::new(words.next().expect("a program"));
    command
        .args(words)
        .args(["--exact", "--ignored", "--nocapture", name])
        .env(FOLDER, folder)
        .stdin(Stdio::null())
        .stdout(Stdio::piped());
    command
}

/// A history entry that can be told from others.
pub fn entry(result: &str) -> Change {
    Change::History(HistoryEntry::new(Timestamp::UNIX_EPOCH, What::Tested).ending(result))
}
