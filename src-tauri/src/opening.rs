//! What this start of the program shows: an environment with its database, or why there is none.

use std::ffi::{OsStr, OsString};

use jiff::Timestamp;
use jiff::tz::TimeZone;
use mpc_connect_adapters::place::{Choice, DataFolder, choose_environment};
use mpc_connect_adapters::store::Store;
use mpc_connect_core::environment::EnvironmentError;
use mpc_connect_core::failure::Failure;
use mpc_connect_core::flow::State;
use mpc_connect_core::ports::Journal;
use mpc_connect_core::record::Record;
use mpc_connect_core::view;

use crate::dto::{ChosenEnvironment, Page, Refused, Status, Unreadable};
use crate::terminal::Terminal;

/// What this start shows. Fixed when the program starts; only the database is read again.
pub struct Opening {
    choice: Result<Choice, EnvironmentError>,
    folder: Option<DataFolder>,
    terminal: Terminal,
}

impl Opening {
    /// By this process's arguments and environment.
    #[must_use]
    pub fn of_this_process() -> Self {
        let argument = environment_argument(std::env::args_os().skip(1));
        Self::of(argument.as_deref(), DataFolder::of_this_person(), Terminal::of_this_process())
    }

    /// By an environment and a folder of a test.
    #[must_use]
    pub fn at(environment: Option<&OsStr>, folder: &std::path::Path) -> Self {
        Self::of(environment, Some(DataFolder::at(folder)), Terminal::default())
    }

    fn of(argument: Option<&OsStr>, folder: Option<DataFolder>, terminal: Terminal) -> Self {
        let nowhere = || EnvironmentError::Unreadable("no data folder".to_owned());
        let choice = folder.as_ref().ok_or_else(nowhere).and_then(|at| choose_environment(argument, at));
        Self { choice, folder, terminal }
    }

    /// What the page shows at a time, with times in a zone.
    pub(crate) async fn page(&self, now: Timestamp, zone: &TimeZone) -> Page {
        let choice = match &self.choice {
            Ok(choice) => choice,
            Err(error) => return Page::Refused(Refused::from(error)),
        };
        let environment =
            ChosenEnvironment { name: choice.environment.name.clone(), managed: choice.managed };
        match self.record(choice).await {
            Ok(record) => {
                let state = State::of(record);
                let view = view::status(&state, &choice.environment, now, zone);
                let terminal = self.terminal.lines(&state, choice);
                Page::Status(Box::new(Status::of(view, environment, terminal)))
            }
            Err(failure) => Page::Unreadable(Unreadable::of(failure, environment)),
        }
    }

    async fn record(&self, choice: &Choice) -> Result<Record, Failure> {
        let Some(folder) = &self.folder else { return Ok(Record::default()) };
        Store::open_read_only(&folder.path, &choice.environment.name)?.load().await
    }
}

/// The value of `--environment`. Other arguments are for toolkits and not ours to judge.
fn environment_argument(mut arguments: impl Iterator<Item = OsString>) -> Option<OsString> {
    const NAME: &str = "--environment";
    while let Some(argument) = arguments.next() {
        if argument == NAME {
            return arguments.next();
        }
        let joined = argument.to_str().and_then(|text| text.strip_prefix(NAME)?.strip_prefix('='));
        if let Some(value) = joined {
            return Some(value.into());
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    fn chosen(arguments: &[&str]) -> Option<OsString> {
        environment_argument(arguments.iter().map(OsString::from))
    }

    #[test]
    fn the_environment_is_read_in_both_spellings() {
        assert_eq!(chosen(&["--environment", "lab.toml"]), Some("lab.toml".into()));
        assert_eq!(chosen(&["--g-fatal-warnings", "--environment=lab"]), Some("lab".into()));
    }

    #[test]
    fn other_arguments_choose_no_environment() {
        for arguments in
            [&[][..], &["lab"], &["--environment"], &["--environments=lab"], &["--environmentlab"]]
        {
            assert_eq!(chosen(arguments), None, "{arguments:?}");
        }
    }
}
