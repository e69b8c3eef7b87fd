//! What this start of the program works with: an environment with its data, or why there is none.

use std::ffi::{OsStr, OsString};
use std::path::Path;
use std::sync::Arc;

use mpc_connect_adapters::Interrupts;
use mpc_connect_adapters::deep_link::PrivateScheme;
use mpc_connect_adapters::place::{Choice, DataFolder, choose_environment};
use mpc_connect_core::environment::EnvironmentError;
use mpc_connect_core::remote_text::RemoteText;

use crate::start::Start;

/// The scheme of this program, of which an installed copy and a development build have one each.
pub(crate) const SCHEME: &str =
    if cfg!(debug_assertions) { "com.mpc-connect.desktop.dev" } else { "com.mpc-connect.desktop" };

/// What this start works with. Fixed when the program starts.
pub struct Opening {
    pub(crate) choice: Result<Choice, EnvironmentError>,
    pub(crate) folder: Option<DataFolder>,
    pub(crate) scheme: Arc<PrivateScheme>,
    /// The address that this start was asked to take.
    pub(crate) link: Option<String>,
    /// What asks this process to end; without it the process is a test's own.
    pub(crate) interrupts: Option<Interrupts>,
    /// Whether this is the program itself, to which the system may lead the scheme.
    pub(crate) is_the_program: bool,
}

impl Opening {
    /// By this process's arguments and environment.
    #[must_use]
    pub fn of_this_process() -> Self {
        let arguments: Vec<OsString> = std::env::args_os().skip(1).collect();
        let start = Start::of(&arguments, SCHEME);
        let opening = Self::of(start.environment.as_deref(), DataFolder::of_this_person());
        // Heard from the first moment: whoever ends a program does not know how far it is.
        let interrupts = tauri::async_runtime::block_on(async { Interrupts::listen() }).ok();
        Self { link: start.link, interrupts, is_the_program: true, ..opening }
    }

    /// By an environment and a folder of a test.
    #[must_use]
    pub fn at(environment: Option<&OsStr>, folder: &Path) -> Self {
        Self::of(environment, Some(DataFolder::at(folder)))
    }

    /// The private scheme, to which addresses are handed that come from outside.
    #[must_use]
    pub fn scheme(&self) -> Arc<PrivateScheme> {
        Arc::clone(&self.scheme)
    }

    fn of(argument: Option<&OsStr>, folder: Option<DataFolder>) -> Self {
        let nowhere = || EnvironmentError::Unreadable("no data folder".to_owned());
        let choice = folder.as_ref().ok_or_else(nowhere).and_then(|at| choose_environment(argument, at));
        let scheme = PrivateScheme::new(SCHEME);
        Self { choice, folder, scheme, link: None, interrupts: None, is_the_program: false }
    }

    /// The name of the environment that a second start asks for, where it is another than this one's.
    pub(crate) fn asked_elsewhere(&self, argument: &OsStr, from: &Path) -> Option<String> {
        let here = self.choice.as_ref().ok().map(|choice| choice.environment.name.as_str());
        let folder = self.folder.as_ref()?;
        // A file is named from the folder in which the other process was started.
        let names_a_file =
            argument.to_string_lossy().contains(|letter| letter == '.' || std::path::is_separator(letter));
        let argument = if names_a_file { from.join(argument).into_os_string() } else { argument.to_owned() };
        let asked = match choose_environment(Some(&argument), folder) {
            Ok(choice) => choice.environment.name,
            Err(_) => RemoteText::clean(&argument.to_string_lossy()).as_str().to_owned(),
        };
        (here != Some(asked.as_str())).then_some(asked)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn file(folder: &Path, name: &str) {
        let text = format!(
            "name = \"{name}\"\nmetadata = \"https://lab.example/v2.0/.well-known/openid-configuration\"\n\
             client_id = \"lab\"\n[referrals]\nbase = \"https://lab.example/r\"\nscope = \"lab/read\"\n"
        );
        std::fs::write(folder.join(format!("{name}.toml")), text).expect("an environment file");
    }

    #[test]
    fn a_second_start_for_another_environment_is_told_apart_by_name() {
        let folder = tempfile::tempdir().expect("a folder");
        file(folder.path(), "lab-one");
        file(folder.path(), "lab-two");
        let one = folder.path().join("lab-one.toml");
        let opening = Opening::at(Some(one.as_os_str()), &folder.path().join("data"));
        let asked = |argument: &str| opening.asked_elsewhere(argument.as_ref(), folder.path());
        assert_eq!(asked("lab-one.toml"), None, "the same, named from the other's folder");
        assert_eq!(asked("./lab-two.toml").as_deref(), Some("lab-two"));
        assert_eq!(asked("nowhere"), Some("nowhere".to_owned()));
    }
}
