//! What a press leads to. What is not possible now changes nothing.

use jiff::Timestamp;

use super::opened::Opened;
use super::possible::may_disconnect;
use super::{CopyWhat, DialogName, FlowChoice, Link, Order, Press, ScreenName, Shown, Surroundings, Wizard};
use crate::check::CheckKind;
use crate::flow::{AccountAnswer, Event, Intent, State, step};
use crate::open_item::OpenItemId;
use crate::report;
use crate::step::Flow;

/// Support's site. It is the one fixed address that the window opens.
const SUPPORT_SITE: &str = "https://support.workspan.com";

impl From<FlowChoice> for Flow {
    fn from(choice: FlowChoice) -> Self {
        match choice {
            FlowChoice::NewUsers => Self::NewUsers,
            FlowChoice::Migration => Self::Migration,
        }
    }
}

/// One press, with everything that it may ask.
pub(super) struct Turn<'a> {
    pub(super) wizard: &'a mut Wizard,
    pub(super) state: &'a State,
    pub(super) around: &'a Surroundings,
    pub(super) now: Timestamp,
}

impl Wizard {
    /// Takes a press in; what is not possible now changes nothing.
    pub fn press(
        &mut self,
        press: Press,
        state: &State,
        around: &Surroundings,
        now: Timestamp,
    ) -> Vec<Order> {
        let (screen, said) = (self.screen, self.messages.count());
        let only_looks =
            matches!(press, Press::Copy { .. } | Press::OpenDialog { .. } | Press::OpenLink { .. });
        let orders = Turn { wizard: self, state, around, now }.take(press);
        let acted = !orders.is_empty() || self.screen != screen;
        if acted && !only_looks && self.messages.count() == said {
            self.messages.hide();
        }
        orders
    }
}

impl Turn<'_> {
    fn take(mut self, press: Press) -> Vec<Order> {
        match press {
            Press::ChooseFlow { flow } => self.choose_flow(flow),
            Press::Rehearse { flow } => self.rehearse(flow),
            Press::LeaveRehearsal => given(self.around.can_leave_rehearsal, Order::LeaveRehearsal),
            Press::GoTo { screen } => self.wizard.go_to(screen, self.state),
            Press::Back => self.wizard.back(self.state),
            Press::Continue => self.wizard.go_on(self.state),
            Press::ContactedSupport { reference } => self.contacted_support(&reference),
            Press::SaveConnectionPage(form) => self.save_connection_page(&form),
            Press::EditUsername => self.edit_username(),
            Press::SaveUsername { username, kind } => self.save_username(&username, kind),
            Press::Authorize => self.authorize(false),
            Press::AskForSecondCheck => self.authorize(true),
            Press::UseSessionOnly => self.use_session_only(),
            Press::OpenBrowserAgain => self.while_waiting(Intent::OpenBrowserAgain),
            Press::UseAnotherWay => self.while_waiting(Intent::UseAnotherWay),
            Press::KeepWaiting => self.while_waiting(Intent::KeepWaiting),
            Press::Stop => self.stop(),
            Press::SignInAsSaved => self.answer(AccountAnswer::SignInAsSaved),
            Press::UseSignedIn => self.answer(AccountAnswer::UseSignedIn),
            Press::BrowserShows { answer } => self.browser_shows(answer),
            Press::BrowserShowsNumber { text } => self.browser_shows_number(&text),
            Press::CheckNow => self.check(CheckKind::Probe),
            Press::TestConnection => self.check(CheckKind::Test),
            Press::ReloadOrganizations => self.reload(),
            Press::SelectOrganization { id } => self.select_organization(id),
            Press::CompanyNotListed { name, partner_id } => self.company_not_listed(&name, &partner_id),
            Press::ItemAsked { id } => self.item_asked(&id),
            Press::ItemArrived { id } => self.item_arrived(&id),
            Press::SaveFlowNames { names } => self.save_flow_names(&names),
            Press::FlowsTurnedOff { by, names } => self.flows_turned_off(&by, &names),
            Press::CopyFlowsMessage { names } => self.copy_flows_message(&names),
            Press::CheckComputer => vec![Order::Intend(Intent::Preflight)],
            Press::OpenDialog { dialog } => self.open_dialog(dialog),
            Press::CloseDialog => self.close_dialog(),
            Press::Copy { what } => self.copy(what),
            Press::OpenLink { link: Link::Support } => vec![Order::OpenLink(SUPPORT_SITE)],
            Press::SaveReport => self.save_report(),
            Press::Disconnect { wipe } => self.disconnect(wipe),
            // The database of a wizard was read: there is nothing to try.
            Press::TryAgain => Vec::new(),
            Press::Close => vec![Order::CloseWindow],
        }
    }

    pub(super) fn shown(&self) -> Shown<'_> {
        Shown { wizard: self.wizard, state: self.state, around: self.around, now: self.now }
    }

    /// Hands intents to the flow and moves on by what they make of the state at once.
    pub(super) fn commit(&mut self, intents: Vec<Intent>) -> (State, Vec<Order>) {
        let mut after = self.state.clone();
        for intent in &intents {
            after = step(after, Event::intent(self.now, intent.clone())).0;
        }
        (after, intents.into_iter().map(Order::Intend).collect())
    }

    /// The same, and on to where the person is heading.
    pub(super) fn commit_and_go(&mut self, intents: Vec<Intent>) -> Vec<Order> {
        let (after, mut orders) = self.commit(intents);
        orders.extend(self.wizard.head_on(&after));
        orders
    }

    /// The flow is changed and everything else that was told stays. The first unfinished step is shown.
    fn choose_flow(&mut self, flow: FlowChoice) -> Vec<Order> {
        if self.wizard.screen != ScreenName::Start {
            return Vec::new();
        }
        let mut settings = self.state.record.settings.clone();
        settings.flow = Some(flow.into());
        self.commit_and_go(vec![Intent::Settings(settings)])
    }

    fn rehearse(&self, flow: FlowChoice) -> Vec<Order> {
        let real = !self.around.environment.is_rehearsal();
        let at_rest = !self.state.is_busy() && self.wizard.screen == ScreenName::Start;
        given(real && at_rest, Order::StartRehearsal(flow))
    }

    fn open_dialog(&mut self, dialog: DialogName) -> Vec<Order> {
        let record = &self.state.record;
        let opened = match dialog {
            DialogName::Help => Some(Opened::Help),
            DialogName::ItText => record.settings.username.is_some().then_some(Opened::ItText),
            DialogName::PowerAutomate => {
                (record.settings.flow == Some(Flow::Migration)).then_some(Opened::PowerAutomate)
            }
            DialogName::BrowserShows => self.waits().then(Opened::browser_shows),
            DialogName::CompanyNotListed => (self.wizard.screen == ScreenName::Organization)
                .then(|| Opened::CompanyNotListed { name: self.company(), error: None }),
            DialogName::Disconnect => may_disconnect(self.state).then_some(Opened::Disconnect),
        };
        if opened.is_some() {
            self.wizard.dialog = opened;
        }
        Vec::new()
    }

    fn company(&self) -> String {
        let note = self.state.record.open_items.iter().find(|item| item.id == OpenItemId::CompanyNotListed);
        let told = note.and_then(|item| item.note.clone());
        told.or_else(|| self.state.record.settings.company.clone()).unwrap_or_default()
    }

    fn close_dialog(&mut self) -> Vec<Order> {
        self.wizard.dialog = None;
        Vec::new()
    }

    /// A text that is not there is not copied: the clipboard keeps what it has.
    fn copy(&mut self, what: CopyWhat) -> Vec<Order> {
        match self.shown().copy_text(what).filter(|text| !text.is_empty()) {
            Some(text) => vec![Order::Copy { what, text }],
            None => Vec::new(),
        }
    }

    fn save_report(&self) -> Vec<Order> {
        let shown = self.shown();
        let about = shown.about();
        vec![Order::SaveReport { file_name: report::file_name(&about), html: report::html(&about) }]
    }
}

/// The order, where it may be given.
pub(super) fn given(may: bool, order: Order) -> Vec<Order> {
    if may { vec![order] } else { Vec::new() }
}
