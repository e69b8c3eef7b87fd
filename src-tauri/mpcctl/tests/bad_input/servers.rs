//! Servers that answer with anything.

use std::fs;
use std::time::{Duration, Instant};

use serde_json::json;

use crate::fake::{Answer, Fake};
use crate::proof_support::{ACCOUNT, Connecting, Desk, browser};

/// Bodies that no good server sends.
fn hostile() -> Vec<(&'static str, Vec<u8>)> {
    vec![
        ("nothing", Vec::new()),
        ("cut", br#"{"value":[{"id":"1","organizationName":"Conto"#.to_vec()),
        ("nested", [b"{\"value\":".as_slice(), &b"[".repeat(10_000)].concat()),
        ("nested and closed", [b"[".repeat(10_000), b"]".repeat(10_000)].concat()),
        ("20 MB", [b"{\"value\":\"".as_slice(), &b"x".repeat(20 << 20), b"\"}"].concat()),
        ("20 MB of entries", [b"{\"value\":[".as_slice(), &b"{},".repeat(7 << 20), b"{}]}"].concat()),
        ("null", b"null".to_vec()),
        ("a number", b"1e999999".to_vec()),
        (
            "other types",
            br#"{"value":{"id":[]},"issuer":7,"access_token":{},"keys":"none","expires_in":-1}"#.to_vec(),
        ),
        ("not UTF-8", b"{\"value\":[{\"id\":\"\xff\xfe\"}]}".to_vec()),
        ("UTF-16", "{\"value\":[]}".encode_utf16().flat_map(u16::to_le_bytes).collect()),
        ("HTML", b"<html><script>alert(1)</script>Sign in to the hotel</html>".to_vec()),
        (
            "an error with markup",
            br#"{"error":{"code":"<b>","message":"\u001b[31m\u202e<script>\r\nStatus: Active"}}"#.to_vec(),
        ),
        (
            "an unknown error",
            br#"{"error":"purple","error_description":"AADSTS0: \u0007\u001b]0;x\u0007"}"#.to_vec(),
        ),
    ]
}

fn steers(text: &str) -> bool {
    let bad =
        |letter: char| (letter.is_control() && letter != '\n') || ('\u{202a}'..='\u{202e}').contains(&letter);
    text.chars().any(bad)
}

/// Points the environment at the fake server, for the keys whose address begins with `of`.
fn point(desk: &Desk, fake: &Fake, keys: &[&str]) {
    let text = fs::read_to_string(&desk.sandbox.environment).expect("the file");
    let line = |line: &str| {
        let key = line.split(" = ").next().unwrap_or_default();
        let (Some(start), true) = (line.find("http://127"), keys.contains(&key)) else {
            return line.to_owned();
        };
        let path = line[start + 7..].find('/').map_or("\"", |slash| &line[start + 7 + slash..]);
        format!("{key} = \"{}{path}", fake.base)
    };
    let text: Vec<String> = text.lines().map(line).collect();
    fs::write(&desk.sandbox.environment, text.join("\n")).expect("written");
}

fn list(rows: &serde_json::Value) -> Answer {
    // With a byte order mark, which is no fault.
    let body = format!("\u{feff}{}", json!({"value": rows, "surplus": {"a": [1, null]}}));
    (200, "application/json", body.into_bytes())
}

#[tokio::test]
async fn a_partner_center_that_answers_with_anything_is_never_believed() {
    let desk = Desk::new();
    let fake = Fake::start().await;
    point(&desk, &fake, &["base"]);
    fake.answer(
        |path| if path.contains("referrals") { list(&json!([])) } else { (404, "text/plain", Vec::new()) },
    );
    desk.connect(ACCOUNT, &[]).await.expect(0);
    for (what, body) in hostile() {
        let statuses = match what {
            // Asked again with waits in between, so once is enough.
            "HTML" => &[200, 302, 400, 401, 403, 404, 429, 500, 999][..],
            "20 MB" | "20 MB of entries" => &[200],
            _ => &[200, 400, 401, 403],
        };
        for status in statuses.iter().copied() {
            let sent = body.clone();
            fake.answer(move |_| (status, "application/json", sent.clone()));
            let started = Instant::now();
            let tested = desk.json(&["test"]).await;
            assert!(matches!(tested.code, Some(1 | 4)), "{status} {what}: {tested:?}");
            assert_ne!(tested.field("status"), "active", "{status} {what}");
            assert!(started.elapsed() < Duration::from_secs(45), "{status} {what}: {:?}", started.elapsed());
            if status == 200 {
                assert_eq!(tested.field("status"), "cant_check", "{what}: {tested:?}");
                let human = desk.run(&["status"]).await.expect(4);
                assert!(!steers(&human.stdout), "{what}: {human:?}");
                let listed = desk.json(&["organizations"]).await;
                assert_eq!(listed.code, Some(4), "{what}: {listed:?}");
            }
        }
    }
}

#[tokio::test]
async fn names_from_outside_are_shown_harmlessly() {
    let desk = Desk::new();
    let fake = Fake::start().await;
    point(&desk, &fake, &["base"]);
    let long = "n".repeat(5_000);
    let rows = json!([
        {"id": "r1", "organizationId": "o1", "organizationName": "Smith &amp; Sons &lt;b&gt;"},
        {"id": "r2", "organizationId": "o2", "organizationName": "\u{202e}moc.evil\u{1b}[31m\r\nConnection status: Active"},
        {"id": "r3", "organizationId": "\u{202e}o3", "organizationName": "<script>alert(1)</script>"},
        {"id": "r4", "organizationId": "o4", "organizationName": long, "status": "Purple", "type": 7},
        {"id": "r5", "organizationId": "o5", "organizationName": null, "team": "everybody"},
        {"id": 6, "organizationId": 6, "organizationName": "شركة"},
        "no referral",
    ]);
    fake.answer(
        move |path| if path.contains("referrals") { list(&rows) } else { (404, "text/plain", Vec::new()) },
    );
    desk.connect(ACCOUNT, &[]).await.expect(0);
    let listed = desk.run(&["organizations"]).await.expect(0);
    assert!(!steers(&listed.stdout), "{listed:?}");
    assert!(!listed.stdout.contains("\nConnection status: Active"), "{listed:?}");
    assert!(listed.stdout.contains("شركة"), "{listed:?}");
    assert!(listed.stdout.lines().all(|line| line.chars().count() < 1_200), "{listed:?}");
    let json = desk.json(&["organizations"]).await.expect(0).json();
    for row in json["organizations"].as_array().expect("a list") {
        let id = row["id"].as_str().expect("an id");
        desk.json(&["select", id]).await.expect(0);
        let status = desk.run(&["status"]).await.expect(0);
        assert!(!steers(&status.stdout), "{id:?}: {status:?}");
    }
}

/// What the address for the browser says about the way back.
fn way_back(address: &str) -> (String, String) {
    let address = url::Url::parse(address).expect("an address");
    let value =
        |name: &str| address.query_pairs().find(|(key, _)| key == name).expect("a value").1.into_owned();
    (value("redirect_uri"), value("state"))
}

#[tokio::test]
async fn an_authority_whose_metadata_is_anything_leads_to_no_sign_in() {
    let desk = Desk::new();
    let fake = Fake::start().await;
    point(&desk, &fake, &["metadata"]);
    for (what, body) in hostile() {
        fake.answer(move |_| (200, "application/json", body.clone()));
        let ended = desk.start_connect(ACCOUNT, &[]).end().await.expect(4);
        assert!(!ended.stdout.contains("\"authorize\""), "{what}: {ended:?}");
        assert_eq!(ended.field("status"), "not_connected", "{what}: {ended:?}");
        assert!(!steers(&desk.run(&["status"]).await.expect(3).stdout), "{what}");
    }
    assert_eq!(desk.kept(), "");
}

#[tokio::test]
async fn a_token_endpoint_that_answers_with_anything_gives_no_connection() {
    let desk = Desk::new();
    let fake = Fake::start().await;
    point(&desk, &fake, &["metadata"]);
    for (what, body) in hostile() {
        let base = fake.base.clone();
        fake.answer(move |path| {
            if path.ends_with("openid-configuration") {
                let metadata = json!({
                    "issuer": format!("{base}/{{tenantid}}/v2.0"),
                    "authorization_endpoint": format!("{base}/authorize"),
                    "token_endpoint": format!("{base}/token"),
                    "jwks_uri": format!("{base}/keys"),
                });
                return (200, "application/json", metadata.to_string().into_bytes());
            }
            (200, "application/json", body.clone())
        });
        let mut connecting = desk.start_connect(ACCOUNT, &[]);
        let (redirect, state) = way_back(&connecting.address().await.expect("an address"));
        let before = fake.asked("/token");
        let answer = [("code", "a-code"), ("state", &state)];
        let post = || browser().post(&redirect).header("origin", &fake.base).form(&answer).send();
        // The right answer twice: the second one finds the first, or a door that is shut.
        let (one, other) = tokio::join!(post(), post());
        let taken =
            [&one, &other].iter().any(|answer| answer.as_ref().is_ok_and(|answer| answer.status() == 200));
        assert!(taken, "{what}: {one:?} {other:?}");
        let ended = connecting.end().await;
        assert!(matches!(ended.code, Some(1 | 4)), "{what}: {ended:?}");
        assert_eq!(ended.field("status"), "not_connected", "{what}: {ended:?}");
        assert_eq!(fake.asked("/token") - before, 1, "{what}: a code is used once");
        assert!(!steers(&desk.run(&["status"]).await.expect(3).stdout), "{what}");
    }
    assert_eq!(desk.kept(), "");
    let end = connecting_is_possible(&desk).await;
    assert_eq!(end, Some(4), "nothing is left behind");
}

async fn connecting_is_possible(desk: &Desk) -> Option<i32> {
    let command = desk.command(&desk.connect_arguments(ACCOUNT, &[]));
    let mut connecting = Connecting::start(command);
    match connecting.address().await {
        Some(_) => {
            connecting.interrupt();
            connecting.end().await.expect(1);
            Some(4)
        }
        None => connecting.end().await.code,
    }
}
