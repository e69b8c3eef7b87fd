//! The commands of the page, called as the page calls them, on Tauri's runtime for tests.

#![expect(clippy::expect_used, clippy::indexing_slicing, reason = "a test fails by panicking")]

#[path = "support/seeds.rs"]
mod seeds;

use std::ffi::OsStr;
use std::path::Path;
use std::sync::mpsc;
use std::time::{Duration, Instant};

use jiff::Timestamp;
use mpc_connect::Opening;
use mpc_connect_core::wizard::Press;
use mpc_connect_core::words::Words;
use proptest::prelude::*;
use proptest::strategy::ValueTree as _;
use proptest::test_runner::TestRunner;
use serde::Deserialize as _;
use serde_json::{Value, json};
use tauri::test::{INVOKE_KEY, MockRuntime, get_ipc_response, mock_builder};
use tauri::webview::InvokeRequest;
use tauri::{App, Listener as _, Manager as _, plugin};

/// Nothing here takes longer, not even on a busy computer.
const LONGEST: Duration = Duration::from_secs(60);

/// The program without a screen, and every view that it tells its page.
struct Opened {
    app: App<MockRuntime>,
    views: mpsc::Receiver<Value>,
}

impl Opened {
    fn with(opening: Opening) -> Self {
        let (told, views) = mpsc::channel();
        // A plugin is set up before the session begins, so that it hears the first view too.
        let listener = plugin::Builder::<MockRuntime>::new("listener").setup(move |app, _| {
            app.listen_any("view", move |event| {
                let view = serde_json::from_str(event.payload()).expect("a view is JSON");
                let _ended = told.send(view);
            });
            Ok(())
        });
        let builder = mock_builder().plugin(listener.build());
        let app = mpc_connect::app(builder, mpc_connect::context(), opening).expect("the app is built");
        mpc_connect::open_window(app.handle()).expect("the window opens");
        Self { app, views }
    }

    fn on(environment: &Path, folder: &Path) -> Self {
        Self::with(Opening::at(Some(environment.as_os_str()), folder))
    }

    /// On an environment that nothing was done in yet.
    fn unused(folder: &Path) -> Self {
        Self::on(&seeds::environment(folder, false), &folder.join("data"))
    }

    fn call(&self, command: &str, arguments: Value) -> Result<Value, Value> {
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
        let window = self.app.get_webview_window("main").expect("the one window");
        get_ipc_response(&window, request).map(|body| body.deserialize().expect("an answer in JSON"))
    }

    fn view(&self) -> Value {
        self.call("current_view", json!({})).expect("a view")
    }

    fn press(&self, press: Value) -> Result<Value, Value> {
        self.call("press", json!({ "press": press }))
    }

    /// The next view that is told and fits.
    fn told(&self, fits: impl Fn(&Value) -> bool) -> Value {
        loop {
            let view = self.views.recv_timeout(LONGEST).expect("the page is told a view that fits");
            if fits(&view) {
                return view;
            }
        }
    }
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

#[tokio::test(flavor = "multi_thread")]
async fn the_first_view_shows_each_mark_of_a_database_in_words_that_the_catalogue_has() {
    let words = Words::plain();
    for seed in seeds::all(Timestamp::now()) {
        let folder = tempfile::tempdir().expect("a folder");
        let environment = seed.plant(folder.path()).await;
        let opened = Opened::on(&environment, folder.path());
        let view = tokio::task::block_in_place(|| opened.told(|_| true));
        assert_eq!((&view["kind"], &view["mark"]), (&json!("wizard"), &json!(seed.mark)), "{view}");
        assert_eq!(view["environment"]["rehearsal"], json!(seed.rehearsal));
        assert_eq!(view["stateCode"].as_str().map(str::len), Some(5));
        let mut ids = Vec::new();
        messages(&view, &mut ids);
        assert!(ids.len() > 4, "{ids:?}");
        let unknown: Vec<_> = ids.into_iter().filter(|id| !words.knows(id)).collect();
        assert!(unknown.is_empty(), "{}: {unknown:?}", seed.mark);
    }
}

#[test]
fn a_press_changes_what_is_shown_and_the_page_is_told_once() {
    let folder = tempfile::tempdir().expect("a folder");
    let opened = Opened::unused(folder.path());
    let first = opened.told(|_| true);
    assert_eq!((&first["name"], &first["mark"]), (&json!("start"), &json!("notConnected")));
    let go_to = |screen| json!({ "press": "goTo", "screen": screen });
    assert_eq!(opened.press(go_to("status")), Ok(Value::Null));
    let told = opened.told(|_| true);
    assert_eq!(told["name"], "status");
    assert_eq!(opened.view(), told, "who asks gets what was told");
    opened.press(go_to("status")).expect("the same again");
    opened.press(go_to("start")).expect("another");
    assert_eq!(opened.told(|_| true)["name"], "start", "what changes nothing is not told");
}

#[test]
fn a_copy_without_client_id_says_that_it_is_not_set_up_and_offers_the_rehearsal() {
    let folder = tempfile::tempdir().expect("a folder");
    let opened = Opened::with(Opening::at(Some(OsStr::new("public")), folder.path()));
    let view = opened.view();
    assert_eq!(view["kind"], "refused");
    assert_eq!(view["reason"]["id"], "environment-error-not-set-up");
    assert_eq!(view["rehearse"][0]["press"], json!({ "press": "rehearse", "flow": "newUsers" }));
}

/// The programs of this name that this test has started.
#[cfg(target_os = "linux")]
fn children(name: &str) -> usize {
    let own = std::process::id().to_string();
    let processes = std::fs::read_dir("/proc").expect("processes").flatten();
    let stats = processes.filter_map(|process| std::fs::read_to_string(process.path().join("stat")).ok());
    // "pid (name) state parent …"
    let wanted = format!("({name}) ");
    stats
        .filter_map(|stat| Some(stat.split_once(&wanted)?.1.to_owned()))
        .filter(|rest| !rest.starts_with('Z') && rest.split(' ').nth(1) == Some(&own))
        .count()
}

#[cfg(target_os = "linux")]
#[test]
fn the_rehearsal_runs_beside_a_copy_that_is_not_set_up_and_ends_with_its_press() {
    let folder = tempfile::tempdir().expect("a folder");
    let opened = Opened::with(Opening::at(Some(OsStr::new("public")), folder.path()));
    let first = opened.told(|_| true);
    opened.press(first["rehearse"][1]["press"].clone()).expect("the rehearsal is pressed");
    opened.press(first["rehearse"][1]["press"].clone()).expect("and pressed again");
    let contact = opened.told(|view| view["name"] == "contact");
    assert_eq!(contact["environment"]["rehearsal"], json!(true), "mpc-sandbox is built, and is started once");
    assert_eq!(children("mpc-sandbox"), 1);
    let leave = contact["environment"]["leave"]["press"].clone();
    opened.press(leave).expect("the rehearsal is left");
    assert_eq!(opened.told(|view| view["kind"] != "wizard"), first);
    let begun = Instant::now();
    while children("mpc-sandbox") > 0 {
        assert!(begun.elapsed() < LONGEST, "the sandbox outlives its rehearsal");
        std::thread::yield_now();
    }
    let remembered = std::fs::read_dir(folder.path()).expect("the data").count();
    assert_eq!(remembered, 0, "nothing of it stays");
}

#[test]
fn a_damaged_database_is_put_aside_and_said() {
    let folder = tempfile::tempdir().expect("a folder");
    let environment = seeds::environment(folder.path(), false);
    let database = folder.path().join("contoso-lab.db");
    std::fs::write(&database, "not a database, although it is longer than the header of one".repeat(20))
        .expect("a file");
    let opened = Opened::on(&environment, folder.path());
    let view = opened.told(|_| true);
    assert_eq!((&view["kind"], &view["mark"]), (&json!("wizard"), &json!("notConnected")));
    let kept = view["message"]["text"]["args"].to_string();
    assert!(kept.contains("contoso-lab.damaged-"), "{}", view["message"]);
}

#[test]
fn the_page_gets_the_words_of_the_core() {
    let folder = tempfile::tempdir().expect("a folder");
    let opened = Opened::unused(folder.path());
    let catalogue = opened.call("catalogue", json!({})).expect("the words");
    assert_eq!(catalogue["source"], Words::source());
    assert_eq!(catalogue["language"], "en");
    assert_eq!(opened.call("page_is_ready", json!({})), Ok(Value::Null));
}

#[test]
fn the_page_is_granted_nothing_else() {
    let folder = tempfile::tempdir().expect("a folder");
    let opened = Opened::unused(folder.path());
    let foreign = [
        "no_such_command",
        "plugin:event|emit",
        "plugin:window|close",
        "plugin:window|set_title",
        "plugin:webview|create_webview_window",
        "plugin:path|resolve_directory",
        "plugin:app|version",
        "plugin:shell|open",
        "plugin:shell|execute",
        "plugin:shell|spawn",
        "plugin:deep-link|get_current",
        "plugin:deep-link|register",
    ];
    for command in foreign {
        assert!(opened.call(command, json!({})).is_err(), "{command} is open to the page");
    }
}

/// Values of any shape, made of the words that presses have.
fn hostile() -> impl Strategy<Value = Value> {
    let words =
        ["press", "goTo", "screen", "status", "flow", "newUsers", "id", "wipe", "saveUsername", "names"];
    let word = proptest::sample::select(words.to_vec());
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<f64>().prop_map(Value::from),
        ".{0,60}".prop_map(Value::from),
        word.clone().prop_map(Value::from),
        (1_usize..3_000).prop_map(|times| Value::from("\u{202e}\u{0}\u{1f600}".repeat(times))),
    ];
    leaf.prop_recursive(4, 40, 6, move |inner| {
        let name = prop_oneof![word.clone().prop_map(str::to_owned), ".{0,12}"];
        prop_oneof![
            proptest::collection::vec(inner.clone(), 0..6).prop_map(Value::from),
            proptest::collection::vec((name, inner), 0..6)
                .prop_map(|pairs| Value::Object(pairs.into_iter().collect())),
        ]
    })
}

fn is_a_press(value: &Value) -> bool {
    let press = Press::deserialize(value);
    press.is_ok_and(|press| serde_json::to_value(press).is_ok_and(|again| again == *value))
}

#[test]
fn what_is_no_press_changes_nothing_and_ends_nothing() {
    let folder = tempfile::tempdir().expect("a folder");
    let opened = Opened::unused(folder.path());
    let calm = opened.told(|_| true);
    let mut runner = TestRunner::deterministic();
    for _ in 0..4_000 {
        let value = hostile().new_tree(&mut runner).expect("a value").current();
        // Beside the press, other arguments of the command are passed over; the press alone counts.
        let sent = [json!({ "press": value }), value.clone()];
        for arguments in sent.into_iter().filter(|sent| !sent.get("press").is_some_and(is_a_press)) {
            let refused = opened.call("press", arguments.clone()).expect_err("no press");
            let said = refused.to_string();
            assert!(said.len() < 400, "an error repeats nothing of what was sent: {said}");
        }
    }
    assert_eq!(opened.view(), calm);
    assert!(opened.views.try_recv().is_err(), "nothing was told");
    opened.press(json!({ "press": "goTo", "screen": "status" })).expect("the session still listens");
    assert_eq!(opened.told(|_| true)["name"], "status");
}

#[test]
fn what_is_nearly_a_press_is_none() {
    let folder = tempfile::tempdir().expect("a folder");
    let opened = Opened::unused(folder.path());
    let calm = opened.told(|_| true);
    let long = "x".repeat(100_000);
    for press in [
        json!({ "press": "authorize", "attempt": 1 }),
        json!({ "press": "leaveRehearsal", "": null }),
        json!({ "press": "goTo", "screen": "settings" }),
        json!({ "press": "goTo", "screen": "status", "step": "NEW-3" }),
        json!({ "press": "saveUsername", "username": "a@b.example" }),
        json!({ "press": "saveUsername", "username": ["a@b.example"], "kind": "service" }),
        json!({ "press": "openLink", "link": "https://evil.example/" }),
        json!({ "press": "copy", "what": "refreshToken" }),
        json!({ "press": "disconnect", "wipe": 1 }),
        json!({ "press": "browserShowsNumber", "text": long }),
        json!({ "press": "saveConnectionPage", "company": "", "contact": "", "computerLabel": "" }),
        json!([{ "press": "close" }]),
    ] {
        opened.press(press.clone()).expect_err(&press.to_string().chars().take(90).collect::<String>());
    }
    assert_eq!(opened.view(), calm);
    assert!(opened.views.try_recv().is_err(), "nothing was told");
}
