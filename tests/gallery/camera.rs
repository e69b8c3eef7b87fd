//! Takes the pictures, and measures what does not fit.

use std::collections::HashMap;
use std::path::PathBuf;

use serde_json::{Value, json};

use crate::shots::Shot;
use crate::support::driven::{Driven, Scheme, Start};
use crate::support::session::{Session, root};

pub(crate) const SIZES: [(u32, u32); 2] = [(960, 680), (720, 560)];

/// Hands pages to the window in place of its own core, whose own views are not heard any more.
const FEEDER: &str = "
  addEventListener('focus', (event) => event.stopImmediatePropagation(), true);
  for (let timer = 0; timer < 10000; timer += 1) clearInterval(timer);
  const [[id]] = __TAURI_INTERNALS__.callbacks;
  globalThis.frames2 = () => new Promise((next) => requestAnimationFrame(() => requestAnimationFrame(next)));
  globalThis.feed = (payload) => __TAURI_INTERNALS__.runCallback(id, { event: 'view', id: 0, payload });
  return __TAURI_INTERNALS__.callbacks.size;";

/// Another page in between, so that nothing of the last one stays.
const FED: &str = "
  const [page, between, unfolded] = given;
  feed(between); await frames2();
  feed(page); await frames2();
  if (unfolded) for (const one of document.querySelectorAll(unfolded)) one.click();
  await document.fonts.ready; await frames2();";

/// A picture that is taken before the first paint is empty.
const PAINTED: &str = "
  for (let frame = 0; frame < 5; frame += 1) await new Promise((next) => requestAnimationFrame(next));";

const MEASURED: &str = "
  const down = (element) => element ? element.scrollHeight - element.clientHeight : 0;
  const open = document.querySelector('dialog[open]');
  const scrolls = (one) => /auto|scroll/.test(getComputedStyle(one).overflowY) && !one.matches('textarea, pre');
  const most = (all) => Math.max(0, ...all.filter(scrolls).map(down));
  const front = open ? most([open, ...open.querySelectorAll('*')]) : down(document.querySelector('main'));
  // A pixel is what rounding leaves.
  return { across: document.documentElement.scrollWidth - innerWidth, down: front > 1 ? front : 0 };";

/// What came of one shot in one scheme.
pub(crate) struct Taken {
    pub(crate) group: &'static str,
    pub(crate) name: &'static str,
    /// Whether the page was fed.
    pub(crate) fed: bool,
    /// The most that the page is wider than its window, in pixels.
    pub(crate) across: i64,
    /// What has to be scrolled in each size, in pixels: the screen, or the pop-up in front of it.
    pub(crate) down: Vec<i64>,
}

/// Where the pictures of one scheme go.
pub(crate) struct Camera {
    pub(crate) scheme: Scheme,
    pub(crate) folder: PathBuf,
}

impl Camera {
    pub(crate) fn new(scheme: Scheme) -> Self {
        Self { scheme, folder: root().join("target/gallery") }
    }

    /// One window draws every fed page, first in one size and then in the other.
    pub(crate) async fn fed(&self, shots: Vec<Shot>) -> Vec<Taken> {
        let session = Session::start();
        let data = tempfile::tempdir().expect("a folder");
        let window = Driven::open(&session, &Start::on("public", data.path(), self.scheme)).await;
        window.run("while (!document.querySelector('h1')) await new Promise(requestAnimationFrame);").await;
        let listening = window.run(FEEDER).await;
        assert_eq!(listening, json!(1), "only the listener for views is left");
        let between = serde_json::to_value(&shots.first().expect("a shot").page).expect("JSON");
        let mut measured: HashMap<&str, Vec<Value>> = HashMap::new();
        for (width, height) in SIZES {
            window.resize(width, height).await;
            for shot in &shots {
                let page = serde_json::to_value(&shot.page).expect("JSON");
                let fed = window.run_with(FED, vec![page, between.clone(), json!(shot.unfolded)]).await;
                assert_eq!(fed, Value::Null, "{}", shot.name);
                measured.entry(shot.name).or_default().push(self.take(&window, shot.name, width).await);
            }
        }
        let of_shot = |shot: &Shot| measured.get(shot.name).map(Vec::as_slice).unwrap_or_default();
        shots.iter().map(|shot| Taken::of(shot.group, shot.name, true, of_shot(shot))).collect()
    }

    /// An open window in both sizes.
    pub(crate) async fn both(&self, window: &Driven, group: &'static str, name: &'static str) -> Taken {
        let mut measured = Vec::new();
        for (width, height) in SIZES {
            window.resize(width, height).await;
            window.run(PAINTED).await;
            measured.push(self.take(window, name, width).await);
        }
        Taken::of(group, name, false, &measured)
    }

    async fn take(&self, window: &Driven, name: &str, width: u32) -> Value {
        window.picture_in(&self.folder, &file(name, width, self.scheme)).await;
        window.run(MEASURED).await
    }
}

impl Taken {
    fn of(group: &'static str, name: &'static str, fed: bool, measured: &[Value]) -> Self {
        let number = |value: &Value, what: &str| value[what].as_i64().expect("a number");
        let across = measured.iter().map(|one| number(one, "across")).max().expect("a size");
        let down = measured.iter().map(|one| number(one, "down")).collect();
        Self { group, name, fed, across, down }
    }
}

/// The name of a picture, without its ending.
pub(crate) fn file(name: &str, width: u32, scheme: Scheme) -> String {
    let scheme = if scheme == Scheme::Dark { "dark" } else { "light" };
    format!("{name}--{width}-{scheme}")
}
