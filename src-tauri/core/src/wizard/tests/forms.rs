//! What is typed, and what becomes of it.

use super::*;
use crate::record::Settings;

#[test]
fn the_label_is_prefilled_and_what_is_typed_is_made_harmless() {
    let mut bench = Bench::flow(FlowChoice::NewUsers);
    assert_eq!(bench.form().computer_label, "front-desk");
    let form = ConnectionPageForm {
        company: format!("  Con\u{202E}toso {}", "x".repeat(300)),
        contact: " \u{200B} ".to_owned(),
        computer_label: "l".repeat(300),
        second_factor_holder: "Jane".to_owned(),
        password_rotates: RotationChoice::Rotates,
    };
    bench.press(Press::SaveConnectionPage(form));
    let Settings { company, contact, computer_label, second_factor_holder, password_rotates, .. } =
        bench.state.record.settings.clone();
    let company = company.expect("a company");
    assert!(company.starts_with("Contoso x") && company.chars().count() == 120, "{company}");
    assert_eq!(contact, None);
    assert_eq!(computer_label.map(|label| label.chars().count()), Some(60));
    assert_eq!((second_factor_holder.as_deref(), password_rotates), (Some("Jane"), Some(true)));
    bench.go(ScreenName::Open);
    assert_eq!(bench.form().password_rotates, RotationChoice::Rotates);
}

#[test]
fn a_wrong_username_stays_in_the_pop_up_with_the_reason() {
    let mut bench = Bench::flow(FlowChoice::NewUsers);
    bench.save_page();
    assert_eq!(bench.primary_button().press, Press::EditUsername);
    bench.save_username("svc at contoso");
    let Some(Dialog::Edit(edit)) = bench.dialog() else { panic!("the pop-up stays") };
    assert_eq!(edit.username, "svc at contoso");
    assert_eq!(
        edit.error.map(|error| say(&error)).as_deref(),
        Some("Type the Microsoft username without spaces")
    );
    assert_eq!(bench.state.record.settings.username, None);
    bench.press(Press::SaveUsername {
        username: " svc@CONTOSO.com ".to_owned(),
        kind: AccountKindChoice::Person,
    });
    assert_eq!((bench.dialog(), bench.name()), (None, ScreenName::Username));
    let Body::Username(body) = bench.page().body else { panic!("not NEW-2") };
    assert_eq!(
        (body.username.as_deref(), say(&body.account_kind).as_str()),
        (Some("svc@contoso.com"), "a person's account")
    );
    bench.primary();
    assert_eq!(bench.name(), ScreenName::Authorize, "Continue leads on");
}

#[test]
fn a_personal_account_is_warned_about_and_not_refused() {
    let mut bench = Bench::flow(FlowChoice::NewUsers);
    bench.save_page().save_username("jane@outlook.com");
    let Body::Username(body) = bench.page().body else { panic!("not NEW-2") };
    assert!(body.warning.is_some());
    bench.primary();
    assert_eq!(bench.name(), ScreenName::Authorize);
}

#[test]
fn a_username_is_saved_only_in_its_pop_up() {
    let mut bench = Bench::saved();
    bench
        .press(Press::SaveUsername { username: "x@contoso.com".to_owned(), kind: AccountKindChoice::Person });
    assert_eq!(bench.state.record.settings.username.as_ref().map(|name| name.as_str()), Some(SAVED));
}

#[test]
fn save_without_a_choice_says_so_and_stays() {
    let mut bench = Bench::active();
    bench.primary();
    bench.press(Press::SelectOrganization { id: String::new() });
    let Body::Organization(list) = bench.page().body else { panic!("not NEW-7") };
    assert_eq!(list.error.map(|error| say(&error)).as_deref(), Some("Select an organization"));
    assert_eq!(bench.state.record.organization, None);
}

#[test]
fn long_lists_get_a_filter_and_only_a_lone_row_of_a_deal_is_preselected() {
    for (count, filter, selected) in [(1, false, "org-1"), (30, false, ""), (31, true, "")] {
        let mut bench = Bench::active();
        bench.world.organizations = Ok(count);
        bench.primary();
        let Body::Organization(list) = bench.page().body else { panic!("not NEW-7") };
        assert_eq!((list.rows.len(), list.filter, list.selected.as_str()), (count, filter, selected));
        assert!(list.rows.iter().all(|row| !row.evidence.is_empty()));
        assert!(list.rows.is_sorted_by_key(|row| row.name.to_lowercase()));
    }
}

#[test]
fn a_list_that_cannot_be_read_says_why_and_is_read_again_by_the_primary() {
    let mut bench = Bench::active();
    bench.world.organizations = Err(failed(FailureClass::RetryLater));
    bench.primary();
    assert_eq!(bench.card_class(), Some("RETRY_LATER"));
    assert_eq!(bench.primary_button().press, Press::ReloadOrganizations);
    bench.world.organizations = Ok(3);
    bench.primary();
    let Body::Organization(list) = bench.page().body else { panic!("not NEW-7") };
    assert_eq!((list.rows.len(), bench.card_class()), (3, None));
}

#[test]
fn a_company_that_is_not_listed_is_taken_down() {
    let mut bench = Bench::active();
    bench.primary();
    bench.press(Press::OpenDialog { dialog: DialogName::CompanyNotListed });
    bench.press(Press::CompanyNotListed { name: " ".to_owned(), partner_id: String::new() });
    let Some(Dialog::CompanyNotListed(dialog)) = bench.dialog() else { panic!("it stays open") };
    assert!(dialog.error.is_some());
    bench.press(Press::CompanyNotListed { name: "Contoso".to_owned(), partner_id: "123".to_owned() });
    let item = bench.state.record.waits_for(OpenItemId::CompanyNotListed).expect("an open item");
    assert_eq!(item.note.as_deref(), Some("Contoso (123)"));
    assert_eq!(bench.page().open_count, 2);
}

#[test]
fn the_checklist_keeps_names_and_who_turned_the_flows_off() {
    let mut bench = Bench::flow(FlowChoice::Migration);
    bench.press(Press::OpenDialog { dialog: DialogName::PowerAutomate });
    bench.press(Press::SaveFlowNames { names: "Sync deals\n\n Receive events ".to_owned() });
    let Some(Dialog::PowerAutomate(list)) = bench.dialog() else { panic!("it stays open") };
    assert_eq!((list.names.as_str(), list.open), ("Sync deals\nReceive events", true));
    bench.press(Press::CopyFlowsMessage { names: "Sync deals\nNew one".to_owned() });
    let [Order::Copy { text, .. }] = bench.left.as_slice() else { panic!("{:?}", bench.left) };
    assert!(text.contains("- New one"), "what was typed and not saved is sent: {text}");
    assert_eq!(bench.dialog().map(|dialog| matches!(dialog, Dialog::PowerAutomate(_))), Some(true));
    bench.press(Press::FlowsTurnedOff { by: "Jane".to_owned(), names: "Sync deals\nThird".to_owned() });
    let item = bench.state.record.open_items.iter().find(|item| item.id == OpenItemId::FlowsOff);
    assert_eq!(item.and_then(|item| item.note.as_deref()), Some("Sync deals\nThird"));
    bench.press(Press::OpenDialog { dialog: DialogName::PowerAutomate });
    let Some(Dialog::PowerAutomate(list)) = bench.dialog() else { panic!("it can be opened again") };
    assert!(!list.open && say(&list.done.expect("by whom")).contains("Jane"));
}

#[test]
fn what_one_account_could_see_is_not_offered_to_the_next() {
    let mut bench = Bench::chosen();
    bench.go(ScreenName::Username).save_username("other@fabrikam.com").press(Press::Continue);
    bench.world.signs_in = "other@fabrikam.com".to_owned();
    bench.world.organizations = Err(failed(FailureClass::Offline));
    bench.press(Press::Authorize).answer(Ok(()));
    bench.press(Press::UseSignedIn).primary();
    let Body::Organization(list) = bench.page().body else { panic!("not NEW-7") };
    assert_eq!((list.rows.len(), list.selected.as_str()), (0, ""));
}
