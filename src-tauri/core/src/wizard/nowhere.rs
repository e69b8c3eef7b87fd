//! The window without an environment that could be used, or without a database that could be read.

use super::messages::told;
use super::{
    Button, EnvironmentView, FlowChoice, Message, Notice, Order, Page, Press, Refused, Surroundings,
    Unreadable,
};
use crate::environment::{EnvironmentError, PUBLIC};
use crate::failure::Failure;
use crate::flow::State;
use crate::view;
use crate::words::Text;

impl Page {
    /// Why this copy works in no environment. The rehearsal needs none, so it is offered.
    #[must_use]
    pub fn refused(error: &EnvironmentError) -> Self {
        let rehearse = |flow, label| Button {
            label: Text::new(label),
            press: Press::Rehearse { flow },
            opens_browser: false,
        };
        Self::Refused(Box::new(Refused {
            title: Text::new("window-refused"),
            reason: Text::new(error.message_id()),
            detail: Some(error.detail()).filter(|detail| !detail.is_empty()),
            state_code: view::state_code(&State::default(), false),
            message: None,
            rehearse: vec![
                rehearse(FlowChoice::NewUsers, "wizard-rehearse-new-users"),
                rehearse(FlowChoice::Migration, "wizard-rehearse-migration"),
            ],
        }))
    }

    /// Why nothing is known: the store can be opened in no way at all.
    #[must_use]
    pub fn unreadable(failure: &Failure, around: &Surroundings) -> Self {
        let rehearsal = around.environment.is_rehearsal();
        let state = State { last_failure: Some(failure.clone()), ..State::default() };
        Self::Unreadable(Box::new(Unreadable {
            environment: EnvironmentView::of(around),
            state_code: view::state_code(&state, rehearsal),
            card: view::card(&state, failure),
        }))
    }

    /// What was said last is over.
    pub fn hush(&mut self) {
        if let Self::Refused(refused) = self {
            refused.message = None;
        }
    }

    /// Takes in what the shell has to tell where there is no wizard that could.
    pub fn notice(&mut self, notice: Notice) {
        if let Self::Refused(refused) = self {
            let (tone, text) = told(notice);
            let number = refused.message.as_ref().map_or(0, |last| last.number).wrapping_add(1);
            refused.message = Some(Message { number, text, tone });
        }
    }
}

impl EnvironmentView {
    /// The environment in use and who chose it.
    #[must_use]
    pub fn of(around: &Surroundings) -> Self {
        let Surroundings { environment, managed, can_leave_rehearsal, .. } = around;
        let rehearsal = environment.is_rehearsal();
        let banner = match (rehearsal, environment.name.as_str()) {
            (true, _) => Some(Text::new("window-rehearsal")),
            (false, PUBLIC) => None,
            (false, name) => Some(Text::new("window-environment").with("environment", name)),
        };
        Self {
            name: environment.name.clone(),
            rehearsal,
            banner,
            managed: managed.then(|| Text::new("window-managed")),
            leave: can_leave_rehearsal.then(|| Button {
                label: Text::new("wizard-leave-rehearsal"),
                press: Press::LeaveRehearsal,
                opens_browser: false,
            }),
        }
    }
}

/// What a press leads to where there is no wizard to take it in.
#[must_use]
pub fn press_nowhere(press: &Press) -> Vec<Order> {
    if let Press::Rehearse { flow } = press {
        return vec![Order::StartRehearsal(*flow)];
    }
    let orders = [(Press::TryAgain, Order::OpenAgain), (Press::Close, Order::CloseWindow)];
    orders.into_iter().filter(|(known, _)| known == press).map(|(_, order)| order).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_copy_that_is_not_set_up_offers_the_rehearsal_and_takes_it() {
        let page = Page::refused(&EnvironmentError::NotSetUp);
        let Page::Refused(refused) = page else { panic!("{page:?}") };
        assert_eq!(refused.state_code.len(), 5);
        let orders: Vec<_> =
            refused.rehearse.iter().flat_map(|button| press_nowhere(&button.press)).collect();
        let wanted = [FlowChoice::NewUsers, FlowChoice::Migration].map(Order::StartRehearsal);
        assert_eq!(orders, wanted);
        assert_eq!(press_nowhere(&Press::Close), [Order::CloseWindow]);
        assert_eq!(press_nowhere(&Press::TryAgain), [Order::OpenAgain]);
        assert_eq!(press_nowhere(&Press::Authorize), []);
    }

    #[test]
    fn a_rehearsal_that_did_not_start_is_said_each_time() {
        let mut page = Page::refused(&EnvironmentError::NotSetUp);
        let mut numbers = Vec::new();
        for _ in 0..2 {
            page.notice(Notice::RehearsalNotStarted);
            let Page::Refused(refused) = &page else { panic!("{page:?}") };
            numbers.extend(refused.message.as_ref().map(|message| message.number));
        }
        assert_eq!(numbers, [1, 2]);
    }
}
