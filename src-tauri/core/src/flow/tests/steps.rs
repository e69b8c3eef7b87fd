//! Steps: finished in order, resumed by code, undone by a failure.

use super::*;
use crate::step::Stage;

#[test]
fn both_flows_finish_their_steps_in_the_guides_order_and_survive_closing_at_each() {
    let acts: [(&str, Act); 6] = [
        ("NEW-3", |bench| {
            bench.want(Intent::Settings(settings(flow_of(bench), SAVED)));
        }),
        ("NEW-3", |bench| {
            bench.wait_for_browser();
        }),
        ("NEW-6", |bench| {
            bench.sign_in();
        }),
        ("NEW-7", |bench| {
            bench.pass(CheckKind::Probe);
        }),
        ("NEW-8", |bench| {
            bench.choose("org-2");
        }),
        ("", |bench| {
            bench.want(Intent::Check(CheckKind::Test)).pass(CheckKind::Test);
        }),
    ];
    for flow in [Flow::NewUsers, Flow::Migration] {
        let mut bench = Bench::empty();
        let chosen = Settings { flow: Some(flow), ..Settings::default() };
        bench.want(Intent::Settings(chosen));
        let first = if flow == Flow::Migration { "MIG-1" } else { "NEW-1" };
        assert_eq!(bench.resume().as_deref(), Some(first));
        if flow == Flow::Migration {
            bench.want(Intent::ContactedSupport { reference: Some("CASE-1".to_owned()) });
        }
        bench.want(Intent::FinishStep(Stage::Open));
        assert_eq!(bench.resume(), Some(in_flow(flow, "NEW-2")));
        for (expected, act) in acts {
            act(&mut bench);
            let expected = Some(in_flow(flow, expected)).filter(|code| !code.is_empty());
            assert_eq!(bench.resume(), expected);
            assert_eq!(bench.reopened().resume(), expected, "nothing is lost by closing");
        }
        let order: Vec<Stage> = bench.state.record.done.iter().map(|done| done.stage).collect();
        assert_eq!(order, flow.stages());
        assert_eq!(bench.word(), Word::Active);
    }
}

fn save_username(name: &str) -> Intent {
    let username = MicrosoftUsername::parse(name).expect("a username");
    Intent::SaveUsername { username, kind: AccountKind::Person }
}

#[test]
fn a_flow_and_the_first_page_are_saved_without_finishing_the_username() {
    let mut bench = Bench::empty();
    bench.want(Intent::Settings(Settings { flow: Some(Flow::NewUsers), ..Settings::default() }));
    assert_eq!(bench.state.record.done, []);
    let page = Settings {
        company: Some("Contoso".to_owned()),
        second_factor_holder: Some("Ada".to_owned()),
        password_rotates: Some(true),
        ..bench.state.record.settings.clone()
    };
    bench.want(Intent::Settings(page.clone()));
    assert_eq!((&bench.state.record.settings, bench.resume().as_deref()), (&page, Some("NEW-1")));
    bench.want(Intent::FinishStep(Stage::Open)).want(save_username(SAVED));
    assert_eq!(bench.resume().as_deref(), Some("NEW-3"));
    assert_eq!(bench.state.record.settings.company.as_deref(), Some("Contoso"), "the rest stays");
    assert_eq!(bench.state.record.settings.kind, AccountKind::Person);
    assert_eq!(bench.said(), [What::UsernameSaved]);
}

#[test]
fn a_username_to_be_looked_at_again_is_finished_by_saving_it_and_by_nothing_else() {
    let mut bench = Bench::done(Flow::NewUsers);
    bench.check_fails(FailureClass::TenantNotFound);
    let told = Settings { contact: Some("Grace".to_owned()), ..bench.state.record.settings.clone() };
    bench.want(Intent::Settings(told));
    assert_eq!(bench.resume().as_deref(), Some("NEW-2"), "another field says nothing of the name");
    bench.want(save_username(SAVED));
    assert_eq!(bench.resume().as_deref(), Some("NEW-3"));
}

#[test]
fn a_sign_in_as_the_saved_name_finishes_that_name() {
    let mut bench = Bench::done(Flow::NewUsers);
    bench.check_fails(FailureClass::ServiceNotEnabled);
    bench.sign_in();
    assert_eq!(bench.resume().as_deref(), Some("NEW-6"));
}

#[test]
fn settings_without_the_name_take_the_name_away() {
    let mut bench = Bench::done(Flow::NewUsers);
    bench.want(Intent::Settings(Settings { flow: Some(Flow::NewUsers), ..Settings::default() }));
    assert_eq!(bench.resume().as_deref(), Some("NEW-2"));
    assert_eq!(bench.word(), Word::Active, "the credential in use is what it was");
}

#[test]
fn changing_to_the_other_flow_keeps_what_is_done() {
    let mut bench = Bench::done(Flow::NewUsers);
    let to = |flow, bench: &Bench| {
        Intent::Settings(Settings { flow: Some(flow), ..bench.state.record.settings.clone() })
    };
    bench.want(to(Flow::Migration, &bench));
    assert_eq!(bench.resume().as_deref(), Some("MIG-1"), "only what the other flow lacks is to be done");
    bench.want(Intent::ContactedSupport { reference: None });
    assert_eq!((bench.resume(), bench.word()), (None, Word::Active));
    bench.want(to(Flow::NewUsers, &bench));
    assert_eq!((bench.resume(), bench.word()), (None, Word::Active));
}

fn flow_of(bench: &Bench) -> Flow {
    bench.state.record.settings.flow.expect("a flow")
}

/// A code of the new users' flow in either flow.
fn in_flow(flow: Flow, code: &str) -> String {
    match code.strip_prefix("NEW-").and_then(|number| number.parse::<u8>().ok()) {
        Some(number) if flow == Flow::Migration => format!("MIG-{}", number + 1),
        Some(_) | None => code.to_owned(),
    }
}

/// The product's table: class, step to redo, and where a person lands who had finished everything.
const REDO: &[(FailureClass, Option<&str>, Option<&str>)] = {
    use FailureClass::*;
    const SIGN_IN: Option<&str> = Some("NEW-3");
    const TEST: Option<&str> = Some("NEW-8");
    &[
        (SignInAgain, SIGN_IN, SIGN_IN),
        (RestartSignIn, SIGN_IN, SIGN_IN),
        (SignInWithMfa, SIGN_IN, SIGN_IN),
        (RegisterMfa, SIGN_IN, SIGN_IN),
        (MfaNotEnforced, SIGN_IN, SIGN_IN),
        (ConsentNeeded, SIGN_IN, SIGN_IN),
        (ConsentDeclined, SIGN_IN, SIGN_IN),
        (UserCancelled, SIGN_IN, SIGN_IN),
        (WrongAccount, SIGN_IN, SIGN_IN),
        (AccountDisabled, SIGN_IN, SIGN_IN),
        (NotAssigned, SIGN_IN, SIGN_IN),
        (RoleMissing, TEST, TEST),
        (PolicyBlocked, SIGN_IN, SIGN_IN),
        (DeviceNotCompliant, SIGN_IN, SIGN_IN),
        (TenantNotFound, Some("NEW-2"), Some("NEW-2")),
        (AppNotInTenant, SIGN_IN, SIGN_IN),
        (ServiceNotEnabled, Some("NEW-2"), Some("NEW-2")),
        (NoRelationship, Some("NEW-7"), Some("NEW-7")),
        (AppMisconfigured, None, TEST),
        (KeepWaiting, None, None),
        (RetryLater, None, None),
        (NetworkBlocked, TEST, None),
        (Offline, TEST, None),
        (ClockWrong, TEST, None),
        (UnexpectedAnswer, TEST, None),
        (OrganizationMissing, Some("NEW-7"), Some("NEW-7")),
        (BrowserNotOpened, SIGN_IN, SIGN_IN),
        (ReturnBlocked, SIGN_IN, SIGN_IN),
        (KeychainLocked, None, None),
        (KeychainMissing, None, None),
        (KeychainDamaged, SIGN_IN, SIGN_IN),
        (StoreDamaged, None, None),
        (StoreNotWritable, None, None),
        (FileDamaged, None, None),
        (FileTooNew, None, None),
        (Unknown, TEST, None),
    ]
};

#[test]
fn every_failure_class_sends_back_to_its_one_step_in_both_flows() {
    assert!(REDO.iter().map(|(class, ..)| class).eq(FailureClass::ALL), "the table has every class");
    for flow in [Flow::NewUsers, Flow::Migration] {
        let done = Bench::done(flow);
        for (class, redo, lands) in REDO {
            let mut bench = done.clone();
            bench.check_fails(*class);
            let shown = bench.state.redo().map(|step| step.to_string());
            assert_eq!(shown, redo.map(|code| in_flow(flow, code)), "{class} names the step");
            assert_eq!(bench.resume(), lands.map(|code| in_flow(flow, code)), "{class} leads there");
            assert_eq!(bench.reopened().resume(), bench.resume());
            assert_eq!(bench.state.record.is_done(Stage::Test), lands.is_none(), "{class} wants a new test");
        }
    }
}

#[test]
fn redoing_the_one_step_finishes_the_flow_again() {
    for (class, ..) in REDO {
        let mut bench = Bench::done(Flow::NewUsers);
        bench.check_fails(*class);
        if bench.resume().as_deref() == Some("NEW-2") {
            bench.want(save_username(SAVED));
        }
        if bench.resume().as_deref() == Some("NEW-3") {
            bench.sign_in().pass(CheckKind::Probe);
        }
        if bench.resume().as_deref() == Some("NEW-7") {
            bench.choose("org-2");
        }
        bench.want(Intent::Check(CheckKind::Test)).pass(CheckKind::Test);
        assert_eq!((bench.resume(), bench.word()), (None, Word::Active), "after {class}");
    }
}

#[test]
fn one_finished_step_can_be_run_again_alone() {
    let mut bench = Bench::done(Flow::NewUsers);
    bench.choose("org-1");
    assert_eq!(bench.resume(), None, "the same choice undoes nothing");
    bench.want(Intent::SelectOrganization { id: "org-2".to_owned() });
    assert_eq!(bench.resume().as_deref(), Some("NEW-8"), "another organization has to be tested");
    bench.want(Intent::Check(CheckKind::Test)).pass(CheckKind::Test);
    bench.sign_in();
    assert_eq!(bench.resume().as_deref(), Some("NEW-6"));
    bench.pass(CheckKind::Probe);
    assert_eq!(bench.resume().as_deref(), Some("NEW-8"), "the organization is kept with the account");
}

#[test]
fn an_organization_chosen_during_a_test_is_not_called_tested() {
    let mut bench = Bench::done(Flow::NewUsers);
    bench.want(Intent::Check(CheckKind::Test));
    bench.want(Intent::SelectOrganization { id: "org-2".to_owned() });
    assert!(bench.effects.contains(&Effect::Stop));
    bench.pass(CheckKind::Test);
    assert_eq!(bench.resume().as_deref(), Some("NEW-8"));
}

#[test]
fn an_organization_that_is_not_in_the_list_is_refused() {
    let mut bench = Bench::done(Flow::NewUsers);
    bench.want(Intent::SelectOrganization { id: "elsewhere".to_owned() });
    assert_eq!(bench.failure(), Some(FailureClass::OrganizationMissing));
    assert_eq!(bench.state.record.organization.as_ref().map(|chosen| chosen.id.as_str()), Some("org-1"));
}

#[test]
fn another_username_asks_for_a_new_sign_in_and_the_status_names_who_signed_in() {
    let mut bench = Bench::done(Flow::NewUsers);
    bench.want(Intent::Settings(settings(Flow::NewUsers, "SVC@contoso.com")));
    assert_eq!(bench.resume(), None, "case makes no other account");
    bench.want(Intent::Settings(settings(Flow::NewUsers, "b@contoso.com")));
    assert_eq!(bench.resume().as_deref(), Some("NEW-3"));
    assert_eq!(bench.state.record.account(), Some(SAVED), "the word speaks of the account that signed in");
}

#[test]
fn a_sign_in_that_the_end_of_the_program_cut_off_is_named_once() {
    let mut bench = Bench::of(Flow::NewUsers);
    bench.wait_for_browser();
    bench.want(Intent::Resume);
    assert!(!bench.said().contains(&What::Interrupted), "it is still under way");
    let mut reopened = bench.reopened();
    reopened.want(Intent::Resume);
    assert_eq!(reopened.said().iter().filter(|what| **what == What::Interrupted).count(), 1);
    assert_eq!(reopened.resume().as_deref(), Some("NEW-3"));
}
