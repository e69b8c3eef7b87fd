//! Which screen comes, by presses and by itself.

use super::*;

#[test]
fn steps_that_were_not_reached_cannot_be_opened_and_finished_ones_can() {
    let mut bench = Bench::saved();
    for screen in
        [ScreenName::LogIn, ScreenName::Verify, ScreenName::Organization, ScreenName::Test, ScreenName::Done]
    {
        bench.go(screen);
        assert_eq!(bench.name(), ScreenName::Authorize, "{screen:?} lies ahead");
    }
    bench.go(ScreenName::Open);
    assert_eq!(bench.name(), ScreenName::Open);
    bench.go(ScreenName::Authorize);
    assert_eq!(bench.name(), ScreenName::Authorize);
    bench.go(ScreenName::Contact);
    assert_eq!(bench.name(), ScreenName::Authorize, "new users have no such step");
}

#[test]
fn back_and_continue_go_through_the_steps_in_order() {
    let mut bench = Bench::saved();
    for screen in [ScreenName::Username, ScreenName::Open, ScreenName::Start, ScreenName::Start] {
        bench.press(Press::Back);
        assert_eq!(bench.name(), screen);
    }
    bench.go(ScreenName::Open);
    for screen in [ScreenName::Username, ScreenName::Authorize, ScreenName::Authorize] {
        bench.press(Press::Continue);
        assert_eq!(bench.name(), screen);
    }
}

#[test]
fn status_leads_back_to_where_one_was() {
    let mut bench = Bench::saved();
    bench.go(ScreenName::Status).go(ScreenName::Status);
    assert_eq!(bench.name(), ScreenName::Status);
    bench.press(Press::Back);
    assert_eq!(bench.name(), ScreenName::Authorize);
}

#[test]
fn opening_status_asks_nobody() {
    let mut bench = Bench::finished();
    bench.world.holds_checks = true;
    let before = bench.state.clone();
    bench.go(ScreenName::Status);
    assert_eq!((bench.name(), bench.state == before), (ScreenName::Status, true));
    bench.press(Press::CheckNow);
    assert!(bench.state.is_busy(), "checking is a press");
}

#[test]
fn a_sign_in_is_followed_wherever_it_leads_but_nobody_is_pulled_from_status() {
    let mut bench = Bench::waiting();
    bench.go(ScreenName::Status).answer(Err(failed(FailureClass::ConsentDeclined)));
    assert_eq!(bench.name(), ScreenName::Status);
    bench.press(Press::Back);
    assert_eq!((bench.name(), bench.card_class()), (ScreenName::Authorize, Some("CONSENT_DECLINED")));
}

#[test]
fn a_finished_step_that_is_done_again_alone_leads_back_to_done() {
    let mut bench = Bench::finished();
    bench.go(ScreenName::Open).save_page();
    assert_eq!(bench.name(), ScreenName::Done);
    bench.go(ScreenName::Username).save_username(SAVED).press(Press::Continue);
    assert_eq!(bench.name(), ScreenName::Done);
    bench.go(ScreenName::Verify).press(Press::CheckNow).press(Press::Continue);
    assert_eq!(bench.name(), ScreenName::Done);
    bench.go(ScreenName::Organization).press(Press::SelectOrganization { id: "org-1".to_owned() });
    assert_eq!(bench.name(), ScreenName::Done, "the same organization undoes nothing");
}

#[test]
fn another_username_leads_to_authorize_and_another_organization_to_the_test() {
    let mut bench = Bench::finished();
    bench.go(ScreenName::Organization).press(Press::SelectOrganization { id: "org-2".to_owned() });
    assert_eq!(bench.name(), ScreenName::Test);
    bench.go(ScreenName::Username).save_username("other@contoso.com").press(Press::Continue);
    assert_eq!(bench.name(), ScreenName::Authorize);
}

#[test]
fn a_new_sign_in_alone_keeps_the_organization_and_leads_to_the_test() {
    let mut bench = Bench::finished();
    bench.go(ScreenName::Authorize).press(Press::Authorize).answer(Ok(()));
    assert_eq!(bench.name(), ScreenName::Verify);
    bench.primary();
    assert_eq!(bench.name(), ScreenName::Test);
}

#[test]
fn nothing_begun_opens_on_start_and_an_unfinished_flow_on_its_step_with_a_word() {
    assert_eq!(Bench::new().reopened().name(), ScreenName::Start);
    assert_eq!(Bench::flow(FlowChoice::NewUsers).reopened().name(), ScreenName::Open);
    let bench = Bench::saved().reopened();
    assert_eq!(bench.name(), ScreenName::Authorize);
    let said = bench.message().expect("a word");
    assert_eq!(said, "You left at step 3. Everything you saved is still here.");
}

#[test]
fn a_wait_that_was_closed_away_opens_on_authorize() {
    let bench = Bench::waiting().reopened();
    assert_eq!(bench.name(), ScreenName::Authorize);
}

#[test]
fn what_is_waited_for_stands_first_when_the_window_is_opened_again() {
    let mut bench = Bench::waiting();
    bench.answer(Err(failed(FailureClass::ConsentNeeded)));
    assert_eq!(bench.page().open_items, [], "on a step it is a number");
    assert_eq!(bench.page().open_count, 1);
    let mut bench = bench.reopened();
    let items = bench.page().open_items;
    assert_eq!((bench.name(), items.len(), items[0].id), (ScreenName::Authorize, 1, "consent"));
    bench.go(ScreenName::Open);
    assert_eq!(bench.page().open_items, []);
}

#[test]
fn a_finished_flow_opens_on_start_and_looks_once_by_itself() {
    let mut finished = Bench::finished();
    finished.world.holds_checks = true;
    let mut bench = finished.reopened();
    let Body::Start(start) = bench.page().body else { panic!("not on Start") };
    let status = start.status.expect("the status");
    assert!(status.checking, "one quiet check");
    assert_eq!(bench.page().open_count, 2);
    assert_eq!(bench.page().open_items.len(), 2);
    assert_eq!(
        (start.choices[0].id.as_str(), &start.choices[0].press),
        ("continue", &Press::GoTo { screen: ScreenName::Done })
    );
    bench.go(ScreenName::Done);
    assert_eq!(bench.name(), ScreenName::Done);
}

#[test]
fn the_pre_flight_begins_with_the_first_sight_of_its_step() {
    let mut bench = Bench::flow(FlowChoice::NewUsers);
    let Body::Open(open) = bench.page().body else { panic!("not NEW-1") };
    assert_eq!(
        (say(&open.preflight.headline).as_str(), open.preflight.tone),
        ("This computer is ready", Tone::Good)
    );
    let run = |bench: &Bench| bench.state.preflight.as_ref().map(|preflight| preflight.run);
    bench.save_page().go(ScreenName::Open);
    assert_eq!(run(&bench), Some(1), "not with every sight");
    bench.press(Press::CheckComputer);
    assert_eq!(run(&bench), Some(2));
}

#[test]
fn disconnecting_leads_to_start_and_one_that_fails_to_status() {
    let mut bench = Bench::finished();
    bench.world.forgets = Err(failed(FailureClass::KeychainLocked));
    bench.go(ScreenName::Status).press(Press::OpenDialog { dialog: DialogName::Disconnect });
    bench.press(Press::Disconnect { wipe: false });
    assert_eq!((bench.name(), bench.card_class()), (ScreenName::Status, Some("KEYCHAIN_LOCKED")));
    bench.world.forgets = Ok(());
    assert_eq!(bench.primary_button().press, Press::Disconnect { wipe: false }, "the same once more");
    bench.primary();
    assert_eq!((bench.name(), bench.state.record.word()), (ScreenName::Start, Word::NotConnected));
    assert_eq!(bench.message().as_deref(), Some("This computer has forgotten its sign-in."));
}
