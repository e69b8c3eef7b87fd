//! The commands of the page, called as the page calls them, on Tauri's runtime for tests.

#![expect(clippy::expect_used, clippy::indexing_slicing, reason = "a test fails by panicking")]

#[path = "support/seeds.rs"]
mod seeds;

use std::ffi::OsStr;
use std::path::Path;

use jiff::Timestamp;
use mpc_connect::Opening;
use mpc_connect_core::words::Words;
use serde_json::{Value, json};
use tauri::test::{INVOKE_KEY, MockRuntime, get_ipc_response, mock_builder};
use tauri::webview::InvokeRequest;
use tauri::{App, Manager};

fn app(opening: Opening) -> App<MockRuntime> {
    let app = mpc_connect::app(mock_builder(), mpc_connect::context(), opening).expect("the app is built");
    mpc_connect::open_window(app.handle()).expect("the window opens");
    app
}

fn call(app: &App<MockRuntime>, command: &str, arguments: Value) -> Result<Value, Value> {
    let page = if cfg!(windows) { "http://tauri.localhost" } else { "tauri://localhost" };
    let request = InvokeRequest {
        cmd: command.to_owned(),
        callback: tauri::ipc::CallbackFn(0),
        error: tauri::ipc::CallbackFn(1),
        url: page.parse().expect("an address"),
        body: arguments.into(),
        headers: Default::default(),
        invoke_key: INVOKE_KEY.to_owned(),
    };
    let window = app.get_webview_window("main").expect("the one window");
    get_ipc_response(&window, request).map(|body| body.deserialize().expect("an answer in JSON"))
}

fn view(environment: Option<&Path>, folder: &Path) -> Value {
    let opening = Opening::at(environment.map(Path::as_os_str), folder);
    call(&app(opening), "current_view", json!({})).expect("a view")
}

/// Every message that a value holds, wherever it stands.
fn messages<'a>(value: &'a Value, found: &mut Vec<&'a str>) {
    match value {
        Value::Object(map) => {
            if let (Some(Value::String(id)), true) = (map.get("id"), map.contains_key("args")) {
                found.push(id);
            }
            map.values().for_each(|value| messages(value, found));
        }
        Value::Array(values) => values.iter().for_each(|value| messages(value, found)),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}

#[tokio::test]
async fn the_view_shows_each_mark_of_a_database_in_words_that_the_catalogue_has() {
    let words = Words::plain();
    for seed in seeds::all(Timestamp::now()) {
        let folder = tempfile::tempdir().expect("a folder");
        let environment = seed.plant(folder.path()).await;
        let view = view(Some(&environment), folder.path());
        assert_eq!((&view["kind"], &view["mark"]), (&json!("status"), &json!(seed.mark)), "{view}");
        assert_eq!(view["rehearsal"], json!(seed.rehearsal));
        assert_eq!(view["stateCode"].as_str().map(str::len), Some(5));
        let mut ids = Vec::new();
        messages(&view, &mut ids);
        assert!(ids.len() > 4, "{ids:?}");
        let unknown: Vec<_> = ids.into_iter().filter(|id| !words.knows(id)).collect();
        assert!(unknown.is_empty(), "{}: {unknown:?}", seed.mark);
    }
}

#[tokio::test]
async fn a_check_of_yesterday_is_never_shown_as_active() {
    let seed =
        seeds::all(Timestamp::now()).into_iter().find(|seed| seed.mark == "stale").expect("a stale one");
    let folder = tempfile::tempdir().expect("a folder");
    let environment = seed.plant(folder.path()).await;
    let view = view(Some(&environment), folder.path());
    assert_eq!(view["headline"]["id"], "status-stale");
    let labels = view["qualifiers"].as_array().expect("qualifiers");
    assert_eq!(labels.len(), 3, "session only, rights and second factor: {labels:?}");
}

#[tokio::test]
async fn the_commands_for_a_terminal_mean_this_connection() {
    let folder = tempfile::tempdir().expect("a folder");
    let seed = seeds::all(Timestamp::now()).remove(0);
    let environment = seed.plant(folder.path()).await;
    let view = view(Some(&environment), folder.path());
    assert_eq!(
        view["terminal"][0]["line"],
        "mpcctl connect --username svc-cosell@contoso.example --environment practice"
    );
}

#[test]
fn a_store_that_was_never_used_is_not_connected_and_stays_unmade() {
    let folder = tempfile::tempdir().expect("a folder");
    let environment = seeds::environment(folder.path(), false);
    let data = folder.path().join("data");
    let view = view(Some(&environment), &data);
    assert_eq!((&view["mark"], &view["step"]), (&json!("notConnected"), &Value::Null));
    assert!(!data.join("contoso-lab.db").exists(), "looking makes no database");
}

#[test]
fn a_copy_without_client_id_says_that_it_is_not_set_up() {
    let folder = tempfile::tempdir().expect("a folder");
    let app = app(Opening::at(Some(OsStr::new("public")), folder.path()));
    let view = call(&app, "current_view", json!({})).expect("a view");
    assert_eq!(view["kind"], "refused");
    assert_eq!(view["reason"]["id"], "environment-error-not-set-up");
}

#[test]
fn a_damaged_database_is_no_status_at_all() {
    let folder = tempfile::tempdir().expect("a folder");
    let environment = seeds::environment(folder.path(), false);
    let database = folder.path().join("contoso-lab.db");
    std::fs::write(&database, "not a database, although it is longer than the header of one".repeat(20))
        .expect("a file");
    let view = view(Some(&environment), folder.path());
    assert_eq!((&view["kind"], &view["class"]), (&json!("unreadable"), &json!("STORE_DAMAGED")));
    assert!(database.exists(), "looking puts nothing aside");
}

#[test]
fn the_page_gets_the_words_of_the_core() {
    let folder = tempfile::tempdir().expect("a folder");
    let app = app(Opening::at(None, folder.path()));
    let catalogue = call(&app, "catalogue", json!({})).expect("the words");
    assert_eq!(catalogue["source"], Words::source());
    assert_eq!(catalogue["language"], "en");
    assert_eq!(call(&app, "page_is_ready", json!({})), Ok(Value::Null));
}

#[test]
fn the_page_is_granted_nothing_else() {
    let folder = tempfile::tempdir().expect("a folder");
    let app = app(Opening::at(None, folder.path()));
    let foreign = [
        "no_such_command",
        "plugin:event|emit",
        "plugin:window|close",
        "plugin:window|set_title",
        "plugin:webview|create_webview_window",
        "plugin:path|resolve_directory",
        "plugin:app|version",
    ];
    for command in foreign {
        assert!(call(&app, command, json!({})).is_err(), "{command} is open to the page");
    }
}

#[test]
fn strange_arguments_change_nothing() {
    let folder = tempfile::tempdir().expect("a folder");
    let app = app(Opening::at(None, folder.path()));
    let calm = call(&app, "current_view", json!({})).expect("a view");
    let hostile =
        [json!(null), json!([1, 2]), json!({ "opening": "x", "window": 1 }), json!("\u{0}".repeat(10_000))];
    for arguments in hostile {
        if let Ok(view) = call(&app, "current_view", arguments.clone()) {
            assert_eq!(view, calm, "{arguments}");
        }
    }
}
