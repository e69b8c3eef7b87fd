//! One command's environment, store and driver.

use std::ffi::OsStr;
use std::time::Duration;

use jiff::Timestamp;
use jiff::tz::TimeZone;
use mpc_connect_adapters::Interrupts;
use mpc_connect_adapters::machine::Machine;
use mpc_connect_adapters::place::{self, DataFolder};
use mpc_connect_adapters::store::{Condition, Store};
use mpc_connect_core::contract::{self, KeychainLooked};
use mpc_connect_core::driver::Driver;
use mpc_connect_core::environment::Environment;
use mpc_connect_core::flow::{Intent, State};
use mpc_connect_core::ports::Journal;
use mpc_connect_core::words::Text;

use crate::card;
use crate::exit::Exit;
use crate::output::Output;
use crate::status;

/// An end that takes longer is explained.
const TELLS_AFTER: Duration = Duration::from_secs(1);

/// Where a command works.
pub(crate) struct Place {
    pub(crate) environment: Environment,
    pub(crate) folder: DataFolder,
}

/// A command at work.
pub(crate) struct Session {
    pub(crate) place: Place,
    pub(crate) driver: Driver<Machine>,
    pub(crate) interrupts: Interrupts,
}

impl Place {
    /// Says itself why nothing can be done here.
    pub(crate) fn choose(output: &Output, argument: Option<&OsStr>) -> Result<Self, Exit> {
        let Some(folder) = DataFolder::of_this_person() else {
            let id = "ctl-no-data-folder";
            output.refuse(id, &output.word(&Text::new(id)));
            return Err(Exit::Disk);
        };
        match place::choose_environment(argument, &folder) {
            Ok(choice) => {
                output.is_about(&choice.environment);
                Ok(Self { environment: choice.environment, folder })
            }
            Err(error) => {
                let detail = error.detail();
                let sentence = output.word(&Text::new(error.message_id()));
                let text = if detail.is_empty() { sentence } else { format!("{sentence} ({detail})") };
                output.refuse(error.message_id(), &text);
                Err(Exit::Usage)
            }
        }
    }

    /// The banner that everything but `public` wears.
    pub(crate) fn banner(&self, output: &Output) {
        if self.environment.name != "public" {
            output.say(&Text::new("ctl-environment-banner").with("environment", &self.environment.name));
        }
        if self.environment.is_rehearsal() {
            output.say(&Text::new("ctl-rehearsal-stamp"));
        }
    }

    /// The state as the database has it; touches neither network nor keychain.
    pub(crate) async fn read(&self, output: &Output) -> Result<(State, Store), Exit> {
        let store = Store::open_read_only(&self.folder.path, &self.environment.name);
        let opened = match store {
            Ok(store) => store.load().await.map(|record| (State::of(record), store)),
            Err(failure) => Err(failure),
        };
        opened.map_err(|failure| {
            card::show_everywhere(output, &State::default(), &failure);
            Exit::Disk
        })
    }
}

impl Session {
    pub(crate) async fn open(output: &Output, argument: Option<&OsStr>) -> Result<Self, Exit> {
        let interrupts = Interrupts::listen().map_err(|error| {
            output.refuse("interrupts", &error.kind().to_string());
            Exit::Disk
        })?;
        let place = Place::choose(output, argument)?;
        // Opening makes a new file.
        let history_lost = place::history_is_lost(&place.environment, &place.folder);
        let machine = Machine::open(&place.environment, &place.folder).map_err(|failure| {
            card::show_everywhere(output, &State::default(), &failure);
            Exit::Disk
        })?;
        place::remember(&place.environment, &place.folder);
        let driver = Driver::open(machine).await;
        if let Some(failure) = &driver.state().last_failure {
            card::show(output, driver.state(), failure);
        }
        if history_lost {
            output.say(&Text::new("ctl-history-lost"));
        }
        if let Condition::RecoveredFromDamage { kept, recovered } = driver.ports().store().condition() {
            let text =
                Text::new("ctl-damaged-file-kept").with("path", kept.display()).with("count", recovered);
            output.say(&text);
        }
        Ok(Self { place, driver, interrupts })
    }

    /// A session for a command that needs a connection.
    pub(crate) async fn connected(output: &Output, argument: Option<&OsStr>) -> Result<Self, Exit> {
        let mut session = Self::open(output, argument).await?;
        if session.driver.state().record.credential.is_some() {
            return Ok(session);
        }
        status::say_not_connected(output, &mut session).await;
        session.close(output).await;
        Err(Exit::NotConnected)
    }

    /// Does what is wanted and waits until nothing is under way. `false` when Ctrl-C stopped it.
    pub(crate) async fn settle(&mut self, intent: Intent) -> bool {
        self.driver.intend(intent).await;
        let mut stopped = false;
        while self.driver.state().is_busy() {
            tokio::select! {
                going_on = self.driver.next() => if !going_on { break },
                () = self.interrupts.next() => {
                    stopped = true;
                    self.driver.intend(Intent::Cancel).await;
                }
            }
        }
        !stopped
    }

    /// Which credential is held.
    pub(crate) fn credential_id(&self) -> Option<String> {
        self.driver.state().record.credential.as_ref().map(|credential| credential.id.clone())
    }

    /// The last line of `connect`, and the whole of `status`.
    pub(crate) fn status_line(&self) -> contract::StatusLine {
        let state = self.driver.state();
        let looked = match &state.record.credential {
            None => KeychainLooked::Empty,
            Some(credential) if credential.session_only => KeychainLooked::SessionOnly,
            Some(_) => KeychainLooked::Held,
        };
        contract::status(state, &self.place.environment, Timestamp::now(), looked)
    }

    /// A token exchange that is under way is finished first; what takes long is said.
    async fn finish(&mut self, output: &Output) {
        let mut finishing = std::pin::pin!(self.driver.finish());
        if tokio::time::timeout(TELLS_AFTER, finishing.as_mut()).await.is_err() {
            output.say(&Text::new("ctl-finishing"));
            finishing.await;
        }
    }

    /// Finishes what must be finished, gives up what was in memory alone, and closes the store.
    pub(crate) async fn close(mut self, output: &Output) {
        self.finish(output).await;
        let state = self.driver.state();
        if state.last_attempt > 0 || state.credential_not_saved.is_some() {
            self.driver.intend(Intent::Leave).await;
        }
        if let Err(failure) = self.driver.ports().store().close().await {
            card::show(output, self.driver.state(), &failure);
        }
    }
}

/// A command that was stopped before it found anything out.
pub(crate) fn say_stopped(output: &Output) -> Exit {
    output.refuse("cancelled", &output.word(&Text::new("ctl-cancelled")));
    Exit::Refused
}

/// The zone in which people here read times.
pub(crate) fn zone() -> TimeZone {
    TimeZone::system()
}
