//! A person's hand and eye on the window: what is pressed, filled in and read goes by its visible name.

use std::sync::atomic::Ordering;

use fantoccini::elements::{Element, ElementRef};
use serde_json::{Value, json};

use super::driven::Driven;
use super::wait::LONGEST;

const REACH: &str = include_str!("reach.js");
/// The name of an element in an answer. Source: WebDriver, section 11, "web element identifier".
const ELEMENT: &str = "element-6066-11e4-a52e-4f735466cecf";
/// Shorter than the driver's patience with a script.
const MILLISECONDS: u64 = 40_000;

impl Driven {
    /// What a condition, a JavaScript expression, becomes as soon as it is true.
    pub(crate) async fn until(&self, what: &str, condition: &str) -> Value {
        let script = format!("{REACH}; return awaited(() => {condition}, {MILLISECONDS});");
        let found = self.run(&script).await;
        if found.is_null() || found.as_str().is_some_and(|text| text.starts_with("threw: ")) {
            self.give_up(what, &found).await;
        }
        found
    }

    /// Fails the test with what is on the screen instead, and keeps a picture of it.
    async fn give_up(&self, what: &str, instead: &Value) -> ! {
        let there = self.run(&format!("{REACH}; return outline();")).await;
        let there = there.as_str().unwrap_or_default().to_owned();
        let test = std::thread::current().name().unwrap_or("test").replace("::", "-");
        self.picture("failed", &test).await;
        panic!("{what}: not in time ({instead})\n{there}\n{}", self.log());
    }

    /// The element of a role (`button`, `field`, `choice`) with a name.
    async fn reach(&self, role: &str, name: &str) -> Element {
        let found =
            self.until(&format!("{role} “{name}”"), &format!("reach('{role}', {})", json!(name))).await;
        let id = found[ELEMENT].as_str().expect("an element").to_owned();
        Element::from_element_id(self.client.clone(), ElementRef::from(id))
    }

    fn count(&self) {
        self.presses.fetch_add(1, Ordering::Relaxed);
    }

    /// How often something was pressed so far.
    pub(crate) fn presses(&self) -> u32 {
        self.presses.load(Ordering::Relaxed)
    }

    /// Presses a button or a link.
    pub(crate) async fn press(&self, name: &str) {
        let button = self.reach("button", name).await;
        if let Err(error) = button.click().await {
            self.give_up(&format!("pressing “{name}”"), &json!(format!("{error:?}"))).await;
        }
        self.count();
    }

    /// Presses the button that ends the program, and waits until it is gone.
    pub(crate) async fn press_last(self, name: &str) {
        let button = self.reach("button", name).await;
        // The answer to the press may go with the window.
        let _ = tokio::time::timeout(LONGEST, button.click()).await;
        self.is_gone().await;
    }

    /// Goes into a field and types, in place of what is there. Counts as one press.
    pub(crate) async fn fill(&self, name: &str, text: &str) {
        let field = self.reach("field", name).await;
        field.clear().await.expect("the field is emptied");
        field.send_keys(text).await.expect("the field takes keys");
        self.count();
    }

    /// Presses a radio button or a box.
    pub(crate) async fn choose(&self, name: &str) {
        let script = format!(
            "{REACH}; const choice = await awaited(() => reach('choice', given[0]), {MILLISECONDS});
             if (!choice) return null; const label = choice.labels?.[0] ?? choice;
             return isSeen(choice) ? choice : label;"
        );
        let found = self.run_with(&script, vec![json!(name)]).await;
        let Some(id) = found[ELEMENT].as_str() else {
            self.give_up(&format!("choice “{name}”"), &found).await
        };
        let choice = Element::from_element_id(self.client.clone(), ElementRef::from(id.to_owned()));
        choice.click().await.expect("the choice can be pressed");
        self.count();
    }

    /// Takes a row of a dropdown. Counts as two presses: open and choose.
    pub(crate) async fn select(&self, name: &str, row: &str) {
        let field = self.reach("field", name).await;
        field
            .select_by_label(row)
            .await
            .unwrap_or_else(|error| panic!("no row “{row}” in “{name}”: {error}"));
        self.count();
        self.count();
    }

    /// The rows of a dropdown.
    pub(crate) async fn rows(&self, name: &str) -> Vec<String> {
        let script = format!(
            "[...(reach('field', {})?.options ?? [])].map((row) => plain(row.textContent))",
            json!(name)
        );
        let script = format!("((rows) => rows.length > 0 && rows)({script})");
        let rows = self.until(&format!("rows of “{name}”"), &script).await;
        serde_json::from_value(rows).expect("texts")
    }

    /// What stands in a field.
    pub(crate) async fn value(&self, name: &str) -> String {
        let field = self.reach("field", name).await;
        field.prop("value").await.expect("a property").unwrap_or_default()
    }

    /// Waits until a text is shown, anywhere in what stands in front.
    pub(crate) async fn reads(&self, text: &str) {
        let seen = format!("plain(front().innerText).includes({})", json!(text));
        self.until(&format!("the text “{text}”"), &seen).await;
    }

    /// Everything that is shown in front.
    pub(crate) async fn whole_text(&self) -> String {
        self.until("some text", "plain(front().innerText)").await.as_str().expect("a text").to_owned()
    }

    /// Waits for a heading, and answers the whole of it.
    pub(crate) async fn heading(&self) -> String {
        let heading = self.until("a heading", "plain(document.querySelector('h1')?.innerText)").await;
        heading.as_str().expect("a text").to_owned()
    }

    /// Waits until the step of this code is shown, such as `NEW-4`.
    pub(crate) async fn is_at(&self, step: &str) {
        let shown = "document.querySelector('[aria-current=step]')?.closest('[data-step]').dataset.step";
        let here = format!("{shown} === {}", json!(step));
        self.until(&format!("step {step}"), &here).await;
    }

    /// Waits until a heading has this text.
    pub(crate) async fn is_headed(&self, text: &str) {
        let here = format!("plain(document.querySelector('h1')?.innerText).includes({})", json!(text));
        self.until(&format!("the heading “{text}”"), &here).await;
    }

    /// Waits until the status that is shown has this mark, such as `active`, and no check runs.
    pub(crate) async fn status_is(&self, mark: &str) {
        let panel = format!("document.querySelector('main section[data-mark={mark}]')");
        let still = "document.querySelector('main .checking')";
        self.until(&format!("the status {mark}"), &format!("{panel} && !{still}")).await;
    }

    /// The five characters to read out.
    pub(crate) async fn state_code(&self) -> String {
        let code = self
            .until("the state code", "plain(document.querySelector('.top-bar .code bdi')?.textContent)")
            .await;
        code.as_str().expect("a text").to_owned()
    }

    /// The text of one element.
    pub(crate) async fn text(&self, css: &str) -> String {
        let text =
            self.until(css, &format!("plain(document.querySelector({})?.innerText)", json!(css))).await;
        text.as_str().expect("a text").to_owned()
    }
}
