//! Which card stands where, and what its button does.

use super::*;
use crate::state_code;

/// A sign-in that ended so.
fn ended(class: FailureClass) -> Bench {
    let mut bench = Bench::waiting();
    bench.answer(Err(failed(class)));
    bench
}

/// A check by the person's press that ended so, on Verify.
fn refused(class: FailureClass) -> Bench {
    let mut bench = Bench::active();
    bench.world.refuses = Some(failed(class));
    bench.press(Press::CheckNow);
    bench
}

#[test]
fn a_failed_sign_in_leads_to_the_one_step_to_do_again_with_its_card() {
    for class in FailureClass::ALL.iter().copied() {
        let bench = ended(class);
        let renames = [FailureClass::TenantNotFound, FailureClass::ServiceNotEnabled].contains(&class);
        let screen = if renames { ScreenName::Username } else { ScreenName::Authorize };
        assert_eq!((bench.name(), bench.card_class()), (screen, Some(class.as_str())));
    }
}

#[test]
fn the_button_of_a_card_is_the_primary_of_its_screen() {
    for class in FailureClass::ALL.iter().copied() {
        for bench in [ended(class), refused(class)] {
            let page = bench.page();
            let Some(button) = page.card.and_then(|card| card.button) else { continue };
            assert_eq!(page.actions.primary, Some(Primary::Press { button }), "{class} on {:?}", page.name);
        }
    }
}

#[test]
fn what_no_sign_in_mends_is_never_answered_with_one() {
    use FailureClass as Class;
    for class in
        [Class::AppMisconfigured, Class::PolicyBlocked, Class::DeviceNotCompliant, Class::MfaNotEnforced]
    {
        assert_ne!(ended(class).primary_button().press, Press::Authorize, "{class} loops");
        assert_ne!(refused(class).primary_button().press, Press::Authorize, "{class} loops");
    }
}

#[test]
fn a_missing_second_check_is_asked_for_once() {
    let mut bench = refused(FailureClass::SignInWithMfa);
    assert_eq!(bench.primary_button().press, Press::AskForSecondCheck);
    bench.primary();
    assert_eq!(bench.name(), ScreenName::LogIn);
    bench.answer(Ok(()));
    assert_eq!((bench.name(), bench.card_class()), (ScreenName::Verify, Some("MFA_NOT_ENFORCED")));
    assert_eq!(bench.primary_button().press, Press::Copy { what: CopyWhat::ItText });
}

#[test]
fn an_approval_of_it_is_copied_first_and_authorized_second() {
    let bench = ended(FailureClass::ConsentNeeded);
    assert_eq!(bench.primary_button().press, Press::Copy { what: CopyWhat::ItText });
    assert_eq!(bench.other(), Some(Press::Authorize));
    assert_eq!(bench.page().open_count, 1);
}

#[test]
fn a_blocked_network_lists_and_copies_the_addresses() {
    let mut bench = ended(FailureClass::NetworkBlocked);
    let addresses = bench.page().card.expect("a card").addresses;
    assert!(addresses.contains(&"https://login.microsoftonline.com".to_owned()), "{addresses:?}");
    bench.primary();
    let [Order::Copy { what: CopyWhat::Addresses, text }] = bench.left.as_slice() else {
        panic!("{:?}", bench.left)
    };
    assert_eq!(text.lines().count(), addresses.len());
}

#[test]
fn a_cancelled_new_sign_in_leaves_the_status_and_its_screen_as_they_were() {
    let mut bench = Bench::finished();
    bench.go(ScreenName::Authorize).press(Press::Authorize).press(Press::Stop);
    assert_eq!((bench.name(), bench.card_class()), (ScreenName::Authorize, Some("USER_CANCELLED")));
    bench.go(ScreenName::Verify);
    assert_eq!((bench.card_class(), bench.page().mark), (None, crate::view::Mark::Active));
    assert_eq!(bench.primary_button().press, Press::Continue);
}

#[test]
fn the_code_that_is_read_out_names_the_screen_and_the_card_on_it() {
    let said = |bench: &Bench| state_code::decode(&bench.page().state_code).expect("a code");
    let mut bench = ended(FailureClass::ConsentDeclined);
    let code = said(&bench);
    assert_eq!((code.class, code.word), (Some(FailureClass::ConsentDeclined), Word::NotConnected));
    assert_eq!(code.place, state_code::Place::Step("NEW-3".parse().expect("a step")));
    bench.go(ScreenName::Open);
    assert_eq!(said(&bench).place, state_code::Place::Step("NEW-1".parse().expect("a step")));
    bench.go(ScreenName::Start);
    assert_eq!(said(&bench).place, state_code::Place::Start);
    assert_eq!(said(&Bench::finished()).place, state_code::Place::Done(crate::step::Flow::NewUsers));
}

#[test]
fn the_step_that_has_to_be_done_again_needs_attention() {
    let bench = ended(FailureClass::ConsentDeclined);
    assert_eq!(bench.page().rail[2].state, RailState::NeedsAttention);
    let bench = refused(FailureClass::SignInAgain);
    assert_eq!((bench.name(), bench.page().rail[2].state), (ScreenName::Verify, RailState::NeedsAttention));
    assert_eq!(bench.primary_button().press, Press::Authorize);
}
