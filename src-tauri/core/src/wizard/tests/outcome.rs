//! The status, the test with its three faces, Done, and what leaves the window.

use super::*;
use crate::check::CheckId;
use crate::view::Mark;

const DAY: i64 = 24 * 3600;

fn test_dialog(bench: &Bench) -> TestDialog {
    match bench.dialog() {
        Some(Dialog::Test(dialog)) => dialog,
        other => panic!("no result: {other:?}"),
    }
}

fn test_body(bench: &Bench) -> TestBody {
    let Body::Test(body) = bench.page().body else { panic!("not NEW-8") };
    body
}

#[test]
fn active_is_marked_for_a_day_and_then_checked_before_anything_else() {
    let mut bench = Bench::active();
    assert_eq!((bench.page().mark, bench.primary_button().press), (Mark::Active, Press::Continue));
    bench.second += DAY + 5;
    assert_eq!((bench.page().mark, bench.primary_button().press), (Mark::Stale, Press::CheckNow));
    bench.go(ScreenName::Status);
    assert_eq!(bench.primary_button().press, Press::CheckNow);
    bench.primary();
    assert_eq!(bench.page().mark, Mark::Active);
}

#[test]
fn a_test_that_fails_shows_the_failure_with_the_one_thing_to_press() {
    let mut bench = Bench::chosen();
    bench.world.refuses = Some(failed(FailureClass::SignInAgain));
    bench.press(Press::TestConnection);
    let dialog = test_dialog(&bench);
    assert_eq!((dialog.result.face.as_str(), dialog.result.tone), ("failed", Tone::Bad));
    assert_eq!(dialog.buttons[0].press, Press::Authorize);
    assert_eq!(dialog.card.map(|card| card.card.class), Some("SIGN_IN_AGAIN"));
    bench.press(Press::CloseDialog);
    assert_eq!((bench.name(), bench.page().mark), (ScreenName::Test, Mark::Inactive));
    assert_eq!(test_body(&bench).result.map(|result| result.face).as_deref(), Some("failed"));
    bench.world.refuses = None;
    bench.primary();
    bench.answer(Ok(()));
    bench.primary();
    assert_eq!(bench.name(), ScreenName::Test, "the organization stays, so the test is what is left");
}

#[test]
fn a_test_that_is_partial_leaves_active_and_says_how_many_could_not_be_checked() {
    let mut bench = Bench::chosen();
    bench.world.warns = Some(CheckId::Role);
    bench.press(Press::TestConnection);
    let dialog = test_dialog(&bench);
    assert_eq!(say(&dialog.result.title), "Sign-in works; 1 of 9 could not be checked yet");
    assert_eq!(dialog.checks.iter().map(|check| check.id).collect::<Vec<_>>(), ["role"]);
    assert_eq!(dialog.buttons[0].press, Press::GoTo { screen: ScreenName::Done });
    assert_eq!(bench.page().mark, Mark::Active);
}

#[test]
fn every_check_is_listed_before_during_and_after_the_test() {
    let mut bench = Bench::chosen();
    let labels = |bench: &Bench| {
        let checks = test_body(bench).checks;
        checks.iter().map(|check| (check.result, say(&check.result_label))).collect::<Vec<_>>()
    };
    assert_eq!(labels(&bench), vec![("not_checked", "Not run yet".to_owned()); 9]);
    bench.world.holds_checks = true;
    bench.press(Press::TestConnection);
    bench.tell(EventKind::CheckEnded {
        check: crate::check::Check::ended(CheckId::Metadata, crate::check::CheckResult::Passed),
    });
    assert!(test_body(&bench).running);
    assert_eq!(
        labels(&bench)[..2],
        [("passed", "Passed".to_owned()), ("not_checked", "Not finished yet".to_owned())]
    );
    assert_eq!((bench.page().actions.primary, bench.other()), (None, Some(Press::Stop)));
    bench.press(Press::Stop);
    assert_eq!((bench.dialog(), bench.primary_button().press), (None, Press::TestConnection));
}

#[test]
fn nothing_found_out_yesterday_is_claimed_of_today() {
    let mut bench = Bench::chosen();
    bench.world.warns = Some(CheckId::Role);
    bench.press(Press::TestConnection).press(Press::CloseDialog);
    bench.second += DAY + 5;
    let result = test_body(&bench).result.expect("a result");
    assert_eq!(say(&result.title), "The sign-in worked when it was tested; 1 of 9 could not be checked");
    assert!(!say(&result.sentence).contains("is Active"), "{:?}", result.sentence);
    bench.go(ScreenName::Status);
    let Body::Status(body) = bench.page().body else { panic!("not on Status") };
    let sentence = say(&body.status.sentence);
    assert!(sentence.contains("could read") && !sentence.contains("can read"), "{sentence}");
}

#[test]
fn a_test_of_yesterday_is_green_no_more() {
    let mut bench = Bench::chosen();
    bench.press(Press::TestConnection).press(Press::CloseDialog);
    let tone = |bench: &Bench| test_body(bench).result.expect("a result").tone;
    assert_eq!(tone(&bench), Tone::Good);
    bench.second += DAY + 5;
    assert_eq!(tone(&bench), Tone::Note);
}

#[test]
fn the_values_that_are_tested_lead_to_where_they_are_changed() {
    let facts = test_body(&Bench::chosen()).facts;
    let changes: Vec<_> = facts.into_iter().map(|fact| fact.change.map(|change| change.press)).collect();
    let to = |screen| Some(Press::GoTo { screen });
    assert_eq!(changes, [to(ScreenName::Username), to(ScreenName::Organization), None]);
}

#[test]
fn a_quiet_probe_leaves_the_finished_test_in_sight() {
    let mut bench = Bench::finished().reopened();
    bench.press(Press::CheckNow);
    bench.go(ScreenName::Test);
    assert!(test_body(&bench).checks.iter().all(|check| check.result == "passed"));
    assert_eq!(test_body(&bench).result.map(|result| result.face).as_deref(), Some("passed"));
    bench.go(ScreenName::Done);
    let Body::Done(done) = bench.page().body else { panic!("not Done") };
    let fact = done.status.facts.iter().find(|fact| say(&fact.label) == "Last test").expect("the test");
    assert!(fact.value.starts_with("All 9 checks passed"), "{}", fact.value);
    assert!(done.mail.contains("Last test: 9 of 9 checks passed"), "{}", done.mail);
}

#[test]
fn asked_is_said_only_of_what_was_asked_for() {
    let mut bench = Bench::finished();
    let asked = |bench: &Bench| {
        let items = bench.page().open_items;
        items.iter().map(|item| item.asked.as_ref().map(say).unwrap_or_default()).collect::<Vec<_>>()
    };
    assert!(asked(&bench).iter().all(|said| said.starts_with("Waiting since ")), "{:?}", asked(&bench));
    bench.press(Press::ItemAsked { id: "integrations-on".to_owned() });
    let said = asked(&bench);
    assert!(said[0].starts_with("Asked ") && said[1].starts_with("Waiting since "), "{said:?}");
}

#[test]
fn done_says_what_is_still_waited_for_and_whether_the_status_is_true_today() {
    let mut bench = Bench::finished();
    let done = |bench: &Bench| {
        let Body::Done(done) = bench.page().body else { panic!("not Done") };
        done
    };
    assert_eq!(say(&done(&bench).lead), "Your steps are done. 2 things are still waited for.");
    assert_eq!(bench.primary_button().press, Press::Close);
    for id in ["integrations-on", "workspan-test"] {
        bench.press(Press::ItemArrived { id: id.to_owned() });
    }
    assert_eq!(say(&done(&bench).lead), "Your part is done.");
    assert_eq!(bench.page().open_items.len(), 2, "what has arrived is listed with its time");
    bench.second += DAY + 5;
    assert!(say(&done(&bench).lead).contains("does not show as Active"));
    assert_eq!(bench.primary_button().press, Press::CheckNow);
}

#[test]
fn the_report_is_saved_under_a_name_of_its_own_and_the_place_is_shown() {
    let mut bench = Bench::finished();
    bench.press(Press::SaveReport);
    let [Order::SaveReport { file_name, html }] = bench.left.as_slice() else { panic!("{:?}", bench.left) };
    assert!(file_name.ends_with(".html") && html.contains("<html"), "{file_name}");
    bench.wizard.notice(Notice::ReportSaved("/documents/report.html".to_owned()));
    let Body::Done(done) = bench.page().body else { panic!("not Done") };
    assert_eq!(say(&done.saved_at.expect("the place")), "Report saved: /documents/report.html");
}

#[test]
fn the_same_word_twice_is_heard_twice_and_help_keeps_the_last_fifty() {
    let mut bench = Bench::saved();
    let number = |bench: &Bench| bench.page().message.map(|message| message.number);
    bench.wizard.notice(Notice::Copied(CopyWhat::Summary));
    let first = number(&bench);
    bench.wizard.notice(Notice::Copied(CopyWhat::Summary));
    assert_ne!(first, number(&bench));
    for _ in 0..60 {
        bench.wizard.notice(Notice::LateLink);
    }
    bench.press(Press::OpenDialog { dialog: DialogName::Help });
    let Some(Dialog::Help(help)) = bench.dialog() else { panic!("Help opens anywhere") };
    assert_eq!(help.recent.len(), 50);
    assert_eq!(help.state_code, bench.page().state_code);
}

#[test]
fn the_directory_is_masked_and_the_username_is_readable() {
    let mut bench = Bench::active();
    bench.go(ScreenName::Status);
    let json = serde_json::to_string(&bench.page()).expect("a page");
    assert!(!json.contains("directory-of-contoso.com") && json.contains("….com"), "{json}");
    assert!(json.contains(SAVED));
}

#[test]
fn a_rehearsal_is_stamped_and_cannot_be_rehearsed_in() {
    let mut bench = Bench::new();
    let choices = |bench: &Bench| {
        let Body::Start(start) = bench.page().body else { panic!("not on Start") };
        start.choices.into_iter().map(|choice| choice.id).collect::<Vec<_>>()
    };
    assert_eq!(choices(&bench), ["newUsers", "migration", "review", "rehearse", "rehearseMigration"]);
    bench.press(Press::Rehearse { flow: FlowChoice::Migration });
    assert_eq!(bench.left, [Order::StartRehearsal(FlowChoice::Migration)]);
    bench.around.environment = Environment::parse(
        "name = \"lab\"\nmetadata = \"http://127.0.0.1:9/.well-known/openid-configuration\"\nclient_id = \"lab\"\n\
         [referrals]\nbase = \"http://127.0.0.1:9/referrals\"\nscope = \"read\"\n",
    )
    .expect("an environment");
    bench.around.can_leave_rehearsal = true;
    assert!(bench.page().environment.rehearsal && bench.page().environment.banner.is_some());
    assert_eq!(choices(&bench), ["newUsers", "migration", "review"]);
    bench.press(Press::Rehearse { flow: FlowChoice::NewUsers });
    assert_eq!(bench.left, []);
    bench.press(Press::LeaveRehearsal);
    assert_eq!(bench.left, [Order::LeaveRehearsal]);
}

#[test]
fn a_check_that_was_pressed_for_is_heard_and_a_quiet_one_is_not() {
    let mut bench = Bench::finished();
    bench.go(ScreenName::Status).press(Press::CheckNow);
    assert_eq!(bench.message().as_deref(), Some("Checked. Connection status: Active."));
    assert_eq!(bench.reopened().message(), None);
}
