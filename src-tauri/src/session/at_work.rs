//! One environment at work: its flow, and where the person stands in the window.

use std::sync::Arc;
use std::time::Duration;

use jiff::tz::TimeZone;
use mpc_connect_adapters::deep_link::{PrivateScheme, SchemeLink};
use mpc_connect_adapters::entra::Delivered;
use mpc_connect_adapters::machine::{self, Machine};
use mpc_connect_adapters::place::{self, DataFolder};
use mpc_connect_adapters::store::Condition;
use mpc_connect_core::driver::Driver;
use mpc_connect_core::environment::Environment;
use mpc_connect_core::flow::{Intent, State};
use mpc_connect_core::ports::{Clock as _, Ports as _, Vault as _};
use mpc_connect_core::wizard::{Notice, Order, Page, Press, Surroundings, Wizard};
use tokio::time::timeout;

/// A token exchange that is under way ends within this, and so does the closing of the window.
const FINISHES_WITHIN: Duration = Duration::from_secs(20);
/// A keychain that asks the person first is not waited for when a rehearsal ends.
const FORGETS_WITHIN: Duration = Duration::from_secs(3);

/// Where an environment works.
pub(super) struct Place {
    pub(super) environment: Environment,
    pub(super) folder: DataFolder,
    pub(super) managed: bool,
    /// Whether the rehearsal was begun in this window.
    pub(super) is_left_again: bool,
}

/// An environment at work.
pub(super) struct AtWork {
    driver: Driver<Machine<SchemeLink>>,
    wizard: Wizard,
    around: Surroundings,
    /// The state that the wizard has seen last.
    followed: State,
    /// Whether the driver may have something under way.
    drives: bool,
}

impl AtWork {
    /// Opens the store and answers what is to be done at once; or the page that says why nothing can be done.
    pub(super) async fn open(
        place: Place,
        scheme: &Arc<PrivateScheme>,
    ) -> Result<(Self, Vec<Order>), Box<Page>> {
        let Place { environment, folder, managed, is_left_again } = place;
        let history_lost = place::history_is_lost(&environment, &folder);
        let around = Surroundings {
            managed,
            can_leave_rehearsal: is_left_again,
            data_folder: folder.path.display().to_string(),
            version: env!("CARGO_PKG_VERSION").to_owned(),
            computer_name: machine::computer_name(),
            zone: TimeZone::system(),
            environment,
        };
        let link = SchemeLink::of(scheme, &around.environment);
        let machine = Machine::with_deep_link(&around.environment, &folder, link)
            .map_err(|failure| Box::new(Page::unreadable(&failure, &around)))?;
        if !is_left_again {
            place::remember(&around.environment, &folder);
        }
        let mut driver = Driver::open(machine).await;
        driver.intend(Intent::Resume).await;
        let (mut wizard, orders) = Wizard::opened(driver.state());
        if history_lost {
            wizard.notice(Notice::HistoryLost);
        }
        if let Condition::RecoveredFromDamage { kept, recovered } = driver.ports().store().condition() {
            let recovered = u32::try_from(recovered).unwrap_or(u32::MAX);
            wizard.notice(Notice::DamagedFileKept { path: kept.display().to_string(), recovered });
        }
        let followed = driver.state().clone();
        Ok((Self { driver, wizard, around, followed, drives: true }, orders))
    }

    /// What is drawn.
    pub(super) fn page(&self) -> Page {
        self.wizard.page(self.driver.state(), &self.around, self.driver.ports().clock().now())
    }

    pub(super) fn press(&mut self, press: Press) -> Vec<Order> {
        let now = self.driver.ports().clock().now();
        self.wizard.press(press, self.driver.state(), &self.around, now)
    }

    pub(super) fn notice(&mut self, notice: Notice) {
        self.wizard.notice(notice);
    }

    pub(super) fn hush(&mut self) {
        self.wizard.hush();
    }

    /// Waits until something has moved in the flow. Dropping the returned future loses nothing.
    pub(super) async fn moved(&mut self) {
        if !self.drives {
            std::future::pending::<()>().await;
        }
        self.drives = self.driver.next().await;
    }

    pub(super) async fn intend(&mut self, intent: Intent) {
        self.drives = true;
        self.driver.intend(intent).await;
    }

    /// Takes in what another program has changed meanwhile.
    pub(super) async fn look_again(&mut self) -> Vec<Order> {
        self.driver.look_again().await;
        self.follow()
    }

    /// Lets the wizard see how far the flow has gone.
    pub(super) fn follow(&mut self) -> Vec<Order> {
        let state = self.driver.state();
        if self.followed == *state {
            return Vec::new();
        }
        let before = std::mem::replace(&mut self.followed, state.clone());
        self.wizard.follow(&before, &self.followed)
    }

    /// Hands an address to the sign-in that may wait for it.
    pub(super) fn deliver(&self, address: &str) -> Delivered {
        self.driver.ports().entra().deliver_deep_link(address)
    }

    /// Whether a sign-in waits for its answer.
    pub(super) fn waits_for_a_sign_in(&self) -> bool {
        matches!(self.driver.state().activity, mpc_connect_core::flow::Activity::Waiting(_))
    }

    /// Stops what is under way, while another environment is in front.
    pub(super) async fn rest(&mut self) {
        self.intend(Intent::Cancel).await;
        let resting = async { while self.driver.state().is_busy() && self.driver.next().await {} };
        if timeout(FINISHES_WITHIN, resting).await.is_err() {
            tracing::warn!("something is still under way");
        }
    }

    /// Finishes what must be finished, gives up what was in memory alone, and closes the store.
    pub(super) async fn close(&mut self) {
        if timeout(FINISHES_WITHIN, self.driver.finish()).await.is_err() {
            tracing::warn!("a token exchange did not end");
        }
        let state = self.driver.state();
        if state.last_attempt > 0 || state.credential_not_saved.is_some() {
            self.driver.intend(Intent::Leave).await;
        }
        if let Err(failure) = self.driver.ports().store().close().await {
            tracing::warn!(class = failure.class.as_str(), "the store did not close");
        }
    }

    /// Closes a rehearsal, of which nothing stays in the keychain.
    pub(super) async fn close_for_good(mut self) {
        self.close().await;
        if self.driver.state().last_attempt > 0 {
            let deleted = timeout(FORGETS_WITHIN, self.driver.ports().vault().delete()).await;
            tracing::debug!(deleted = matches!(deleted, Ok(Ok(()))), "the rehearsal's credential");
        }
    }
}
