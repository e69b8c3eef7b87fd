//! `cargo xtask test`: what continuous integration runs.

use std::fs;
use std::process::Command;

use crate::processes::{command, line, must, root};
use crate::stages::{Outcome, Stages};
use crate::words::{Done, say};
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

/// Installs what is missing, then runs the stages in order.
pub(crate) fn run(options: &Options) -> Done {
    packages::ensure(!options.inner, options.yes)?;
    tools::ensure_node()?;
    tools::NEXTEST.ensure()?;

    let mut stages = Stages::new(options.keep_going);
    if options.inner {
        stages.stage("npm packages of the fixtures", || passed(tools::npm_ci(FIXTURES)));
        inner(&mut stages);
        return stages.finish();
    }
    stages.stage("formatting", || passed(must(&mut line(["cargo", "fmt", "--all", "--check"]))));
    stages.stage("user interface", user_interface);
    stages.stage("fixtures", fixtures);
    inner(&mut stages);
    stages.stage("desktop: clippy", || desktop(|| clippy(&DESKTOP)));
    stages.stage("desktop: tests on a virtual screen", || desktop(desktop_tests));
    stages.stage("licences, bans and sources of dependencies", deny);
    stages.finish()
}

fn inner(stages: &mut Stages) {
    stages.stage("inner: build", || {
        passed(must(line(["cargo", "build", "--all-targets"]).args(selected(&INNER))))
    });
    stages.stage("inner: tests", inner_tests);
    stages.stage("inner: clippy", || passed(clippy(&INNER)));
    stages.stage("inner: direction of dependencies", || {
        let all = INNER.iter().chain(DESKTOP.iter().filter(|_| desktop_exists())).copied();
        passed(layers::check(&all.collect::<Vec<_>>()))
    });
}

fn inner_tests() -> Done<Outcome> {
    let mut tests = line([WITH_KEYRING]);
    passed(must(tests.args(tools::NEXTEST.words()).arg("run").args(selected(&INNER))))
}

fn user_interface() -> Done<Outcome> {
    if !root().join("ui/package.json").is_file() {
        return Ok(Outcome::Skipped("There is no ui/package.json yet.".to_owned()));
    }
    tools::npm_ci("ui")?;
    for script in ["check", "test", "build"] {
        tools::npm_run("ui", script)?;
    }
    Ok(Outcome::Passed)
}

fn fixtures() -> Done<Outcome> {
    tools::npm_ci(FIXTURES)?;
    passed(tools::npm_run(FIXTURES, "test"))
}

fn clippy(packages: &[&str]) -> Done {
    let mut clippy: Command = line(["cargo", "clippy", "--all-targets"]);
    must(clippy.args(selected(packages)).args(["--", "-D", "warnings"]))
}

fn desktop_tests() -> Done {
    // The window's tests start these two as programs of their own.
    must(&mut line(["cargo", "build", "-p", "mpc-sandbox", "-p", "mpcctl"]))?;
    let mut tests = line([WITH_KEYRING]);
    must(tests.args(WITH_SCREEN).args(tools::NEXTEST.words()).arg("run").args(selected(&DESKTOP)))
}

fn desktop(work: impl FnOnce() -> Done) -> Done<Outcome> {
    if desktop_exists() {
        return passed(work());
    }
    Ok(Outcome::Skipped(
        "The root Cargo.toml has no [package] yet, so there is no window to test.".to_owned(),
    ))
}

/// Whether the desktop program is part of this tree.
pub(crate) fn desktop_exists() -> bool {
    let manifest = fs::read_to_string(root().join("Cargo.toml")).unwrap_or_default();
    manifest.lines().any(|line| line.trim() == "[package]")
}

fn deny() -> Done<Outcome> {
    if tools::DENY.ensure().is_err() {
        return Ok(Outcome::Skipped("cargo-deny is not there and could not be installed.".to_owned()));
    }
    let [program, deny] = tools::DENY.words();
    must(command(program).arg(deny).args(["--offline", "check", "licenses", "bans", "sources"]))?;
    say(
        "Advisories were not checked: their database is not offline. With a network: cargo deny check advisories",
    );
    Ok(Outcome::Passed)
}

fn selected<'a>(packages: &'a [&'a str]) -> impl Iterator<Item = &'a str> {
    packages.iter().flat_map(|package| ["-p", *package])
}

fn passed(done: Done) -> Done<Outcome> {
    done.map(|()| Outcome::Passed)
}
