//! Proxies: which requests go through one and what a refusal of it means.

use std::process::Command;

use crate::http_fault_server::{FaultServer, answer};
use mpc_connect_adapters::http::{Client, Limits};
use mpc_connect_core::failure::{Failure, FailureClass};
use url::Url;

const FAR: &str = "https://api.partner.example/";

async fn through(proxy: Option<Url>, address: &str) -> Result<u16, Failure> {
    let address: Url = address.parse().unwrap();
    let request = http::Request::get(address.as_str()).body(Vec::new()).unwrap();
    Client::new([address], proxy).send(request, Limits::API).await.map(|answer| answer.status)
}

/// REQ-HTTP-09.
#[tokio::test]
async fn a_proxy_that_wants_a_user_name_is_named() {
    let refusal = answer(407, "Proxy Authentication Required", "Proxy-Authenticate: Basic\r\n", b"");
    let proxy = FaultServer::start(vec![vec![refusal]]).await;
    let failure = through(Some(proxy.url("/")), FAR).await.unwrap_err();
    assert_eq!((failure.class, failure.code.as_deref()), (FailureClass::NetworkBlocked, Some("HTTP 407")));
    assert!(proxy.requests()[0].starts_with("CONNECT api.partner.example:443"));
    let proxy = FaultServer::start(vec![vec![answer(403, "Forbidden", "", b"")]]).await;
    let failure = through(Some(proxy.url("/")), FAR).await.unwrap_err();
    assert_eq!((failure.class, failure.code.as_deref()), (FailureClass::NetworkBlocked, Some("proxy")));
}

#[tokio::test]
async fn this_computer_is_never_asked_through_a_proxy() {
    let (proxy, near) = (FaultServer::saying_json("{}").await, FaultServer::saying_json("{}").await);
    assert_eq!(through(Some(proxy.url("/")), near.url("/").as_str()).await, Ok(200));
    assert_eq!((proxy.requests().len(), near.requests().len()), (0, 1));
}

/// Runs in a process of its own, whose environment names a proxy.
#[tokio::test]
#[ignore = "the other half of the test below"]
async fn ask_far() {
    let _ = through(None, FAR).await;
}

/// REQ-HTTP-09.
#[tokio::test]
async fn the_proxy_of_the_system_is_used() {
    let proxy = FaultServer::start(vec![vec![answer(407, "Proxy Authentication Required", "", b"")]]).await;
    let mut child = Command::new(std::env::current_exe().unwrap());
    child.args(["--ignored", "--exact", "proxy::ask_far"]).env("HTTPS_PROXY", proxy.url("/").as_str());
    child.env_remove("NO_PROXY").env_remove("no_proxy").env_remove("https_proxy");
    tokio::task::spawn_blocking(move || child.output()).await.unwrap().unwrap();
    assert!(proxy.requests()[0].starts_with("CONNECT api.partner.example:443"), "{:?}", proxy.requests());
}
