//! Authorize: what will happen, what may surprise, what is allowed.

use super::{Content, Shown, button, go_to};
use crate::failure::Actor;
use crate::flow::Activity;
use crate::step::Stage;
use crate::wizard::navigation::sign_in;
use crate::wizard::{
    Actions, AuthorizeBody, Body, Button, CardView, DialogName, Happening, Press, ScreenName,
};
use crate::words::Text;

const SURPRISES: [&str; 6] = [
    "wizard-surprise-second-check",
    "wizard-surprise-stay-signed-in",
    "wizard-surprise-microsoft-asks",
    "wizard-surprise-browser-asks",
    "wizard-surprise-blank-tab",
    "wizard-surprise-share-screen",
];

impl Shown<'_> {
    pub(super) fn authorize(&self, card: Option<&CardView>) -> Content {
        let body = Body::Authorize(AuthorizeBody {
            username: self.saved_name(),
            change: go_to("wizard-change-username", ScreenName::Username),
            happens: self.happens(),
            surprises: SURPRISES.map(Text::new).to_vec(),
            permissions: self.permissions(),
            it_text: button("wizard-text-for-it", Press::OpenDialog { dialog: DialogName::ItText }),
        });
        Content { body, actions: self.authorize_actions(card) }
    }

    fn authorize_actions(&self, card: Option<&CardView>) -> Actions {
        if sign_in(&self.state.activity).is_some() {
            return self.back_and(go_to("wizard-back-to-sign-in", ScreenName::LogIn));
        }
        if matches!(self.state.activity, Activity::SessionOnlyOffered(..)) {
            let other = Some(button("wizard-use-session-only", Press::UseSessionOnly));
            return Actions { other, ..self.with_card(card, Some(authorize("wizard-try-again"))) };
        }
        if card.is_none() && self.is_finished(Stage::Authorize) {
            let other = Some(authorize("wizard-authorize-again"));
            return Actions { other, ..self.back_and(button("wizard-continue", Press::Continue)) };
        }
        let waits_for_it = self.card_failure().is_some_and(|failure| failure.actor() == Actor::TenantAdmin);
        let label = if waits_for_it { "wizard-it-has-acted" } else { "wizard-authorize" };
        self.with_card(card, Some(authorize(label)))
    }

    fn happens(&self) -> Vec<Happening> {
        let happening = |stage, id: &'static str, place: &'static str| Happening {
            number: self.number(stage),
            text: Text::new(id).with("username", self.saved_name()),
            place: Text::new(place),
        };
        vec![
            happening(Stage::Authorize, "wizard-happens-browser-opens", "wizard-place-app"),
            happening(Stage::LogIn, "wizard-happens-log-in", "wizard-place-browser"),
            happening(Stage::Accept, "wizard-happens-accept", "wizard-place-browser"),
            happening(Stage::Verify, "wizard-happens-verify", "wizard-place-app"),
        ]
    }

    /// Each permission that is asked for; profiles only where the environment has them.
    pub(super) fn permissions(&self) -> Vec<Text> {
        let profiles = self.around.environment.profiles.is_some();
        let all = [
            ("wizard-permission-referrals", true),
            ("wizard-permission-profile", profiles),
            ("wizard-permission-name", true),
            ("wizard-permission-stay", true),
        ];
        all.into_iter().filter(|(_, asked)| *asked).map(|(id, _)| Text::new(id)).collect()
    }
}

fn authorize(label: &'static str) -> Button {
    button(label, Press::Authorize)
}
