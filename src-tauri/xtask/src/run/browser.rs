//! The browser of the throw-away session: a Chromium with a profile of its own.

use std::path::PathBuf;

use super::{folder, made, written};
use crate::processes::output;
use crate::words::{Done, Failure};

/// Makes Chromium with a throw-away profile the session's browser, so that a sign-in happens in the session in which
/// the app has registered its links, and not in a browser that runs outside already.
pub(super) fn register() -> Done {
    let applications = made(&session_folder("XDG_DATA_HOME")?.join("applications"))?;
    let settings = made(&session_folder("XDG_CONFIG_HOME")?)?;
    written(&applications.join("throw-away-browser.desktop"), &desktop_entry(&command_line()?))?;
    written(
        &settings.join("mimeapps.list"),
        "[Default Applications]\n\
         text/html=throw-away-browser.desktop\n\
         x-scheme-handler/http=throw-away-browser.desktop\n\
         x-scheme-handler/https=throw-away-browser.desktop\n",
    )
}

fn session_folder(name: &str) -> Done<PathBuf> {
    std::env::var_os(name).map(PathBuf::from).ok_or_else(|| Failure::new(format!("{name} is not set.")))
}

fn command_line() -> Done<String> {
    let root = output(std::process::Command::new("id").arg("-u"))?.trim() == "0";
    // Chromium refuses to start as root with its sandbox.
    let sandbox = if root { " --no-sandbox" } else { "" };
    let profile = folder().join("browser");
    Ok(format!(
        "chromium --user-data-dir=\"{}\" --no-first-run --no-default-browser-check --password-store=basic{sandbox}",
        profile.display()
    ))
}

fn desktop_entry(command_line: &str) -> String {
    format!(
        "[Desktop Entry]\nType=Application\nName=Throw-away browser\nExec={command_line} %u\n\
         MimeType=text/html;x-scheme-handler/http;x-scheme-handler/https;\n"
    )
}
