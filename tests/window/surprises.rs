//! What Microsoft's side can answer, and what the window makes of it.

use crate::support::browser::Moves;
use crate::support::driven::Driven;
use crate::support::route::{Flow, authorize, choose_and_test, connect, finish, prepare};
use crate::support::world::{SERVICE, World};

const STRANGER: &str = "other@fabrikam.example";
const NEW: Flow = Flow::NewUsers;

/// The stranger signs in where the service account was saved.
async fn signed_in_as_a_stranger(world: &mut World) -> Driven {
    let window = world.open().await;
    prepare(&window, NEW, SERVICE).await;
    authorize(world, &window, NEW, Moves::Accepts(STRANGER)).await;
    window.reads(&format!("You saved {SERVICE}, but {STRANGER} signed in.")).await;
    window
}

#[tokio::test]
async fn a_wrong_account_is_answered_by_the_saved_one_in_a_private_window() {
    let mut world = World::new();
    let window = signed_in_as_a_stranger(&mut world).await;
    window.press(&format!("Sign in as {SERVICE} in a private window")).await;
    world.browse(Moves::Accepts(SERVICE)).await;
    window.is_at("NEW-6").await;
    window.status_is("active").await;
    window.reads(SERVICE).await;
    let asked = world.sandbox.requests("/oauth2/v2.0/authorize").await;
    assert_eq!(
        (&asked[1]["query"]["prompt"], &asked[1]["query"]["login_hint"]),
        (&"login".into(), &SERVICE.into())
    );
}

#[tokio::test]
async fn a_wrong_account_is_used_when_the_person_says_so() {
    let mut world = World::new();
    let window = signed_in_as_a_stranger(&mut world).await;
    window.press(&format!("Use {STRANGER}")).await;
    window.is_at("NEW-6").await;
    window.status_is("active").await;
    window.reads(STRANGER).await;
    assert_eq!(world.sandbox.ways_back().await.len(), 1, "nobody had to sign in again");
}

#[tokio::test]
async fn declined_permissions_lead_back_to_authorize_and_can_be_accepted_then() {
    let mut world = World::new();
    let window = world.open().await;
    prepare(&window, NEW, SERVICE).await;
    authorize(&mut world, &window, NEW, Moves::Declines(SERVICE)).await;
    window.is_at("NEW-3").await;
    window.reads("The permissions were not accepted.").await;
    authorize(&mut world, &window, NEW, Moves::Accepts(SERVICE)).await;
    window.is_at("NEW-6").await;
    window.status_is("active").await;
}

#[tokio::test]
async fn a_missing_role_is_inactive_with_who_gives_it() {
    let mut world = World::new();
    let window = world.open().await;
    let account = "norole@contoso.example";
    prepare(&window, NEW, account).await;
    authorize(&mut world, &window, NEW, Moves::Accepts(account)).await;
    window.is_at("NEW-6").await;
    window.status_is("inactive").await;
    window.reads("Partner Center did not let this account read co-sell referrals.").await;
    window.reads("Your Partner Center administrator").await;
    window.reads("Referrals admin").await;
    window.press("Open items").await;
    window.reads("The Referrals admin role for this account").await;
}

#[tokio::test]
async fn a_company_without_deals_is_active_but_its_rights_are_not_proven() {
    let mut world = World::new();
    let window = world.open().await;
    let account = "nodeals@tailspin.example";
    connect(&mut world, &window, NEW, account).await;
    window.reads("Rights not proven").await;
    choose_and_test(&window, NEW, "Tailspin Toys").await;
    window.reads("could not be checked yet").await;
    window.press("Finish").await;
    window.status_is("active").await;
    window.reads("Rights not proven").await;
}

#[tokio::test]
async fn among_48_organizations_one_is_found_by_its_name() {
    let mut world = World::new();
    let window = world.open().await;
    connect(&mut world, &window, NEW, "many@adatum.example").await;
    window.press("Continue").await;
    window.is_at("NEW-7").await;
    window.reads("48 of 48 shown").await;
    let names = window.rows("Select Organization").await;
    assert_eq!(names.len(), 1 + 48, "a row that says that nothing is chosen, and each name");
    let wanted = &names[17];
    window.fill("Find a name in the list", wanted).await;
    window.reads("1 of 48 shown").await;
    window.select("Select Organization", wanted).await;
    window.press("Save").await;
    window.is_at("NEW-8").await;
    window.reads(wanted).await;
    window.press("Test connection").await;
    window.reads("Connection successful").await;
}

#[tokio::test]
async fn nothing_chosen_is_said_beside_the_list() {
    let mut world = World::new();
    let window = world.open().await;
    connect(&mut world, &window, NEW, "many@adatum.example").await;
    window.press("Continue").await;
    window.reads("48 of 48 shown").await;
    window.press("Save").await;
    window.reads("Select an organization").await;
    window.is_at("NEW-7").await;
}

#[tokio::test]
async fn a_changed_password_makes_an_active_connection_inactive_until_the_next_sign_in() {
    let mut world = World::new();
    let window = world.open().await;
    connect(&mut world, &window, NEW, SERVICE).await;
    finish(&window, NEW, "Contoso Ltd").await;
    world.sandbox.change_password(SERVICE).await;
    window.press("View status").await;
    window.status_is("active").await;
    window.press("Check again").await;
    window.status_is("inactive").await;
    window.reads("Microsoft no longer accepts the saved sign-in.").await;
    window.press("Authorize again").await;
    world.browse(Moves::Accepts(SERVICE)).await;
    window.status_is("active").await;
}
