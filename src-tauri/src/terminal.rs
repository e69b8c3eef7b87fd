//! The commands of `mpcctl` that do what this window cannot do yet, ready to be typed.

use std::path::PathBuf;

use mpc_connect_adapters::place::Choice;
use mpc_connect_core::flow::State;
use mpc_connect_core::step::Flow;
use mpc_connect_core::words::Text;

use crate::dto::{CommandLine, InTerminal};

/// What a terminal has to be told so that it means the same connection as this window.
#[derive(Default)]
pub(crate) struct Terminal {
    data: Option<PathBuf>,
}

impl Terminal {
    pub(crate) fn of_this_process() -> Self {
        let data = std::env::var_os("MPC_CONNECT_DATA").filter(|value| !value.is_empty());
        Self { data: data.map(PathBuf::from) }
    }

    /// The commands that make sense in a state.
    pub(crate) fn lines(&self, state: &State, choice: &Choice) -> InTerminal {
        let record = &state.record;
        let line = |id: &'static str, words: &str| {
            let environment = &choice.environment.name;
            let suffix = if choice.managed { String::new() } else { format!(" --environment {environment}") };
            CommandLine { purpose: Text::new(id).into(), line: format!("mpcctl {words}{suffix}") }
        };
        let username = record.settings.username.as_ref().map_or("NAME", |username| username.as_str());
        let flow = if record.settings.flow == Some(Flow::Migration) { " --flow migration" } else { "" };
        let connect = format!("connect --username {}{flow}", quoted(username));
        let commands = if record.credential.is_some() {
            vec![
                line("window-terminal-test", "test"),
                line("window-terminal-connect-again", &connect),
                line("window-terminal-organizations", "organizations"),
                line("window-terminal-select", "select ID"),
            ]
        } else {
            vec![line("window-terminal-connect", &connect)]
        };
        InTerminal { commands, data_folder: self.data.as_ref().map(|folder| folder.display().to_string()) }
    }
}

/// One word of a command line, for the shells that people have on this system.
fn quoted(word: &str) -> String {
    let plain = |letter: char| letter.is_alphanumeric() || "@%+=:,./-_".contains(letter);
    if word.chars().all(plain) {
        return word.to_owned();
    }
    if cfg!(windows) { format!("\"{word}\"") } else { format!("'{}'", word.replace('\'', r"'\''")) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    #[cfg(unix)]
    fn a_name_is_quoted_where_a_shell_would_read_it_otherwise() {
        assert_eq!(quoted("svc-cosell@contoso.example"), "svc-cosell@contoso.example");
        assert_eq!(quoted("o'hara@contoso.example"), r"'o'\''hara@contoso.example'");
        assert_eq!(quoted("a#b!c@contoso.example"), "'a#b!c@contoso.example'");
    }
}
