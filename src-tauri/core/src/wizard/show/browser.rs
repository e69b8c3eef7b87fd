//! The two steps in the browser: what is waited for, and every way on.

use super::{Content, Shown, button};
use crate::flow::{Activity, Waiting};
use crate::identity::SignedIn;
use crate::ports::Way;
use crate::present::time_of_day;
use crate::wizard::navigation::sign_in;
use crate::wizard::{
    AccountQuestion, Actions, Answer, Body, BrowserBody, Button, CardView, CopyWhat, DialogName, Nudge,
    Press, ScreenName,
};
use crate::words::Text;

impl Shown<'_> {
    pub(super) fn browser(&self, card: Option<&CardView>) -> Content {
        let waiting = self.waiting();
        let on_accept = self.wizard.screen == ScreenName::Accept;
        let body = Body::Browser(BrowserBody {
            rows: self.wait_rows(),
            nudge: waiting.and_then(nudge),
            ways: waiting.map(ways).unwrap_or_default(),
            question: self.question(),
            permissions: if on_accept { self.permissions() } else { Vec::new() },
            ends_at: waiting.map(|waiting| self.ends_at(waiting)),
        });
        Content { body, actions: self.browser_actions(card) }
    }

    /// A credential that is being put away is not interrupted.
    fn browser_actions(&self, card: Option<&CardView>) -> Actions {
        if sign_in(&self.state.activity).is_none() {
            return self.back_and(button("wizard-continue", Press::Continue));
        }
        let keeping = matches!(self.state.activity, Activity::Keeping { .. });
        let other = (!keeping).then(|| button("wizard-stop", Press::Stop));
        let asks = self.waiting().is_some_and(|waiting| waiting.asked_to_keep_waiting);
        let own = asks.then(|| button("wizard-keep-waiting", Press::KeepWaiting));
        Actions { other, ..self.with_card(card, own) }
    }

    pub(super) fn waiting(&self) -> Option<&Waiting> {
        if let Activity::Waiting(waiting) = &self.state.activity { Some(waiting) } else { None }
    }

    fn ends_at(&self, waiting: &Waiting) -> Text {
        let limit = crate::flow::WaitMark::End.after();
        let end = waiting.since.checked_add(limit).unwrap_or(waiting.since);
        Text::new("wizard-wait-ends").with("time", time_of_day(end, &self.around.zone))
    }

    /// Both names in full: the saved one, or the account that would be replaced, and the one that signed in.
    fn question(&self) -> Option<AccountQuestion> {
        let Activity::AccountQuestion { signed_in, .. } = &self.state.activity else { return None };
        let name = self.name_of(signed_in);
        let record = &self.state.record;
        let is_saved = record.settings.username.as_ref().is_some_and(|saved| saved.is_same_as(&name));
        let held = record.credential.as_ref().and_then(|credential| credential.signed_in_as.clone());
        let (saved, question) = match held.filter(|_| is_saved) {
            Some(held) => (held, "wizard-question-replaces"),
            None => (self.saved_name(), "wizard-question"),
        };
        let with_names = |id: &'static str| Text::new(id).with("saved", &saved).with("signed-in", &name);
        let answer = |label, press, consequence| Answer {
            button: Button { opens_browser: press == Press::SignInAsSaved, label: with_names(label), press },
            consequence: with_names(consequence),
        };
        Some(AccountQuestion {
            question: with_names(question),
            first: answer("wizard-answer-saved", Press::SignInAsSaved, "wizard-answer-saved-leads-to"),
            second: answer("wizard-answer-signed-in", Press::UseSignedIn, "wizard-answer-signed-in-leads-to"),
            saved: saved.clone(),
            signed_in: name.clone(),
        })
    }

    fn name_of(&self, signed_in: &SignedIn) -> String {
        let name = signed_in.username.as_deref().map(crate::remote_text::RemoteText::clean);
        let name = name.map(|name| name.as_str().to_owned()).filter(|name| !name.is_empty());
        name.unwrap_or_else(|| crate::mask::identifier(&signed_in.identity.object))
    }
}

fn ways(waiting: &Waiting) -> Vec<Button> {
    let mut ways = vec![
        button("wizard-open-again", Press::OpenBrowserAgain),
        button("wizard-copy-sign-in-link", Press::Copy { what: CopyWhat::SignInLink }),
    ];
    if waiting.plan.way == Way::DeepLink {
        ways.push(button("wizard-another-way", Press::UseAnotherWay));
    }
    let press = Press::OpenDialog { dialog: DialogName::BrowserShows };
    ways.push(button("wizard-browser-shows", press));
    ways
}

fn nudge(waiting: &Waiting) -> Option<Nudge> {
    let id = match waiting {
        Waiting { asked_to_keep_waiting: true, .. } => "wizard-nudge-ask",
        Waiting { long: true, .. } => "wizard-nudge-long",
        Waiting { nudged: true, .. } => "wizard-nudge",
        Waiting { .. } => return None,
    };
    let part = |part: &str| Text::new(format!("{id}.{part}"));
    let button = waiting.asked_to_keep_waiting.then(|| button("wizard-keep-waiting", Press::KeepWaiting));
    Some(Nudge { title: part("title"), text: part("text"), button })
}
