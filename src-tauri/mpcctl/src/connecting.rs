//! One run of `connect`: sign-ins with their waits and questions, up to the status that a real call decided.

use std::time::Duration;

use mpc_connect_core::check::CheckKind;
use mpc_connect_core::consent;
use mpc_connect_core::failure::FailureClass;
use mpc_connect_core::flow::{AccountAnswer, Activity, Intent};
use mpc_connect_core::identity::SignedIn;
use mpc_connect_core::record::Settings;
use mpc_connect_core::status::Word;
use mpc_connect_core::username::MicrosoftUsername;
use mpc_connect_core::words::Text;
use serde_json::json;

use crate::exit::Exit;
use crate::output::Output;
use crate::person::{Person, Reply};
use crate::session::Session;
use crate::wait::WaitingLines;
use crate::{account, check, status};

/// A sign-in on its way.
pub(crate) struct Connecting<'a> {
    output: &'a Output,
    pub(crate) session: Session,
    accepted: Option<MicrosoftUsername>,
    session_only: bool,
    held_before: Option<String>,
    asked_again: bool,
    stopped: bool,
    waiting: WaitingLines,
    person: Person,
}

impl<'a> Connecting<'a> {
    pub(crate) fn new(
        output: &'a Output,
        session: Session,
        accepted: Option<MicrosoftUsername>,
        session_only: bool,
    ) -> Self {
        let held_before = session.credential_id();
        Self {
            output,
            session,
            accepted,
            session_only,
            held_before,
            asked_again: false,
            stopped: false,
            waiting: WaitingLines::default(),
            person: Person::default(),
        }
    }

    pub(crate) async fn run(&mut self, settings: Settings) {
        self.session.driver.intend(Intent::Resume).await;
        self.held_before = self.session.credential_id();
        self.session.driver.intend(Intent::Settings(settings)).await;
        self.authorize(false).await;
        while self.another_round_helps() {
            self.asked_again = true;
            let by_claims = self.session.driver.state().record.pending_claims.is_some();
            if !by_claims && !self.wants_second_check().await {
                break;
            }
            self.authorize(!by_claims).await;
        }
        if self.is_session_only()
            && self.session.driver.state().record.word() == Word::Active
            && !self.stopped
        {
            self.stopped = !self.session.settle(Intent::Check(CheckKind::Test)).await;
        }
    }

    /// Once only, and only where Partner Center itself asked for more after a sign-in that worked.
    fn another_round_helps(&self) -> bool {
        let record = &self.session.driver.state().record;
        let refused = record.credential.is_some() && record.verdict.failure.is_some();
        let helps = record.second_check_helps() || record.pending_claims.is_some();
        refused && helps && !self.asked_again && !self.stopped
    }

    /// At a terminal the person is asked. A script that ran `connect` has pressed already.
    async fn wants_second_check(&mut self) -> bool {
        self.output.json(&json!({"event": "second_check"}));
        if !self.output.can_ask() {
            self.output.say(&Text::new("ctl-second-check-opens"));
            return true;
        }
        self.output.say(&Text::new("ctl-second-check-question"));
        let reply = self.person.reply(&mut self.session.interrupts).await;
        self.stopped = reply == Reply::Interrupted;
        matches!(reply, Reply::Line(line) if ["y", "yes"].contains(&line.to_lowercase().as_str()))
    }

    /// One sign-in, up to the first check. What Ctrl-C cannot stop at once it stops as soon as it can.
    async fn authorize(&mut self, second_check: bool) {
        let session_only = self.session_only;
        self.session.driver.intend(Intent::Authorize { second_check, session_only }).await;
        let mut clock = tokio::time::interval(Duration::from_secs(1));
        loop {
            self.show_progress();
            if self.question().await {
                continue;
            }
            if !self.session.driver.state().is_busy() {
                break;
            }
            let asked = self.waiting.is_asked() && self.output.can_ask();
            tokio::select! {
                going_on = self.session.driver.next() => if !going_on { break },
                _ = clock.tick() => {}
                () = self.person.enter(asked) => self.session.driver.intend(Intent::KeepWaiting).await,
                () = self.session.interrupts.next() => self.stopped = true,
            }
            if self.stopped {
                self.session.driver.intend(Intent::Cancel).await;
            }
        }
        self.output.end_live();
    }

    /// Answers what waits for a person; `true` when something was answered.
    async fn question(&mut self) -> bool {
        let intent = match self.session.driver.state().activity.clone() {
            Activity::AccountQuestion { signed_in, .. } => self.account(&signed_in).await,
            Activity::SessionOnlyOffered(..) => {
                self.output.end_live();
                self.output.say(&Text::new("ctl-session-only-offer"));
                Intent::Cancel
            }
            Activity::Idle
            | Activity::Preparing(_)
            | Activity::ProvingDeepLink(_)
            | Activity::Beginning(_)
            | Activity::Waiting(_)
            | Activity::Redeeming(_)
            | Activity::Keeping { .. }
            | Activity::Checking { .. }
            | Activity::Listing
            | Activity::Disconnecting => return false,
        };
        self.session.driver.intend(intent).await;
        true
    }

    async fn account(&mut self, signed_in: &SignedIn) -> Intent {
        self.output.end_live();
        let first = account::ask(self.output, self.session.driver.state(), signed_in);
        if account::is_accepted(signed_in, self.accepted.as_ref()) {
            return Intent::AnswerAccount(AccountAnswer::UseSignedIn);
        }
        if !self.output.can_ask() {
            return Intent::Cancel;
        }
        let reply = self.person.reply(&mut self.session.interrupts).await;
        self.stopped = reply == Reply::Interrupted;
        match reply {
            Reply::Line(line) if line == "1" => first.map_or(Intent::Cancel, Intent::AnswerAccount),
            Reply::Line(line) if line == "2" => Intent::AnswerAccount(AccountAnswer::UseSignedIn),
            Reply::Line(_) | Reply::Interrupted | Reply::Nothing => Intent::Cancel,
        }
    }

    fn show_progress(&mut self) {
        if let Activity::Waiting(waiting) = &self.session.driver.state().activity {
            self.waiting.show(self.output, waiting);
        }
    }

    /// The last lines, and the code for scripts.
    pub(crate) fn end(&self) -> Exit {
        let state = self.session.driver.state();
        self.approval_link();
        self.output.json(&self.session.status_line());
        if !self.output.is_json() {
            let tested = state.record.last_report.as_ref().filter(|report| report.kind == CheckKind::Test);
            if let Some(report) = tested.filter(|_| self.is_session_only()) {
                check::show(self.output, state, report);
            }
            status::show(self.output, state, &self.session.place.environment);
            self.hint();
        }
        match (&state.last_failure, state.record.word()) {
            _ if self.stopped => Exit::Refused,
            (Some(failure), _) => Exit::of_failure(failure),
            (None, Word::NotConnected) => state.record.failure().map_or(Exit::Refused, Exit::of_failure),
            (None, word) => Exit::of_word(word, false),
        }
    }

    /// What the card of a missing permission asks the person to send.
    fn approval_link(&self) {
        use FailureClass::{AppNotInTenant, ConsentNeeded, ServiceNotEnabled};
        let state = self.session.driver.state();
        let needed = state.failure().is_some_and(|failure| {
            [ConsentNeeded, AppNotInTenant, ServiceNotEnabled].contains(&failure.class)
        });
        let username = state.record.settings.username.as_ref().filter(|_| needed);
        let environment = &self.session.place.environment;
        if let Some(link) = username.and_then(|username| consent::link(environment, username)) {
            self.output.json(&json!({"event": "consent_link", "address": link}));
            self.output.gap();
            self.output.say(&Text::new("ctl-consent-link").with("address", link));
        }
    }

    /// What comes next, and what a stop has left behind.
    fn hint(&self) {
        let record = &self.session.driver.state().record;
        let unchecked = record.verdict.checked_at.is_none() && record.credential.is_some();
        if self.stopped && self.session.credential_id() == self.held_before {
            return self.output.say(&Text::new("ctl-cancelled"));
        }
        if self.stopped && unchecked {
            self.output.say(&Text::new("ctl-stopped-unchecked"));
        }
        if self.is_session_only() {
            self.output.say(&Text::new("ctl-session-only-ends"));
        } else if unchecked {
            self.output.say(&Text::new("ctl-next-test"));
        } else if record.word() == Word::Active {
            self.output.say(&Text::new("ctl-next-organizations"));
        }
    }

    /// Whether the credential in use ends with this process.
    fn is_session_only(&self) -> bool {
        let record = &self.session.driver.state().record;
        record.credential.as_ref().is_some_and(|credential| credential.session_only)
    }
}
