//! The commands of `mpcctl` that do what this window cannot do yet, ready to be typed.

use mpc_connect_adapters::place::Choice;
use mpc_connect_core::flow::State;
use mpc_connect_core::step::Flow;
use mpc_connect_core::words::Text;

use crate::dto::CommandLine;

/// What a terminal has to be told so that it means the same connection as this window.
#[derive(Default)]
pub(crate) struct Terminal {
    data: Option<String>,
}

impl Terminal {
    pub(crate) fn of_this_process() -> Self {
        let data = std::env::var_os("MPC_CONNECT_DATA").filter(|value| !value.is_empty());
        Self { data: data.map(|folder| folder.to_string_lossy().into_owned()) }
    }

    /// The commands that make sense in a state, in the order in which they are of use.
    pub(crate) fn lines(&self, state: &State, choice: &Choice) -> Vec<CommandLine> {
        let environment = &choice.environment.name;
        let suffix = if choice.managed { String::new() } else { format!(" --environment {environment}") };
        let mpcctl = |id, words: &str| line(id, format!("mpcctl {words}{suffix}"));
        let mut lines: Vec<_> =
            self.data.iter().map(|folder| line("window-terminal-data", set(folder))).collect();
        if state.record.credential.is_some() {
            lines.push(mpcctl("window-terminal-test", "test"));
            lines.push(mpcctl("window-terminal-connect-again", &connect(state)));
            lines.push(mpcctl("window-terminal-organizations", "organizations"));
            lines.push(mpcctl("window-terminal-select", "select ID"));
        } else {
            lines.push(mpcctl("window-terminal-connect", &connect(state)));
        }
        lines
    }
}

fn line(id: &'static str, line: String) -> CommandLine {
    CommandLine { purpose: Text::new(id).into(), line }
}

fn connect(state: &State) -> String {
    let settings = &state.record.settings;
    let username = settings.username.as_ref().map_or("NAME", |username| username.as_str());
    let flow = if settings.flow == Some(Flow::Migration) { " --flow migration" } else { "" };
    format!("connect --username {}{flow}", quoted(username))
}

/// Sets the folder of the data in the shell that people have on this system.
fn set(folder: &str) -> String {
    let folder = quoted(folder);
    if cfg!(windows) {
        format!("$env:MPC_CONNECT_DATA = {folder}")
    } else {
        format!("export MPC_CONNECT_DATA={folder}")
    }
}

/// One word of a command line: PowerShell doubles a quote inside quotes, other shells step out of them.
fn quoted(word: &str) -> String {
    let plain = |letter: char| letter.is_alphanumeric() || "@%+=:,./-_".contains(letter);
    if !cfg!(windows) && word.chars().all(plain) {
        return word.to_owned();
    }
    format!("'{}'", word.replace('\'', if cfg!(windows) { "''" } else { r"'\''" }))
}

#[cfg(test)]
#[cfg(unix)]
mod tests {
    use super::*;

    #[test]
    fn a_word_is_quoted_where_a_shell_would_read_it_otherwise() {
        assert_eq!(quoted("svc-cosell@contoso.example"), "svc-cosell@contoso.example");
        assert_eq!(quoted("o'hara@contoso.example"), r"'o'\''hara@contoso.example'");
        assert_eq!(quoted("a#b!c@contoso.example"), "'a#b!c@contoso.example'");
        assert_eq!(set("/home/a b/$data"), "export MPC_CONNECT_DATA='/home/a b/$data'");
    }
}
