//! Who may hand something over at the listener, and what it gives back.

use std::time::Duration;

use mpc_connect_core::failure::FailureClass;
use mpc_connect_core::ports::{Authority, Way};
use proptest::prelude::*;
use tokio::io::AsyncReadExt;
use tokio::net::TcpStream;
use tokio::time::timeout;

use crate::support::entra_provider::{Consent, Deviation};
use crate::support::entra_setup::{Page, Setup, form, post, posted, request, send};

async fn waiting() -> (Setup, Consent, String) {
    let setup = Setup::new(Deviation::NONE).await;
    let consent = setup.begin(1).await;
    let host = format!("localhost:{}", consent.redirect.port().unwrap());
    (setup, consent, host)
}

/// The attempt still takes its own answer.
async fn goes_on(setup: &Setup, consent: &Consent) {
    assert_eq!(post(&consent.redirect, &consent.fields).await.status, 200);
    setup.entra.answer(1).await.expect("the attempt went on");
    setup.entra.redeem(1).await.expect("and its code is good");
}

#[tokio::test]
async fn the_page_says_so_and_holds_nothing_of_the_answer() {
    let (_setup, consent, _) = waiting().await;
    let page = post(&consent.redirect, &consent.fields).await;
    assert!(page.body.contains("You can go back to MPC Connect"), "{page:?}");
    for (_, value) in &consent.fields {
        assert!(!page.body.contains(value) && !page.head.contains(value));
    }
    for line in [
        "referrer-policy: no-referrer",
        "cache-control: no-store",
        "x-content-type-options: nosniff",
        "content-security-policy: default-src 'none'; style-src 'sha256-",
        "connection: close",
    ] {
        assert!(page.head.contains(line), "{line} in {}", page.head);
    }
    assert!(!page.head.contains("location:") && !page.head.contains("access-control"));
}

#[tokio::test]
async fn origins_that_may_post_are_none_null_and_the_authoritys() {
    let (setup, consent, host) = waiting().await;
    let body = form(&consent.fields);
    let port = consent.redirect.port().unwrap();
    let evil = [
        "https://evil.example".to_owned(),
        format!("http://localhost:{port}"),
        format!("{}.evil.example", setup.provider.base()),
        "NULL".to_owned(),
        String::new(),
        "null\r\nOrigin: null".to_owned(),
    ];
    for origin in evil {
        let bytes = posted("/auth", &host, &format!("Origin: {origin}\r\n"), &body);
        assert_eq!(send(&consent.redirect, &bytes).await.status, 403, "{origin}");
    }
    assert_eq!(setup.provider.asked("/token"), 0);
    goes_on(&setup, &consent).await;
    for origin in ["null", setup.provider.base().as_str()] {
        let consent = setup.begin(2).await;
        let host = format!("127.0.0.1:{}", consent.redirect.port().unwrap());
        let bytes = posted("/auth", &host, &format!("Origin: {origin}\r\n"), &form(&consent.fields));
        assert_eq!(send(&consent.redirect, &bytes).await.status, 200, "{origin}");
        setup.entra.answer(2).await.expect(origin);
    }
}

#[tokio::test]
async fn foreign_requests_are_refused_and_the_wait_goes_on() {
    let (setup, consent, host) = waiting().await;
    let body = form(&consent.fields);
    let state = &consent.fields[1].1;
    let get = |path: &str| format!("GET {path} HTTP/1.1\r\nHost: {host}\r\n\r\n");
    let long = format!("/auth?error={}", "x".repeat(9000));
    let huge_head = format!("GET /auth HTTP/1.1\r\nHost: {host}\r\nX: {}\r\n\r\n", "x".repeat(20_000));
    let json =
        posted("/auth", &host, "", &body).replace("application/x-www-form-urlencoded", "application/json");
    let cases = [
        (get("/favicon.ico"), 404),
        (get("/"), 404),
        (get("/AUTH"), 404),
        (get("/auth"), 405),
        (get(&format!("/auth?{body}")), 405),
        (get(&format!("/auth?error=x&{body}")), 405),
        (get("/auth?error=access_denied&state=wrong"), 400),
        (get(&long), 414),
        (posted("/authx", &host, "", &body), 404),
        (posted("/auth", "evil.example", "", &body), 403),
        (posted("/auth", "localhost", "", &body), 403),
        (posted("/auth", &format!("{host}.evil.example"), "", &body), 403),
        (posted("/auth", &host, "Host: evil.example\r\n", &body), 403),
        (posted("http://evil.example/auth", &host, "", &body), 403),
        (posted("/auth", &host, "", &"x".repeat(70 * 1024)), 413),
        (json, 415),
        (posted("/auth", &host, "", "").replace("POST", "PUT"), 405),
        (posted("/auth", &host, "", "").replace("POST", "OPTIONS"), 405),
        (posted("/auth", &host, "", ""), 400),
        (huge_head, 431),
        ("\u{16}\u{3}\u{1}".to_owned() + "\r\n\r\n", 400),
    ];
    for (bytes, status) in cases {
        let page = send(&consent.redirect, &bytes).await;
        assert_eq!(page.status, status, "{bytes:.80}\n{page:?}");
        assert!(!page.body.contains(state.as_str()));
    }
    assert_eq!(setup.provider.asked("/token"), 0);
    goes_on(&setup, &consent).await;
}

#[tokio::test]
async fn a_body_without_a_stated_length_is_cut_at_the_cap() {
    let (setup, consent, host) = waiting().await;
    let chunk = format!("2000\r\n{}\r\n", "x".repeat(0x2000));
    let bytes = format!(
        "POST /auth HTTP/1.1\r\nHost: {host}\r\nContent-Type: application/x-www-form-urlencoded\r\n\
         Transfer-Encoding: chunked\r\n\r\n{}0\r\n\r\n",
        chunk.repeat(9)
    );
    assert_eq!(send(&consent.redirect, &bytes).await.status, 413);
    goes_on(&setup, &consent).await;
}

#[tokio::test]
async fn an_error_may_come_by_get_where_the_provider_knows_no_form_post() {
    let (setup, consent, host) = waiting().await;
    let state = &consent.fields[1].1;
    let bytes = format!("GET /auth?error=server_error&state={state} HTTP/1.1\r\nHost: {host}\r\n\r\n");
    let page = send(&consent.redirect, &bytes).await;
    assert!(page.status == 200 && page.body.contains("Microsoft did not complete the sign-in"), "{page:?}");
    assert_eq!(setup.entra.answer(1).await.unwrap_err().class, FailureClass::RetryLater);
}

#[tokio::test]
async fn silent_connections_do_not_keep_the_answer_out() {
    let (setup, consent, _) = waiting().await;
    let port = consent.redirect.port().unwrap();
    let mut silent = Vec::new();
    for _ in 0..40 {
        silent.push(TcpStream::connect(("127.0.0.1", port)).await.unwrap());
    }
    goes_on(&setup, &consent).await;
    let mut rest = Vec::new();
    let closed = timeout(Duration::from_secs(8), silent[0].read_to_end(&mut rest)).await;
    assert!(closed.is_ok(), "a silent connection ends by itself");
}

#[tokio::test]
async fn req_8252_04_the_port_is_this_computers_alone_and_closed_at_the_end() {
    let (setup, consent, _) = waiting().await;
    let port = consent.redirect.port().unwrap();
    assert_eq!(consent.redirect.host_str(), Some("localhost"));
    assert!(TcpStream::connect(("127.0.0.2", port)).await.is_err(), "only 127.0.0.1 listens");
    let mut idle = TcpStream::connect(("127.0.0.1", port)).await.unwrap();
    setup.entra.end(1).await;
    assert!(TcpStream::connect(("127.0.0.1", port)).await.is_err());
    assert!(TcpStream::connect(("::1", port)).await.is_err());
    let mut rest = Vec::new();
    assert!(timeout(Duration::from_secs(1), idle.read_to_end(&mut rest)).await.is_ok());
    assert_eq!(setup.entra.answer(1).await.unwrap_err().class, FailureClass::RestartSignIn);
}

#[tokio::test]
async fn req_8252_04_the_port_is_closed_as_soon_as_the_answer_was_heard() {
    let (setup, consent, _) = waiting().await;
    let port = consent.redirect.port().unwrap();
    let (page, outcome) = tokio::join!(post(&consent.redirect, &consent.fields), setup.entra.answer(1));
    assert!(page.status == 200 && page.body.contains("You can go back to MPC Connect"), "{page:?}");
    outcome.expect("the answer was good");
    for host in ["127.0.0.1", "::1"] {
        assert!(TcpStream::connect((host, port)).await.is_err(), "{host} still listens");
    }
    setup.entra.redeem(1).await.expect("the attempt goes on without its listener");
}

#[tokio::test]
async fn req_8252_04_the_port_is_closed_after_a_refusal_too() {
    let (setup, consent, host) = waiting().await;
    let state = &consent.fields[1].1;
    let bytes = format!("GET /auth?error=access_denied&state={state} HTTP/1.1\r\nHost: {host}\r\n\r\n");
    let (page, outcome) = tokio::join!(send(&consent.redirect, &bytes), setup.entra.answer(1));
    assert!(page.status == 200 && page.body.ends_with("</html>"), "{page:?}");
    outcome.expect_err("the person declined");
    assert!(TcpStream::connect(("127.0.0.1", consent.redirect.port().unwrap())).await.is_err());
}

#[tokio::test]
async fn dropping_the_authority_closes_the_listener() {
    let (setup, consent, _) = waiting().await;
    let mut idle = TcpStream::connect(("127.0.0.1", consent.redirect.port().unwrap())).await.unwrap();
    drop(setup);
    let mut rest = Vec::new();
    assert!(timeout(Duration::from_secs(1), idle.read_to_end(&mut rest)).await.is_ok());
}

#[tokio::test]
async fn ending_an_attempt_wakes_who_waits_for_it() {
    let (setup, _, _) = waiting().await;
    let (outcome, ()) = tokio::join!(setup.entra.answer(1), setup.entra.end(1));
    assert_eq!(outcome.unwrap_err().class, FailureClass::RestartSignIn);
}

#[tokio::test]
async fn a_new_attempt_under_the_same_number_ends_the_old_one() {
    let (setup, old, _) = waiting().await;
    let new = setup.begin(1).await;
    assert!(TcpStream::connect(("127.0.0.1", old.redirect.port().unwrap())).await.is_err());
    assert_eq!(post(&new.redirect, &old.fields).await.status, 400, "an older attempt's answer");
    goes_on(&setup, &new).await;
}

#[tokio::test]
async fn a_listener_can_be_tried_beside_an_attempt_without_disturbing_it() {
    let (setup, consent, _) = waiting().await;
    setup.entra.prove_loopback().await.expect("a port of its own");
    goes_on(&setup, &consent).await;
}

#[tokio::test]
async fn a_page_that_is_on_its_way_reaches_the_browser_though_the_attempt_ends() {
    let (setup, consent, _) = waiting().await;
    let handed_over = async {
        setup.entra.answer(1).await.unwrap();
        setup.entra.end(1).await;
    };
    let (page, ()): (Page, ()) = tokio::join!(post(&consent.redirect, &consent.fields), handed_over);
    assert!(page.status == 200 && page.body.ends_with("</html>"), "{page:?}");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn arbitrary_bytes_at_the_port_change_nothing(bytes in "\\PC{0,300}", path in "[/?&=a-z%]{0,40}") {
        let runtime = tokio::runtime::Runtime::new().unwrap();
        runtime.block_on(async {
            let setup = Setup::new(Deviation::NONE).await;
            let address = setup.entra.begin(&request(1, Way::Loopback)).await.unwrap();
            let consent = setup.provider.consent(&address.0);
            let host = format!("localhost:{}", consent.redirect.port().unwrap());
            let _ = send(&consent.redirect, &posted(&format!("/{path}"), &host, "", &bytes)).await;
            let _ = send(&consent.redirect, &posted("/auth", &host, "", &bytes)).await;
            let _ = send(&consent.redirect, &(bytes + "\r\n\r\n")).await;
            goes_on(&setup, &consent).await;
        });
    }
}
