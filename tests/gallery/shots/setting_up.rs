//! From Start to Authorize, and the pages of a copy that cannot work.

use mpc_connect_core::check::CheckResult;
use mpc_connect_core::environment::{Environment, EnvironmentError};
use mpc_connect_core::failure::{Failure, FailureClass};
use mpc_connect_core::flow::{EventKind, PreflightId};
use mpc_connect_core::wizard::{AccountKindChoice, FlowChoice, Notice, Page, Press, ScreenName};

use super::{FOLDED, Shot};
use crate::bench::Bench;

const DAY: i64 = 24 * 3600;

pub(super) fn shots() -> Vec<Shot> {
    [nowhere(), start(), contact(), open(), username(), authorize()].into_iter().flatten().collect()
}

fn nowhere() -> Vec<Shot> {
    let refused = |name, error: &EnvironmentError| Shot {
        group: "Without a wizard",
        name,
        page: Page::refused(error),
        unfolded: None,
    };
    let broken = Environment::parse("name = \"lab\"\nmetadata = \"ftp://x\"").expect_err("no environment");
    let failure = Failure::of(FailureClass::StoreNotWritable).with_code("14");
    vec![
        refused("refused-not-set-up", &EnvironmentError::NotSetUp),
        refused("refused-file-wrong", &broken),
        Shot {
            group: "Without a wizard",
            name: "unreadable",
            page: Page::unreadable(&failure, &Bench::new().around),
            unfolded: None,
        },
    ]
}

fn start() -> Vec<Shot> {
    let shot = |name, bench: &Bench| Shot::of("Start", name, bench);
    let mut managed = Bench::new();
    managed.around.managed = true;
    let finished = || Bench::new().finished(FlowChoice::NewUsers);
    let not_saving = Failure::of(FailureClass::StoreNotWritable);
    vec![
        shot("start-first", &Bench::new()),
        shot("start-managed", &managed),
        shot("start-rehearsal", &Bench::new().in_rehearsal()),
        shot("start-continue", &Bench::new().saved(FlowChoice::NewUsers).go(ScreenName::Start)),
        shot("start-active", &finished().go(ScreenName::Start)),
        shot("start-active-unfolded", &finished().go(ScreenName::Start)).unfolding(FOLDED),
        shot("start-active-next-day", &finished().where_(|world| world.holds = true).reopened(30 * 3600)),
        shot("start-history-lost", &Bench::new().notice(Notice::HistoryLost)),
        shot(
            "start-other-environment",
            &finished().go(ScreenName::Start).notice(Notice::AlreadyRunning { asked: "lab".to_owned() }),
        ),
        shot(
            "start-nothing-is-saved",
            &Bench::new()
                .saved(FlowChoice::NewUsers)
                .tell(EventKind::Committed { result: Err(not_saving) })
                .go(ScreenName::Start),
        ),
        shot("start-migration-open-items", &Bench::new().finished(FlowChoice::Migration).reopened(DAY / 2)),
    ]
}

fn contact() -> Vec<Shot> {
    let first = Bench::new().flow(FlowChoice::Migration);
    let again = Bench::new().username(FlowChoice::Migration).go(ScreenName::Contact);
    vec![Shot::of("Contact", "contact", &first), Shot::of("Contact", "contact-again", &again)]
}

fn open() -> Vec<Shot> {
    let shot = |name, bench: &Bench| Shot::of("Open", name, bench);
    let at = |bench: Bench| bench.flow(FlowChoice::NewUsers);
    let one = at(Bench::new().where_(|world| {
        let locked = Failure::of(FailureClass::KeychainLocked);
        world.not_ready = vec![(PreflightId::Keychain, CheckResult::Failed, Some(locked))];
    }));
    let several = at(Bench::new().where_(|world| {
        let blocked = Failure::of(FailureClass::NetworkBlocked);
        world.not_ready = vec![
            (PreflightId::Network, CheckResult::Failed, Some(blocked)),
            (PreflightId::DeepLink, CheckResult::Warning, None),
            (PreflightId::Database, CheckResult::NotChecked, None),
        ];
    }));
    vec![
        shot("open-checking", &at(Bench::new().where_(|world| world.holds = true))),
        shot("open-ready", &at(Bench::new())),
        shot("open-ready-unfolded", &at(Bench::new())).unfolding(FOLDED),
        shot("open-problem", &one),
        shot("open-problems", &several),
        shot("open-filled", &Bench::new().username(FlowChoice::NewUsers).go(ScreenName::Open)),
        shot("open-migration", &Bench::new().username(FlowChoice::Migration).go(ScreenName::Open)),
    ]
}

fn username() -> Vec<Shot> {
    let shot = |name, bench: &Bench| Shot::of("Username", name, bench);
    let with = |username: &str, kind| {
        Bench::new()
            .username(FlowChoice::NewUsers)
            .press(Press::EditUsername)
            .press(Press::SaveUsername { username: username.to_owned(), kind })
    };
    vec![
        shot("username-none", &Bench::new().username(FlowChoice::NewUsers)),
        shot("username-saved", &with("svc-cosell@contoso.example", AccountKindChoice::Service)),
        shot("username-personal", &with("someone@outlook.com", AccountKindChoice::Person)),
        shot(
            "username-long",
            &with(
                "service-account-for-cosell-referrals-emea@partners.subsidiary.contoso.example",
                AccountKindChoice::Unknown,
            ),
        ),
        shot("username-no-such-directory", &ended(FailureClass::TenantNotFound)),
    ]
}

/// A sign-in that ended so.
fn ended(class: FailureClass) -> Bench {
    let failure = Failure::of(class).with_code("AADSTS65001");
    Bench::new().waiting().answer(Err(failure))
}

fn authorize() -> Vec<Shot> {
    let shot = |name, bench: &Bench| Shot::of("Authorize", name, bench);
    let without_keychain = Bench::new()
        .where_(|world| world.keychain = Err(Failure::of(FailureClass::KeychainMissing)))
        .waiting();
    let opening = Bench::new().where_(|world| world.holds_keychain = true).waiting();
    vec![
        shot("authorize", &Bench::new().saved(FlowChoice::NewUsers)),
        shot("authorize-unfolded", &Bench::new().saved(FlowChoice::NewUsers)).unfolding(FOLDED),
        shot("authorize-migration", &Bench::new().saved(FlowChoice::Migration)),
        shot("authorize-rehearsal", &Bench::new().in_rehearsal().saved(FlowChoice::NewUsers)),
        shot("authorize-keychain-asked", &opening.go(ScreenName::Authorize)),
        shot("authorize-session-only-offered", &without_keychain),
        shot("authorize-consent-needed", &ended(FailureClass::ConsentNeeded)),
        shot("authorize-consent-declined", &ended(FailureClass::ConsentDeclined)),
        shot("authorize-cancelled", &Bench::new().waiting().press(Press::Stop)),
        shot("authorize-network-blocked", &ended(FailureClass::NetworkBlocked)),
        shot("authorize-unknown", &Bench::new().waiting().answer(Err(unknown()))),
        shot("authorize-open-items-first", &ended(FailureClass::ConsentNeeded).reopened(DAY)),
        shot("authorize-again", &Bench::new().finished(FlowChoice::NewUsers).go(ScreenName::Authorize)),
    ]
}

fn unknown() -> Failure {
    Failure::of(FailureClass::Unknown)
        .with_code("AADSTS900561")
        .with_quotation("The endpoint only accepts POST requests. Received a GET request. Trace ID: 1f0a7c52")
}
