//! `connect`: from a username to a status that a real call decided.

use std::ffi::OsStr;
use std::time::Duration;

use mpc_connect_adapters::machine::computer_name;
use mpc_connect_core::check::CheckKind;
use mpc_connect_core::consent;
use mpc_connect_core::flow::{Activity, Intent, State};
use mpc_connect_core::identity::SignedIn;
use mpc_connect_core::open_item::OpenItemId;
use mpc_connect_core::record::Settings;
use mpc_connect_core::status::Word;
use mpc_connect_core::step::Flow;
use mpc_connect_core::username::{AccountKind, MicrosoftUsername};
use mpc_connect_core::words::Text;
use serde_json::json;

use crate::arguments::{Connect, FlowName, KindName};
use crate::exit::Exit;
use crate::output::Output;
use crate::session::Session;
use crate::wait::WaitingLines;
use crate::{account, check, status};

const LONGEST_LABEL: usize = 60;

pub(crate) async fn run(output: &Output, environment: Option<&OsStr>, arguments: Connect) -> Exit {
    let names = MicrosoftUsername::parse(&arguments.username).and_then(|username| {
        let accepted = arguments.accept_account.as_deref().map(MicrosoftUsername::parse).transpose()?;
        Ok((username, accepted))
    });
    let (username, accepted) = match names {
        Ok(names) => names,
        Err(error) => {
            output.refuse(error.message_id(), &output.word(&Text::new(error.message_id())));
            return Exit::Usage;
        }
    };
    let session = match Session::open(output, environment).await {
        Ok(session) => session,
        Err(exit) => return exit,
    };
    session.place.banner(output);
    if username.looks_personal() {
        output.say(&Text::new("username-warning-personal"));
    }
    let settings = settings(session.driver.state(), username, &arguments);
    let mut connecting = Connecting {
        output,
        session,
        accepted,
        asked_again: false,
        waiting: WaitingLines::default(),
        session_only: arguments.session_only,
    };
    connecting.run(settings).await;
    let exit = connecting.end().await;
    connecting.session.close(output).await;
    exit
}

/// What was told before stays unless it is told anew.
fn settings(state: &State, username: MicrosoftUsername, arguments: &Connect) -> Settings {
    let known = state.record.settings.clone();
    let flow = match arguments.flow {
        Some(FlowName::NewUsers) => Some(Flow::NewUsers),
        Some(FlowName::Migration) => Some(Flow::Migration),
        None => known.flow.or(Some(Flow::NewUsers)),
    };
    let kind = match arguments.kind {
        Some(KindName::Service) => AccountKind::Service,
        Some(KindName::Person) => AccountKind::Person,
        None => known.kind,
    };
    let told = arguments.computer_label.as_deref().map(label).filter(|label| !label.is_empty());
    let computer_label = told.or(known.computer_label.clone()).or_else(computer_name);
    Settings { flow, kind, computer_label, username: Some(username), ..known }
}

fn label(text: &str) -> String {
    let clean = mpc_connect_core::remote_text::RemoteText::clean(text);
    clean.as_str().chars().take(LONGEST_LABEL).collect()
}

struct Connecting<'a> {
    output: &'a Output,
    session: Session,
    accepted: Option<MicrosoftUsername>,
    asked_again: bool,
    waiting: WaitingLines,
    session_only: bool,
}

impl Connecting<'_> {
    async fn run(&mut self, settings: Settings) {
        self.session.driver.intend(Intent::Resume).await;
        self.session.driver.intend(Intent::Settings(settings)).await;
        self.authorize(false).await;
        while self.another_round_helps() {
            self.asked_again = true;
            let state = self.session.driver.state();
            let by_claims = state.record.pending_claims.is_some();
            if !by_claims && !account::wants_second_check(self.output).await {
                break;
            }
            self.authorize(!by_claims).await;
        }
        if self.session_only && self.session.driver.state().record.word() == Word::Active {
            self.session.settle(Intent::Check(CheckKind::Test)).await;
        }
    }

    /// Once only, and only where Partner Center itself asked for more after a sign-in that worked.
    fn another_round_helps(&self) -> bool {
        let record = &self.session.driver.state().record;
        let refused = record.credential.is_some() && record.verdict.failure.is_some();
        refused && !self.asked_again && (record.second_check_helps() || record.pending_claims.is_some())
    }

    /// One sign-in with its waits and questions, up to the first check.
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
            tokio::select! {
                going_on = self.session.driver.next() => if !going_on { break },
                _ = clock.tick() => {}
                () = self.waiting.entered() => self.session.driver.intend(Intent::KeepWaiting).await,
                _ = tokio::signal::ctrl_c() => {
                    self.session.driver.intend(Intent::Cancel).await;
                    self.output.end_live();
                    self.output.say(&Text::new("ctl-cancelled"));
                }
            }
        }
        self.output.end_live();
    }

    /// Answers what waits for a person; `true` when something was answered.
    async fn question(&mut self) -> bool {
        match self.session.driver.state().activity.clone() {
            Activity::AccountQuestion { signed_in, .. } => {
                self.output.end_live();
                let expected = self.expected(&signed_in);
                let answer =
                    account::answer(self.output, &expected, &signed_in, self.accepted.as_ref()).await;
                let intent = answer.map_or(Intent::Cancel, Intent::AnswerAccount);
                self.session.driver.intend(intent).await;
                true
            }
            Activity::SessionOnlyOffered(..) => {
                self.output.end_live();
                self.output.say(&Text::new("ctl-session-only-offer"));
                self.session.driver.intend(Intent::Cancel).await;
                true
            }
            Activity::Idle
            | Activity::Preparing(_)
            | Activity::Beginning(_)
            | Activity::Waiting(_)
            | Activity::Redeeming(_)
            | Activity::Keeping { .. }
            | Activity::Checking { .. }
            | Activity::Listing
            | Activity::Disconnecting => false,
        }
    }

    /// Who was to sign in: the saved account, or the one whose connection would be replaced.
    fn expected(&self, signed_in: &SignedIn) -> String {
        let record = &self.session.driver.state().record;
        let actual = signed_in.username.as_deref().unwrap_or_default();
        let saved = record.settings.username.as_ref().filter(|saved| !saved.is_same_as(actual));
        let name = saved.map(MicrosoftUsername::as_str).or_else(|| record.account());
        name.unwrap_or_default().to_owned()
    }

    fn show_progress(&mut self) {
        if let Activity::Waiting(waiting) = &self.session.driver.state().activity {
            self.waiting.show(self.output, waiting);
        }
    }

    /// What the card of a missing permission asks the person to send.
    fn consent_link(&self) {
        let state = self.session.driver.state();
        let needed = state.record.waits_for(OpenItemId::Consent).is_some();
        let username = state.record.settings.username.as_ref().filter(|_| needed);
        if let Some(link) =
            username.and_then(|username| consent::link(&self.session.place.environment, username))
        {
            self.output.json(&json!({"event": "consent_link", "address": link}));
            self.output.gap();
            self.output.say(&Text::new("ctl-consent-link").with("address", link));
        }
    }

    async fn end(&mut self) -> Exit {
        self.consent_link();
        let state = self.session.driver.state();
        let word = state.record.word();
        self.output.json(&self.session.status_line());
        if !self.output.is_json() {
            if let Some(report) = state
                .record
                .last_report
                .as_ref()
                .filter(|report| report.kind == CheckKind::Test && self.session_only)
            {
                check::show(self.output, state, report);
            }
            status::show(self.output, state, &self.session.place.environment);
            self.hint(word);
        }
        match (&state.last_failure, word) {
            (Some(failure), _) => Exit::of_failure(failure),
            (None, Word::NotConnected) => state.record.failure().map_or(Exit::Refused, Exit::of_failure),
            (None, word) => Exit::of_word(word, false),
        }
    }

    fn hint(&self, word: Word) {
        if self.session_only {
            self.output.say(&Text::new("ctl-session-only-ends"));
        } else if word == Word::Active {
            self.output.say(&Text::new("ctl-next-organizations"));
        }
    }
}
