//! The whole way once for every call that can fail, and every way in which it can.

use std::collections::BTreeSet;

use super::*;

const KINDS: usize = 3;

/// From the first press to a finished flow and on to the end of the connection.
fn way() -> [Intent; 5] {
    let choose = Intent::SelectOrganization { id: "org-1".to_owned() };
    [AUTHORIZE, Intent::ListOrganizations, choose, TEST, Intent::Disconnect { wipe: false }]
}

/// I2: never Active without a test under the credential in use. I3: no state without a way forward.
fn assert_invariants(desk: &mut Desk, place: &str) {
    let state = desk.driver.state();
    assert!(!state.is_busy(), "{place}: {:?} goes on for ever", state.activity);
    if state.record.word() == Word::Active {
        let report = state.record.last_report.as_ref().expect("a report behind Active");
        assert_eq!(report.refusal(), None, "{place}");
        assert!(state.record.holds(&report.credential_id), "{place}");
    }
    let inner = desk.world.get();
    assert!(!inner.reused, "{place}: a replaced token was used again");
    let redeemed: BTreeSet<_> = inner.redeemed.iter().collect();
    assert_eq!(redeemed.len(), inner.redeemed.len(), "{place}: a code was redeemed twice");
}

/// What a person presses next, until the connection works again.
fn assert_leads_on(desk: &mut Desk, place: &str) {
    for _ in 0..3 {
        if desk.word() == Word::Active {
            return;
        }
        if matches!(desk.activity(), Activity::SessionOnlyOffered(..)) {
            desk.want(Intent::UseSessionOnly);
        } else if desk.word() == Word::CantCheck {
            desk.want(PROBE);
        } else {
            desk.want(AUTHORIZE);
        }
        assert_invariants(desk, place);
    }
    assert_eq!(desk.word(), Word::Active, "{place}: no press helps");
}

/// One run with the call of this number failing; the name of the call, or `None` when the way has fewer calls.
fn run_with_fault(number: usize, kind: usize, reached: usize) -> Option<&'static str> {
    let world = World::new();
    world.get().fault = Some((number, kind));
    world.get().has_deep_link = true;
    let mut desk = Desk::in_world(&world);
    desk.settle(Flow::Migration);
    for (step, intent) in way().into_iter().enumerate().take(reached) {
        desk.want(intent);
        let place = format!("call {number}, kind {kind}, after step {step}");
        assert_invariants(&mut desk, &place);
        if step + 1 < way().len() && world.get().fault_fired.is_some() {
            assert_leads_on(&mut desk, &place);
            if desk.driver.state().not_saving.is_some() {
                desk.want(PROBE);
            }
            assert_eq!(world.get().store, desk.driver.state().record, "{place}");
            break;
        }
    }
    world.get().fault_fired
}

#[test]
fn no_single_fault_makes_a_false_word_or_a_dead_end() {
    let mut runs = 0;
    let mut hit = BTreeSet::new();
    for kind in 0..KINDS {
        for number in 1.. {
            let Some(call) = run_with_fault(number, kind, way().len()) else { break };
            runs += 1;
            hit.insert(call);
        }
    }
    println!("{runs} runs with one fault each, in {} kinds of calls", hit.len());
    assert!(runs >= 100, "only {runs} runs");
    assert!(hit.len() >= 16, "only {hit:?} failed");
}

#[test]
fn a_disconnect_that_fails_can_be_repeated_until_nothing_is_left() {
    for kind in 0..KINDS {
        let mut number = 1;
        while let Some(call) = run_with_fault(number, kind, way().len()) {
            number += 1;
            if !["delete", "lock"].contains(&call) {
                continue;
            }
            let mut desk = Desk::connected(Flow::NewUsers);
            desk.world.refuse(call, locked());
            let disconnect = Intent::Disconnect { wipe: false };
            desk.want(disconnect.clone()).want(disconnect);
            assert_eq!(desk.word(), Word::NotConnected);
            assert!(desk.world.get().keychain.is_none());
        }
    }
}
