//! Parts of a test that run in processes of their own, which are this test program again.

use std::env;
use std::ffi::OsStr;
use std::io;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

const FOLDER: &str = "STORE_TEST_FOLDER";

/// The folder that the parent gave; `None` when no parent runs this test.
pub(crate) fn given_folder() -> Option<PathBuf> {
    env::var_os(FOLDER).map(PathBuf::from)
}

/// This test program.
pub(crate) fn this_program() -> io::Result<PathBuf> {
    env::current_exe()
}

/// The ignored test of this name in the test program, with another program around it, such as one that injects
/// faults. The parent can read what it prints.
pub(crate) fn child(wrapper: &[&str], program: &Path, name: &str, folder: &Path) -> Command {
    let mut words = wrapper.iter().map(OsStr::new).chain([program.as_os_str()]);
    let mut command = Command::new(words.next().unwrap_or(program.as_os_str()));
    command
        .args(words)
        .args(["--exact", "--ignored", "--nocapture", name])
        .env(FOLDER, folder)
        .stdin(Stdio::null())
        .stdout(Stdio::piped());
    command
}
