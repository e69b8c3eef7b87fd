//! The status, wherever it stands, and the Status screen.

use super::{Content, Shown, button, go_to, labelled};
use crate::mask;
use crate::view::{self, CheckView, Mark};
use crate::wizard::navigation::home;
use crate::wizard::{
    Actions, Body, Button, CardView, DialogName, Fact, Press, ScreenName, StatusBody, StatusPanel,
};
use crate::words::{Text, Words};

impl Shown<'_> {
    /// Opening it asks nobody: everything comes from what is stored.
    pub(super) fn status(&self, card: Option<&CardView>) -> Content {
        let connected = self.state.record.credential.is_some();
        let disconnect = Press::OpenDialog { dialog: DialogName::Disconnect };
        let body = Body::Status(StatusBody {
            status: self.status_panel(),
            next: self.next_action(),
            checks: self.last_checks(),
            disconnect: connected.then(|| button("wizard-disconnect", disconnect)),
        });
        Content { body, actions: self.status_actions(card) }
    }

    fn status_actions(&self, card: Option<&CardView>) -> Actions {
        let unfinished = self.state.record.resume().is_some();
        let ahead = unfinished.then(|| go_to("wizard-continue-setup", home(self.state)));
        let first = if self.mark() == Mark::Stale { self.check_button() } else { None };
        match (card, first) {
            (Some(card), _) => self.with_card(Some(card), ahead),
            (None, Some(check)) => Actions { other: ahead, ..self.back_and(check) },
            (None, None) => self.with_card(None, ahead),
        }
    }

    /// Nothing could fail to be found out before the first check has ended.
    pub(super) fn mark(&self) -> Mark {
        if self.is_first_check() { Mark::NotConnected } else { view::mark(self.state, self.now) }
    }

    pub(super) fn headline(&self) -> Text {
        if self.is_first_check() {
            return Text::new("wizard-first-check");
        }
        view::headline(self.state, self.mark(), &self.around.zone)
    }

    fn is_first_check(&self) -> bool {
        self.is_checking() && self.state.record.verdict.checked_at.is_none()
    }

    /// What is claimed of now, and no claim that is too old for that.
    fn status_sentence(&self, mark: Mark) -> Text {
        let record = &self.state.record;
        let label = record.settings.computer_label.as_deref().or(self.around.computer_name.as_deref());
        if self.is_first_check() {
            return Text::new("wizard-first-check-sentence");
        }
        view::sentence(record.word(), mark, label.unwrap_or("–"))
    }

    pub(super) fn status_panel(&self) -> StatusPanel {
        let zone = &self.around.zone;
        let mark = self.mark();
        StatusPanel {
            mark,
            headline: self.headline(),
            sentence: self.status_sentence(mark),
            checked: view::checked(self.state, zone),
            last_known: view::last_known(self.state, zone),
            qualifiers: view::qualifiers(self.state).into_iter().map(view::qualifier).collect(),
            checking: self.is_checking(),
            check: self.check_button(),
            facts: self.facts(),
        }
    }

    /// Nothing to check without a sign-in, and nothing to press while something runs.
    pub(super) fn check_button(&self) -> Option<Button> {
        let possible = self.state.record.credential.is_some() && !self.state.is_busy();
        let checked = self.state.record.verdict.checked_at.is_some() && self.mark() != Mark::Stale;
        let label = if checked { "wizard-check-again" } else { "wizard-check-now" };
        possible.then(|| button(label, Press::CheckNow))
    }

    /// Ids are masked here, at the source.
    fn facts(&self) -> Vec<Fact> {
        let record = &self.state.record;
        let fact = |label: &'static str, value: Option<String>| {
            value.map(|value| Fact { label: Text::new(label), value, change: None })
        };
        let account = record.account().map(str::to_owned);
        let kind = account.is_some().then(|| Words::plain().say(&self.account_kind()));
        let tenant = record.credential.as_ref().map(|held| mask::identifier(&held.identity.tenant));
        [
            fact("wizard-fact-account", account),
            fact("wizard-fact-kind", kind),
            fact("wizard-fact-organization", record.organization.as_ref().map(|chosen| chosen.name.clone())),
            fact("wizard-fact-computer", record.settings.computer_label.clone()),
            fact("wizard-fact-directory", tenant),
            fact("wizard-fact-test", self.test_result().map(|test| Words::plain().say(&test.sentence))),
        ]
        .into_iter()
        .flatten()
        .collect()
    }

    pub(super) fn last_checks(&self) -> Vec<CheckView> {
        self.state
            .record
            .last_report
            .iter()
            .flat_map(|report| report.checks.iter().map(view::check))
            .collect()
    }

    /// The next action and its owner: the failure's, an unfinished step's, an open item's, or nobody's.
    pub(super) fn next_action(&self) -> Text {
        let record = &self.state.record;
        if let Some(failure) = self.state.failure() {
            let who = Words::plain().say(&Text::actor(failure.actor()));
            let act = Words::plain().say(&view::card(self.state, failure).act);
            return Text::new("wizard-next-failure").with("who", who).with("act", act);
        }
        if record.settings.flow.is_none() {
            return Text::new("wizard-next-begin");
        }
        if let Some(step) = record.resume() {
            let title = Words::plain().say(&Text::step(step.stage(), "title"));
            return Text::new("wizard-next-step").with("code", step).with("title", title);
        }
        if self.mark() == Mark::Stale {
            return Text::new("wizard-next-check");
        }
        match record.open_items.iter().find(|item| item.is_open()) {
            Some(item) => {
                let say = |part: &str| {
                    Words::plain().say(&Text::new(format!("open-item-{}.{part}", item.id.as_str())))
                };
                Text::new("wizard-next-item").with("who", say("who")).with("what", say("what"))
            }
            None => Text::new("wizard-next-nobody"),
        }
    }

    /// A labelled value with its way to change it.
    pub(super) fn fact(&self, label: &'static str, value: String, screen: Option<ScreenName>) -> Fact {
        let open = screen.filter(|screen| self.may_open(*screen) && !self.state.is_busy());
        let change = open.map(|screen| labelled(Text::new("wizard-change"), Press::GoTo { screen }));
        Fact { label: Text::new(label), value, change }
    }
}
