//! Which screen follows which, and which of them can be opened.

use super::{Order, ScreenName, Tone, Wizard};
use crate::check::CheckKind;
use crate::flow::{Activity, Intent, Plan, State};
use crate::step::{Flow, Stage, StepCode};
use crate::words::Text;

impl ScreenName {
    /// The screen of a stage.
    #[must_use]
    pub fn of(stage: Stage) -> Self {
        match stage {
            Stage::Contact => Self::Contact,
            Stage::Open => Self::Open,
            Stage::Username => Self::Username,
            Stage::Authorize => Self::Authorize,
            Stage::LogIn => Self::LogIn,
            Stage::Accept => Self::Accept,
            Stage::Verify => Self::Verify,
            Stage::Organization => Self::Organization,
            Stage::Test => Self::Test,
        }
    }

    /// The stage that the screen shows; `None` for Start, Done and Status.
    #[must_use]
    pub fn stage(self) -> Option<Stage> {
        Flow::Migration.stages().iter().copied().find(|stage| Self::of(*stage) == self)
    }

    /// Whether the sign-in in the browser is shown here.
    pub(super) fn is_in_browser(self) -> bool {
        matches!(self, Self::LogIn | Self::Accept)
    }
}

/// The sign-in under way, from the press on Authorize to a credential that is put away. The offer of a session only
/// waits for the person, so it is none.
pub(super) fn sign_in(activity: &Activity) -> Option<&Plan> {
    match activity {
        Activity::Preparing(plan)
        | Activity::ProvingDeepLink(plan)
        | Activity::Beginning(plan)
        | Activity::Redeeming(plan)
        | Activity::AccountQuestion { plan, .. }
        | Activity::Keeping { plan, .. } => Some(plan),
        Activity::Waiting(waiting) => Some(&waiting.plan),
        Activity::SessionOnlyOffered(..)
        | Activity::Idle
        | Activity::Checking { .. }
        | Activity::Listing
        | Activity::Disconnecting => None,
    }
}

/// Where the person is heading: the sign-in under way, the first unfinished step, Done; Start before a flow was chosen.
pub(super) fn home(state: &State) -> ScreenName {
    if sign_in(&state.activity).is_some() {
        return ScreenName::LogIn;
    }
    match (state.record.settings.flow, state.record.resume()) {
        (None, _) => ScreenName::Start,
        (Some(_), Some(step)) => ScreenName::of(step.stage()),
        (Some(_), None) => ScreenName::Done,
    }
}

/// Finished steps, the current one and the sign-in under way can be opened, Done when all is finished.
pub(super) fn may_open(screen: ScreenName, state: &State) -> bool {
    let record = &state.record;
    match (screen.stage(), record.settings.flow) {
        (Some(stage), Some(flow)) if flow.stages().contains(&stage) => {
            let under_way = screen.is_in_browser() && sign_in(&state.activity).is_some();
            let current = record.resume().map(StepCode::stage) == Some(stage);
            under_way || record.is_done(stage) || (current && !screen.is_in_browser())
        }
        (Some(_), _) => false,
        (None, flow) => screen != ScreenName::Done || (flow.is_some() && record.resume().is_none()),
    }
}

/// The step before or after the one of `screen`.
fn neighbour(screen: ScreenName, state: &State, after: bool) -> Option<ScreenName> {
    let stages = state.record.settings.flow?.stages();
    let at = stages.iter().position(|stage| Some(*stage) == screen.stage())?;
    let beside = if after { at.checked_add(1) } else { at.checked_sub(1) };
    beside.and_then(|index| stages.get(index)).map(|stage| ScreenName::of(*stage))
}

impl Wizard {
    /// Where a window that was just opened lands.
    pub(super) fn land(&mut self, state: &State) -> Vec<Order> {
        let record = &state.record;
        let step = record.resume();
        let screen = step.map_or(ScreenName::Start, |step| ScreenName::of(step.stage()));
        let mut orders = self.enter(screen, state);
        if let Some(step) = step {
            self.reopened = true;
            self.messages.say(Tone::Note, Text::new("wizard-left-at").with("step", step.number()));
        }
        let quiet = matches!(self.screen, ScreenName::Start | ScreenName::Verify);
        if quiet && record.credential.is_some() {
            orders.push(Order::Intend(Intent::Check(CheckKind::Probe)));
        }
        orders
    }

    /// Shows a screen, and does what it needs at once.
    pub(super) fn enter(&mut self, screen: ScreenName, state: &State) -> Vec<Order> {
        if screen == ScreenName::Status && self.screen != ScreenName::Status {
            self.left = self.screen;
        }
        if screen != self.screen {
            self.acted = false;
            self.reopened = false;
        }
        self.dialog = None;
        self.nothing_chosen = false;
        self.screen = screen;
        let mut orders = self.look_at_computer();
        let credential = state.record.credential.as_ref().map(|credential| credential.id.clone());
        if screen == ScreenName::Organization {
            let unread = state.record.organizations.rows.is_empty() || self.listed_for != credential;
            self.wants_list = unread && credential.is_some();
        } else {
            self.wants_list = false;
        }
        orders.extend(self.list_when_idle(state));
        orders
    }

    fn look_at_computer(&mut self) -> Vec<Order> {
        if self.screen != ScreenName::Open || self.looked_at_computer {
            return Vec::new();
        }
        self.looked_at_computer = true;
        vec![Order::Intend(Intent::Preflight)]
    }

    /// The organizations are read once nothing else is under way.
    pub(super) fn list_when_idle(&mut self, state: &State) -> Option<Order> {
        if !self.wants_list || state.activity != Activity::Idle {
            return None;
        }
        self.wants_list = false;
        self.listed_for = state.record.credential.as_ref().map(|credential| credential.id.clone());
        Some(Order::Intend(Intent::ListOrganizations))
    }

    /// To where the person is heading.
    pub(super) fn head_on(&mut self, state: &State) -> Vec<Order> {
        self.enter(home(state), state)
    }

    pub(super) fn go_to(&mut self, screen: ScreenName, state: &State) -> Vec<Order> {
        if may_open(screen, state) { self.enter(screen, state) } else { Vec::new() }
    }

    pub(super) fn back(&mut self, state: &State) -> Vec<Order> {
        let stages = state.record.settings.flow.map(Flow::stages).unwrap_or_default();
        let before = match self.screen {
            ScreenName::Start => return Vec::new(),
            ScreenName::Status => self.left,
            ScreenName::Done => stages.last().map_or(ScreenName::Start, |stage| ScreenName::of(*stage)),
            ScreenName::Contact
            | ScreenName::Open
            | ScreenName::Username
            | ScreenName::Authorize
            | ScreenName::LogIn
            | ScreenName::Accept
            | ScreenName::Verify
            | ScreenName::Organization
            | ScreenName::Test => self.reachable_before(state),
        };
        let before = if may_open(before, state) { before } else { home(state) };
        self.enter(before, state)
    }

    /// Steps that cannot be opened now, such as those in the browser after a failed sign-in, are passed over.
    fn reachable_before(&self, state: &State) -> ScreenName {
        let mut screen = self.screen;
        while let Some(before) = neighbour(screen, state, false) {
            if may_open(before, state) {
                return before;
            }
            screen = before;
        }
        ScreenName::Start
    }

    /// After something was done here, to where the person is heading; else to the next step.
    pub(super) fn go_on(&mut self, state: &State) -> Vec<Order> {
        let stage = self.screen.stage();
        let finished = stage.is_some_and(|stage| state.record.is_done(stage));
        if !finished || !self.may_go_on(state) {
            return Vec::new();
        }
        let next = neighbour(self.screen, state, true).filter(|next| !self.acted && may_open(*next, state));
        match next {
            Some(next) => self.enter(next, state),
            None => self.head_on(state),
        }
    }

    /// The username has to be there, whatever was finished once.
    fn may_go_on(&self, state: &State) -> bool {
        self.screen != ScreenName::Username || state.record.settings.username.is_some()
    }
}
