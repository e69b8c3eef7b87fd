//! The program without its edges: presses in, a made-up computer and a made-up Microsoft beneath, pages out.

use std::collections::VecDeque;

use jiff::Timestamp;
use jiff::tz::TimeZone;
use mpc_connect_core::environment::Environment;
use mpc_connect_core::failure::{Failure, FailureClass};
use mpc_connect_core::flow::{Effect, Event, EventKind, Intent, State, WaitMark, step};
use mpc_connect_core::wizard::{
    AccountKindChoice, ConnectionPageForm, DialogName, FlowChoice, Notice, Order, Page, Press, Primary,
    RotationChoice, ScreenName, Surroundings, Wizard,
};

use crate::made_up::MadeUp;

pub(crate) const SERVICE: &str = "svc-cosell@contoso.example";
/// Noon of 15 January 2027 in UTC, so that no picture depends on the day it is taken.
const BEGIN: i64 = 1_800_014_400;

/// A window at work.
#[derive(Clone)]
pub(crate) struct Bench {
    wizard: Wizard,
    state: State,
    pub(crate) around: Surroundings,
    pub(crate) made_up: MadeUp,
    second: i64,
    to_do: VecDeque<Effect>,
}

impl Bench {
    /// On a computer on which nothing was done yet.
    pub(crate) fn new() -> Self {
        let state = State { deep_link_available: true, ..State::default() };
        let (wizard, _) = Wizard::opened(&state);
        let mut bench = Self {
            wizard,
            state,
            around: surroundings(),
            made_up: MadeUp::default(),
            second: 0,
            to_do: VecDeque::new(),
        };
        bench.open();
        bench
    }

    /// The window is closed, and opened again so many seconds later.
    pub(crate) fn reopened(mut self, later: i64) -> Self {
        self.second += later;
        self.state = State { deep_link_available: true, ..State::of(self.state.record.clone()) };
        self.to_do.clear();
        self.open();
        self
    }

    fn open(&mut self) {
        self.happen(EventKind::Intent(Intent::Resume));
        let (wizard, orders) = Wizard::opened(&self.state);
        self.wizard = wizard;
        self.carry_out(orders);
    }

    pub(crate) fn now(&self) -> Timestamp {
        Timestamp::from_second(BEGIN + self.second).expect("a time")
    }

    /// Presses, and lets the world answer as far as it does by itself.
    pub(crate) fn press(mut self, press: Press) -> Self {
        let orders = self.wizard.press(press, &self.state, &self.around, self.now());
        self.carry_out(orders);
        self
    }

    fn carry_out(&mut self, orders: Vec<Order>) {
        for order in orders {
            if let Order::Intend(intent) = order {
                self.happen(EventKind::Intent(intent));
            }
        }
        self.settle();
    }

    /// One event reaches the flow, and the wizard sees it.
    fn happen(&mut self, kind: EventKind) {
        self.second += 1;
        let before = self.state.clone();
        let (state, effects) = step(before.clone(), Event { at: self.now(), kind });
        self.state = state;
        self.to_do.extend(effects);
        for order in self.wizard.follow(&before, &self.state) {
            if let Order::Intend(intent) = order {
                self.happen(EventKind::Intent(intent));
            }
        }
    }

    fn settle(&mut self) {
        while let Some(effect) = self.to_do.pop_front() {
            if let Effect::Stop = effect {
                self.to_do
                    .retain(|effect| !matches!(effect, Effect::Check(_) | Effect::ListOrganizations(_)));
            }
            for kind in self.made_up.answer(&effect, self.now()) {
                self.happen(kind);
            }
        }
    }

    /// Something that the world tells by itself.
    pub(crate) fn tell(mut self, kind: EventKind) -> Self {
        self.happen(kind);
        self.settle();
        self
    }

    /// The browser brings an answer.
    pub(crate) fn answer(self, result: Result<(), Failure>) -> Self {
        let attempt = self.state.last_attempt;
        self.tell(EventKind::Answered { attempt, result })
    }

    /// The wait has lasted until a mark.
    pub(crate) fn woke(mut self, mark: WaitMark) -> Self {
        self.second += i64::try_from(mark.after().as_secs()).expect("a few seconds");
        let attempt = self.state.last_attempt;
        self.tell(EventKind::Woke { attempt, mark })
    }

    pub(crate) fn later(mut self, seconds: i64) -> Self {
        self.second += seconds;
        self
    }

    pub(crate) fn notice(mut self, notice: Notice) -> Self {
        self.wizard.notice(notice);
        self
    }

    /// The same with another world.
    pub(crate) fn where_(mut self, change: impl FnOnce(&mut MadeUp)) -> Self {
        change(&mut self.made_up);
        self
    }

    pub(crate) fn page(&self) -> Page {
        self.wizard.page(&self.state, &self.around, self.now())
    }

    pub(crate) fn go(self, screen: ScreenName) -> Self {
        self.press(Press::GoTo { screen })
    }

    pub(crate) fn open_dialog(self, dialog: DialogName) -> Self {
        self.press(Press::OpenDialog { dialog })
    }

    /// Presses what the action bar offers first.
    pub(crate) fn primary(self) -> Self {
        let Page::Wizard(screen) = self.page() else { panic!("no screen") };
        match screen.actions.primary {
            Some(Primary::Press { button }) => self.press(button.press),
            other => panic!("nothing to press on {:?}: {other:?}", screen.name),
        }
    }

    /// In the rehearsal that was begun on Start.
    pub(crate) fn in_rehearsal(mut self) -> Self {
        let host = "http://127.0.0.1:9";
        let text = format!(
            "name = \"practice\"\nmetadata = \"{host}/.well-known/openid-configuration\"\nclient_id = \"sandbox\"\n\
             [referrals]\nbase = \"{host}/referrals\"\nscope = \"read\"\n"
        );
        self.around.environment = Environment::parse(&text).expect("an environment");
        self.around.can_leave_rehearsal = true;
        self
    }

    // Places on the way, each from the one before.

    /// On the first step of a flow.
    pub(crate) fn flow(self, flow: FlowChoice) -> Self {
        self.press(Press::ChooseFlow { flow })
    }

    /// On NEW-2 or MIG-3.
    pub(crate) fn username(self, flow: FlowChoice) -> Self {
        let mut bench = self.flow(flow);
        if flow == FlowChoice::Migration {
            bench = bench.press(Press::ContactedSupport { reference: "CASE-4711".to_owned() });
        }
        bench.press(Press::SaveConnectionPage(ConnectionPageForm {
            company: "Contoso Ltd".to_owned(),
            contact: "Maria Gómez".to_owned(),
            computer_label: "Front desk".to_owned(),
            second_factor_holder: "Kim Lee".to_owned(),
            password_rotates: RotationChoice::Stays,
        }))
    }

    /// On Authorize, with the username saved.
    pub(crate) fn saved(self, flow: FlowChoice) -> Self {
        self.username(flow)
            .press(Press::EditUsername)
            .press(Press::SaveUsername { username: SERVICE.to_owned(), kind: AccountKindChoice::Service })
            .primary()
    }

    /// The browser has it.
    pub(crate) fn waiting(self) -> Self {
        self.saved(FlowChoice::NewUsers).press(Press::Authorize)
    }

    /// Signed in, on Verify.
    pub(crate) fn checked(self, flow: FlowChoice) -> Self {
        self.saved(flow).press(Press::Authorize).answer(Ok(()))
    }

    /// An organization is chosen, on Test.
    pub(crate) fn chosen(self, flow: FlowChoice) -> Self {
        self.checked(flow).primary().press(Press::SelectOrganization { id: "org-1".to_owned() })
    }

    /// On Done.
    pub(crate) fn finished(self, flow: FlowChoice) -> Self {
        self.chosen(flow).press(Press::TestConnection).go(ScreenName::Done)
    }
}

/// A failure as it comes from Partner Center.
pub(crate) fn refused(class: FailureClass) -> Failure {
    let correlation = Some("7c1d7f0e-3a55-4f0e-9d53-5a2f5a1f4b10".to_owned());
    Failure::of(class).with_code("HTTP 403").with_correlation_id(correlation)
}

fn surroundings() -> Surroundings {
    Surroundings {
        environment: Environment::public(Some("00000000-0000-4000-8000-000000000000"))
            .expect("an environment"),
        managed: false,
        can_leave_rehearsal: false,
        data_folder: "/home/admin/.local/share/mpc-connect".to_owned(),
        version: env!("CARGO_PKG_VERSION").to_owned(),
        computer_name: Some("front-desk".to_owned()),
        zone: TimeZone::UTC,
    }
}
