//! Migration from Power Automate, from Start to Done.

use crate::support::route::{Flow, connect, finish};
use crate::support::sandbox::DEEP_LINK;
use crate::support::world::{SERVICE, World};

#[tokio::test]
async fn by_deep_link_from_start_to_done() {
    let mut world = World::new();
    let window = world.open().await;
    connect(&mut world, &window, Flow::Migration, SERVICE).await;
    window.press("Open the checklist").await;
    window.fill("Names of the flows", "Referrals to CRM").await;
    window.press("Save the names").await;
    window.fill("Turned off by", "Pat Example").await;
    window.press("They are turned off").await;
    window.reads("Power Automate flows: turned off").await;
    finish(&window, Flow::Migration, "Contoso Ltd").await;
    assert_eq!(world.sandbox.ways_back().await, [DEEP_LINK]);
}

#[tokio::test]
async fn by_loopback_from_start_to_done() {
    let mut world = World::without_deep_link();
    let window = world.open().await;
    connect(&mut world, &window, Flow::Migration, SERVICE).await;
    finish(&window, Flow::Migration, "Contoso Ltd").await;
    let ways = world.sandbox.ways_back().await;
    assert!(ways.len() == 1 && ways[0].starts_with("http://localhost:"), "{ways:?}");
}
