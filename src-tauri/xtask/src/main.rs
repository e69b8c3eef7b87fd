//! The commands of the project, called as `cargo xtask <command>`.
//!
//! They use the standard library and `serde_json` alone, so that the first of them starts within seconds.

mod ask;
mod gallery;
mod layers;
mod packages;
mod processes;
mod run;
mod stages;
mod test;
mod tools;
mod words;

use std::process::ExitCode;

use words::{Failure, say};

/// What a person may type after the name of a command.
#[derive(Debug, Default, PartialEq, Eq)]
struct Options {
    /// Install without asking, as under CI.
    yes: bool,
    /// Only what compiles without WebKit.
    inner: bool,
    /// Go on after a failed stage; the exit code stays honest.
    keep_going: bool,
    /// Walk through without a person, on a virtual display.
    demo: bool,
    /// The part of `run` that already lives in a throw-away session.
    inside: bool,
}

const COMMANDS: &str = "\
cargo xtask run   [--yes] [--demo]                  build, start the sandbox and open the wizard on it
cargo xtask test  [--yes] [--inner] [--keep-going]  what continuous integration runs
cargo xtask inner [--yes] [--keep-going]            the same as test --inner: nothing that needs WebKit
cargo xtask gallery [--yes]                         a picture of every screen and state, in target/gallery";

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let Some((command, options)) = parse(&arguments) else {
        say(format!("The commands are:\n{COMMANDS}"));
        return ExitCode::from(2);
    };
    let done = match command {
        Command::Run => run::run(&options),
        Command::Test => test::run(&options),
        Command::Gallery => gallery::run(&options),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(Failure(text)) => {
            say(format!("\n{text}"));
            ExitCode::FAILURE
        }
    }
}

#[derive(Debug, PartialEq, Eq)]
enum Command {
    Run,
    Test,
    Gallery,
}

fn parse(arguments: &[String]) -> Option<(Command, Options)> {
    let (name, rest) = arguments.split_first()?;
    let mut options = Options { yes: continuous_integration(), ..Options::default() };
    let command = match name.as_str() {
        "run" => Command::Run,
        "test" => Command::Test,
        "gallery" => Command::Gallery,
        "inner" => {
            options.inner = true;
            Command::Test
        }
        _ => return None,
    };
    for argument in rest {
        match (argument.as_str(), &command) {
            ("--yes", _) => options.yes = true,
            ("--inner", Command::Test) => options.inner = true,
            ("--keep-going", Command::Test) => options.keep_going = true,
            ("--demo", Command::Run) => options.demo = true,
            ("--inside", Command::Run) => options.inside = true,
            _ => return None,
        }
    }
    Some((command, options))
}

fn continuous_integration() -> bool {
    std::env::var("CI").is_ok_and(|value| !value.is_empty() && value != "false")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parsed(line: &str) -> Option<(Command, Options)> {
        parse(&line.split_whitespace().map(str::to_owned).collect::<Vec<_>>())
    }

    #[test]
    fn inner_is_the_test_without_webkit() {
        assert_eq!(parsed("inner --yes"), parsed("test --inner --yes"));
    }

    #[test]
    fn an_option_of_another_command_is_refused() {
        assert_eq!(parsed("run --inner"), None);
        assert_eq!(parsed("test --inside"), None);
    }

    #[test]
    fn unknown_commands_and_none_at_all_are_refused() {
        assert_eq!(parsed("gallerie"), None);
        assert_eq!(parsed("gallery --demo"), None);
        assert_eq!(parsed(""), None);
    }
}
