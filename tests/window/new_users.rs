//! New users, from Start to Done.

use crate::support::browser::Moves;
use crate::support::world::{SERVICE, World};

#[tokio::test]
async fn by_deep_link_the_browser_hands_the_answer_to_a_second_process() {
    let mut world = World::new();
    let window = world.open().await;
    window.is_headed("What would you like to do?").await;
    window.press("Continue").await;
    window.is_at("NEW-1").await;
    window.fill("Company name", "Contoso Ltd").await;
    window.fill("Your contact at WorkSpan", "Pat Example").await;
    window.reads("This computer is ready").await;
    window.press("Save and continue").await;
    window.is_at("NEW-2").await;
    window.press("Edit").await;
    window.fill("Microsoft username", SERVICE).await;
    window.choose("A service account").await;
    window.press("Save").await;
    window.is_at("NEW-2").await;
    window.press("Continue").await;
    window.is_at("NEW-3").await;
    window.press("Authorize").await;
    window.is_at("NEW-4").await;
    let ended = world.browse(Moves::Accepts(SERVICE)).await;
    println!("{ended:?}");
    window.is_at("NEW-6").await;
    window.reads("Active").await;
    window.press("Continue").await;
    window.is_at("NEW-7").await;
    println!("{:?}", window.rows("Select Organization").await);
    window.select("Select Organization", "Contoso Ltd").await;
    window.press("Save").await;
    window.is_at("NEW-8").await;
    window.press("Test connection").await;
    window.reads("Connection successful").await;
    window.press("Finish").await;
    window.is_headed("Setup steps finished").await;
    println!("{} presses", window.presses());
    println!("{:?}", world.sandbox.ways_back().await);
    println!("{}", window.log());
}
