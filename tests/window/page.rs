//! What a person sees of each status, and what the page cannot do. Pictures are kept under `target/pictures`.

use std::ops::Deref;
use std::path::Path;

use jiff::Timestamp;
use mpc_connect_core::record::{Change, StepDone};
use mpc_connect_core::step::{Flow, Stage};
use serde_json::json;

use crate::support::driven::{Driven, Scheme, Start};
use crate::support::seeds;
use crate::support::session::Session;

const SIZES: [(u32, u32); 2] = [(960, 680), (720, 560)];

/// A window in a session of its own, in which nothing answers.
struct Alone {
    window: Driven,
    _session: Session,
}

impl Deref for Alone {
    type Target = Driven;

    fn deref(&self) -> &Driven {
        &self.window
    }
}

async fn alone(environment: &str, folder: &Path, scheme: Scheme) -> Alone {
    let session = Session::start();
    let window = Driven::open(&session, &Start::on(environment, folder, scheme)).await;
    Alone { window, _session: session }
}

/// A window on a database in which only the test is left to do, so that it opens there and checks nothing by itself.
async fn of_seed(mark: &str, folder: &Path, scheme: Scheme) -> Alone {
    let now = Timestamp::now();
    let mut seed = seeds::all(now).into_iter().find(|seed| seed.mark == mark).expect("a seed");
    if mark != "notConnected" {
        let is_test = |change: &Change| matches!(change, Change::Done(done) if done.stage == Stage::Test);
        seed.changes.retain(|change| !is_test(change));
        let others = Flow::Migration.stages().iter().filter(|stage| **stage != Stage::Test);
        seed.changes.extend(others.map(|stage| Change::Done(StepDone { stage: *stage, at: now })));
    }
    let environment = seed.plant(folder).await;
    alone(environment.to_str().expect("a path"), folder, scheme).await
}

/// Looks at an open window in both sizes: nothing is cut off, nothing is out of reach, a picture is kept.
async fn look(window: &Driven, name: &str, scheme: Scheme) {
    for (width, height) in SIZES {
        window.resize(width, height).await;
        let beyond = window.run("return document.documentElement.scrollWidth - innerWidth;").await;
        assert_eq!(beyond, json!(0), "{name} is wider than {width}");
        let roles = window.run("return document.querySelectorAll('li[role]').length;").await;
        assert_eq!(
            roles,
            json!(0),
            "{name}: under a screen reader, a list item with a role ends the web view"
        );
        assert_eq!(window.violations().await, json!([]), "{name} {scheme:?} {width}");
        let file = format!("{name}-{scheme:?}-{width}x{height}").to_lowercase();
        window.picture("pictures", &file).await;
        let long = window.run(
            "const scrolled = document.querySelector('main'); scrolled.scrollTop = 1e6;
             await new Promise((next) => requestAnimationFrame(() => requestAnimationFrame(next)));
             return scrolled.scrollTop > 0;",
        );
        if long.await == json!(true) {
            window.picture("pictures", &format!("{file}-end")).await;
            window.run("document.querySelector('main').scrollTop = 0;").await;
        }
    }
}

async fn shows(mark: &str, headline: &str) {
    for scheme in [Scheme::Light, Scheme::Dark] {
        let folder = tempfile::tempdir().expect("a folder");
        let window = of_seed(mark, folder.path(), scheme).await;
        window.press("Status").await;
        window.is_headed("Connection status").await;
        window.status_is(mark).await;
        window.reads(headline).await;
        assert_eq!(window.state_code().await.len(), 5);
        let dark = window.run("return matchMedia('(prefers-color-scheme: dark)').matches;").await;
        assert_eq!(dark, json!(scheme == Scheme::Dark), "the scheme of the desktop reaches the page");
        look(&window, mark, scheme).await;
    }
}

#[tokio::test]
async fn not_connected_is_seen() {
    shows("notConnected", "Not connected").await;
}

#[tokio::test]
async fn active_is_seen() {
    shows("active", "Active").await;
}

#[tokio::test]
async fn a_stale_status_is_seen_without_the_active_mark() {
    shows("stale", "Not checked since").await;
}

#[tokio::test]
async fn inactive_is_seen() {
    shows("inactive", "Inactive").await;
}

#[tokio::test]
async fn cant_check_is_seen() {
    shows("cantCheck", "Can't check").await;
}

#[tokio::test]
async fn a_copy_that_is_not_set_up_says_so() {
    for scheme in [Scheme::Light, Scheme::Dark] {
        let folder = tempfile::tempdir().expect("a folder");
        let window = alone("public", folder.path(), scheme).await;
        assert_eq!(window.heading().await, "MPC Connect cannot start here");
        assert!(window.text("main").await.contains("This copy is not set up yet"));
        look(&window, "refused", scheme).await;
    }
}

#[tokio::test]
async fn a_damaged_history_is_kept_aside_and_said() {
    for scheme in [Scheme::Light, Scheme::Dark] {
        let folder = tempfile::tempdir().expect("a folder");
        let environment = seeds::environment(folder.path(), false);
        std::fs::write(folder.path().join("contoso-lab.db"), "no database at all ".repeat(100))
            .expect("a file");
        let window = alone(environment.to_str().expect("a path"), folder.path(), scheme).await;
        window.is_headed("What would you like to do?").await;
        window.reads("The history was damaged. The old file is kept as").await;
        look(&window, "damaged", scheme).await;
    }
}

#[tokio::test]
async fn the_page_begins_at_its_heading_in_its_language() {
    let folder = tempfile::tempdir().expect("a folder");
    let window = of_seed("active", folder.path(), Scheme::Light).await;
    window.is_at("NEW-8").await;
    let begun = window
        .run("return [document.activeElement.tagName, document.documentElement.lang, document.title.replace(/[\\u2066-\\u2069]/g, ''), document.visibilityState];")
        .await;
    assert_eq!(begun, json!(["H1", "en", "Step 8 of 8, Test Connection – MPC Connect", "visible"]));
    let roles = window.run("return document.querySelectorAll('li[role], main, h1').length;").await;
    assert_eq!(roles, json!(2), "one main, one heading, and no list item with a role");
    let font = window.run("await document.fonts.ready; return [...document.fonts].filter((font) => font.status === 'loaded').length;");
    assert!(font.await.as_u64().is_some_and(|loaded| loaded >= 2), "the fonts are built in and load");
}

#[tokio::test]
async fn nothing_foreign_runs_or_loads_in_the_page() {
    let folder = tempfile::tempdir().expect("a folder");
    let window = of_seed("active", folder.path(), Scheme::Light).await;
    window.heading().await;
    let blocked = window
        .run(
            "const seen = [];
             document.addEventListener('securitypolicyviolation', (event) => seen.push(event.effectiveDirective));
             const add = (name, set) => { const element = document.createElement(name); set(element); document.body.append(element); };
             add('script', (script) => { script.textContent = 'window.injected = 1'; });
             add('script', (script) => { script.src = 'https://example.com/x.js'; });
             add('img', (image) => { image.src = 'https://example.com/x.png'; });
             add('iframe', (frame) => { frame.src = 'https://example.com/'; });
             add('p', (line) => { line.setAttribute('onclick', 'window.injected = 2'); line.click(); });
             add('style', (style) => { style.textContent = 'body { display: none }'; });
             const fetched = await fetch('https://example.com/').then(() => 'fetched', () => 'refused');
             const wanted = 7;
             const begun = performance.now();
             while (seen.length < wanted && performance.now() - begun < 10000)
               await new Promise((next) => requestAnimationFrame(next));
             const kinds = [...new Set(seen)].sort();
             return [fetched, window.injected ?? 'nothing', kinds, getComputedStyle(document.body).display];",
        )
        .await;
    let kinds =
        ["connect-src", "frame-src", "img-src", "script-src-attr", "script-src-elem", "style-src-elem"];
    assert_eq!(blocked, json!(["refused", "nothing", kinds, "block"]));
}

#[tokio::test]
async fn the_window_stays_on_its_page() {
    let folder = tempfile::tempdir().expect("a folder");
    let window = of_seed("active", folder.path(), Scheme::Light).await;
    window.heading().await;
    let opened = window.run("return window.open('https://example.com/') === null;").await;
    assert_eq!(opened, json!(true), "no other window opens");
    window
        .run(
            "const link = document.createElement('a'); link.href = 'https://example.com/'; link.target = '_blank';
             document.body.append(link); link.click(); link.target = ''; link.click();
             location.href = 'https://example.com/';
             for (let frame = 0; frame < 30; frame += 1) await new Promise((next) => requestAnimationFrame(next));",
        )
        .await;
    let address = window.client.current_url().await.expect("an address");
    assert_eq!(address.scheme(), "tauri", "{address}");
    assert_eq!(window.client.windows().await.expect("windows").len(), 1);
}

#[tokio::test]
async fn the_page_reaches_its_own_commands_alone() {
    let folder = tempfile::tempdir().expect("a folder");
    let window = of_seed("active", folder.path(), Scheme::Light).await;
    window.heading().await;
    let reached = window
        .run(
            "const reach = (name) => __TAURI_INTERNALS__.invoke(name).then(() => 'reached', () => 'refused');
             const names = ['current_view', 'catalogue', 'plugin:window|close', 'plugin:event|emit', 'plugin:app|version'];
             const answers = await Promise.all(names.map(reach));
             return [typeof window.__TAURI__, Object.isFrozen(Object.prototype), ...answers];",
        )
        .await;
    assert_eq!(reached, json!(["undefined", true, "reached", "reached", "refused", "refused", "refused"]));
}
