//! The app closed and opened again, a second start, the end of a connection, and the rehearsal.

use std::time::Duration;

use crate::support::browser::{Moves, walk};
use crate::support::driven::{Driven, Scheme, Start};
use crate::support::route::{Flow, authorize, connect, finish, prepare};
use crate::support::seeds;
use crate::support::world::{SERVICE, World};

const NEW: Flow = Flow::NewUsers;
const DAY: Duration = Duration::from_secs(24 * 60 * 60);
const ASKS: &str = "consent@northwind.example";

#[tokio::test]
async fn what_waits_for_an_administrator_stands_first_on_the_next_day() {
    let mut world = World::new();
    world.sandbox.switch_on("pages_never_return").await;
    let window = world.open().await;
    prepare(&window, NEW, ASKS).await;
    let ended = authorize(&mut world, &window, NEW, Moves::Accepts(ASKS)).await;
    assert!(ended.text.contains("AADSTS90094"), "{ended:?}");
    window.press("What does the browser show?").await;
    window.press("An administrator must approve").await;
    window.reads("A permission that MPC Connect needs is missing.").await;
    window.press("Copy request for IT").await;
    window.reads("Copied: the text for IT.").await;
    window.press("I sent it").await;
    window.is_at("NEW-3").await;
    window.press("Text for IT").await;
    let text = window.value("Message").await;
    let link = text.split_whitespace().find(|word| word.contains("/adminconsent?"));
    let link = link.expect("the approval link").to_owned();
    window.press("Close").await;
    window.close().await;

    // IT approves, and a day goes by.
    let approved = walk(&world.session, &link, Moves::Accepts("admin@northwind.example")).await;
    assert!(!approved.text.contains("AADSTS"), "{approved:?}");
    world.set_clock_ahead(DAY);
    let window = world.open().await;
    window.is_at("NEW-3").await;
    window.reads("You left at step 3. Everything you saved is still here.").await;
    let first = window.text("main section h2").await;
    assert_eq!(first, "Open items");
    window.reads("Approval of the permissions").await;
    window.press("Check again").await;
    world.browse(Moves::Accepts(ASKS)).await;
    window.is_at("NEW-6").await;
    window.status_is("active").await;
}

#[tokio::test]
async fn a_finished_setup_opens_on_start_and_an_old_word_is_no_longer_active() {
    let mut world = World::new();
    let window = world.open().await;
    connect(&mut world, &window, NEW, SERVICE).await;
    finish(&window, NEW, "Contoso Ltd").await;
    window.press_last("Close").await;
    world.set_clock_ahead(DAY + DAY / 12);
    let window = world.open().await;
    window.is_headed("What would you like to do?").await;
    // One quiet check on opening. Status asks nobody, so that its word grows old.
    window.status_is("active").await;
    window.press("Status").await;
    window.status_is("active").await;
    world.set_clock_ahead(3 * DAY);
    window.status_is("stale").await;
    window.reads("Not checked since").await;
    window.press("Check now").await;
    window.status_is("active").await;
}

#[tokio::test]
async fn a_second_start_elsewhere_is_told_where_the_first_one_works() {
    let world = World::new();
    let window = world.open().await;
    window.is_headed("What would you like to do?").await;
    let other = world.sandbox.environment_named("contoso-lab", true);
    world.start_again(&["--environment", other.to_str().expect("a path")]).await;
    window.reads("MPC Connect is already running in this environment.").await;
    window.reads("contoso-lab").await;
}

/// Connects and disconnects. Answers what the history on disk tells afterwards.
async fn after_disconnecting(press: &str) -> String {
    let mut world = World::new();
    let window = world.open().await;
    connect(&mut world, &window, NEW, SERVICE).await;
    assert!(world.keychain().contains("MPC Connect"), "the keychain holds the sign-in");
    window.press("Status").await;
    window.press("Disconnect").await;
    window.reads(SERVICE).await;
    window.press(press).await;
    window.reads("This computer has forgotten its sign-in.").await;
    window.reads("Not connected").await;
    let keychain = world.keychain();
    assert!(!keychain.contains("MPC Connect"), "the keychain holds nothing any more: {keychain}");
    window.close().await;
    world.history()
}

#[tokio::test]
async fn disconnect_takes_the_sign_in_out_of_the_keychain_and_keeps_the_history() {
    let history = after_disconnecting("Disconnect and keep the history").await;
    assert!(history.contains("NEW-6"), "{history}");
}

#[tokio::test]
async fn disconnect_deletes_the_history_when_the_person_says_so() {
    let history = after_disconnecting("Disconnect and delete the history").await;
    assert!(!history.contains("NEW-6"), "{history}");
}

#[tokio::test]
async fn a_rehearsal_from_start_leads_to_done_and_leaves_nothing() {
    let mut world = World::new();
    let environment = seeds::environment(&world.data_made(), false);
    let window = open_elsewhere(&world, environment.to_str().expect("a path")).await;
    window.is_headed("What would you like to do?").await;
    window.choose("Rehearse as a new user").await;
    window.press("Continue").await;
    window.is_at("NEW-1").await;
    window.reads("Rehearsal: this is not a real connection.").await;
    window.press("Back").await;
    connect(&mut world, &window, NEW, SERVICE).await;
    finish(&window, NEW, "Contoso Ltd").await;
    assert!(window.value("Mail text").await.to_lowercase().contains("rehearsal"));
    window.press("Leave rehearsal").await;
    window.is_headed("What would you like to do?").await;
    let text = window.whole_text().await;
    assert!(!text.contains("Rehearsal: this is not"), "{text}");
    assert!(text.contains("Set up a new connection"), "{text}");
    assert!(!world.keychain().contains("MPC Connect"), "the rehearsal's sign-in is gone");
}

/// On an environment that is not the world's sandbox, with the world's browser.
async fn open_elsewhere(world: &World, environment: &str) -> Driven {
    let mut start = world.start();
    let elsewhere = Start::on(environment, &world.data_made(), Scheme::Light);
    start.variables.retain(|(name, _)| name != "MPC_CONNECT_ENVIRONMENT");
    start.variables.extend(elsewhere.variables);
    Driven::open(&world.session, &start).await
}
