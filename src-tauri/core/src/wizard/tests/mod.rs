//! The window on a bench: presses in, the flow beneath, a world that answers, pages out.

mod browser;
mod cards;
mod forms;
mod navigation;
mod outcome;
mod properties;
mod walks;
mod world;

use std::collections::VecDeque;

use jiff::Timestamp;
use jiff::tz::TimeZone;

use super::*;
use crate::failure::{Failure, FailureClass};
use crate::flow::{Effect, Event, EventKind, Intent, State, WaitMark, step};
use crate::open_item::OpenItemId;
use crate::status::Word;
use crate::words::{Text, Words};
use world::World;

const SAVED: &str = "svc@contoso.com";
/// What no page may show.
const PLANTED: &str = "PLANTED-STATE-AND-NONCE";

/// A window at work, and everything that it asked for.
#[derive(Clone)]
struct Bench {
    wizard: Wizard,
    state: State,
    around: Surroundings,
    world: World,
    second: i64,
    presses: usize,
    /// What left the window since the last press.
    left: Vec<Order>,
    to_do: VecDeque<Effect>,
}

impl Bench {
    fn new() -> Self {
        let mut bench = Self {
            wizard: Wizard::at(ScreenName::Start),
            state: State::default(),
            around: surroundings(),
            world: World::default(),
            second: 0,
            presses: 0,
            left: Vec::new(),
            to_do: VecDeque::new(),
        };
        bench.open();
        bench
    }

    /// The window is closed and opened again over the same store.
    fn reopened(&self) -> Self {
        let mut bench = Self { state: State::of(self.state.record.clone()), ..self.clone() };
        bench.to_do.clear();
        bench.open();
        bench
    }

    fn open(&mut self) {
        self.happen(EventKind::Intent(Intent::Resume));
        let (wizard, orders) = Wizard::opened(&self.state);
        self.wizard = wizard;
        self.carry_out(orders);
    }

    fn now(&self) -> Timestamp {
        Timestamp::from_second(1_800_000_000 + self.second).expect("a time")
    }

    /// Presses, and lets the world answer as far as it does by itself.
    fn press(&mut self, press: Press) -> &mut Self {
        self.presses += 1;
        self.left.clear();
        let orders = self.wizard.press(press, &self.state, &self.around, self.now());
        self.carry_out(orders);
        self
    }

    fn carry_out(&mut self, orders: Vec<Order>) {
        for order in orders {
            self.carry(order);
        }
        self.settle();
    }

    fn carry(&mut self, order: Order) {
        if let Order::Intend(intent) = order {
            self.happen(EventKind::Intent(intent));
        } else {
            self.left.push(order);
        }
    }

    /// One event reaches the flow, and the wizard sees it.
    fn happen(&mut self, kind: EventKind) {
        self.second += 1;
        let before = self.state.clone();
        let (state, effects) = step(before.clone(), Event { at: self.now(), kind });
        self.state = state;
        self.to_do.extend(effects);
        let orders = self.wizard.follow(&before, &self.state);
        for order in orders {
            self.carry(order);
        }
    }

    fn settle(&mut self) {
        while let Some(effect) = self.to_do.pop_front() {
            if let Effect::Stop = effect {
                self.to_do
                    .retain(|effect| !matches!(effect, Effect::Check(_) | Effect::ListOrganizations(_)));
            }
            for kind in self.world.answer(&effect, self.now()) {
                self.happen(kind);
            }
        }
    }

    /// Something that the world tells by itself.
    fn tell(&mut self, kind: EventKind) -> &mut Self {
        self.happen(kind);
        self.settle();
        self
    }

    /// The browser brings an answer.
    fn answer(&mut self, result: Result<(), Failure>) -> &mut Self {
        self.tell(EventKind::Answered { attempt: self.state.last_attempt, result })
    }

    fn woke(&mut self, mark: WaitMark) -> &mut Self {
        self.tell(EventKind::Woke { attempt: self.state.last_attempt, mark })
    }

    fn page(&self) -> Screen {
        let page = self.wizard.page(&self.state, &self.around, self.now());
        let Page::Wizard(screen) = page else { panic!("no screen") };
        *screen
    }

    fn name(&self) -> ScreenName {
        self.page().name
    }

    fn go(&mut self, screen: ScreenName) -> &mut Self {
        self.press(Press::GoTo { screen })
    }

    /// Presses what the action bar offers first.
    fn primary(&mut self) -> &mut Self {
        let press = self.primary_button().press;
        self.press(press)
    }

    fn primary_button(&self) -> Button {
        match self.page().actions.primary {
            Some(Primary::Press { button }) => button,
            other => panic!("nothing to press on {:?}: {other:?}", self.name()),
        }
    }

    fn other(&self) -> Option<Press> {
        self.page().actions.other.map(|button| button.press)
    }

    fn message(&self) -> Option<String> {
        self.page().message.map(|message| say(&message.text))
    }

    fn card_class(&self) -> Option<&'static str> {
        self.page().card.map(|card| card.card.class)
    }

    fn dialog(&self) -> Option<Dialog> {
        self.page().dialog
    }

    // Where the tests begin.

    fn flow(flow: FlowChoice) -> Self {
        let mut bench = Self::new();
        bench.press(Press::ChooseFlow { flow });
        if flow == FlowChoice::Migration {
            bench.press(Press::ContactedSupport { reference: String::new() });
        }
        bench
    }

    /// On Authorize, with the username saved.
    fn saved() -> Self {
        let mut bench = Self::flow(FlowChoice::NewUsers);
        bench.save_page().save_username(SAVED);
        bench.primary();
        assert_eq!(bench.name(), ScreenName::Authorize);
        bench
    }

    /// The browser has it.
    fn waiting() -> Self {
        let mut bench = Self::saved();
        bench.press(Press::Authorize);
        assert_eq!(bench.name(), ScreenName::LogIn);
        bench
    }

    /// Signed in and found Active, on Verify.
    fn active() -> Self {
        let mut bench = Self::waiting();
        bench.answer(Ok(()));
        assert_eq!((bench.name(), bench.state.record.word()), (ScreenName::Verify, Word::Active));
        bench
    }

    /// An organization is chosen, on Test.
    fn chosen() -> Self {
        let mut bench = Self::active();
        bench.primary();
        bench.press(Press::SelectOrganization { id: "org-1".to_owned() });
        assert_eq!(bench.name(), ScreenName::Test);
        bench
    }

    /// On Done.
    fn finished() -> Self {
        let mut bench = Self::chosen();
        bench.press(Press::TestConnection).press(Press::GoTo { screen: ScreenName::Done });
        assert_eq!(bench.name(), ScreenName::Done);
        bench
    }

    fn save_page(&mut self) -> &mut Self {
        let form = ConnectionPageForm { company: "Contoso Ltd".to_owned(), ..self.form() };
        self.press(Press::SaveConnectionPage(form))
    }

    fn form(&self) -> ConnectionPageForm {
        let Body::Open(open) = self.page().body else { panic!("not NEW-1") };
        open.form
    }

    fn save_username(&mut self, username: &str) -> &mut Self {
        let kind = AccountKindChoice::Service;
        self.press(Press::EditUsername).press(Press::SaveUsername { username: username.to_owned(), kind })
    }
}

fn surroundings() -> Surroundings {
    Surroundings {
        environment: Environment::public(Some("client")).expect("an environment"),
        managed: false,
        can_leave_rehearsal: false,
        data_folder: "/data".to_owned(),
        version: "0.1.0".to_owned(),
        computer_name: Some("front-desk".to_owned()),
        zone: TimeZone::UTC,
    }
}

fn say(text: &Text) -> String {
    Words::plain().say(text)
}

fn failed(class: FailureClass) -> Failure {
    Failure::of(class)
}
