//! Other programs on this computer, at the port that waits for the browser.

use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;
use url::Url;

use crate::proof_support::scripted_browser::{Choices, Outcome, sign_in};
use crate::proof_support::{ACCOUNT, Desk, browser};

/// Sends bytes and answers the first line of the reply; nothing where the door is shut in between.
async fn raw(port: u16, bytes: &[u8]) -> String {
    let mut stream = TcpStream::connect(("127.0.0.1", port)).await.expect("it listens");
    drop(stream.write_all(bytes).await);
    let mut reply = Vec::new();
    drop(stream.read_to_end(&mut reply).await);
    let text = String::from_utf8_lossy(&reply).into_owned();
    text.lines().next().unwrap_or_default().to_owned()
}

fn post(port: u16, path: &str, host: &str, more: &str, body: &str) -> String {
    let length = body.len();
    let kind = "application/x-www-form-urlencoded";
    let host = host.replace("PORT", &port.to_string());
    format!(
        "POST {path} HTTP/1.1\r\nHost: {host}\r\nContent-Type: {kind}\r\nContent-Length: {length}\r\n{more}\r\n{body}"
    )
}

#[tokio::test]
async fn strangers_at_the_door_change_nothing_and_the_person_still_gets_in() {
    let desk = Desk::new();
    let mut connecting = desk.start_connect(ACCOUNT, &[]);
    let address = connecting.address().await.expect("an address");
    let parsed = Url::parse(&address).expect("an address");
    let value =
        |name: &str| parsed.query_pairs().find(|(key, _)| key == name).expect("a value").1.into_owned();
    let (redirect, state) = (Url::parse(&value("redirect_uri")).expect("a redirect"), value("state"));
    let (port, path) = (redirect.port().expect("a port"), redirect.path().to_owned());
    let right = format!("code=stolen&state={state}");
    let wrong = "code=stolen&state=AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";

    // A port scan: connections that say nothing.
    let scan: Vec<TcpStream> = {
        let mut open = Vec::new();
        for _ in 0..20 {
            open.push(TcpStream::connect(("127.0.0.1", port)).await.expect("it listens"));
        }
        open
    };
    drop(scan);

    let local = "localhost:PORT";
    for (what, request, refusal) in [
        ("an icon", format!("GET /favicon.ico HTTP/1.1\r\nHost: localhost:{port}\r\n\r\n"), "404"),
        ("the root", format!("GET / HTTP/1.1\r\nHost: localhost:{port}\r\n\r\n"), "404"),
        ("another path", post(port, "/other", local, "", &right), "404"),
        ("a path below", post(port, &format!("{path}/../auth2"), local, "", &right), "404"),
        ("another host", post(port, &path, "evil.example:PORT", "", &right), "403"),
        ("another port", post(port, &path, "localhost:1", "", &right), "403"),
        ("no host", post(port, &path, local, "", &right).replace("Host:", "X:"), "403"),
        ("two hosts", post(port, &path, local, "Host: evil.example\r\n", &right), "403"),
        ("another origin", post(port, &path, local, "Origin: https://evil.example\r\n", &right), "403"),
        (
            "a code in the address",
            format!("GET {path}?{right} HTTP/1.1\r\nHost: localhost:{port}\r\n\r\n"),
            "405",
        ),
        ("another method", post(port, &path, local, "", &right).replacen("POST", "PUT", 1), "405"),
        (
            "another type",
            post(port, &path, local, "", &right).replace("x-www-form-urlencoded", "json"),
            "415",
        ),
        ("a wrong state", post(port, &path, local, "", wrong), "400"),
        ("no state", post(port, &path, local, "", "code=stolen"), "400"),
        ("a cut state", post(port, &path, local, "", &right[..right.len() - 1]), "400"),
        ("two states", post(port, &path, local, "", &format!("{right}&state={state}")), "400"),
        (
            "an error of a stranger",
            format!("GET {path}?error=access_denied&state=x HTTP/1.1\r\nHost: localhost:{port}\r\n\r\n"),
            "400",
        ),
        ("garbage", "\u{0}\u{1}\u{2}garbage\r\n\r\n".to_owned(), "400"),
        ("TLS", "\u{16}\u{3}\u{1}\u{2}\u{0}\u{1}\u{0}".to_owned() + "\r\n\r\n", "400"),
        ("an endless head", format!("GET {path} HTTP/1.1\r\nHost: {}\r\n\r\n", "a".repeat(100_000)), "431"),
        (
            "a long address",
            format!("GET {path}?{} HTTP/1.1\r\nHost: localhost:{port}\r\n\r\n", "a".repeat(10_000)),
            "414",
        ),
        ("10 MB", post(port, &path, local, "", &"a".repeat(10 << 20)), "413"),
    ] {
        let reply = raw(port, request.as_bytes()).await;
        // Whoever sends more than is read may find the connection reset instead of an answer.
        let reset = reply.is_empty() && request.len() > 16_384;
        assert!(reset || reply.contains(&format!(" {refusal} ")), "{what}: {reply:?}");
    }
    let token =
        |request: &&serde_json::Value| request["path"].as_str().is_some_and(|path| path.ends_with("/token"));
    assert_eq!(desk.sandbox.requests().await.iter().filter(token).count(), 0, "no code was believed");
    assert_eq!(desk.json(&["status"]).await.expect(3).field("status"), "not_connected");

    let outcome = sign_in(&browser(), &address, ACCOUNT, Choices::default()).await;
    assert!(matches!(outcome, Outcome::Delivered { status: 200, .. }), "{outcome:?}");
    let connected = connecting.end().await.expect(0);
    assert_eq!(connected.field("status"), "active");
    assert!(TcpStream::connect(("127.0.0.1", port)).await.is_err(), "the door is shut");
}
