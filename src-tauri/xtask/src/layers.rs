//! The direction of dependencies: pure core, adapters, shells; the sandbox apart.

use crate::processes::{line, output};
use crate::words::{Done, Failure};

/// What a package must never depend on, directly or through others.
const FORBIDDEN: &[(&str, &[&str])] = &[
    (
        "mpc-connect-core",
        &[
            "mpc-connect-adapters",
            "mpc-sandbox",
            "tauri",
            "reqwest",
            "hyper",
            "tokio",
            "rusqlite",
            "keyring-core",
            "zbus",
        ],
    ),
    ("mpc-connect-adapters", &["mpc-sandbox", "tauri"]),
    ("mpcctl", &["mpc-connect", "mpc-sandbox", "tauri", "wry"]),
    ("mpc-sandbox", &["mpc-connect", "mpc-connect-core", "mpc-connect-adapters", "tauri"]),
    ("mpc-connect", &["mpc-sandbox"]),
];

/// Fails with every dependency that points the wrong way, for the packages of the list that exist.
pub(crate) fn check(packages: &[&str]) -> Done {
    let mut wrong = Vec::new();
    for (package, forbidden) in FORBIDDEN.iter().filter(|(package, _)| packages.contains(package)) {
        let tree = output(&mut line([
            "cargo",
            "tree",
            "-p",
            package,
            "-e",
            "normal,build",
            "--prefix",
            "none",
            "--all-features",
        ]))?;
        let found = dependencies(&tree);
        if !found.contains(package) {
            return Err(Failure::new(format!("`cargo tree` says nothing about {package}.")));
        }
        wrong.extend(
            forbidden
                .iter()
                .filter(|name| found.contains(name))
                .map(|name| format!("{package} depends on {name}.")),
        );
    }
    if wrong.is_empty() { Ok(()) } else { Err(Failure::new(wrong.join("\n"))) }
}

/// The package names of `cargo tree --prefix none`.
fn dependencies(tree: &str) -> Vec<&str> {
    tree.lines().filter_map(|line| line.split_whitespace().next()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_read_whole() {
        let tree = "mpcctl v0.1.0 (/a/b)\nhyper-util v0.1.2\n\nserde v1.0.0 (*)\n";
        assert_eq!(dependencies(tree), ["mpcctl", "hyper-util", "serde"]);
    }
}
