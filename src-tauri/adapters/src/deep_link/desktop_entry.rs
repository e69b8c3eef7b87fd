//! Linux: the scheme in the person's own desktop database.
//!
//! An entry of its own for each scheme, so that a development build never touches the one of an installed copy. The
//! program stands in `Exec` without quotes wherever its path allows it: the `xdg-open` of Debian 12 cannot start a
//! quoted one outside a desktop. Sources: Desktop Entry Specification 1.5, "The Exec key"; Association between MIME
//! types and applications 1.0.1.

use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::time::Duration;

use tokio::process::Command;
use tokio::time::timeout;

/// The desktop's own programs answer well within this; one that hangs is as good as missing.
const ANSWERS_WITHIN: Duration = Duration::from_secs(5);

/// Makes sure that the desktop leads a scheme to a program, and answers whether it does. `title` is what a browser
/// calls the program when it asks.
pub async fn register(scheme: &str, title: &str, program: &Path) -> bool {
    let Some(bases) = directories::BaseDirs::new() else { return false };
    let Some(exec) = exec(program) else { return false };
    let entry = Entry {
        mime_type: format!("x-scheme-handler/{scheme}"),
        name: format!("{scheme}-handler.desktop"),
        folder: bases.data_dir().join("applications"),
        text: text(scheme, title, &exec),
    };
    if entry.is_whole() && entry.is_chosen(&bases.config_dir().join("mimeapps.list")) {
        return true;
    }
    if entry.leads_to(program).await {
        return true;
    }
    if let Err(error) = entry.write() {
        tracing::info!(kind = ?error.kind(), "the scheme's desktop entry cannot be written");
        return false;
    }
    entry.make_default().await;
    entry.leads_to(program).await
}

/// The entry as it should be.
struct Entry {
    mime_type: String,
    name: String,
    folder: PathBuf,
    text: String,
}

impl Entry {
    fn is_whole(&self) -> bool {
        std::fs::read_to_string(self.folder.join(&self.name)).is_ok_and(|there| there == self.text)
    }

    /// Whether the person's list names the entry: known without starting a program, as at every start but the first.
    fn is_chosen(&self, list: &Path) -> bool {
        let list = std::fs::read_to_string(list).unwrap_or_default();
        let defaults = list.split("[Default Applications]").nth(1).unwrap_or_default();
        let lines = defaults.lines().take_while(|line| !line.starts_with('['));
        let mut values = lines.filter_map(|line| line.strip_prefix(&self.mime_type)?.strip_prefix('='));
        values.next().is_some_and(|value| value.split(';').next() == Some(self.name.as_str()))
    }

    /// What the desktop itself says: our entry, or another one of the same program, such as a package's.
    async fn leads_to(&self, program: &Path) -> bool {
        let answer = run("xdg-mime", &["query", "default", &self.mime_type]).await.unwrap_or_default();
        let chosen = answer.lines().next().unwrap_or_default().trim();
        if chosen == self.name {
            return self.is_whole();
        }
        if !chosen.ends_with(".desktop") || chosen.contains('/') {
            return false;
        }
        let mut folders = shared_folders();
        folders.insert(0, self.folder.clone());
        folders.iter().any(|folder| starts(&folder.join(chosen), program))
    }

    /// Another process reads the old entry or the new one, never half of it.
    fn write(&self) -> std::io::Result<()> {
        use std::io::Write as _;
        std::fs::create_dir_all(&self.folder)?;
        let mut file = tempfile::NamedTempFile::new_in(&self.folder)?;
        file.write_all(self.text.as_bytes())?;
        file.persist(self.folder.join(&self.name))?;
        Ok(())
    }

    /// A desktop without `update-desktop-database` reads the folder itself.
    async fn make_default(&self) {
        let folder = self.folder.to_string_lossy();
        let _without = run("update-desktop-database", &[folder.as_ref()]).await;
        let _checked_afterwards = run("xdg-mime", &["default", &self.name, &self.mime_type]).await;
    }
}

fn text(scheme: &str, title: &str, exec: &str) -> String {
    format!(
        "[Desktop Entry]\nType=Application\nName={title}\nExec={exec} %u\nTerminal=false\nNoDisplay=true\n\
         MimeType=x-scheme-handler/{scheme};\n"
    )
}

/// A program's path as the first word of `Exec`; `None` where the format has no spelling for it.
fn exec(program: &Path) -> Option<String> {
    let path = program.to_str().filter(|path| !path.chars().any(char::is_control))?;
    let plain = |letter: char| letter.is_alphanumeric() || "/._-+@:,".contains(letter);
    if path.chars().all(plain) {
        return Some(path.to_owned());
    }
    let mut quoted = String::from("\"");
    for letter in path.chars() {
        match letter {
            // Once for the quotes and once for the file's own escapes.
            '\\' => quoted.push_str("\\\\\\\\"),
            '"' | '`' | '$' => {
                quoted.push_str("\\\\");
                quoted.push(letter);
            }
            '%' => quoted.push_str("%%"),
            _ => quoted.push(letter),
        }
    }
    quoted.push('"');
    Some(quoted)
}

/// Whether an entry's program is this one: by its path, or by a name that the search path leads here.
fn starts(entry: &Path, program: &Path) -> bool {
    let text = std::fs::read_to_string(entry).unwrap_or_default();
    let line = text.lines().find_map(|line| line.strip_prefix("Exec="));
    let first = line.unwrap_or_default().split_whitespace().next().unwrap_or_default();
    if Some(first) == exec(program).as_deref() {
        return true;
    }
    let search = std::env::var_os("PATH").unwrap_or_default();
    let found = std::env::split_paths(&search).map(|folder| folder.join(first)).find(|path| path.is_file());
    !first.is_empty() && found.is_some_and(|found| found == program)
}

fn shared_folders() -> Vec<PathBuf> {
    let chosen = std::env::var_os("XDG_DATA_DIRS").filter(|value| !value.is_empty());
    let list = chosen.unwrap_or_else(|| "/usr/local/share:/usr/share".into());
    std::env::split_paths(&list).map(|folder| folder.join("applications")).collect()
}

async fn run(program: &str, arguments: &[&str]) -> Option<String> {
    let mut command = Command::new(program);
    command.args(arguments).stdin(Stdio::null()).stderr(Stdio::null()).kill_on_drop(true);
    let output = timeout(ANSWERS_WITHIN, command.output()).await.ok()?.ok()?;
    output.status.success().then(|| String::from_utf8_lossy(&output.stdout).into_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_is_quoted_only_where_it_has_to_be() {
        let exec = |path: &str| exec(Path::new(path));
        assert_eq!(exec("/usr/bin/mpc-connect").as_deref(), Some("/usr/bin/mpc-connect"));
        assert_eq!(exec("/home/a b/100%/app").as_deref(), Some("\"/home/a b/100%%/app\""));
        assert_eq!(exec("/home/$x/`y`").as_deref(), Some(r#""/home/\\$x/\\`y\\`""#));
        assert_eq!(exec("/home/a\nExec=evil"), None);
    }

    #[test]
    fn the_persons_list_decides_by_its_first_name_in_the_right_group() {
        let folder = tempfile::tempdir().expect("a folder");
        let entry = Entry {
            mime_type: "x-scheme-handler/com.example.app".to_owned(),
            name: "com.example.app-handler.desktop".to_owned(),
            folder: folder.path().to_owned(),
            text: String::new(),
        };
        let chosen = |list: &str| {
            let file = folder.path().join("mimeapps.list");
            std::fs::write(&file, list).expect("a list");
            entry.is_chosen(&file)
        };
        let line = "x-scheme-handler/com.example.app=com.example.app-handler.desktop";
        assert!(chosen(&format!("[Default Applications]\n{line}\n")));
        assert!(chosen(&format!(
            "[Added Associations]\na=b\n[Default Applications]\n{line};other.desktop;\n"
        )));
        assert!(!chosen(&format!("[Added Associations]\n{line}\n")));
        assert!(!chosen(&format!("[Default Applications]\na=b\n[Removed Associations]\n{line}\n")));
        assert!(!chosen("[Default Applications]\nx-scheme-handler/com.example.app=other.desktop\n"));
        assert!(!chosen(""));
    }

    #[test]
    fn an_entry_of_the_same_program_is_known_and_of_another_is_not() {
        let folder = tempfile::tempdir().expect("a folder");
        let file = folder.path().join("package.desktop");
        let program = Path::new("/usr/bin/env");
        let says = |line: &str| {
            std::fs::write(&file, format!("[Desktop Entry]\n{line}\n")).expect("an entry");
            starts(&file, program)
        };
        assert!(says("Exec=/usr/bin/env %u"));
        assert!(says("Exec=env %u"));
        assert!(!says("Exec=/usr/bin/false %u"));
        assert!(!says("Exec=no-such-program-here %u"));
        assert!(!says("Name=env"));
    }
}
