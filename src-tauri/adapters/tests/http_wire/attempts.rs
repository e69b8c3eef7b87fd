//! Repetition, waits and ends of whole operations, against a real loopback server.

use std::time::Duration;

use crate::http_fault_server::{FaultServer, Step, json};
use mpc_connect_adapters::http::{Answer, Attempts, Client, Limits};
use mpc_connect_core::failure::{Failure, FailureClass};
use tokio::time::Instant;

const OK: &str = "OK";

async fn send(
    server: &FaultServer,
    attempts: Attempts,
    span: Duration,
) -> (Result<Answer, Failure>, Duration) {
    let address = server.url("/");
    let client = Client::new([address.clone()], None);
    let build = || http::Request::get(address.as_str()).body(Vec::new()).unwrap();
    let start = Instant::now();
    let outcome = client.send_with_attempts(build, Limits::API, attempts, start + span).await;
    (outcome, start.elapsed())
}

fn wait_for(retry_after: &str, more: &str) -> Vec<Step> {
    vec![json(429, "Too Many Requests", &format!("Retry-After: {retry_after}\r\n{more}"), "{}")]
}

fn fine() -> Vec<Step> {
    vec![json(200, OK, "", "{}")]
}

const LONG: Duration = Duration::from_secs(30);

/// REQ-HTTP-03.
#[tokio::test]
async fn two_server_errors_and_then_an_answer() {
    let failing = || vec![json(500, "Internal Server Error", "", "{}")];
    let server = FaultServer::start(vec![failing(), failing(), fine()]).await;
    let (outcome, _) = send(&server, Attempts::READ, LONG).await;
    assert_eq!((outcome.unwrap().status, server.requests().len()), (200, 3));
}

/// REQ-HTTP-01.
#[tokio::test]
async fn a_named_wait_in_either_form_is_kept() {
    let date = "Date: Sun, 22 Nov 2026 10:58:04 GMT\r\n";
    for value in ["1", "Sun, 22 Nov 2026 10:58:05 GMT"] {
        let server = FaultServer::start(vec![wait_for(value, date), fine()]).await;
        let (outcome, taken) = send(&server, Attempts::READ, LONG).await;
        assert_eq!((outcome.unwrap().status, server.requests().len()), (200, 2), "{value}");
        assert!(taken >= Duration::from_secs(1), "{value}: {taken:?}");
    }
}

/// REQ-HTTP-02.
#[tokio::test]
async fn a_wait_that_does_not_fit_ends_the_operation_at_once() {
    for value in ["86400", "20", "-1", "abc"] {
        let server = FaultServer::start(vec![wait_for(value, "")]).await;
        let (outcome, taken) = send(&server, Attempts::READ, Duration::from_secs(3)).await;
        assert_eq!((outcome.unwrap().status, server.requests().len()), (429, 1), "{value}");
        assert!(taken < Duration::from_secs(2), "{value}: {taken:?}");
    }
}

#[tokio::test]
async fn other_calls_keep_the_silence_that_a_host_asked_for() {
    let server = FaultServer::start(vec![wait_for("100", ""), fine()]).await;
    let address = server.url("/");
    let client = Client::new([address.clone()], None);
    let build = || http::Request::get(address.as_str()).body(Vec::new()).unwrap();
    let call = || client.send_with_attempts(build, Limits::API, Attempts::READ, Instant::now() + LONG);
    assert_eq!(call().await.unwrap().status, 429);
    let failure = call().await.unwrap_err();
    assert_eq!(failure.class, FailureClass::RetryLater);
    assert!(failure.retry_after_seconds.is_some_and(|seconds| (90..=100).contains(&seconds)), "{failure:?}");
    assert_eq!(server.requests().len(), 1);
}

#[tokio::test]
async fn a_broken_line_is_tried_again_for_reading_but_a_code_is_sent_once() {
    let server = FaultServer::start(vec![vec![Step::Reset], fine()]).await;
    assert_eq!(send(&server, Attempts::READ, LONG).await.0.unwrap().status, 200);
    let server = FaultServer::start(vec![vec![Step::Reset], fine()]).await;
    assert_eq!(send(&server, Attempts::CODE, LONG).await.0.unwrap_err().class, FailureClass::Offline);
    assert_eq!(server.requests().len(), 1);
}

/// REQ-HTTP-03.
#[tokio::test]
async fn an_operation_ends_at_its_deadline_whatever_hangs() {
    let server = FaultServer::start(vec![vec![Step::Hang]]).await;
    let (outcome, taken) = send(&server, Attempts::READ, Duration::from_millis(300)).await;
    let failure = outcome.unwrap_err();
    assert_eq!((failure.class, failure.code.as_deref()), (FailureClass::RetryLater, Some("time-out")));
    assert!(taken < Duration::from_secs(3), "{taken:?}");
}
