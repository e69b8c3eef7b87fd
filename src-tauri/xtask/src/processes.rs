//! Starting other programs, from the root of the project.

use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

use crate::words::{Done, Failure};

/// The root of the project. Cargo names the folder of this package at run time, so that a clone can be moved.
pub(crate) fn root() -> PathBuf {
    let package = std::env::var_os("CARGO_MANIFEST_DIR")
        .map_or_else(|| env!("CARGO_MANIFEST_DIR").into(), PathBuf::from);
    package.ancestors().nth(2).map_or(package.clone(), Path::to_path_buf)
}

/// Where Cargo puts what it builds.
pub(crate) fn target() -> PathBuf {
    std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| root().join("target"), PathBuf::from)
}

/// A command line in the root of the project.
pub(crate) fn command(program: impl Into<OsString>) -> Command {
    let mut command = Command::new(program.into());
    command.current_dir(root());
    command
}

/// A command given as words, with the program first.
pub(crate) fn line<const N: usize>(words: [&str; N]) -> Command {
    let mut words = words.into_iter();
    let mut command = command(words.next().unwrap_or("true"));
    command.args(words);
    command
}

/// The words of a command, for a sentence about it.
pub(crate) fn shown(command: &Command) -> String {
    let words = std::iter::once(command.get_program()).chain(command.get_args());
    words.map(|word| word.to_string_lossy().into_owned()).collect::<Vec<_>>().join(" ")
}

/// Runs a command to its end, its output going to the terminal.
pub(crate) fn must(command: &mut Command) -> Done {
    let status = command.status().map_err(|error| not_started(command, &error))?;
    if status.success() {
        return Ok(());
    }
    Err(Failure::new(format!("`{}` ended with {status}.", shown(command))))
}

/// Runs a command to its end and returns what it wrote to standard output, however it ended.
pub(crate) fn output(command: &mut Command) -> Done<String> {
    let output = command
        .stderr(Stdio::null())
        .stdin(Stdio::null())
        .output()
        .map_err(|error| not_started(command, &error))?;
    Ok(String::from_utf8_lossy(&output.stdout).into_owned())
}

/// True when the command can be started and ends well; it says nothing.
pub(crate) fn works(command: &mut Command) -> bool {
    let quiet = command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    quiet.status().is_ok_and(|status| status.success())
}

/// The same command, ended by the system as soon as this program ends, in whatever way it does.
pub(crate) fn tied(command: &Command) -> Command {
    let mut tied = Command::new("setpriv");
    tied.args(["--pdeathsig", "TERM", "--"]).arg(command.get_program()).args(command.get_args());
    for (name, value) in command.get_envs() {
        match value {
            Some(value) => tied.env(name, value),
            None => tied.env_remove(name),
        };
    }
    if let Some(folder) = command.get_current_dir() {
        tied.current_dir(folder);
    }
    tied
}

/// A started program that is ended and waited for when this value goes.
pub(crate) struct Running(pub(crate) Child);

impl Running {
    pub(crate) fn start(command: &mut Command) -> Done<Self> {
        command.spawn().map(Self).map_err(|error| not_started(command, &error))
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

fn not_started(command: &Command, error: &std::io::Error) -> Failure {
    Failure::new(format!("`{}` could not be started: {error}.", shown(command)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_root_is_the_folder_with_the_workspace() {
        assert!(root().join("src-tauri/xtask/Cargo.toml").is_file());
    }

    #[test]
    fn a_failed_command_is_named_in_the_sentence() {
        let Err(Failure(text)) = must(&mut line(["sh", "-c", "exit 3"])) else {
            panic!("exit 3 is a failure")
        };
        assert!(text.contains("sh -c exit 3"), "{text}");
    }

    #[test]
    fn a_program_that_is_not_there_is_a_failure_and_no_panic() {
        assert!(must(&mut line(["no-such-program-anywhere"])).is_err());
        assert!(!works(&mut line(["no-such-program-anywhere"])));
    }

    #[test]
    fn a_tied_command_keeps_its_words_and_its_environment() {
        let mut command = line(["printenv", "COLOUR"]);
        command.env("COLOUR", "blue");
        assert_eq!(output(&mut tied(&command)), Ok("blue\n".to_owned()));
    }
}
