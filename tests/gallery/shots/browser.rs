//! While the browser has it.

use mpc_connect_core::failure::{Failure, FailureClass};
use mpc_connect_core::flow::WaitMark;
use mpc_connect_core::wizard::{FlowChoice, Press, ScreenName};

use super::Shot;
use crate::bench::Bench;

pub(super) fn shots() -> Vec<Shot> {
    let shot = |name, bench: &Bench| Shot::of("In the browser", name, bench);
    let other = |name: &str| {
        let name = name.to_owned();
        Bench::new().where_(|world| world.signs_in = name).waiting().answer(Ok(()))
    };
    let not_opened = Bench::new()
        .where_(|world| world.browser = Err(Failure::of(FailureClass::BrowserNotOpened)))
        .waiting();
    let opening = Bench::new().where_(|world| world.holds_keychain = true).waiting();
    let minute = || Bench::new().waiting().woke(WaitMark::Nudge).woke(WaitMark::Long);
    let connected = Bench::new()
        .finished(FlowChoice::NewUsers)
        .where_(|world| world.signs_in = "svc-mail@contoso.example".to_owned())
        .go(ScreenName::Authorize)
        .press(Press::Authorize)
        .answer(Ok(()));
    vec![
        shot("browser-before-it-opens", &opening.go(ScreenName::LogIn)),
        shot("browser-waiting", &Bench::new().waiting()),
        shot("browser-nudge", &Bench::new().waiting().woke(WaitMark::Nudge)),
        shot("browser-a-minute", &minute()),
        shot("browser-ten-minutes", &minute().woke(WaitMark::Ask)),
        shot("browser-by-loopback", &minute().press(Press::UseAnotherWay)),
        shot("browser-not-opened", &not_opened),
        shot("browser-permissions", &Bench::new().waiting().go(ScreenName::Accept)),
        shot("browser-permissions-later", &minute().go(ScreenName::Accept)),
        shot("browser-idle", &Bench::new().finished(FlowChoice::NewUsers).go(ScreenName::LogIn)),
        shot("browser-account-question", &other("maria.gomez@contoso.example")),
        shot(
            "browser-account-question-long",
            &other("service-account-for-cosell-referrals-emea@partners.subsidiary.contoso.example"),
        ),
        shot("browser-account-question-connected", &connected),
        shot("browser-rehearsal", &Bench::new().in_rehearsal().waiting()),
    ]
}
