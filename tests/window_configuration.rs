//! What tauri.conf.json allows the window (the requirements REQ-TAU-01 to REQ-TAU-09 as far as a file can show them).

#![expect(clippy::expect_used, clippy::panic, reason = "a test fails by panicking")]

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use serde_json::{Value, json};

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).to_owned()
}

fn text(path: &str) -> String {
    std::fs::read_to_string(root().join(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
}

fn configuration() -> Value {
    serde_json::from_str(&text("tauri.conf.json")).expect("tauri.conf.json is JSON")
}

/// The source lists of a policy by directive.
fn directives(policy: &str) -> Vec<(&str, BTreeSet<&str>)> {
    let parts = policy.split(';').map(|part| part.split_whitespace());
    parts.filter_map(|mut words| Some((words.next()?, words.collect()))).collect()
}

#[test]
fn the_page_meets_no_global_api_and_a_frozen_prototype() {
    let app = &configuration()["app"];
    assert_eq!(app["withGlobalTauri"], json!(false));
    assert_eq!(app["security"]["freezePrototype"], json!(true));
    assert_eq!(app["security"]["assetProtocol"], json!({ "enable": false }));
    assert_eq!(app["security"]["dangerousDisableAssetCspModification"], json!(false));
    assert_eq!(app["security"]["pattern"], json!({ "use": "brownfield" }));
}

#[test]
fn the_content_policy_starts_from_nothing_and_knows_no_other_host() {
    let configuration = configuration();
    let security = &configuration["app"]["security"];
    assert_eq!(security.get("devCsp"), None, "development has the same policy");
    let policy = security["csp"].as_str().expect("a content security policy");
    let allowed = BTreeSet::from(["'none'", "'self'", "data:", "ipc:", "http://ipc.localhost"]);
    let directives = directives(policy);
    for (name, sources) in &directives {
        assert!(sources.is_subset(&allowed), "{name}: {sources:?}");
        assert!(!sources.contains("data:") || *name == "img-src", "{name} takes data addresses");
        assert!(!sources.contains("ipc:") || *name == "connect-src", "{name} takes ipc addresses");
    }
    let sources =
        |wanted: &str| directives.iter().find(|(name, _)| *name == wanted).map(|(_, sources)| sources);
    let closed = ["default-src", "frame-src", "object-src", "base-uri", "form-action", "frame-ancestors"];
    for name in closed {
        assert_eq!(sources(name), Some(&BTreeSet::from(["'none'"])), "{name}");
    }
}

#[test]
fn there_is_one_window_that_keeps_nothing_and_extends_nothing() {
    let configuration = configuration();
    let windows = configuration["app"]["windows"].as_array().expect("windows");
    assert_eq!(windows.len(), 1);
    let window = &windows[0];
    assert_eq!((&window["incognito"], &window["browserExtensionsEnabled"]), (&json!(true), &json!(false)));
    assert_eq!(
        (&window["create"], &window["visible"]),
        (&json!(false), &json!(false)),
        "made in code, seen late"
    );
    assert_eq!((&window["width"], &window["height"]), (&json!(960), &json!(680)));
    assert_eq!((&window["minWidth"], &window["minHeight"]), (&json!(720), &json!(560)));
    for absent in ["url", "devtools", "contentProtected", "proxyUrl", "userAgent", "zoomHotkeysEnabled"] {
        assert_eq!(window.get(absent), None, "{absent} is left at what Tauri does");
    }
}

#[test]
fn the_capability_names_our_commands_and_listening_and_no_remote_page() {
    let configuration = configuration();
    let capabilities = configuration["app"]["security"]["capabilities"].as_array().expect("capabilities");
    assert_eq!(capabilities.len(), 1);
    let capability = capabilities[0].as_object().expect("a capability written out");
    let keys: BTreeSet<_> = capability.keys().map(String::as_str).collect();
    assert_eq!(keys, BTreeSet::from(["identifier", "description", "windows", "permissions"]));
    assert_eq!(capability["windows"], json!(["main"]));
    let granted: BTreeSet<_> =
        capability["permissions"].as_array().expect("permissions").iter().filter_map(Value::as_str).collect();
    let mut wanted = own_permissions();
    wanted.extend(["core:event:allow-listen", "core:event:allow-unlisten"].map(str::to_owned));
    assert_eq!(granted, wanted.iter().map(String::as_str).collect());
    assert!(!root().join("capabilities").exists(), "a folder would grant more, unseen by this test");
}

/// One permission for each command that `collect_commands!` names.
fn own_permissions() -> BTreeSet<String> {
    let source = text("src-tauri/src/bindings.rs");
    let list =
        source.split("collect_commands![").nth(1).and_then(|rest| rest.split(']').next()).expect("commands");
    list.split("commands::")
        .skip(1)
        .map(|name| format!("allow-{}", name.trim().trim_end_matches(',').replace('_', "-")))
        .collect()
}

#[test]
fn every_command_is_declared_so_that_it_needs_a_grant() {
    let build = text("src-tauri/build.rs");
    for permission in own_permissions() {
        let command = permission.trim_start_matches("allow-").replace('-', "_");
        assert!(build.contains(&format!("\"{command}\"")), "{command} is open to every window");
    }
}

#[test]
fn unused_commands_are_left_out_and_the_page_is_built_in() {
    let build = &configuration()["build"];
    assert_eq!(build["removeUnusedCommands"], json!(true));
    assert_eq!(
        build.get("devUrl"),
        None,
        "a plain build would load that address instead of the built-in page"
    );
}

#[test]
fn development_builds_never_meet_an_installed_copy() {
    assert_eq!(configuration()["identifier"], "com.mpc-connect.desktop");
    let context = mpc_connect::context::<tauri::test::MockRuntime>();
    let wanted =
        if cfg!(debug_assertions) { "com.mpc-connect.desktop.dev" } else { "com.mpc-connect.desktop" };
    assert_eq!(context.config().identifier, wanted);
}

#[test]
fn the_scheme_is_the_identifier_and_its_plugin_reads_no_arguments() {
    let configuration = configuration();
    let schemes = &configuration["plugins"]["deep-link"]["desktop"]["schemes"];
    assert_eq!(schemes, &json!([configuration["identifier"]]));
    assert_eq!(configuration["plugins"].as_object().map(serde_json::Map::len), Some(1));
    let context = mpc_connect::context::<tauri::test::MockRuntime>();
    let plugins = &context.config().plugins.0;
    assert!(plugins.is_empty(), "{:?}", plugins.keys());
    let nowhere = Path::new("no folder of anybody");
    assert_eq!(mpc_connect::Opening::at(None, nowhere).scheme().name(), context.config().identifier);
}

#[test]
fn the_sandbox_belongs_to_bundles_alone() {
    assert_eq!(configuration()["bundle"].get("externalBin"), None, "a plain build would need it");
    let bundle: Value = serde_json::from_str(&text("tauri.bundle.conf.json")).expect("JSON");
    let programs = bundle["bundle"]["externalBin"].as_array().expect("programs");
    assert_eq!(programs.len(), 1);
    assert!(programs[0].as_str().is_some_and(|program| program.ends_with("/mpc-sandbox")));
}

#[test]
fn every_version_is_the_workspaces() {
    let workspace: toml::Table = text("Cargo.toml").parse().expect("Cargo.toml is TOML");
    assert_eq!(configuration()["version"].as_str(), workspace["workspace"]["package"]["version"].as_str());
}

#[test]
fn the_page_uses_no_view_transition() {
    let mut folders = vec![root().join("ui/src")];
    let mut seen = 0;
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).expect("a folder of the page").flatten() {
            let path = entry.path();
            if path.is_dir() {
                folders.push(path);
                continue;
            }
            seen += 1;
            let source = std::fs::read_to_string(&path).expect("a source of the page");
            for banned in ["startViewTransition", "view-transition", "{@html", "innerHTML", "outerHTML"] {
                assert!(!source.contains(banned), "{}: {banned}", path.display());
            }
        }
    }
    assert!(seen > 10, "the sources of the page were not found");
}
