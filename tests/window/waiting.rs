//! The wait for the browser: what is said when, how it ends, and what comes too late.

use std::net::TcpStream;
use std::time::Duration;

use crate::support::browser::Moves;
use crate::support::route::{Flow, authorize, prepare};
use crate::support::world::{SERVICE, World};

const NEW: Flow = Flow::NewUsers;
const MINUTE: Duration = Duration::from_secs(60);

#[tokio::test]
async fn a_browser_that_was_closed_opens_again_at_the_same_sign_in() {
    let mut world = World::new();
    let window = world.open().await;
    prepare(&window, NEW, SERVICE).await;
    window.press("Authorize").await;
    window.is_at("NEW-4").await;
    let first = world.browser.address().await;
    world.browse_at(&first, Moves::Leaves).await;
    window.press("Open the browser again").await;
    let second = world.browser.address().await;
    assert_eq!(first, second);
    world.browse_at(&second, Moves::Accepts(SERVICE)).await;
    window.is_at("NEW-6").await;
    window.status_is("active").await;
}

#[tokio::test]
async fn the_wait_nudges_after_seconds_asks_after_ten_minutes_and_ends_after_thirty() {
    let mut world = World::without_deep_link();
    let window = world.open().await;
    prepare(&window, NEW, SERVICE).await;
    authorize(&mut world, &window, NEW, Moves::Leaves).await;
    let listener = world.sandbox.ways_back().await.pop().expect("a way back");
    let port: u16 = listener.split([':', '/']).nth(4).and_then(|port| port.parse().ok()).expect("a port");
    assert!(TcpStream::connect(("127.0.0.1", port)).is_ok(), "it listens while it waits");
    world.set_clock_ahead(Duration::from_secs(9));
    window.reads("Nothing happened in the browser?").await;
    world.set_clock_ahead(MINUTE + MINUTE / 6);
    window.reads("Still waiting for the browser").await;
    world.set_clock_ahead(10 * MINUTE + MINUTE / 6);
    window.reads("Keep waiting?").await;
    window.press("Keep waiting").await;
    window.is_at("NEW-4").await;
    world.set_clock_ahead(31 * MINUTE);
    window.is_at("NEW-3").await;
    assert!(TcpStream::connect(("127.0.0.1", port)).is_err(), "nobody listens any more");
    // A new sign-in begins at once.
    authorize(&mut world, &window, NEW, Moves::Accepts(SERVICE)).await;
    window.is_at("NEW-6").await;
    window.status_is("active").await;
}

#[tokio::test]
async fn a_wait_that_is_stopped_leads_back_to_authorize() {
    let mut world = World::new();
    let window = world.open().await;
    prepare(&window, NEW, SERVICE).await;
    authorize(&mut world, &window, NEW, Moves::Leaves).await;
    window.press("Stop").await;
    window.is_at("NEW-3").await;
    window.reads("The sign-in was cancelled.").await;
}

#[tokio::test]
async fn a_link_that_comes_after_the_app_was_closed_starts_it_and_says_so() {
    let mut world = World::new();
    let window = world.open().await;
    prepare(&window, NEW, SERVICE).await;
    window.press("Authorize").await;
    window.is_at("NEW-4").await;
    let address = world.browser.address().await;
    window.close().await;
    let kept = world.keep_links();
    world.browse_at(&address, Moves::Accepts(SERVICE)).await;
    let window = world.open_by_link(&kept.link().await).await;
    window.reads("Your sign-in arrived after the app had closed.").await;
    window.is_at("NEW-3").await;
    window.reads(SERVICE).await;
}
