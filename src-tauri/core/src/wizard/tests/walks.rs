//! From Start to Done by what the pages offer, and how many presses that takes.

use super::*;

/// The goal of the product for a person who does it for the first time.
const GOAL: usize = 25;

fn choose_first_flow(bench: &mut Bench, id: &str) {
    let Body::Start(start) = bench.page().body else { panic!("not on Start") };
    let choice = start.choices.into_iter().find(|choice| choice.id == id).expect("the choice");
    bench.press(choice.press);
}

/// From NEW-1 or MIG-2 to Done. Choosing in the dropdown is a press too.
fn walk_on(bench: &mut Bench) {
    assert_eq!(bench.name(), ScreenName::Open);
    bench.save_page();
    assert_eq!(bench.name(), ScreenName::Username);
    bench.primary();
    bench.press(Press::SaveUsername { username: SAVED.to_owned(), kind: AccountKindChoice::Service });
    bench.primary();
    assert_eq!(bench.name(), ScreenName::Authorize);
    bench.primary();
    assert_eq!(bench.name(), ScreenName::LogIn, "the sign-in leads to the step in the browser by itself");
    bench.answer(Ok(()));
    assert_eq!(bench.name(), ScreenName::Verify, "and its end to the status");
    bench.primary();
    let Body::Organization(list) = bench.page().body else { panic!("not on Organization") };
    assert_eq!((list.rows.len(), list.selected.as_str(), list.loading), (2, "", false));
    bench.presses += 1;
    bench.press(Press::SelectOrganization { id: "org-2".to_owned() });
    assert_eq!(bench.name(), ScreenName::Test);
    bench.primary();
    let Some(Dialog::Test(dialog)) = bench.dialog() else { panic!("the guide promises a pop-up") };
    assert_eq!(
        (dialog.result.face.as_str(), say(&dialog.result.title).as_str()),
        ("passed", "Connection successful")
    );
    bench.press(dialog.buttons[0].press.clone());
    assert_eq!(bench.name(), ScreenName::Done);
}

#[test]
fn new_users_get_from_start_to_done_in_fewer_presses_than_the_goal() {
    let mut bench = Bench::new();
    choose_first_flow(&mut bench, "newUsers");
    walk_on(&mut bench);
    assert_eq!(say(&bench.page().title), "Setup steps finished");
    bench.press(Press::Copy { what: CopyWhat::MailReport });
    bench.primary();
    assert_eq!(bench.left, [Order::CloseWindow]);
    assert_eq!(bench.presses, 13, "one more than before needs a reason");
    assert!(bench.presses <= GOAL);
}

#[test]
fn a_migration_gets_from_start_to_done_in_fewer_presses_than_the_goal() {
    let mut bench = Bench::new();
    choose_first_flow(&mut bench, "migration");
    assert_eq!(bench.name(), ScreenName::Contact);
    bench.press(Press::Copy { what: CopyWhat::SupportMessage });
    assert!(matches!(bench.left.as_slice(), [Order::Copy { .. }]), "{:?}", bench.left);
    bench.press(Press::ContactedSupport { reference: "4711".to_owned() });
    walk_on(&mut bench);
    assert_eq!(say(&bench.page().title), "Migration steps finished");
    let Body::Done(done) = bench.page().body else { panic!("not on Done") };
    assert!(say(&done.lead).contains("still waited for"), "finished never hides an open item");
    let ids: Vec<&str> = bench.page().open_items.iter().map(|item| item.id).collect();
    assert!(ids.contains(&"flows-off") && ids.contains(&"support-contact"), "{ids:?}");
    bench.press(Press::Copy { what: CopyWhat::MailReport });
    bench.primary();
    assert_eq!(bench.presses, 15);
    assert!(bench.presses <= GOAL);
}

#[test]
fn the_rail_and_the_step_count_as_the_guide_does() {
    let mut bench = Bench::saved();
    let head = bench.page().step.expect("a step");
    assert_eq!((head.code.as_str(), head.number, head.of), ("NEW-3", 3, 8));
    let states: Vec<RailState> = bench.page().rail.iter().map(|row| row.state).collect();
    assert_eq!(states[..4], [RailState::Done, RailState::Done, RailState::Current, RailState::NotStarted]);
    bench.press(Press::Authorize);
    let states: Vec<RailState> = bench.page().rail.iter().map(|row| row.state).collect();
    assert_eq!(
        states[2..6],
        [RailState::Done, RailState::Waiting, RailState::Waiting, RailState::NotStarted]
    );
    bench.go(ScreenName::Start).press(Press::ChooseFlow { flow: FlowChoice::Migration });
    let rail = bench.page().rail;
    assert_eq!((rail.len(), rail[3].code.as_str()), (9, "MIG-4"));
}
