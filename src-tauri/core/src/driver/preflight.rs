//! Looking whether this computer is ready. Each look is a procedure of its own, so that one that hangs keeps neither
//! the others nor a sign-in waiting.

use std::time::Duration;

use futures_util::FutureExt;
use futures_util::future::{BoxFuture, Either, select};

use super::secrets::Hands;
use super::work::Work;
use crate::check::CheckResult;
use crate::failure::{Failure, FailureClass};
use crate::flow::{EventKind, Preflight, PreflightId, PreflightRow};
use crate::ports::{Authority, Browser, Clock, DeepLink, Journal, Ports, Vault};

/// A deep link that arrives later is too slow to wait for.
const PROOF: Duration = Duration::from_secs(2);

/// What was found, and why it is not as it should be.
type Found = (CheckResult, Option<Failure>);

/// A round trip of a deep link, within its time.
pub(super) async fn prove_deep_link<P: Ports>(ports: &P) -> Result<(), Failure> {
    let late = ports.clock().sleep(PROOF);
    match select(std::pin::pin!(ports.deep_link().prove()), std::pin::pin!(late)).await {
        Either::Left((proven, _)) => proven,
        Either::Right(_) => Err(Failure::of(FailureClass::ReturnBlocked).with_code("2 s")),
    }
}

/// The looks of one run, and its end. A look that takes longer is not broken off: a question to the keychain that
/// nobody waits for any more would keep the next one, a sign-in's, from being asked.
pub(super) fn works<P: Ports>(hands: &Hands<P>, run: u64) -> Vec<Work> {
    let look = |id: PreflightId| {
        let hands = hands.clone();
        Work::of_the_computer(async move {
            let start = hands.ports.clock().elapsed();
            let (result, failure) = look(id, &*hands.ports).await;
            let took = hands.ports.clock().elapsed().saturating_sub(start);
            let milliseconds = u64::try_from(took.as_millis()).unwrap_or(u64::MAX);
            let row = PreflightRow { id, result, failure, timed_out: false, milliseconds };
            EventKind::PreflightRowEnded { run, row }
        })
    };
    let mut works: Vec<Work> = PreflightId::ALL.into_iter().map(look).collect();
    let hands = hands.clone();
    works.push(Work::of_the_computer(async move {
        hands.ports.clock().sleep(Preflight::LIMIT).await;
        EventKind::PreflightEnded { run }
    }));
    works
}

fn look<P: Ports>(id: PreflightId, ports: &P) -> BoxFuture<'_, Found> {
    match id {
        PreflightId::Network => async {
            let metadata = ports.clock().bounded(Preflight::LIMIT, ports.authority().metadata());
            needed(metadata.await.map(drop))
        }
        .boxed(),
        PreflightId::Browser => async {
            let missing = || Failure::of(FailureClass::BrowserNotOpened);
            needed(ports.browser().is_available().then_some(()).ok_or_else(missing))
        }
        .boxed(),
        PreflightId::DeepLink => deep_link(ports).boxed(),
        PreflightId::Loopback => async { needed(ports.authority().prove_loopback().await) }.boxed(),
        PreflightId::Keychain => async { welcome(ports.vault().probe().await) }.boxed(),
        PreflightId::Database => async { welcome(ports.journal().check()) }.boxed(),
    }
}

async fn deep_link<P: Ports>(ports: &P) -> Found {
    if !ports.deep_link().is_available() {
        return (CheckResult::NotChecked, None);
    }
    welcome(prove_deep_link(ports).await)
}

/// No sign-in works without it.
fn needed(seen: Result<(), Failure>) -> Found {
    found(seen, CheckResult::Failed)
}

/// A sign-in works without it, but not as it should.
fn welcome(seen: Result<(), Failure>) -> Found {
    found(seen, CheckResult::Warning)
}

fn found(seen: Result<(), Failure>, otherwise: CheckResult) -> Found {
    match seen {
        Ok(()) => (CheckResult::Passed, None),
        Err(failure) => (otherwise, Some(failure)),
    }
}
