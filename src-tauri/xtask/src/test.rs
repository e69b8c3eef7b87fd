//! `cargo xtask test`: what continuous integration runs.

use std::fs;
use std::path::Path;
use std::process::Command;

use crate::processes::{command, line, must, root};
use crate::stages::Stages;
use crate::words::{Done, Failure, say};
use crate::{Options, layers, packages, tools};

/// The packages that compile without WebKit.
const INNER: [&str; 5] = ["mpc-connect-core", "mpc-connect-adapters", "mpcctl", "mpc-sandbox", "xtask"];
const DESKTOP: [&str; 1] = ["mpc-connect"];
/// The npm package with the foreign provider and the real browser.
pub(crate) const FIXTURES: &str = "tests/fixtures";
/// Runs a command with a keychain of its own.
pub(crate) const WITH_KEYRING: &str = "tests/support/with-keyring.sh";

/// Runs a command on a virtual screen.
pub(crate) const WITH_SCREEN: [&str; 4] = ["xvfb-run", "-a", "-s", "-screen 0 1280x800x24"];

/// Lets the window's tests move its clock; no release is built so.
pub(crate) const WITH_SEAMS: [&str; 2] = ["--features", "mpc-connect/test-seams"];

/// Installs what is missing, then runs the stages in order.
pub(crate) fn run(options: &Options) -> Done {
    packages::ensure(!options.inner, options.yes)?;
    tools::ensure_node()?;
    tools::NEXTEST.ensure()?;

    let mut stages = Stages::new(options.keep_going);
    if options.inner {
        stages.stage("npm packages of the fixtures", || tools::npm_ci(FIXTURES));
        inner(&mut stages);
        return stages.finish();
    }
    stages.stage("formatting", || must(&mut line(["cargo", "fmt", "--all", "--check"])));
    stages.stage("user interface", user_interface);
    stages.stage("fixtures", fixtures);
    inner(&mut stages);
    stages.stage("desktop: clippy", || clippy(&DESKTOP, &WITH_SEAMS));
    stages.stage("desktop: tests on a virtual screen", desktop_tests);
    stages.stage("licences, bans and sources of dependencies", deny);
    stages.finish()
}

fn inner(stages: &mut Stages) {
    stages.stage("inner: build", || must(line(["cargo", "build", "--all-targets"]).args(selected(&INNER))));
    stages.stage("inner: tests", inner_tests);
    stages.stage("inner: clippy", || clippy(&INNER, &[]));
    stages.stage("inner: direction of dependencies", || {
        desktop_exists(&root())?;
        layers::check(&INNER.iter().chain(&DESKTOP).copied().collect::<Vec<_>>())
    });
}

fn inner_tests() -> Done {
    let mut tests = line([WITH_KEYRING]);
    must(tests.args(tools::NEXTEST.words()).arg("run").args(selected(&INNER)))
}

fn user_interface() -> Done {
    page_exists(&root())?;
    tools::npm_ci("ui")?;
    for script in ["check", "test", "build"] {
        tools::npm_run("ui", script)?;
    }
    Ok(())
}

fn fixtures() -> Done {
    tools::npm_ci(FIXTURES)?;
    tools::npm_run(FIXTURES, "test")
}

fn clippy(packages: &[&str], features: &[&str]) -> Done {
    let mut clippy: Command = line(["cargo", "clippy", "--all-targets"]);
    must(clippy.args(selected(packages)).args(features).args(["--", "-D", "warnings"]))
}

fn desktop_tests() -> Done {
    desktop_exists(&root())?;
    // The window's tests start these two as programs of their own.
    must(&mut line(["cargo", "build", "-p", "mpc-sandbox", "-p", "mpcctl"]))?;
    let mut tests = line([WITH_KEYRING]);
    tests.args(WITH_SCREEN).args(tools::NEXTEST.words()).arg("run");
    must(tests.args(selected(&DESKTOP)).args(WITH_SEAMS))
}

/// Fails where the page of the window is missing: a stage that cannot run proves nothing.
fn page_exists(root: &Path) -> Done {
    if root.join("ui/package.json").is_file() {
        return Ok(());
    }
    Err(Failure::new("There is no ui/package.json, so there is no page to check."))
}

/// Fails where the desktop program is no part of the tree.
pub(crate) fn desktop_exists(root: &Path) -> Done {
    let manifest = fs::read_to_string(root.join("Cargo.toml")).unwrap_or_default();
    if manifest.lines().any(|line| line.trim() == "[package]") {
        return Ok(());
    }
    Err(Failure::new("The root Cargo.toml has no [package], so there is no window."))
}

fn deny() -> Done {
    tools::DENY.ensure()?;
    let [program, deny] = tools::DENY.words();
    must(command(program).arg(deny).args(["--offline", "check", "licenses", "bans", "sources"]))?;
    say(
        "Advisories were not checked: their database is not offline. With a network: cargo deny check advisories",
    );
    Ok(())
}

fn selected<'a>(packages: &'a [&'a str]) -> impl Iterator<Item = &'a str> {
    packages.iter().flat_map(|package| ["-p", *package])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tree_without_page_or_window_fails_and_this_one_does_not() {
        let (here, elsewhere) = (root(), root().join("src-tauri/xtask/src"));
        assert_eq!((page_exists(&here), desktop_exists(&here)), (Ok(()), Ok(())));
        assert!(page_exists(&elsewhere).is_err());
        assert!(desktop_exists(&elsewhere).is_err());
    }
}
