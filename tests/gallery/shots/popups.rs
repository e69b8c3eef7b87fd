//! The pop-ups, each in front of a screen that it belongs to.

use mpc_connect_core::wizard::{AccountKindChoice, BrowserShows, DialogName, FlowChoice, Press, ScreenName};

use super::Shot;
use super::checks::{without_deals, without_role};
use crate::bench::Bench;
use crate::made_up::MadeUp;

const GROUP: &str = "Pop-ups";

pub(super) fn shots() -> Vec<Shot> {
    let mut shots = typed();
    shots.extend(tests());
    shots.extend(texts());
    shots.extend(browser_shows());
    shots
}

fn shot(name: &'static str, bench: &Bench) -> Shot {
    Shot::of(GROUP, name, bench)
}

fn typed() -> Vec<Shot> {
    let edit = || Bench::new().username(FlowChoice::NewUsers).press(Press::EditUsername);
    let wrong = edit()
        .press(Press::SaveUsername { username: "svc-cosell".to_owned(), kind: AccountKindChoice::Service });
    let company =
        || Bench::new().checked(FlowChoice::NewUsers).primary().open_dialog(DialogName::CompanyNotListed);
    let nameless =
        company().press(Press::CompanyNotListed { name: String::new(), partner_id: String::new() });
    vec![
        shot("edit", &edit()),
        shot("edit-error", &wrong),
        shot("company-not-listed", &company()),
        shot("company-not-listed-error", &nameless),
    ]
}

fn tests() -> Vec<Shot> {
    let tested = |change: fn(&mut MadeUp)| {
        Bench::new().chosen(FlowChoice::NewUsers).where_(change).press(Press::TestConnection)
    };
    let rehearsed = Bench::new().in_rehearsal().chosen(FlowChoice::NewUsers).press(Press::TestConnection);
    vec![
        shot("test-popup-passed", &tested(|_| ())),
        shot("test-popup-partial", &tested(without_deals)),
        shot("test-popup-failed", &tested(without_role)),
        shot("test-popup-rehearsal", &rehearsed),
    ]
}

fn texts() -> Vec<Shot> {
    let finished = || Bench::new().finished(FlowChoice::NewUsers);
    let contact = || Bench::new().flow(FlowChoice::Migration);
    let off = contact()
        .press(Press::SaveFlowNames {
            names: "Co-sell referrals outbound\nCo-sell referrals inbound".to_owned(),
        })
        .open_dialog(DialogName::PowerAutomate)
        .press(Press::FlowsTurnedOff {
            by: "Kim Lee".to_owned(),
            names: "Co-sell referrals outbound\nCo-sell referrals inbound".to_owned(),
        })
        .open_dialog(DialogName::PowerAutomate);
    vec![
        shot("help", &finished().go(ScreenName::Status).open_dialog(DialogName::Help)),
        shot("help-at-the-beginning", &Bench::new().open_dialog(DialogName::Help)),
        shot("it-text", &Bench::new().saved(FlowChoice::NewUsers).open_dialog(DialogName::ItText)),
        shot("power-automate", &contact().open_dialog(DialogName::PowerAutomate)),
        shot("power-automate-off", &off),
        shot("disconnect", &finished().go(ScreenName::Status).open_dialog(DialogName::Disconnect)),
    ]
}

fn browser_shows() -> Vec<Shot> {
    let asked = || Bench::new().waiting().open_dialog(DialogName::BrowserShows);
    let shows = |answer| asked().press(Press::BrowserShows { answer });
    let number = |text: &str| {
        shows(BrowserShows::ErrorNumber).press(Press::BrowserShowsNumber { text: text.to_owned() })
    };
    vec![
        shot("browser-shows", &asked()),
        shot("browser-shows-approval", &shows(BrowserShows::AdminApproval)),
        shot("browser-shows-number", &shows(BrowserShows::ErrorNumber)),
        shot("browser-shows-number-known", &number("AADSTS50105")),
        shot(
            "browser-shows-number-refused",
            &number("com.mpc-connect.desktop://auth?code=0.AXoA-secret-secret-secret-secret&state=x"),
        ),
        shot("browser-shows-another-name", &shows(BrowserShows::AnotherName)),
        shot("browser-shows-denied", &shows(BrowserShows::PermissionDenied)),
        shot("browser-shows-nothing", &shows(BrowserShows::Nothing)),
    ]
}
