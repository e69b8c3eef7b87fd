//! The Debian packages that building and testing need, and why.

use crate::ask;
use crate::processes::{command, must, output, works};
use crate::words::{Done, Failure, say};

/// When a package is needed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Need {
    /// For everything, also for the part without a window.
    Always,
    /// For the desktop program and its tests.
    Desktop,
}

/// Package, need, and the reason that is told before it is installed.
const PACKAGES: &[(&str, Need, &str)] = &[
    ("build-essential", Need::Always, "compiler and linker, also for SQLite and the TLS library"),
    ("pkg-config", Need::Always, "finds system libraries for the build"),
    ("ca-certificates", Need::Always, "lets Cargo and npm trust the package registries"),
    ("chromium", Need::Always, "the real browser of the sign-in tests"),
    ("dbus", Need::Always, "a private session bus for the keychain tests"),
    ("gnome-keyring", Need::Always, "a real keychain for the tests"),
    ("libsecret-tools", Need::Always, "makes the locked keychain of the tests"),
    ("libglib2.0-bin", Need::Always, "gdbus and gio: waits for the keychain, opens app links"),
    ("xdg-utils", Need::Always, "xdg-open, by which a browser opens app links"),
    ("desktop-file-utils", Need::Always, "makes the app's link scheme known to the desktop"),
    ("util-linux", Need::Always, "setpriv, which ends what was started together with us"),
    ("fiu-utils", Need::Always, "makes disk writes fail on purpose"),
    ("strace", Need::Always, "makes one chosen disk call fail on purpose"),
    ("faketime", Need::Always, "a computer clock that is wrong on purpose"),
    ("libwebkit2gtk-4.1-dev", Need::Desktop, "the web view of the window"),
    ("webkit2gtk-driver", Need::Desktop, "drives the window in tests"),
    ("xvfb", Need::Desktop, "a screen where there is none"),
    ("xauth", Need::Desktop, "lets programs onto that screen"),
    ("openbox", Need::Desktop, "a window manager for that screen"),
    ("xdotool", Need::Desktop, "real key presses in tests"),
    ("imagemagick", Need::Desktop, "takes and compares screenshots"),
    ("fonts-dejavu-core", Need::Desktop, "letters on that screen"),
];

/// Installs what is missing for the inner part, or for all of it, after asking.
pub(crate) fn ensure(with_desktop: bool, without_asking: bool) -> Done {
    if !works(command("dpkg-query").arg("--version")) {
        say(
            "This is no Debian system: the packages it would need are named in src-tauri/xtask/src/packages.rs.",
        );
        return Ok(());
    }
    let missing = missing(with_desktop)?;
    if missing.is_empty() {
        return Ok(());
    }
    say("These Debian packages are missing:");
    for (name, reason) in &missing {
        say(format!("  {name:<24} {reason}"));
    }
    let names: Vec<&str> = missing.iter().map(|(name, _)| *name).collect();
    if !without_asking && !ask::yes("Install them now?") {
        return Err(Failure::new(format!(
            "Nothing was installed. Add --yes, or run:\n  apt-get install --no-install-recommends {}",
            names.join(" ")
        )));
    }
    install(&names)
}

fn missing(with_desktop: bool) -> Done<Vec<(&'static str, &'static str)>> {
    let needed = || PACKAGES.iter().filter(|(_, need, _)| with_desktop || *need == Need::Always);
    let mut query = command("dpkg-query");
    query.args(["--show", "--showformat", "${Package} ${db:Status-Status}\n"]);
    query.args(needed().map(|(name, _, _)| name));
    let installed = installed(&output(&mut query)?);
    Ok(needed()
        .filter(|(name, _, _)| !installed.iter().any(|one| one == name))
        .map(|(name, _, reason)| (*name, *reason))
        .collect())
}

/// The names that `dpkg-query` reports as installed; one that was removed is known, but not installed.
fn installed(report: &str) -> Vec<String> {
    report.lines().filter_map(|line| line.strip_suffix(" installed")).map(str::to_owned).collect()
}

fn install(names: &[&str]) -> Done {
    let as_root = output(command("id").arg("-u"))?.trim() == "0";
    let apt = || {
        let mut line = if as_root { command("apt-get") } else { command("sudo") };
        if !as_root {
            line.arg("apt-get");
        }
        line.env("DEBIAN_FRONTEND", "noninteractive");
        line
    };
    if !as_root && !works(command("sudo").arg("--version")) {
        return Err(Failure::new("Only root can install packages, and sudo is not there."));
    }
    must(apt().arg("update"))?;
    must(apt().args(["install", "-y", "--no-install-recommends"]).args(names))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_removed_package_counts_as_missing() {
        let report = "dbus installed\nxvfb config-files\nopenbox not-installed\n";
        assert_eq!(installed(report), ["dbus"]);
    }

    #[test]
    fn the_inner_part_needs_no_webkit_and_no_screen() {
        let inner: Vec<_> = PACKAGES.iter().filter(|(_, need, _)| *need == Need::Always).collect();
        assert!(
            !inner
                .iter()
                .any(|(name, _, _)| name.contains("webkit") || name.starts_with('x') && *name != "xdg-utils")
        );
    }

    #[test]
    fn every_package_has_a_reason_and_is_named_once() {
        for (name, _, reason) in PACKAGES {
            assert!(!reason.is_empty(), "{name} has a reason");
            assert_eq!(
                PACKAGES.iter().filter(|(other, _, _)| other == name).count(),
                1,
                "{name} is named once"
            );
        }
    }
}
