//! Whatever is pressed and whatever happens, in any order.

use proptest::prelude::*;

use super::*;

#[derive(Clone, Debug)]
enum Act {
    Press(Press),
    /// The button with this number among all that the page shows.
    Shown(usize),
    Answer(Option<FailureClass>),
    Woke(WaitMark),
    World {
        signs_in: bool,
        refuses: Option<FailureClass>,
        keychain: bool,
        browser: bool,
        organizations: Option<usize>,
        holds: bool,
    },
    Later(i64),
    Notice(Notice),
    Reopened,
}

fn class() -> impl Strategy<Value = FailureClass> {
    prop::sample::select(FailureClass::ALL.to_vec())
}

fn typed() -> impl Strategy<Value = String> {
    prop_oneof![
        Just(String::new()),
        Just(SAVED.to_owned()),
        Just("other@fabrikam.com".to_owned()),
        Just("AADSTS50105".to_owned()),
        ".{0,40}"
    ]
}

fn screen() -> impl Strategy<Value = ScreenName> {
    use ScreenName::{
        Accept, Authorize, Contact, Done, LogIn, Open, Organization, Start, Status, Test, Username, Verify,
    };
    let all =
        [Start, Contact, Open, Username, Authorize, LogIn, Accept, Verify, Organization, Test, Done, Status];
    prop::sample::select(all.to_vec())
}

fn plain() -> impl Strategy<Value = Press> {
    prop::sample::select(vec![
        Press::ChooseFlow { flow: FlowChoice::NewUsers },
        Press::ChooseFlow { flow: FlowChoice::Migration },
        Press::Rehearse { flow: FlowChoice::NewUsers },
        Press::LeaveRehearsal,
        Press::Back,
        Press::Continue,
        Press::EditUsername,
        Press::Authorize,
        Press::AskForSecondCheck,
        Press::UseSessionOnly,
        Press::OpenBrowserAgain,
        Press::UseAnotherWay,
        Press::KeepWaiting,
        Press::Stop,
        Press::SignInAsSaved,
        Press::UseSignedIn,
        Press::CheckNow,
        Press::ReloadOrganizations,
        Press::TestConnection,
        Press::CheckComputer,
        Press::CloseDialog,
        Press::OpenLink { link: Link::Support },
        Press::SaveReport,
        Press::Disconnect { wipe: false },
        Press::Disconnect { wipe: true },
        Press::TryAgain,
        Press::Close,
        Press::BrowserShows { answer: BrowserShows::AdminApproval },
        Press::BrowserShows { answer: BrowserShows::ErrorNumber },
        Press::BrowserShows { answer: BrowserShows::Nothing },
        Press::OpenDialog { dialog: DialogName::Help },
        Press::OpenDialog { dialog: DialogName::ItText },
        Press::OpenDialog { dialog: DialogName::PowerAutomate },
        Press::OpenDialog { dialog: DialogName::BrowserShows },
        Press::OpenDialog { dialog: DialogName::CompanyNotListed },
        Press::OpenDialog { dialog: DialogName::Disconnect },
        Press::Copy { what: CopyWhat::SignInLink },
        Press::Copy { what: CopyWhat::ApprovalLink },
        Press::Copy { what: CopyWhat::Addresses },
        Press::Copy { what: CopyWhat::ItText },
        Press::Copy { what: CopyWhat::Summary },
        Press::Copy { what: CopyWhat::MailReport },
        Press::Copy { what: CopyWhat::PowerAutomateMessage },
    ])
}

fn press() -> impl Strategy<Value = Press> {
    prop_oneof![
        3 => plain(),
        1 => screen().prop_map(|screen| Press::GoTo { screen }),
        1 => typed().prop_map(|reference| Press::ContactedSupport { reference }),
        1 => typed().prop_map(|company| Press::SaveConnectionPage(ConnectionPageForm { company, ..Default::default() })),
        1 => typed().prop_map(|username| Press::SaveUsername { username, kind: AccountKindChoice::Person }),
        1 => typed().prop_map(|text| Press::BrowserShowsNumber { text }),
        1 => prop_oneof![Just("org-1".to_owned()), typed()].prop_map(|id| Press::SelectOrganization { id }),
        1 => typed().prop_map(|name| Press::CompanyNotListed { name, partner_id: String::new() }),
        1 => prop_oneof![Just("consent".to_owned()), typed()].prop_map(|id| Press::ItemAsked { id }),
        1 => prop_oneof![Just("integrations-on".to_owned()), typed()].prop_map(|id| Press::ItemArrived { id }),
        1 => typed().prop_map(|names| Press::SaveFlowNames { names }),
        1 => (typed(), typed()).prop_map(|(by, names)| Press::FlowsTurnedOff { by, names }),
        1 => typed().prop_map(|names| Press::CopyFlowsMessage { names }),
    ]
}

fn act() -> impl Strategy<Value = Act> {
    let mark = prop::sample::select(WaitMark::ALL.to_vec());
    let world = (
        any::<bool>(),
        prop::option::of(class()),
        any::<bool>(),
        any::<bool>(),
        prop::option::of(0_usize..40),
        any::<bool>(),
    );
    prop_oneof![
        4 => press().prop_map(Act::Press),
        8 => any::<usize>().prop_map(Act::Shown),
        3 => prop::option::of(class()).prop_map(Act::Answer),
        1 => mark.prop_map(Act::Woke),
        1 => world.prop_map(|(signs_in, refuses, keychain, browser, organizations, holds)| Act::World { signs_in, refuses, keychain, browser, organizations, holds }),
        1 => (0_i64..100_000).prop_map(Act::Later),
        1 => Just(Act::Notice(Notice::LateLink)),
        1 => Just(Act::Notice(Notice::OldSignIn)),
        1 => Just(Act::Reopened),
    ]
}

/// Every press that the page carries, wherever it stands.
fn presses(value: &serde_json::Value, found: &mut Vec<Press>) {
    if value.get("press").is_some_and(serde_json::Value::is_string) {
        found.push(serde_json::from_value(value.clone()).expect("a press of ours"));
    }
    value.as_object().into_iter().flat_map(|fields| fields.values()).for_each(|field| presses(field, found));
    value.as_array().into_iter().flatten().for_each(|item| presses(item, found));
}

fn texts(value: &serde_json::Value, found: &mut Vec<Text>) {
    let fields = value.as_object();
    if fields
        .is_some_and(|fields| fields.len() == 2 && fields.contains_key("id") && fields.contains_key("args"))
    {
        found.push(serde_json::from_value(value.clone()).expect("a text"));
    }
    fields.into_iter().flat_map(|fields| fields.values()).for_each(|field| texts(field, found));
    value.as_array().into_iter().flatten().for_each(|item| texts(item, found));
}

impl Bench {
    fn act(&mut self, act: Act) {
        match act {
            Act::Press(press) => {
                self.press(press);
            }
            Act::Shown(number) => {
                let mut shown = Vec::new();
                presses(&serde_json::to_value(self.page()).expect("a page"), &mut shown);
                if let Some(press) = shown.get(number % shown.len().max(1)) {
                    self.press(press.clone());
                }
            }
            Act::Answer(class) => {
                self.answer(class.map_or(Ok(()), |class| Err(failed(class))));
            }
            Act::Woke(mark) => {
                self.woke(mark);
            }
            Act::World { signs_in, refuses, keychain, browser, organizations, holds } => {
                let or = |good: bool, class| if good { Ok(()) } else { Err(failed(class)) };
                self.world.signs_in = if signs_in { SAVED } else { "other@fabrikam.com" }.to_owned();
                self.world.refuses = refuses.map(failed);
                self.world.keychain = or(keychain, FailureClass::KeychainMissing);
                self.world.browser = or(browser, FailureClass::BrowserNotOpened);
                self.world.organizations = organizations.ok_or(failed(FailureClass::Offline));
                self.world.holds_checks = holds;
            }
            Act::Later(seconds) => self.second += seconds,
            Act::Notice(notice) => self.wizard.notice(notice),
            Act::Reopened => *self = self.reopened(),
        }
    }

    /// What holds of every page.
    fn is_lawful(&self) {
        let page = self.page();
        let json = serde_json::to_value(&page).expect("a page");
        let whole = json.to_string();
        assert!(!whole.contains(PLANTED), "the sign-in address reached the page");
        let mut all = Vec::new();
        texts(&json, &mut all);
        assert!(!all.is_empty());
        for text in all {
            let said = say(&text);
            assert!(!said.starts_with('[') && !said.contains("{$"), "{text:?} says {said}");
        }
        let green = page.mark == crate::view::Mark::Active;
        assert!(!green || self.state.record.word() == Word::Active);
        for order in &self.left {
            assert!(
                !matches!(order, Order::Copy { text, .. } if text.is_empty()),
                "an empty text was copied"
            );
        }
        if page.dialog.is_none() {
            self.every_button_of_the_bar_does_something(&page);
        }
    }

    fn every_button_of_the_bar_does_something(&self, page: &Screen) {
        let primary = match &page.actions.primary {
            Some(Primary::Press { button }) => Some(button.clone()),
            Some(Primary::Submit { .. }) | None => None,
        };
        for button in [primary, page.actions.other.clone(), page.actions.back.clone()].into_iter().flatten() {
            let mut pressed = self.clone();
            let orders = pressed.wizard.press(button.press.clone(), &self.state, &self.around, self.now());
            let moved = pressed.page() != *page;
            assert!(moved || !orders.is_empty(), "{:?} on {:?} does nothing", button.press, page.name);
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 80, ..ProptestConfig::default() })]

    #[test]
    fn no_order_of_presses_and_events_breaks_a_law(acts in prop::collection::vec(act(), 1..60)) {
        let mut bench = Bench::new();
        bench.is_lawful();
        for act in acts {
            bench.act(act);
            bench.is_lawful();
        }
    }

    #[test]
    fn beyond_the_first_screens_the_laws_hold_too(acts in prop::collection::vec(act(), 1..40), far in 0..4) {
        let mut bench = match far {
            0 => Bench::saved(),
            1 => Bench::active(),
            2 => Bench::finished(),
            _ => Bench::waiting(),
        };
        for act in acts {
            bench.act(act);
            bench.is_lawful();
        }
    }
}
