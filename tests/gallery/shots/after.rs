//! Done and Status.

use mpc_connect_core::check::CheckId;
use mpc_connect_core::failure::{Failure, FailureClass};
use mpc_connect_core::wizard::{FlowChoice, Notice, Press, ScreenName};

use super::Shot;
use super::checks::{without_deals, without_role};
use crate::bench::Bench;
use crate::made_up::MadeUp;

const DAY: i64 = 24 * 3600;

pub(super) fn shots() -> Vec<Shot> {
    done().into_iter().chain(status()).collect()
}

fn finished() -> Bench {
    Bench::new().finished(FlowChoice::NewUsers)
}

fn arrived(bench: Bench) -> Bench {
    ["integrations-on", "workspan-test"]
        .into_iter()
        .fold(bench, |bench, id| bench.press(Press::ItemArrived { id: id.to_owned() }))
}

fn done() -> Vec<Shot> {
    let shot = |name, bench: &Bench| Shot::of("Done", name, bench);
    let saved = finished()
        .notice(Notice::ReportSaved("/home/admin/Documents/MPC connection Contoso Ltd.html".to_owned()));
    vec![
        shot("done-open-items", &finished()),
        shot("done-nothing-open", &arrived(finished())),
        shot("done-report-saved", &saved),
        shot("done-migration", &Bench::new().finished(FlowChoice::Migration)),
        shot("done-rehearsal", &Bench::new().in_rehearsal().finished(FlowChoice::NewUsers)),
        shot("done-two-days-later", &finished().later(2 * DAY)),
    ]
}

fn status() -> Vec<Shot> {
    let shot = |name, bench: &Bench| Shot::of("Status", name, bench);
    let now = |change: fn(&mut MadeUp)| {
        finished().where_(change).later(3600).go(ScreenName::Status).press(Press::CheckNow)
    };
    let checking =
        finished().where_(|world| world.holds = true).go(ScreenName::Status).press(Press::CheckNow);
    vec![
        shot("status-before-anything", &Bench::new().go(ScreenName::Status)),
        shot("status-not-connected", &Bench::new().saved(FlowChoice::NewUsers).go(ScreenName::Status)),
        shot("status-checking", &checking),
        shot("status-active", &arrived(finished()).go(ScreenName::Status)),
        shot("status-active-open-items", &finished().go(ScreenName::Status)),
        shot("status-active-no-deals", &now(without_deals)),
        shot("status-inactive", &now(without_role)),
        shot(
            "status-cant-check",
            &now(|world| world.fails = Some((CheckId::Metadata, Failure::of(FailureClass::Offline)))),
        ),
        shot("status-stale", &finished().go(ScreenName::Status).later(30 * 3600)),
        shot(
            "status-disconnected",
            &finished().go(ScreenName::Status).press(Press::Disconnect { wipe: false }),
        ),
    ]
}
