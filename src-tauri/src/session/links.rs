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
        let carries_a_link = Start::carries_a_link(&arguments, SCHEME);
        let Start { environment, link } = Start::of(&arguments, SCHEME);
        if let Some(link) = link {
            tracing::info!("another start of the program handed an address over");
            self.take_link(&link);
            return;
        }
        if carries_a_link {
            self.pass_over();
            return;
        }
        let asked = environment.and_then(|asked| self.opening.asked_elsewhere(&asked, folder));
        if let Some(asked) = asked {
            self.notice(Notice::AlreadyRunning { asked });
        }
        self.desk.bring_to_front();
    }

    /// The address that started the program: whoever asked for it had closed it.
    pub(super) fn take_first_link(&mut self, address: &str) {
        let delivered = self.at_work().map(|at_work| at_work.deliver(address));
        match delivered {
            Some(Delivered::Stranger) => self.notice(Notice::LateLink),
            Some(Delivered::Taken | Delivered::Again | Delivered::NotOurs) | None => self.pass_over(),
        }
    }

    fn pass_over(&mut self) {
        self.foreign_links = self.foreign_links.saturating_add(1);
        tracing::debug!(count = self.foreign_links, "passed over an address that is not ours");
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
            Some((Delivered::Again, _)) => {}
            Some((Delivered::Stranger, waits)) => self.old_sign_in(waits),
            Some((Delivered::NotOurs, _)) | None => self.pass_over(),
        }
    }

    /// A person who finished an older tab learns why nothing came of it. Whoever is signing in is not interrupted.
    fn old_sign_in(&mut self, waits: bool) {
        if self.last_old_sign_in.is_some_and(|last| last.elapsed() < LISTENS_AGAIN_AFTER) {
            return;
        }
        self.last_old_sign_in = Some(Instant::now());
        self.notice(Notice::OldSignIn);
        if !waits {
            self.desk.bring_to_front();
        }
    }
}
