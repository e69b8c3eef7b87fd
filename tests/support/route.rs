//! The two flows as a person walks them, in parts from which each test makes its own way.

use super::browser::{Ended, Moves};
use super::driven::Driven;
use super::world::World;

/// One of the guide's two flows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Flow {
    NewUsers,
    Migration,
}

impl Flow {
    /// The code of the step that New users have at this number.
    pub(crate) fn step(self, of_new_users: u8) -> String {
        match self {
            Self::NewUsers => format!("NEW-{of_new_users}"),
            Self::Migration => format!("MIG-{}", of_new_users + 1),
        }
    }

    fn card(self) -> &'static str {
        match self {
            Self::NewUsers => "Set up a new connection",
            Self::Migration => "Move from Power Automate",
        }
    }

    fn end(self) -> &'static str {
        match self {
            Self::NewUsers => "Setup steps finished",
            Self::Migration => "Migration steps finished",
        }
    }
}

/// From Start to Authorize, with the account's name saved.
pub(crate) async fn prepare(window: &Driven, flow: Flow, account: &str) {
    window.is_headed("What would you like to do?").await;
    window.tell("start", "Start asks what to do.").await;
    if flow == Flow::Migration {
        window.choose(flow.card()).await;
    }
    window.press("Continue").await;
    if flow == Flow::Migration {
        contact_support(window).await;
    }
    window.is_at(&flow.step(1)).await;
    window.reads("This computer is ready").await;
    window.fill("Company name", "Contoso Ltd").await;
    window.fill("Your contact at WorkSpan", "Pat Example").await;
    window.tell("connection-page", "The MPC Connection page is filled in, and this computer is ready.").await;
    window.press("Save and continue").await;
    window.is_at(&flow.step(2)).await;
    save_username(window, account).await;
    window.tell("username", &format!("The Microsoft username is saved: {account}.")).await;
    window.press("Continue").await;
    window.is_at(&flow.step(3)).await;
    window.tell("authorize", "Authorize says what will happen and what may surprise.").await;
}

async fn contact_support(window: &Driven) {
    window.is_at("MIG-1").await;
    window.fill("Support's reference (optional)", "CASE-4711").await;
    window.press("I contacted Support").await;
}

/// In the Edit pop-up.
pub(crate) async fn save_username(window: &Driven, account: &str) {
    window.press("Edit").await;
    window.fill("Microsoft username", account).await;
    window.choose("A service account").await;
    window.tell("edit", "The Edit pop-up takes the Microsoft username.").await;
    window.press("Save").await;
    window.reads("Microsoft username saved.").await;
}

/// Authorizes, and answers in the browser.
pub(crate) async fn authorize(world: &mut World, window: &Driven, flow: Flow, moves: Moves<'_>) -> Ended {
    window.press("Authorize").await;
    window.is_at(&flow.step(4)).await;
    window.reads("Open the browser again").await;
    window.tell("waiting", "The system browser has opened, and the window waits.").await;
    let ended = world.browse(moves).await;
    window.say(&format!("The browser ended at {}.", ended.at));
    ended
}

/// From Start to a status that was found out under a new credential.
pub(crate) async fn connect(world: &mut World, window: &Driven, flow: Flow, account: &str) {
    prepare(window, flow, account).await;
    authorize(world, window, flow, Moves::Accepts(account)).await;
    window.is_at(&flow.step(6)).await;
    window.status_is("active").await;
    window.tell("status", "The connection was checked: Active.").await;
}

/// From the status to a test that ran.
pub(crate) async fn choose_and_test(window: &Driven, flow: Flow, organization: &str) {
    window.press("Continue").await;
    window.is_at(&flow.step(7)).await;
    window.select("Select Organization", organization).await;
    window.tell("organization", &format!("The organization is chosen: {organization}.")).await;
    window.press("Save").await;
    window.is_at(&flow.step(8)).await;
    window.tell("before-the-test", "The test says what it is about to test.").await;
    window.press("Test connection").await;
}

/// From the status to Done.
pub(crate) async fn finish(window: &Driven, flow: Flow, organization: &str) {
    choose_and_test(window, flow, organization).await;
    window.reads("Connection successful").await;
    window.tell("test", "The test has ended: Connection successful.").await;
    window.press("Finish").await;
    window.is_headed(flow.end()).await;
    window.tell("done", "Done says who does what next.").await;
}
