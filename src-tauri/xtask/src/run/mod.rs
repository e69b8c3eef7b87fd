//! `cargo xtask run`: builds, starts the sandbox and opens the window on it, in a throw-away session.

mod browser;
mod demo;
mod sandbox;
mod window;

use std::path::{Path, PathBuf};
use std::process::Command;

use crate::processes::{command, line, must, root, target, tied};
use crate::test::{FIXTURES, WITH_KEYRING, desktop_exists};
use crate::words::{Done, Failure, say};
use crate::{Options, packages, tools};

/// Prepares everything, then starts this program again inside a session of its own: a private session bus with a
/// throw-away keychain and private folders, so that nothing of it stays on the person's desktop.
pub(crate) fn run(options: &Options) -> Done {
    if options.inside {
        return window::open();
    }
    prepare(options.yes)?;
    if options.demo || !has_display() {
        say(
            "\nThere is no display here, or none is wanted: the wizard opens on a virtual one, and a real browser",
        );
        say("signs in. This walk is also the first of the tests, so it builds those.");
        return demo::walk();
    }
    must(&mut line(["cargo", "build", "-p", "mpc-connect"]))?;
    let mut session = line([WITH_KEYRING]);
    let program = std::env::current_exe()
        .map_err(|error| Failure::new(format!("This program has no path: {error}.")))?;
    session.arg(program).args(["run", "--inside"]);
    if let Some(socket) = wayland_socket() {
        session.env("WAYLAND_DISPLAY", socket);
    }
    must(&mut tied(&session))
}

fn prepare(without_asking: bool) -> Done {
    packages::ensure(true, without_asking)?;
    tools::ensure_node()?;
    tools::npm_ci(FIXTURES)?;
    desktop_exists(&root())?;
    tools::npm_ci("ui")?;
    tools::npm_run("ui", "build")?;
    must(&mut line(["cargo", "build", "-p", "mpc-sandbox", "-p", "mpcctl"]))?;
    let _ = std::fs::remove_dir_all(folder());
    made(&folder()).map(drop)
}

fn has_display() -> bool {
    ["DISPLAY", "WAYLAND_DISPLAY"]
        .iter()
        .any(|name| std::env::var_os(name).is_some_and(|value| !value.is_empty()))
}

/// The whole path of the Wayland socket, because the session gets another runtime folder.
fn wayland_socket() -> Option<PathBuf> {
    let name = std::env::var_os("WAYLAND_DISPLAY").filter(|name| !name.is_empty())?;
    Some(Path::new(&std::env::var_os("XDG_RUNTIME_DIR")?).join(name))
}

/// Where a run keeps its environment, its data and its log.
fn folder() -> PathBuf {
    target().join("run")
}

fn made(folder: &Path) -> Done<PathBuf> {
    match std::fs::create_dir_all(folder) {
        Ok(()) => Ok(folder.to_owned()),
        Err(error) => Err(Failure::new(format!("{} cannot be made: {error}.", folder.display()))),
    }
}

fn written(file: &Path, text: &str) -> Done {
    std::fs::write(file, text)
        .map_err(|error| Failure::new(format!("{} cannot be written: {error}.", file.display())))
}

/// One of the programs that this project builds.
fn built(name: &str) -> Command {
    command(target().join("debug").join(name))
}

/// `mpcctl` on the sandbox of this run, with the data of this run.
fn mpcctl() -> Command {
    let mut mpcctl = built("mpcctl");
    mpcctl.env("MPC_CONNECT_DATA", folder().join("data"));
    mpcctl.env("MPC_CONNECT_ENVIRONMENT", folder().join("sandbox.toml"));
    mpcctl
}

/// The window on the sandbox of this run, with the data of this run.
fn wizard() -> Command {
    let mut window = built("mpc-connect");
    window.arg("--environment").arg(folder().join("sandbox.toml"));
    window.env("MPC_CONNECT_DATA", folder().join("data"));
    window
}

/// A path as a person types it from the root of the project.
fn short(path: &Path) -> String {
    path.strip_prefix(root()).unwrap_or(path).display().to_string()
}
