//! The wait for the browser, the questions, and every way on.

use super::*;
use crate::flow::Activity;

fn body(bench: &Bench) -> BrowserBody {
    let Body::Browser(body) = bench.page().body else { panic!("not in the browser") };
    body
}

fn shows(answer: BrowserShows) -> Bench {
    let mut bench = Bench::waiting();
    bench.press(Press::OpenDialog { dialog: DialogName::BrowserShows });
    bench.press(Press::BrowserShows { answer });
    bench
}

fn dialog(bench: &Bench) -> BrowserShowsDialog {
    match bench.dialog() {
        Some(Dialog::BrowserShows(dialog)) => dialog,
        other => panic!("another pop-up: {other:?}"),
    }
}

fn presses(bench: &Bench) -> Vec<Press> {
    dialog(bench).ways.into_iter().map(|way| way.button.press).collect()
}

#[test]
fn the_wait_says_what_happened_when_it_ends_and_never_that_somebody_signed_in() {
    let mut bench = Bench::waiting();
    let shown = body(&bench);
    let states: Vec<WaitState> = shown.rows.iter().map(|row| row.state).collect();
    assert_eq!(states, [WaitState::Done, WaitState::Waiting, WaitState::NotStarted]);
    assert!(shown.rows[0].time.is_some() && shown.ends_at.is_some());
    for screen in [ScreenName::LogIn, ScreenName::Accept] {
        bench.go(screen);
        assert_eq!(bench.name(), screen);
        let json = serde_json::to_string(&bench.page()).expect("a page");
        assert!(!json.contains(PLANTED), "the address stays in Rust");
        for row in body(&bench).rows {
            assert!(!say(&row.text).to_lowercase().contains("signed in"), "{:?}", row.text);
        }
    }
}

#[test]
fn the_nudges_come_with_their_time_and_the_question_with_a_button() {
    let mut bench = Bench::waiting();
    let title = |bench: &Bench| body(bench).nudge.map(|nudge| say(&nudge.title));
    assert_eq!(title(&bench), None);
    bench.woke(WaitMark::Nudge);
    assert_eq!(title(&bench).as_deref(), Some("Nothing happened in the browser?"));
    bench.woke(WaitMark::Long);
    assert_eq!(title(&bench).as_deref(), Some("Still waiting for the browser"));
    bench.woke(WaitMark::Ask);
    assert_eq!(title(&bench).as_deref(), Some("Keep waiting?"));
    assert_eq!(bench.primary_button().press, Press::KeepWaiting);
    bench.primary();
    assert_eq!(title(&bench).as_deref(), Some("Still waiting for the browser"));
    bench.woke(WaitMark::End);
    assert_eq!((bench.name(), bench.card_class()), (ScreenName::Authorize, Some("RESTART_SIGN_IN")));
}

#[test]
fn another_way_is_offered_only_while_the_deep_link_is_taken() {
    let offers = |bench: &Bench| body(bench).ways.iter().any(|way| way.press == Press::UseAnotherWay);
    assert!(!offers(&Bench::waiting()));
    let mut bench = Bench::saved();
    bench.state.deep_link_available = true;
    bench.press(Press::Authorize);
    assert!(offers(&bench));
    bench.press(Press::UseAnotherWay);
    assert_eq!((bench.name(), offers(&bench)), (ScreenName::LogIn, false));
}

#[test]
fn the_link_is_copied_in_rust_and_only_while_it_is_waited_for() {
    let mut bench = Bench::waiting();
    let copy = Press::Copy { what: CopyWhat::SignInLink };
    bench.press(copy.clone());
    let [Order::Copy { text, .. }] = bench.left.as_slice() else { panic!("{:?}", bench.left) };
    assert!(text.contains(PLANTED));
    bench.press(Press::Stop).press(copy);
    assert_eq!((bench.left.as_slice(), bench.card_class()), (&[][..], Some("USER_CANCELLED")));
}

#[test]
fn a_browser_that_did_not_open_offers_the_link() {
    let mut bench = Bench::saved();
    bench.world.browser = Err(failed(FailureClass::BrowserNotOpened));
    bench.press(Press::Authorize);
    assert_eq!(bench.card_class(), Some("BROWSER_NOT_OPENED"));
    assert_eq!(bench.primary_button().press, Press::Copy { what: CopyWhat::SignInLink });
    assert_eq!(body(&bench).rows[0].state, WaitState::Failed);
}

#[test]
fn a_keychain_that_does_not_answer_offers_the_session_as_a_choice() {
    let mut bench = Bench::saved();
    bench.world.keychain = Err(failed(FailureClass::KeychainLocked));
    bench.press(Press::Authorize);
    assert_eq!((bench.name(), bench.card_class()), (ScreenName::Authorize, Some("KEYCHAIN_LOCKED")));
    assert_eq!(
        (bench.primary_button().press, bench.other()),
        (Press::Authorize, Some(Press::UseSessionOnly))
    );
    bench.press(Press::UseSessionOnly);
    assert_eq!(bench.name(), ScreenName::LogIn);
    bench.answer(Ok(()));
    let labels: Vec<String> = bench.page().qualifiers.iter().map(|one| say(&one.label)).collect();
    assert_eq!((bench.name(), labels), (ScreenName::Verify, vec!["Session only".to_owned()]));
}

#[test]
fn another_account_is_a_question_with_both_names_in_full() {
    let mut bench = Bench::saved();
    bench.world.signs_in = "other@fabrikam.com".to_owned();
    bench.press(Press::Authorize).answer(Ok(()));
    let question = body(&bench).question.expect("a question");
    assert_eq!((question.saved.as_str(), question.signed_in.as_str()), (SAVED, "other@fabrikam.com"));
    assert_eq!(say(&question.first.button.label), "Sign in as svc@contoso.com in a private window");
    let consequence = say(&question.second.consequence);
    assert!(consequence.contains("other@fabrikam.com takes the place of svc@contoso.com"), "{consequence}");
    let mut first = bench.clone();
    first.world.signs_in = SAVED.to_owned();
    first.press(question.first.button.press);
    assert_eq!((first.name(), first.state.last_attempt), (ScreenName::LogIn, 2));
    bench.press(question.second.button.press);
    assert_eq!(bench.name(), ScreenName::Verify);
    assert_eq!(bench.state.record.account(), Some("other@fabrikam.com"));
}

#[test]
fn an_approval_that_is_missing_becomes_an_open_item_with_the_text_for_it() {
    for answer in [BrowserShows::AdminApproval, BrowserShows::RequestForm] {
        let mut bench = shows(answer);
        let card = dialog(&bench).card.expect("a card");
        assert_eq!(card.card.class, "CONSENT_NEEDED");
        assert_eq!(card.button.map(|button| button.press), Some(Press::Copy { what: CopyWhat::ItText }));
        assert!(presses(&bench).contains(&Press::ItemAsked { id: "consent".to_owned() }));
        bench.press(Press::ItemAsked { id: "consent".to_owned() });
        assert!(bench.state.record.waits_for(OpenItemId::Consent).is_some());
        assert_eq!((bench.name(), bench.card_class()), (ScreenName::Authorize, Some("CONSENT_NEEDED")));
        assert_eq!(
            bench.message().as_deref(),
            Some("Noted as an open item. It stays here until it has arrived.")
        );
    }
}

#[test]
fn i_sent_it_notes_what_the_text_asks_for_and_nothing_else() {
    for (class, item) in [
        (FailureClass::ConsentNeeded, Some("consent")),
        (FailureClass::AppNotInTenant, Some("consent")),
        (FailureClass::RoleMissing, Some("role")),
        (FailureClass::NotAssigned, None),
        (FailureClass::PolicyBlocked, None),
    ] {
        let mut bench = Bench::active();
        bench.world.refuses = Some(failed(class));
        bench.press(Press::CheckNow).press(Press::OpenDialog { dialog: DialogName::ItText });
        let Some(Dialog::ItText(dialog)) = bench.dialog() else { panic!("no text for IT") };
        let asked = dialog
            .buttons
            .into_iter()
            .find_map(|button| if let Press::ItemAsked { id } = button.press { Some(id) } else { None });
        assert_eq!(asked.as_deref(), item, "{class}");
    }
}

#[test]
fn ending_a_sign_in_says_that_the_approval_is_waited_for() {
    for (answer, part) in
        [(BrowserShows::AdminApproval, "open item"), (BrowserShows::PermissionDenied, "Nothing is changed")]
    {
        let mut bench = shows(answer);
        let ways = dialog(&bench).ways;
        let end = ways.iter().find(|way| way.button.press == Press::Stop).expect("a way to end it");
        assert!(say(&end.consequence).contains(part), "{:?}", end.consequence);
        let items = bench.page().open_count;
        bench.press(Press::Stop);
        assert_eq!(bench.page().open_count > items, part == "open item", "{answer:?}");
    }
}

#[test]
fn the_browser_has_opened_only_once_the_system_said_so() {
    let mut bench = Bench::saved();
    bench.world.opens_browser = false;
    bench.press(Press::Authorize);
    let rows = body(&bench).rows;
    assert_eq!((say(&rows[0].text).as_str(), rows[0].state), ("Your browser opens", WaitState::Waiting));
    bench.tell(EventKind::BrowserOpened { attempt: bench.state.last_attempt, result: Ok(()) });
    let rows = body(&bench).rows;
    assert_eq!((say(&rows[0].text).as_str(), rows[0].state), ("Browser opened", WaitState::Done));
}

#[test]
fn the_account_question_finds_the_person_wherever_they_are() {
    let asks = |screen: ScreenName, dialog: Option<DialogName>| {
        let mut bench = Bench::saved();
        bench.world.signs_in = "other@fabrikam.com".to_owned();
        bench.press(Press::Authorize).go(screen);
        assert_eq!(bench.name(), screen);
        if let Some(dialog) = dialog {
            bench.press(Press::OpenDialog { dialog });
        }
        bench.answer(Ok(()));
        bench
    };
    for screen in [ScreenName::Status, ScreenName::Start, ScreenName::Username] {
        assert_eq!(asks(screen, None).name(), ScreenName::LogIn, "from {screen:?}");
    }
    for (screen, dialog) in [(ScreenName::Status, Some(DialogName::Help)), (ScreenName::Open, None)] {
        let bench = asks(screen, dialog);
        assert_eq!((bench.name(), bench.dialog().is_some()), (screen, dialog.is_some()));
        assert_eq!(
            bench.message().as_deref(),
            Some("Another account signed in than the saved one. Open step 4 and choose which to use.")
        );
    }
}

#[test]
fn what_the_browser_showed_is_kept_as_the_reason_when_the_sign_in_is_ended() {
    let mut bench = shows(BrowserShows::PermissionDenied);
    assert!(presses(&bench).contains(&Press::Authorize), "Cancel may have been pressed");
    bench.press(Press::Stop);
    assert_eq!((bench.name(), bench.card_class()), (ScreenName::Authorize, Some("NOT_ASSIGNED")));
    assert_eq!(bench.state.activity, Activity::Idle);
}

#[test]
fn another_name_and_nothing_lead_to_other_ways_of_the_same_attempt() {
    let bench = shows(BrowserShows::AnotherName);
    assert_eq!(dialog(&bench).card.map(|card| card.card.class), Some("WRONG_ACCOUNT"));
    assert_eq!(presses(&bench), [Press::Copy { what: CopyWhat::SignInLink }, Press::OpenBrowserAgain]);
    let bench = shows(BrowserShows::Nothing);
    assert_eq!(dialog(&bench).card, None);
    assert_eq!(presses(&bench), [Press::OpenBrowserAgain, Press::Copy { what: CopyWhat::SignInLink }]);
}

#[test]
fn a_number_or_a_pasted_page_leads_to_its_class() {
    for (text, class) in [
        ("50105", "NOT_ASSIGNED"),
        ("AADSTS50020: User account from identity provider", "WRONG_ACCOUNT"),
        ("Sorry, but we're having trouble. AADSTS53003: Access has been blocked", "POLICY_BLOCKED"),
    ] {
        let mut bench = shows(BrowserShows::ErrorNumber);
        assert!(dialog(&bench).asks_number && dialog(&bench).card.is_none());
        bench.press(Press::BrowserShowsNumber { text: text.to_owned() });
        assert_eq!(dialog(&bench).card.map(|card| card.card.class), Some(class), "{text}");
        assert_eq!(presses(&bench), [Press::Stop]);
    }
}

#[test]
fn a_pasted_address_that_carries_a_sign_in_is_thrown_away_with_a_warning() {
    let mut bench = shows(BrowserShows::ErrorNumber);
    let code = "0.AXoA-secret-secret-secret-secret";
    let text = format!("com.mpc-connect.desktop://auth?code={code}&state=x");
    bench.press(Press::BrowserShowsNumber { text });
    let refused = say(&dialog(&bench).refused.clone().expect("a warning"));
    assert!(refused.contains("thrown away"), "{refused}");
    assert!(dialog(&bench).card.is_none() && !format!("{:?}", bench.wizard).contains(code));
}

#[test]
fn the_question_about_the_browser_ends_with_the_wait() {
    let mut bench = shows(BrowserShows::Nothing);
    bench.answer(Ok(()));
    assert_eq!((bench.dialog(), bench.name()), (None, ScreenName::Verify));
    bench.press(Press::OpenDialog { dialog: DialogName::BrowserShows });
    assert_eq!(bench.dialog(), None);
}
