//! Status, organization and test.

use mpc_connect_core::check::{Check, CheckId, CheckResult};
use mpc_connect_core::failure::{Failure, FailureClass};
use mpc_connect_core::flow::EventKind;
use mpc_connect_core::wizard::{FlowChoice, Press, ScreenName};

use super::{FOLDED, Shot};
use crate::bench::{Bench, refused};
use crate::made_up::MadeUp;

const DAY: i64 = 24 * 3600;

pub(super) fn shots() -> Vec<Shot> {
    [verify(), organization(), test()].into_iter().flatten().collect()
}

/// A world in which Partner Center refuses the account.
pub(super) fn without_role(world: &mut MadeUp) {
    world.fails = Some((CheckId::Referrals, refused(FailureClass::RoleMissing)));
}

/// A world in which no deal was seen yet.
pub(super) fn without_deals(world: &mut MadeUp) {
    world.unknown = vec![
        (CheckId::Mfa, "check-mfa.unknown"),
        (CheckId::Role, "check-role.unknown"),
        (CheckId::Organization, "check-organization.not-seen"),
        (CheckId::ReferralById, "check-referral-by-id.not-checked"),
    ];
}

fn verify() -> Vec<Shot> {
    let shot = |name, bench: &Bench| Shot::of("Verify", name, bench);
    let checked = |change: fn(&mut MadeUp)| Bench::new().where_(change).checked(FlowChoice::NewUsers);
    let session_only = Bench::new()
        .where_(|world| world.keychain = Err(Failure::of(FailureClass::KeychainMissing)))
        .waiting()
        .press(Press::UseSessionOnly)
        .answer(Ok(()));
    let offline = Bench::new()
        .checked(FlowChoice::NewUsers)
        .where_(|world| world.fails = Some((CheckId::Metadata, Failure::of(FailureClass::Offline))))
        .press(Press::CheckNow);
    let password = Bench::new()
        .checked(FlowChoice::NewUsers)
        .where_(|world| world.fails = Some((CheckId::Refresh, refused(FailureClass::SignInAgain))))
        .press(Press::CheckNow);
    vec![
        shot("verify-checking", &checked(|world| world.holds = true)),
        shot("verify-active", &checked(|_| ())),
        shot("verify-active-unfolded", &checked(|_| ())).unfolding(FOLDED),
        shot("verify-active-no-deals", &checked(without_deals)),
        shot("verify-active-migration", &Bench::new().checked(FlowChoice::Migration)),
        shot("verify-active-rehearsal", &Bench::new().in_rehearsal().checked(FlowChoice::NewUsers)),
        shot("verify-active-session-only", &session_only),
        shot("verify-inactive-role", &checked(without_role)),
        shot("verify-inactive-migration", &Bench::new().where_(without_role).checked(FlowChoice::Migration)),
        shot("verify-inactive-password", &password),
        shot("verify-cant-check", &offline),
        shot("verify-stale", &Bench::new().checked(FlowChoice::NewUsers).later(30 * 3600)),
        shot("verify-open-items-first", &checked(without_role).reopened(DAY)),
    ]
}

fn organization() -> Vec<Shot> {
    let shot = |name, bench: &Bench| Shot::of("Organization", name, bench);
    let listed = |count: Result<usize, Failure>| {
        Bench::new().where_(|world| world.organizations = count).checked(FlowChoice::NewUsers).primary()
    };
    let chosen = Bench::new().chosen(FlowChoice::NewUsers).go(ScreenName::Organization);
    let nothing = listed(Ok(3)).press(Press::SelectOrganization { id: String::new() });
    let loading = Bench::new().checked(FlowChoice::NewUsers).where_(|world| world.holds = true).primary();
    vec![
        shot("organization-loading", &loading),
        shot("organization-none", &listed(Ok(0))),
        shot("organization-one", &listed(Ok(1))),
        shot("organization-three", &listed(Ok(3))),
        shot("organization-chosen", &chosen),
        shot("organization-many", &listed(Ok(48))),
        shot("organization-nothing-chosen", &nothing),
        shot("organization-not-read", &listed(Err(Failure::of(FailureClass::RetryLater)))),
    ]
}

fn test() -> Vec<Shot> {
    let shot = |name, bench: &Bench| Shot::of("Test", name, bench);
    let tested = |change: fn(&mut MadeUp)| {
        Bench::new()
            .chosen(FlowChoice::NewUsers)
            .where_(change)
            .press(Press::TestConnection)
            .press(Press::CloseDialog)
    };
    let running = Bench::new()
        .chosen(FlowChoice::NewUsers)
        .where_(|world| world.holds = true)
        .press(Press::TestConnection)
        .tell(ended(CheckId::Metadata, 188))
        .tell(ended(CheckId::Refresh, 402));
    vec![
        shot("test-before", &Bench::new().chosen(FlowChoice::NewUsers)),
        shot("test-before-migration", &Bench::new().chosen(FlowChoice::Migration)),
        shot("test-running", &running),
        shot("test-passed", &tested(|_| ())),
        shot("test-partial", &tested(without_deals)),
        shot("test-failed", &tested(without_role)),
        shot("test-rehearsal", &Bench::new().in_rehearsal().chosen(FlowChoice::NewUsers)),
    ]
}

fn ended(id: CheckId, milliseconds: u64) -> EventKind {
    EventKind::CheckEnded { check: Check { milliseconds, ..Check::ended(id, CheckResult::Passed) } }
}
