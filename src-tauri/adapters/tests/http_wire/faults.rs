//! What a server or a network can do to an exchange, against a real loopback server.

use std::time::{Duration, Instant};

use crate::http_fault_server::{FaultServer, Step, answer, json};
use mpc_connect_adapters::http::{Answer, Client, Limits};
use mpc_connect_core::failure::{Failure, FailureClass};
use url::Url;

const SHORT: Limits =
    Limits { read: Duration::from_millis(300), total: Duration::from_millis(600), largest_body: 64 * 1024 };

fn get(address: &Url) -> http::Request<Vec<u8>> {
    let request = http::Request::get(address.as_str()).header("authorization", "Bearer planted-token");
    request.body(Vec::new()).unwrap()
}

async fn fetch(server: &FaultServer, limits: Limits) -> Result<Answer, Failure> {
    let address = server.url("/v1/thing?secret=planted");
    Client::new([address.clone()], None).send(get(&address), limits).await
}

async fn fault(script: Vec<Step>, limits: Limits) -> (FailureClass, String) {
    let server = FaultServer::start(vec![script]).await;
    let failure = fetch(&server, limits).await.unwrap_err();
    assert!(!format!("{failure:?}").contains("planted"), "{failure:?}");
    (failure.class, failure.code.unwrap_or_default())
}

fn say(text: &str) -> Step {
    Step::Say(text.as_bytes().to_vec())
}

/// The most memory that this process ever had, in bytes (Linux only; 0 elsewhere).
fn most_memory() -> usize {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    line.and_then(|line| line.trim().trim_end_matches(" kB").parse::<usize>().ok()).unwrap_or(0) * 1024
}

#[tokio::test]
async fn an_answer_comes_whole_with_its_own_reason_phrase() {
    let script = vec![answer(401, "Unauthorized - MFA required", "X-Test: a\r\n", b"words")];
    let server = FaultServer::start(vec![script]).await;
    let answer = fetch(&server, SHORT).await.unwrap();
    assert_eq!((answer.status, answer.reason.as_str()), (401, "Unauthorized - MFA required"));
    assert_eq!((answer.header("X-TEST"), answer.body.as_slice()), (Some("a"), b"words".as_slice()));
    let canonical = FaultServer::saying_json("{}").await;
    assert_eq!(fetch(&canonical, SHORT).await.unwrap().reason, "OK");
}

/// REQ-HTTP-05.
#[tokio::test]
async fn silence_and_dripping_end_at_the_limits() {
    let quick = Limits { total: Duration::from_secs(20), ..SHORT };
    let head = "HTTP/1.1 200 OK\r\nContent-Length: 4000\r\n\r\n";
    let pause = Duration::from_millis(20);
    let time_out = (FailureClass::RetryLater, "time-out".to_owned());
    let start = Instant::now();
    assert_eq!(fault(vec![Step::Hang], SHORT).await, time_out);
    assert_eq!(fault(vec![Step::Drip(head.repeat(9).into_bytes(), pause)], SHORT).await, time_out);
    assert_eq!(fault(vec![say(head), Step::Drip(vec![b'a'; 4000], pause)], SHORT).await, time_out);
    assert_eq!(fault(vec![say(head), Step::Hang], quick).await, time_out);
    assert!(start.elapsed() < Duration::from_secs(10), "{:?}", start.elapsed());
}

/// REQ-HTTP-06.
#[tokio::test]
async fn large_and_endless_bodies_stop_at_the_cap_without_filling_memory() {
    let before = most_memory();
    let too_large = (FailureClass::UnexpectedAnswer, "too large".to_owned());
    let announced = say(&format!("HTTP/1.1 200 OK\r\nContent-Length: {}\r\n\r\n", 100 * 1024 * 1024));
    let unannounced = say("HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n");
    let chunked = say("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n");
    let part = vec![b'a'; 0x10000];
    let chunk = [b"10000\r\n".as_slice(), &part, b"\r\n"].concat();
    for script in [
        vec![announced, Step::Forever(part.clone())],
        vec![unannounced, Step::Forever(part)],
        vec![chunked, Step::Forever(chunk)],
        vec![answer(200, "OK", "Content-Encoding: gzip\r\n", &gzip_bomb(1024))],
    ] {
        let shown = format!("{script:?}").chars().take(100).collect::<String>();
        assert_eq!(fault(script, Limits::API).await, too_large, "{shown}");
    }
    let grown = most_memory() - before;
    assert!(grown < 32 * 1024 * 1024, "grew by {grown} bytes");
}

/// A gzip stream (RFC 1952) of so many equal blocks, each a mebibyte of zeros; it has no end.
fn gzip_bomb(blocks: usize) -> Vec<u8> {
    let mut block = Vec::with_capacity(1024 * 1024);
    let mut deflate = flate2::Compress::new(flate2::Compression::best(), false);
    deflate.compress_vec(&vec![0; 1024 * 1024], &mut block, flate2::FlushCompress::Full).unwrap();
    [[0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 255].to_vec(), block.repeat(blocks)].concat()
}

/// REQ-HTTP-13.
#[tokio::test]
async fn broken_encodings_and_broken_http_are_unreadable_not_believed() {
    use FailureClass::UnexpectedAnswer;
    let gzip = "Content-Encoding: gzip\r\n";
    for script in [
        vec![answer(200, "OK", gzip, b"this is no gzip")],
        vec![answer(200, "OK", gzip, &gzip_bomb(1))],
        vec![say("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n")],
        vec![say("SSH-2.0-OpenSSH_9.2\r\n\r\n")],
        vec![
            say("HTTP/1.1 200 OK\r\n"),
            Step::Forever(b"X-Long: aaaaaaaaaaaaaaaaaaaaaaaaaaaaa\r\n".to_vec()),
        ],
    ] {
        let shown = format!("{script:?}").chars().take(100).collect::<String>();
        assert_eq!(fault(script, Limits::API).await.0, UnexpectedAnswer, "{shown}");
    }
}

/// REQ-HTTP-11.
#[tokio::test]
async fn lines_that_break_are_told_from_hosts_that_answer_nonsense() {
    let head = say("HTTP/1.1 200 OK\r\nContent-Length: 400\r\n\r\n{\"value\":");
    for script in [vec![Step::Reset], vec![], vec![head.clone(), Step::Reset], vec![head]] {
        let shown = format!("{script:?}");
        assert_eq!(
            fault(script, SHORT).await,
            (FailureClass::Offline, "connection lost".to_owned()),
            "{shown}"
        );
    }
}

/// REQ-HTTP-11.
#[tokio::test]
async fn a_port_without_a_listener_and_a_name_without_an_address_are_named() {
    let gone = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap().local_addr().unwrap();
    let failure = |address: &str| {
        let address: Url = address.parse().unwrap();
        async move { Client::new([address.clone()], None).send(get(&address), SHORT).await.unwrap_err() }
    };
    let refused = failure(&format!("http://{gone}/")).await;
    assert_eq!(
        (refused.class, refused.code.as_deref()),
        (FailureClass::NetworkBlocked, Some("connection refused"))
    );
    let unknown = failure("https://nobody.invalid/").await;
    assert_eq!((unknown.class, unknown.code.as_deref()), (FailureClass::Offline, Some("DNS")));
}

/// REQ-HTTP-08.
#[tokio::test]
async fn redirects_are_handed_back_and_the_other_host_sees_nothing() {
    let other = FaultServer::saying_json("{}").await;
    for (status, reason) in [(302, "Found"), (307, "Temporary Redirect"), (308, "Permanent Redirect")] {
        let location = format!("Location: {}\r\n", other.url("/steal"));
        let server = FaultServer::start(vec![vec![answer(status, reason, &location, b"")]]).await;
        assert_eq!(fetch(&server, SHORT).await.unwrap().status, status);
        assert!(server.requests()[0].contains("planted-token"));
    }
    assert_eq!(other.requests(), Vec::<String>::new());
}

#[tokio::test]
async fn nothing_is_sent_to_an_origin_that_was_not_named() {
    let (named, other) = (FaultServer::saying_json("{}").await, FaultServer::saying_json("{}").await);
    let client = Client::new([named.url("/"), "http://api.example.com/".parse().unwrap()], None);
    let foreign =
        [other.url("/"), "https://example.com/".parse().unwrap(), "http://api.example.com/".parse().unwrap()];
    for address in foreign {
        let failure = client.send(get(&address), SHORT).await.unwrap_err();
        assert_eq!(failure.code.as_deref(), Some("host not allowed"), "{address}");
    }
    assert_eq!(other.requests(), Vec::<String>::new());
    assert!(client.send(get(&named.url("/")), SHORT).await.is_ok());
}

/// REQ-HTTP-04.
#[tokio::test]
async fn cancelling_closes_the_connection_at_once() {
    for script in [vec![Step::Hang], vec![say("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nab"), Step::Hang]]
    {
        let mut server = FaultServer::start(vec![script]).await;
        let address = server.url("/");
        let client = Client::new([address.clone()], None);
        let request = tokio::spawn(async move { client.send(get(&address), Limits::API).await });
        server.until_requests(1).await;
        request.abort();
        // The bound is 200 ms; the rest is slack for a busy machine.
        tokio::time::timeout(Duration::from_secs(2), server.until_left(1)).await.unwrap();
        assert!(request.await.unwrap_err().is_cancelled());
    }
}

#[tokio::test]
async fn a_fifth_request_to_a_host_waits_for_one_of_four() {
    let server = FaultServer::start(vec![vec![Step::Hang]]).await;
    let address = server.url("/");
    let client = Client::new([address.clone()], None);
    let start = Instant::now();
    let requests = (0..5).map(|_| client.send(get(&address), SHORT));
    let outcomes = futures_util::future::join_all(requests).await;
    assert!(outcomes.iter().all(Result::is_err));
    assert_eq!(server.requests().len(), 5);
    assert!(start.elapsed() >= 2 * SHORT.total, "{:?}", start.elapsed());
}

#[tokio::test]
async fn text_in_unexpected_places_is_only_text() {
    let long = format!("X-Long: {}\r\nX-Odd: \u{202e}\u{1b}[31m\r\n", "a".repeat(40_000));
    let server =
        FaultServer::start(vec![vec![json(200, "\u{1f4a9} odd", &long.replace('\u{1b}', ""), "{}")]]).await;
    let answer = fetch(&server, SHORT).await.unwrap();
    assert_eq!(answer.header("x-long").map(str::len), Some(16 * 1024));
    assert_eq!(answer.reason, "", "a reason outside ASCII is left out");
}
