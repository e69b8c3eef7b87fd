//! The tools that come from package registries: Cargo's go to `target/tools`, npm's beside their `package.json`.

use std::ffi::OsString;
use std::fs;
use std::path::{Path, PathBuf};

use crate::processes::{command, line, must, output, root, target, works};
use crate::words::{Done, Failure, say};

/// The oldest Node.js that the front end's tools run on.
const NODE: (u32, u32) = (20, 19);

/// A Cargo subcommand of a known version, installed into `target/tools` where it is missing.
pub(crate) struct CargoTool {
    pub(crate) subcommand: &'static str,
    pub(crate) version: &'static str,
}

pub(crate) const NEXTEST: CargoTool = CargoTool { subcommand: "nextest", version: "0.9.143" };
pub(crate) const DENY: CargoTool = CargoTool { subcommand: "deny", version: "0.20.2" };

impl CargoTool {
    /// Makes the subcommand available; any version that the person has already is taken.
    pub(crate) fn ensure(&self) -> Done {
        if self.is_installed() || self.own().is_file() {
            return Ok(());
        }
        let package = format!("cargo-{}", self.subcommand);
        say(format!("{package} is missing: building it once into target/tools, which takes a few minutes."));
        let mut install = line(["cargo", "install", "--locked", "--version", self.version, "--root"]);
        must(install.arg(target().join("tools")).arg(package))
    }

    /// Program and first words that call the subcommand. The search path stays as it is: some build scripts watch it.
    pub(crate) fn words(&self) -> [OsString; 2] {
        let program = if self.is_installed() { "cargo".into() } else { self.own().into_os_string() };
        [program, self.subcommand.into()]
    }

    fn is_installed(&self) -> bool {
        works(&mut line(["cargo", self.subcommand, "--version"]))
    }

    fn own(&self) -> PathBuf {
        target().join("tools/bin").join(format!("cargo-{}", self.subcommand))
    }
}

/// Fails with a plain sentence where Node.js or npm is missing or too old.
pub(crate) fn ensure_node() -> Done {
    let (major, minor) = NODE;
    let wanted = format!("Node.js {major}.{minor} or newer with npm is needed (https://nodejs.org)");
    let Ok(text) = output(&mut line(["node", "--version"])) else {
        return Err(Failure::new(format!("{wanted}; there is none.")));
    };
    if version(&text).is_none_or(|found| found < NODE) {
        return Err(Failure::new(format!("{wanted}; this is {}.", text.trim())));
    }
    if !works(&mut line(["npm", "--version"])) {
        return Err(Failure::new(format!("{wanted}; npm is missing.")));
    }
    Ok(())
}

fn version(text: &str) -> Option<(u32, u32)> {
    let mut parts = text.trim().strip_prefix('v')?.split('.').map(str::parse);
    Some((parts.next()?.ok()?, parts.next()?.ok()?))
}

/// Brings a folder's npm packages to the state of its lock file, if they are not.
pub(crate) fn npm_ci(folder: &str) -> Done {
    let path = root().join(folder);
    if is_newer(&path.join("node_modules/.package-lock.json"), &path.join("package-lock.json")) {
        return Ok(());
    }
    must(npm(folder).arg("ci"))
}

/// Runs one script of a folder's `package.json`.
pub(crate) fn npm_run(folder: &str, script: &str) -> Done {
    must(npm(folder).args(["run", script]))
}

fn npm(folder: &str) -> std::process::Command {
    let mut npm = command("npm");
    npm.args(["--no-fund", "--no-audit", "--no-update-notifier"]).current_dir(root().join(folder));
    npm
}

fn is_newer(file: &Path, than: &Path) -> bool {
    let modified = |path: &Path| fs::metadata(path).and_then(|data| data.modified()).ok();
    modified(file).is_some_and(|file| modified(than).is_some_and(|than| file >= than))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn versions_compare_as_numbers() {
        assert_eq!(version("v20.20.2\n"), Some((20, 20)));
        assert!(version("v9.99.0").is_some_and(|found| found < NODE));
        assert_eq!(version("20.20.2"), None);
        assert_eq!(version("v20"), None);
    }

    #[test]
    fn a_missing_file_is_never_newer() {
        let manifest = root().join("Cargo.toml");
        assert!(!is_newer(&root().join("no-such-file"), &manifest));
        assert!(!is_newer(&manifest, &root().join("no-such-file")));
        assert!(is_newer(&manifest, &manifest));
    }
}
