//! New users, from Start to Done.

use crate::support::browser::Moves;
use crate::support::driven::Driven;
use crate::support::narrated::demo_folder;
use crate::support::route::{Flow, authorize, connect, finish, prepare};
use crate::support::sandbox::DEEP_LINK;
use crate::support::world::{SERVICE, World};

/// What the guide's New users have to press at most.
const MOST_PRESSES: u32 = 25;

/// This is also the walk of `cargo xtask run` where there is no display.
#[tokio::test]
async fn by_deep_link_from_start_to_done() {
    let mut world = World::new();
    let window = world.open().await;
    connect(&mut world, &window, Flow::NewUsers, SERVICE).await;
    finish(&window, Flow::NewUsers, "Contoso Ltd").await;
    let presses = window.presses();
    assert!(presses <= MOST_PRESSES, "{presses} presses from Start to Done");
    window.say(&format!("Presses from Start to Done: {presses}."));
    save_report(&world, &window).await;
    assert_eq!(world.sandbox.ways_back().await, [DEEP_LINK]);
    let handed_over = "another start of the program handed an address over";
    let count = window.log().matches(handed_over).count();
    assert!(count >= 2, "the self-test and the answer came by a second process: {}", window.log());
}

/// The page is one file without a script, and the mail text says the same.
async fn save_report(world: &World, window: &Driven) {
    let mail = window.value("Mail text").await;
    assert!(mail.contains("Active") && mail.contains("Contoso Ltd"), "{mail}");
    window.press("Save the report").await;
    window.reads("Report saved:").await;
    let documents = std::fs::read_dir(world.session.home().join("Documents")).expect("documents");
    let files: Vec<_> = documents.map(|file| file.expect("a file").path()).collect();
    let [page] = files.as_slice() else { panic!("one page is saved: {files:?}") };
    let html = std::fs::read_to_string(page).expect("a page");
    assert!(html.contains("Active") && !html.contains("<script"), "{html}");
    assert!(!html.contains(SERVICE), "names are masked");
    if let Some(folder) = demo_folder() {
        std::fs::write(folder.join("report.txt"), mail).expect("the mail text is kept");
        std::fs::write(folder.join("report.html"), html).expect("the page is kept");
        window.say("The report is saved: report.txt (mail text) and report.html.");
    }
}

#[tokio::test]
async fn by_loopback_where_the_environment_names_no_deep_link() {
    let mut world = World::without_deep_link();
    let window = world.open().await;
    connect(&mut world, &window, Flow::NewUsers, SERVICE).await;
    finish(&window, Flow::NewUsers, "Contoso Ltd").await;
    let ways = world.sandbox.ways_back().await;
    assert!(ways.len() == 1 && ways[0].starts_with("http://localhost:"), "{ways:?}");
}

#[tokio::test]
async fn another_way_is_loopback_and_is_remembered_once_it_has_worked() {
    let mut world = World::new();
    let window = world.open().await;
    prepare(&window, Flow::NewUsers, SERVICE).await;
    authorize(&mut world, &window, Flow::NewUsers, Moves::Leaves).await;
    window.press("Use another way").await;
    world.browse(Moves::Accepts(SERVICE)).await;
    window.is_at("NEW-6").await;
    window.status_is("active").await;
    // The next sign-in on this computer goes that way by itself.
    window.press("Step 3").await;
    authorize(&mut world, &window, Flow::NewUsers, Moves::Accepts(SERVICE)).await;
    window.is_at("NEW-6").await;
    let ways = world.sandbox.ways_back().await;
    let [first, second, third] = ways.as_slice() else { panic!("three sign-ins: {ways:?}") };
    assert_eq!(first, DEEP_LINK);
    assert!(second.starts_with("http://localhost:") && third.starts_with("http://localhost:"), "{ways:?}");
}
