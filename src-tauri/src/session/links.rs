//! What comes from outside: another start of the program, and addresses that the system hands over.

use std::ffi::OsString;
use std::path::Path;
use std::time::{Duration, Instant};

use mpc_connect_adapters::deep_link::SelfTest;
use mpc_connect_adapters::entra::Delivered;
use mpc_connect_core::wizard::Notice;
use tauri::Runtime;

use super::actor::Actor;
use crate::opening::SCHEME;
use crate::start::Start;

/// A page in a browser can send as many links as it likes; the window comes to the front for one of them.
const LISTENS_AGAIN_AFTER: Duration = Duration::from_secs(10);

impl<R: Runtime> Actor<R> {
    /// A person who starts the program again wants to see it.
    pub(super) fn started_again(&mut self, arguments: Vec<String>, folder: &Path) {
        let arguments: Vec<OsString> = arguments.into_iter().map(OsString::from).collect();
        let Start { environment, link } = Start::of(&arguments, SCHEME);
        if let Some(link) = link {
            tracing::info!("another start of the program handed an address over");
            self.take_link(&link);
            return;
        }
        let asked = environment.and_then(|asked| self.opening.asked_elsewhere(&asked, folder));
        if let Some(asked) = asked {
            self.notice(Notice::AlreadyRunning { asked });
        }
        self.desk.bring_to_front();
    }

    /// Takes an address from outside, which may be anything. It is never logged.
    pub(super) fn take_link(&mut self, address: &str) {
        if self.opening.scheme.take_self_test(address) != SelfTest::Other {
            return;
        }
        let delivered =
            self.at_work().map(|at_work| (at_work.deliver(address), at_work.waits_for_a_sign_in()));
        match delivered {
            Some((Delivered::Taken, _)) => self.desk.bring_to_front(),
            Some((Delivered::Again, _)) | Some((Delivered::Stranger, true)) => {}
            Some((Delivered::Stranger, false)) => self.late_link(),
            Some((Delivered::NotOurs, _)) | None => {
                self.foreign_links = self.foreign_links.saturating_add(1);
                tracing::debug!(count = self.foreign_links, "passed over an address that is not ours");
            }
        }
    }

    fn late_link(&mut self) {
        if self.last_late_link.is_some_and(|last| last.elapsed() < LISTENS_AGAIN_AFTER) {
            return;
        }
        self.last_late_link = Some(Instant::now());
        self.notice(Notice::LateLink);
        self.desk.bring_to_front();
    }
}
