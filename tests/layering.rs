//! The architecture, held by what Cargo says and what the sources contain.

#![expect(clippy::expect_used, clippy::indexing_slicing, reason = "a test fails by panicking")]

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::process::Command;

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).to_owned()
}

/// The names of everything that a package is linked with.
fn linked_with(package: &str) -> BTreeSet<String> {
    tree(&["-p", package, "-e", "normal", "--prefix", "none"], package)
        .lines()
        .filter_map(|line| line.split_whitespace().next().map(str::to_owned))
        .collect()
}

fn tree(arguments: &[&str], expected: &str) -> String {
    let mut cargo = Command::new(env!("CARGO"));
    let output = cargo.args(["tree", "--offline"]).args(arguments).current_dir(root()).output();
    let output = output.expect("cargo tree runs");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let text = String::from_utf8(output.stdout).expect("names are text");
    assert!(text.contains(expected), "cargo tree says nothing about {expected}");
    text
}

fn assert_free_of(package: &str, banned: &[&str]) {
    let linked = linked_with(package);
    let found: Vec<_> = linked
        .iter()
        .filter(|name| banned.iter().any(|banned| *name == banned || name.starts_with(&format!("{banned}-"))))
        .collect();
    assert!(found.is_empty(), "{package} is linked with {found:?}");
}

/// Every version of a package in Cargo.lock.
fn locked(package: &str) -> Vec<[u64; 3]> {
    let text = std::fs::read_to_string(root().join("Cargo.lock")).expect("Cargo.lock");
    let lock: toml::Table = text.parse().expect("Cargo.lock is TOML");
    let packages = lock["package"].as_array().expect("packages");
    packages
        .iter()
        .filter(|entry| entry["name"].as_str() == Some(package))
        .map(|entry| version(entry["version"].as_str().expect("a version")))
        .collect()
}

fn version(text: &str) -> [u64; 3] {
    assert!(!text.contains('-'), "{text} is no finished version");
    let plain = text.split('+').next().unwrap_or_default();
    let numbers: Vec<u64> = plain.split('.').map(|part| part.parse().expect("a number")).collect();
    numbers.try_into().expect("three numbers")
}

/// Every source file below a folder, by ending.
fn sources(folder: &str, endings: &[&str]) -> Vec<(PathBuf, String)> {
    let (mut folders, mut found) = (vec![root().join(folder)], Vec::new());
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).expect("a folder of sources").flatten() {
            let path = entry.path();
            if path.is_dir() && !path.ends_with("node_modules") && !path.ends_with("target") {
                folders.push(path);
            } else if path.extension().is_some_and(|ending| endings.iter().any(|wanted| ending == *wanted)) {
                // A file that is being replaced at this moment counts as empty.
                let text = std::fs::read_to_string(&path).unwrap_or_default();
                found.push((path, text));
            }
        }
    }
    found
}

#[test]
fn the_core_touches_nothing() {
    let banned = ["tauri", "wry", "reqwest", "hyper", "tokio", "rusqlite", "keyring", "mpc-connect-adapters"];
    assert_free_of("mpc-connect-core", &banned);
}

#[test]
fn the_command_line_has_no_window() {
    assert_free_of("mpcctl", &["webkit2gtk", "gtk", "tauri", "wry", "tao", "specta"]);
    assert!(!linked_with("mpcctl").contains("mpc-connect"));
}

#[test]
fn the_sandbox_stands_apart() {
    for package in ["mpc-connect", "mpcctl", "mpc-connect-adapters", "mpc-connect-core"] {
        assert_free_of(package, &["mpc-sandbox"]);
    }
    assert_free_of("mpc-sandbox", &["mpc-connect", "tauri"]);
}

#[test]
fn the_window_adds_no_client_of_its_own() {
    let direct =
        tree(&["-p", "mpc-connect", "-e", "normal", "--depth", "1", "--prefix", "none"], "mpc-connect-core");
    for banned in ["reqwest", "hyper", "rusqlite", "keyring", "oauth2"] {
        assert!(!direct.lines().any(|line| line.starts_with(banned)), "{banned} belongs to the adapters");
    }
}

#[test]
fn versions_with_known_holes_are_not_in_the_tree() {
    let least = [
        ("tauri", [2, 11, 1]),
        ("h2", [0, 4, 16]),
        ("rustls-webpki", [0, 103, 13]),
        ("reqwest", [0, 13, 4]),
        ("time", [0, 3, 47]),
        ("tauri-plugin-single-instance", [2, 5, 4]),
        ("tauri-plugin-deep-link", [2, 6, 0]),
        ("tauri-plugin-shell", [2, 2, 1]),
    ];
    for (package, least) in least {
        for found in locked(package) {
            assert!(found >= least, "{package} {found:?} is older than {least:?}");
        }
    }
    for present in ["tauri", "reqwest", "rustls-webpki", "h2"] {
        assert!(!locked(present).is_empty(), "{present} is not in Cargo.lock");
    }
}

#[test]
fn only_the_second_tauri_is_used() {
    for package in ["tauri", "tauri-build", "tauri-runtime", "tauri-runtime-wry", "tauri-utils"] {
        let found = locked(package);
        assert!(!found.is_empty() && found.iter().all(|version| version[0] == 2), "{package}: {found:?}");
    }
}

#[test]
fn the_shipped_window_has_no_developer_tools_and_no_capabilities_added_at_run_time() {
    let features = tree(&["-p", "mpc-connect", "-e", "features,normal", "--prefix", "none"], "tauri feature");
    for banned in ["devtools", "dynamic-acl", "isolation", "protocol-asset", "test", "unstable"] {
        assert!(!features.contains(&format!("tauri feature \"{banned}\"")), "tauri has {banned}");
    }
}

#[test]
fn a_release_has_no_seams_for_tests() {
    let adapters = |more: &[&str]| {
        let asked = ["--workspace", "-e", "features,normal", "-i", "mpc-connect-adapters"];
        tree(&[&asked, more].concat(), "mpc-connect-adapters")
    };
    let seam = "mpc-connect-adapters feature \"test-seams\"";
    assert!(!adapters(&[]).contains(seam), "a plain build can be moved by a test");
    assert!(adapters(&["--features", "mpc-connect/test-seams"]).contains(seam), "the look finds it");
    let variable = ["MPC", "TEST", "CLOCK"].join("_");
    let (seam, others): (Vec<_>, Vec<_>) = sources("src-tauri", &["rs"])
        .into_iter()
        .filter(|(_, text)| text.contains(&variable))
        .partition(|(path, _)| path.ends_with("adapters/src/clock/moved.rs"));
    assert_eq!((seam.len(), others.len()), (1, 0), "the variable is read in one place: {others:?}");
    let gate = std::fs::read_to_string(root().join("src-tauri/adapters/src/clock.rs")).expect("clock.rs");
    assert!(gate.contains("#[cfg(feature = \"test-seams\")]\nmod moved;"), "and that place is left out");
}

#[test]
fn commands_decide_nothing() {
    let source = std::fs::read_to_string(root().join("src-tauri/src/commands.rs")).expect("commands.rs");
    let code = source.lines().filter(|line| !line.trim_start().starts_with("//"));
    for word in code.flat_map(|line| line.split(|letter: char| !letter.is_alphanumeric() && letter != '_')) {
        assert!(!["if", "match", "while", "for", "loop"].contains(&word), "commands.rs says {word}");
    }
}

#[test]
fn no_lint_is_silenced_without_a_reason() {
    let files = sources("src-tauri", &["rs"]).into_iter().chain(sources("tests", &["rs"]));
    let attribute = ["#[allow", "#![allow"].map(|start| format!("{start}("));
    let mut seen = 0;
    for (path, text) in files {
        seen += 1;
        assert!(!attribute.iter().any(|attribute| text.contains(attribute)), "{}", path.display());
    }
    assert!(seen > 20, "the sources were not found");
}

#[test]
fn a_component_of_the_page_is_short() {
    for (path, text) in sources("ui/src", &["svelte"]) {
        let code = text.split("<style>").next().unwrap_or_default();
        assert!(code.lines().count() <= 120, "{}", path.display());
    }
}
