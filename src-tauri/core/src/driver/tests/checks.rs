//! What each call shows, and what a report makes of it.

use super::*;
use crate::check::Face;
use crate::ports::WebhookOwner;

fn tested(flow: Flow, arrange: impl FnOnce(&World)) -> Desk {
    let mut desk = Desk::connected(flow);
    arrange(&desk.world);
    desk.want(TEST);
    desk
}

#[test]
fn a_healthy_connection_passes_every_check_in_order() {
    for (flow, ids) in [(Flow::NewUsers, CheckId::TEST), (Flow::Migration, CheckId::MIGRATION_TEST)] {
        let desk = tested(flow, |_| {});
        let report = desk.report();
        assert!(report.checks.iter().map(|check| &check.id).eq(ids));
        assert_eq!((report.face(), report.open_count()), (Face::Passed, 0), "{report:?}");
        assert_eq!((desk.word(), desk.driver.state().record.resume().map(|step| step.to_string())), {
            let first_open = if flow == Flow::Migration { Some("MIG-1".to_owned()) } else { None };
            (Word::Active, first_open)
        });
        assert_eq!(desk.check(CheckId::Refresh).correlation_id.as_deref(), Some("correlation-refresh"));
    }
}

#[test]
fn the_probe_is_the_first_four_checks_and_the_second_factor() {
    let mut desk = Desk::new(Flow::NewUsers);
    desk.want(AUTHORIZE);
    assert!(desk.report().checks.iter().map(|check| &check.id).eq(CheckId::PROBE));
    assert_eq!(desk.world.count("referral") + desk.world.count("legal_business_profile"), 0);
}

#[test]
fn a_hard_failure_stops_and_the_rest_is_not_called_passed() {
    let cases = [
        ("metadata", FailureClass::Offline, CheckId::Metadata, Word::CantCheck),
        ("refresh", FailureClass::SignInAgain, CheckId::Refresh, Word::Inactive),
        ("referrals", FailureClass::RoleMissing, CheckId::Referrals, Word::Inactive),
    ];
    for (call, class, id, word) in cases {
        let desk = tested(Flow::NewUsers, |world| world.refuse(call, Failure::of(class)));
        assert_eq!((desk.word(), desk.failure()), (word, Some(class)), "{call}");
        let stopped = desk.report().checks.iter().position(|check| check.id == id).expect("the check");
        let (before, after) = desk.report().checks.split_at(stopped);
        assert!(before.iter().all(|check| check.result == CheckResult::Passed));
        assert_eq!(after[0].result, CheckResult::Failed);
        for check in &after[1..] {
            let shown = (check.result, check.reason.as_deref());
            assert_eq!(shown, (CheckResult::NotChecked, Some("check-not-reached")), "{:?}", check.id);
        }
    }
}

#[test]
fn the_token_of_another_account_is_refused() {
    let desk = tested(Flow::NewUsers, |world| world.get().refreshed_as = Some(signed_in("b@contoso.com")));
    assert_eq!((desk.result(CheckId::Identity), desk.word()), (CheckResult::Failed, Word::CantCheck));
    assert_eq!(desk.failure(), Some(FailureClass::WrongAccount));
    let desk = tested(Flow::NewUsers, |world| world.get().refreshed_as = None);
    assert_eq!((desk.result(CheckId::Identity), desk.word()), (CheckResult::NotChecked, Word::Active));
}

#[test]
fn the_second_factor_is_passed_only_where_partner_center_says_so() {
    let cases = [
        (Some(true), CheckResult::Passed, None),
        (Some(false), CheckResult::Warning, Some("check-mfa.not-compliant")),
        (None, CheckResult::NotChecked, Some("check-mfa.unknown")),
    ];
    for (header, result, reason) in cases {
        let desk = tested(Flow::NewUsers, |world| world.get().mfa = header);
        assert_eq!((desk.result(CheckId::Mfa), desk.reason(CheckId::Mfa)), (result, reason));
        assert_eq!(desk.word(), Word::Active, "a soft check never decides");
        let unproven = crate::view::qualifiers(desk.driver.state());
        assert_eq!(unproven.is_empty(), header == Some(true));
    }
    let refused = Failure::of(FailureClass::SignInWithMfa);
    let desk = tested(Flow::NewUsers, |world| world.refuse("organization_profile", refused));
    assert_eq!((desk.result(CheckId::Mfa), desk.word()), (CheckResult::Warning, Word::Active));
}

#[test]
fn the_role_is_shown_by_a_deal_of_somebody_else_alone() {
    let cases = [
        (Some(false), CheckResult::Passed, None),
        (Some(true), CheckResult::Warning, Some("check-role.user-only")),
        (None, CheckResult::NotChecked, Some("check-role.unknown")),
    ];
    for (in_team, result, reason) in cases {
        let desk = tested(Flow::NewUsers, |world| world.get().rows = vec![row("r1", "org-1", in_team)]);
        assert_eq!((desk.result(CheckId::Role), desk.reason(CheckId::Role)), (result, reason));
    }
}

#[test]
fn the_organization_fails_only_where_others_are_seen_and_all_was_read() {
    let others = |count: usize| (0..count).map(|n| row(&format!("r{n}"), "org-9", None)).collect::<Vec<_>>();
    let cases = [
        (others(3), CheckResult::Failed, Word::Inactive),
        (Vec::new(), CheckResult::NotChecked, Word::Active),
        (vec![row("r1", "msft", None), row("r2", "", None)], CheckResult::NotChecked, Word::Active),
        (others(501), CheckResult::NotChecked, Word::Active),
    ];
    for (rows, result, word) in cases {
        let count = rows.len();
        let desk = tested(Flow::NewUsers, |world| world.get().rows = rows);
        assert_eq!((desk.result(CheckId::Organization), desk.word()), (result, word), "{count} rows");
    }
    let mut late = others(300);
    late.push(row("last", "org-1", None));
    let desk = tested(Flow::NewUsers, |world| world.get().rows = late);
    assert_eq!(desk.result(CheckId::Organization), CheckResult::Passed, "it stands on the fourth page");
}

#[test]
fn an_empty_list_proves_no_rights_and_says_so() {
    let desk = tested(Flow::NewUsers, |world| world.get().rows = Vec::new());
    assert_eq!((desk.report().face(), desk.word()), (Face::Partial, Word::Active));
    assert_eq!(desk.reason(CheckId::Referrals), Some(crate::check::EMPTY_LIST));
    let qualifiers = crate::view::qualifiers(desk.driver.state());
    assert_eq!(qualifiers, [crate::status::Qualifier::RightsNotProven]);
}

#[test]
fn soft_refusals_make_the_test_partial_and_leave_active() {
    let refusals = [
        ("referral", CheckId::ReferralById, CheckResult::Warning),
        ("legal_business_profile", CheckId::Profile, CheckResult::Warning),
        ("organization_profile", CheckId::Mfa, CheckResult::NotChecked),
        ("webhook", CheckId::Webhook, CheckResult::NotChecked),
    ];
    for (call, id, result) in refusals {
        let desk =
            tested(Flow::Migration, |world| world.refuse(call, Failure::of(FailureClass::RoleMissing)));
        assert_eq!((desk.result(id), desk.word()), (result, Word::Active), "{call}");
        assert_eq!((desk.report().face(), desk.report().open_count()), (Face::Partial, 1));
    }
    let elsewhere = tested(Flow::Migration, |world| world.get().webhook = WebhookOwner::PowerAutomate);
    assert_eq!(elsewhere.reason(CheckId::Webhook), Some("check-webhook.elsewhere"));
    let without = tested(Flow::NewUsers, |world| world.get().has_profiles = false);
    assert_eq!(without.reason(CheckId::Profile), Some("check-profile.not-configured"));
}

#[test]
fn pages_that_are_refused_leave_role_and_organization_open() {
    let mut desk = Desk::connected(Flow::NewUsers);
    desk.world.get().rows = (0..150).map(|n| row(&format!("r{n}"), "org-9", None)).collect();
    // One call reads the newest, two read the pages; the last of them is refused.
    let before = desk.world.count("referrals");
    desk.world.hold_up("referrals");
    desk.want(TEST);
    assert_eq!(desk.world.count("referrals") - before, 2, "they run together");
    desk.world.let_go("referrals");
    desk.world.refuse_later("referrals", 2, Failure::of(FailureClass::RetryLater));
    desk.go_on();
    assert_ne!(desk.word(), Word::Inactive);
    for id in [CheckId::Role, CheckId::Organization] {
        assert_eq!(desk.result(id), CheckResult::NotChecked);
        assert_ne!(desk.reason(id), Some("check-not-reached"), "the run went on behind it");
    }
}

#[test]
fn one_bare_refusal_buys_one_more_token_and_a_second_one_stands() {
    let bare = || Failure::of(FailureClass::SignInAgain).with_code("HTTP 401");
    let mut desk = Desk::connected(Flow::NewUsers);
    let before = desk.world.count("refresh");
    desk.world.refuse("referrals", bare());
    desk.want(PROBE);
    assert_eq!(desk.word(), Word::Active);
    assert_eq!(desk.world.count("refresh") - before, 3, "one for the run, one for profiles, one more");
    desk.world.refuse("referrals", bare());
    desk.world.refuse("referrals", bare());
    desk.want(PROBE);
    assert_eq!((desk.word(), desk.failure()), (Word::Inactive, Some(FailureClass::SignInAgain)));
    desk.assert_token_is_safe();
}

#[test]
fn a_refusal_with_a_challenge_is_not_tried_again() {
    let challenge = Failure { claims: Some("{}".to_owned()), ..Failure::of(FailureClass::SignInAgain) };
    let mut desk = Desk::connected(Flow::NewUsers);
    let before = desk.world.count("referrals");
    desk.world.refuse("referrals", challenge);
    desk.want(PROBE);
    assert_eq!(desk.world.count("referrals") - before, 1);
    assert_eq!(desk.driver.state().record.pending_claims.as_deref(), Some("{}"));
}

#[test]
fn a_run_ends_within_thirty_seconds_wherever_it_stands_still() {
    for call in ["metadata", "refresh", "referrals", "referral", "organization_profile", "webhook"] {
        let mut desk = Desk::connected(Flow::Migration);
        desk.world.hold_up(call);
        desk.want(TEST);
        assert!(matches!(desk.activity(), Activity::Checking { .. }), "{call} stands still");
        desk.world.advance(29);
        assert!(matches!(desk.go_on().activity(), Activity::Checking { .. }));
        desk.world.advance(1);
        assert_eq!(desk.go_on().activity(), &Activity::Idle, "{call} is given up");
        let soft = ["referral", "organization_profile", "webhook"].contains(&call);
        let word = if soft { Word::Active } else { Word::CantCheck };
        assert_eq!(desk.word(), word, "{call}");
        assert_eq!(desk.report().checks.len(), CheckId::MIGRATION_TEST.len());
    }
}

#[test]
fn what_a_stopped_run_tells_late_does_not_stand_in_the_next() {
    let mut desk = Desk::connected(Flow::NewUsers);
    desk.world.hold_up("referrals");
    desk.want(TEST).want(Intent::Cancel).want(PROBE);
    let Activity::Checking { ended, .. } = desk.activity() else { panic!("{:?}", desk.activity()) };
    let ended: Vec<CheckId> = ended.iter().map(|check| check.id).collect();
    assert_eq!(ended, [CheckId::Metadata, CheckId::Refresh, CheckId::Identity]);
    desk.world.let_go("referrals");
    assert_eq!(desk.go_on().word(), Word::Active);
}

#[test]
fn whoever_keeps_a_check_waiting_is_named_and_microsoft_is_not_blamed_for_this_computer() {
    let no_answer = Failure::of(FailureClass::KeychainLocked).with_code("no answer");
    for (held_up, expected) in [("lock", Failure::busy_elsewhere()), ("read", no_answer)] {
        for spent in [0, 20] {
            let mut desk = Desk::connected(Flow::NewUsers);
            desk.world.hold_up("metadata");
            desk.world.hold_up(held_up);
            desk.want(TEST);
            desk.world.advance(spent);
            desk.world.let_go("metadata");
            desk.go_on();
            desk.world.advance((30 - spent) / 2);
            desk.go_on();
            assert_eq!(desk.activity(), &Activity::Idle, "{held_up} ends within the run");
            assert_eq!(desk.driver.state().failure(), Some(&expected), "{held_up} after {spent} s");
            assert_eq!(desk.word(), Word::CantCheck);
            desk.world.let_go(held_up);
            assert_eq!(desk.want(PROBE).word(), Word::Active);
        }
    }
}

#[test]
fn a_keychain_that_does_not_take_the_new_token_in_time_holds_no_check_up() {
    let mut desk = Desk::connected(Flow::NewUsers);
    desk.world.get().has_profiles = false;
    desk.world.hold_up("write");
    desk.want(PROBE);
    desk.world.advance(15);
    desk.go_on();
    assert_eq!((desk.word(), desk.is_session_only()), (Word::Active, true));
    desk.world.let_go("write");
    assert_eq!(desk.want(PROBE).word(), Word::Active);
    assert!(!desk.is_session_only());
    desk.assert_token_is_safe();
}

#[test]
fn a_sign_in_waits_for_the_person_at_the_keychain() {
    let mut desk = Desk::new(Flow::NewUsers);
    desk.world.hold_up("write");
    desk.want(AUTHORIZE);
    desk.world.advance(59);
    desk.go_on();
    assert!(matches!(desk.activity(), Activity::Keeping { .. }));
    desk.world.let_go("write");
    assert_eq!(desk.go_on().word(), Word::Active);
}
