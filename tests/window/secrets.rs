//! No secret of a sign-in ever reaches the page, the log or a file: every message between page and program is recorded
//! and searched for what the sandbox was sent.

use std::collections::BTreeSet;
use std::path::Path;

use serde_json::Value;
use url::Url;

use crate::support::browser::Moves;
use crate::support::driven::Driven;
use crate::support::route::{Flow, finish, prepare};
use crate::support::world::{SERVICE, World};

/// Shorter ones, such as a code of six digits, stand in other texts by chance.
const SHORTEST: usize = 8;
/// A secret that the test itself sends through the page and back, so that a search which finds nothing else is known
/// to find.
const PLANTED: &str = "planted-0.AAAA_control-that-is-found";

/// Notes what the page sends, as addresses and bodies, and all that it is answered or told.
const RECORD: &str = "
    const { callbacks } = __TAURI_INTERNALS__;
    const sent = [], received = [];
    const get = callbacks.get.bind(callbacks);
    callbacks.get = (id) => {
      const callback = get(id);
      return callback && ((data) => { received.push(JSON.stringify(data) ?? ''); callback(data); });
    };
    const { fetch } = window;
    window.fetch = (address, options) => {
      sent.push(`${address} ${options?.body ?? ''}`);
      return fetch(address, options);
    };
    window.recorded = { sent, received };
    await __TAURI_INTERNALS__.invoke('catalogue');
    await __TAURI_INTERNALS__.invoke('current_view');
    return [sent.length, received.length];";

struct Recorded {
    sent: String,
    received: String,
    messages: usize,
}

async fn recorded(window: &Driven) -> Recorded {
    let recorded = window.run("return window.recorded;").await;
    let texts = |name: &str| -> Vec<String> {
        let all = recorded[name].as_array().expect("a list").iter();
        all.map(|text| text.as_str().expect("a text").to_owned()).collect()
    };
    let (sent, received) = (texts("sent"), texts("received"));
    Recorded { messages: sent.len() + received.len(), sent: sent.join("\n"), received: received.join("\n") }
}

/// Every value that must be nowhere, the planted one among them.
async fn secrets(world: &World, address: &str) -> BTreeSet<String> {
    let mut secrets: BTreeSet<_> =
        world.sandbox.secrets().await.into_iter().map(|(_, value)| value).collect();
    let query = Url::parse(address).expect("an address");
    let of_attempt = ["state", "nonce", "code_challenge"];
    let kept = query.query_pairs().filter(|(name, _)| of_attempt.contains(&name.as_ref()));
    secrets.extend(kept.map(|(_, value)| value.into_owned()));
    secrets.retain(|value| value.len() >= SHORTEST);
    secrets.insert(PLANTED.to_owned());
    secrets
}

/// The secrets that stand in a text, plainly or as an address carries them.
fn found<'a>(secrets: &'a BTreeSet<String>, text: &str) -> Vec<&'a str> {
    let carried = |secret: &str| url::form_urlencoded::byte_serialize(secret.as_bytes()).collect::<String>();
    let stands = |secret: &&String| text.contains(secret.as_str()) || text.contains(&carried(secret));
    secrets.iter().filter(stands).map(String::as_str).collect()
}

/// The bytes of all files in a folder, as characters below 256.
fn files(folder: &Path) -> String {
    let mut text = String::new();
    for entry in std::fs::read_dir(folder).expect("a folder").map(|entry| entry.expect("an entry").path()) {
        if entry.is_dir() {
            text.push_str(&files(&entry));
        } else {
            text.extend(std::fs::read(entry).expect("a file").into_iter().map(char::from));
        }
    }
    text
}

#[tokio::test]
async fn no_secret_reaches_the_page_the_log_or_a_file() {
    let mut world = World::new();
    let window = world.open().await;
    let counted = window.run(RECORD).await;
    assert!(
        counted[0].as_u64() >= Some(2) && counted[1].as_u64() >= Some(2),
        "both ways are heard: {counted}"
    );
    prepare(&window, Flow::NewUsers, SERVICE).await;
    window.press("Authorize").await;
    window.is_at("NEW-4").await;
    let address = world.browser.address().await;
    window.press("Copy sign-in link").await;
    window.reads("Copied: the sign-in link.").await;
    world.browse_at(&address, Moves::Accepts(SERVICE)).await;
    window.is_at("NEW-6").await;
    window.status_is("active").await;
    finish(&window, Flow::NewUsers, "Contoso Ltd").await;
    window.press("Save the report").await;
    window.reads("Report saved:").await;
    window.press("Help").await;
    window.press("Copy details for support").await;
    window.reads("Copied: the details for support.").await;
    window.press("Close").await;
    plant(&window).await;

    let secrets = secrets(&world, &address).await;
    let kinds: BTreeSet<_> = world.sandbox.secrets().await.into_iter().map(|(name, _)| name).collect();
    let expected = ["access_token", "code", "code_verifier", "password", "refresh_token"];
    assert!(expected.iter().all(|kind| kinds.contains(*kind)), "the sandbox tells them: {kinds:?}");
    let page = recorded(&window).await;
    assert!(page.messages > 40, "a whole flow is in it: {}", page.messages);
    assert_eq!(found(&secrets, &page.sent), [PLANTED], "what the page sends");
    assert_eq!(found(&secrets, &page.received), [PLANTED], "what the page is told");
    let shown: Value = window.run("return document.documentElement.outerHTML;").await;
    assert_eq!(found(&secrets, shown.as_str().expect("a page")), Vec::<&str>::new(), "what the page holds");
    assert_eq!(found(&secrets, &window.log()), Vec::<&str>::new(), "the log");
    let home = world.session.home();
    let written = files(&world.data()) + &files(&home.join("Documents"));
    assert_eq!(found(&secrets, &written), [PLANTED], "database and report");
}

/// The company's name goes to the program, into its database, and comes back with the view.
async fn plant(window: &Driven) {
    window.press("Step 1").await;
    window.is_at("NEW-1").await;
    window.fill("Company name", PLANTED).await;
    window.press("Save and continue").await;
    window.press("Step 1").await;
    assert_eq!(window.value("Company name").await, PLANTED);
    window.press("Status").await;
    window.is_headed("Connection status").await;
}
