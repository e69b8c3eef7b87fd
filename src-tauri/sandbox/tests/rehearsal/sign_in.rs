//! The authorize endpoint and its pages.

use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpListener;

use crate::scripted_browser::{Choices, Outcome, sign_in};
use crate::support::{Program, field};

const SERVICE: &str = "svc-cosell@contoso.example";

/// Takes one request and answers it; the raw request.
async fn listen_once(listener: TcpListener) -> String {
    let (mut stream, _) = listener.accept().await.unwrap();
    let mut request = Vec::new();
    let mut buffer = [0; 8192];
    loop {
        let count = stream.read(&mut buffer).await.unwrap();
        request.extend_from_slice(&buffer[..count]);
        let text = String::from_utf8_lossy(&request);
        let (head, body) = text.split_once("\r\n\r\n").unwrap_or((&text, ""));
        let length = head
            .lines()
            .find_map(|line| line.to_ascii_lowercase().strip_prefix("content-length: ")?.parse().ok());
        if text.contains("\r\n\r\n") && body.len() >= length.unwrap_or(0) {
            break;
        }
    }
    stream.write_all(b"HTTP/1.1 200 OK\r\ncontent-length: 4\r\nconnection: close\r\n\r\ndone").await.unwrap();
    String::from_utf8(request).unwrap()
}

async fn through_loopback(program: &Program, mode: &str, choices: Choices) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let redirect = format!("http://127.0.0.1:{}/auth", listener.local_addr().unwrap().port());
    let address =
        program.authorize_address("organizations", &[("redirect_uri", &redirect), ("response_mode", mode)]);
    let walk = sign_in(&program.client, &address, SERVICE, choices);
    let (outcome, request) = tokio::join!(walk, listen_once(listener));
    assert_eq!(outcome, Outcome::Delivered { status: 200, body: "done".into() });
    request
}

async fn refusal(program: &Program, tenant: &str, changes: &[(&str, &str)]) -> String {
    let address = program.authorize_address(tenant, changes);
    let choices = Choices { return_to_app: false, ..Choices::default() };
    let outcome = sign_in(&program.client, &address, SERVICE, choices).await;
    if let Outcome::Stopped(text) = outcome { text } else { panic!("{changes:?}: {outcome:?}") }
}

#[tokio::test]
async fn a_form_is_posted_to_the_loopback_listener_with_the_origin_of_the_page() {
    let program = Program::start();
    let request = through_loopback(&program, "form_post", Choices::default()).await;
    assert!(request.starts_with("POST /auth HTTP/1.1\r\n"), "{request}");
    assert!(request.contains(&format!("origin: {}\r\n", program.base())), "{request}");
    assert!(request.contains("\r\n\r\ncode=1.") && request.contains("state=state+%26+more"), "{request}");
}

#[tokio::test]
async fn a_form_may_come_with_the_origin_null() {
    let program = Program::start();
    let choices = Choices { origin_null: true, ..Choices::default() };
    assert!(through_loopback(&program, "form_post", choices).await.contains("origin: null\r\n"));
}

#[tokio::test]
async fn a_refusal_reaches_the_loopback_listener_in_either_mode() {
    let program = Program::start();
    let choices = Choices { cancel_beside: Some("Accept"), ..Choices::default() };
    let posted = through_loopback(&program, "form_post", choices.clone()).await;
    assert!(posted.contains("error=access_denied") && posted.contains("AADSTS65004"), "{posted}");
    let got = through_loopback(&program, "query", choices).await;
    assert!(got.starts_with("GET /auth?error=access_denied&error_subcode=cancel"), "{got}");
}

#[tokio::test]
async fn a_deep_link_comes_back_with_a_slash() {
    let program = Program::start();
    let Outcome::DeepLink(address) = program.walk(SERVICE, &[], Choices::default()).await else { panic!() };
    assert!(address.starts_with("com.mpc-connect.desktop.dev://auth/?code=1."), "{address}");
}

#[tokio::test]
async fn requests_that_break_a_rule_end_on_a_page_with_the_number() {
    let program = Program::start();
    let scope = format!("openid {} Mail.Read", program.referrals_scope());
    let cases: [(&str, &[(&str, &str)]); 13] = [
        ("AADSTS700016", &[("client_id", "00000000-0000-0000-0000-000000000000")]),
        ("AADSTS50011", &[("redirect_uri", "http://localhost:1/elsewhere")]),
        ("AADSTS50011", &[("redirect_uri", "https://evil.example/auth")]),
        ("AADSTS700054", &[("response_type", "token")]),
        ("AADSTS50147", &[("code_challenge", "")]),
        ("AADSTS50147", &[("code_challenge", "too-short")]),
        ("AADSTS50147", &[("code_challenge_method", "plain")]),
        ("AADSTS90023", &[("response_mode", "fragment")]),
        ("AADSTS90023", &[("prompt", "guess")]),
        ("AADSTS90023", &[("login_hint", "jane@contoso.example")]),
        ("AADSTS90023", &[("claims", "no json")]),
        ("AADSTS900144", &[("scope", "")]),
        ("AADSTS70011", &[("scope", &scope)]),
    ];
    for (number, changes) in cases {
        let page = refusal(&program, "organizations", changes).await;
        assert!(page.contains(&format!("{number}: ")), "{changes:?}: {page}");
    }
    let twice = format!("{}&nonce=again", program.authorize_address("organizations", &[]));
    let choices = Choices { return_to_app: false, ..Choices::default() };
    let outcome = sign_in(&program.client, &twice, SERVICE, choices).await;
    assert!(matches!(&outcome, Outcome::Stopped(page) if page.contains("AADSTS90023")), "{outcome:?}");
    assert!(refusal(&program, "nowhere.example", &[]).await.contains("AADSTS90002"));
}

#[tokio::test]
async fn a_page_for_an_unregistered_redirect_has_no_way_back() {
    let program = Program::start();
    let address =
        program.authorize_address("organizations", &[("redirect_uri", "https://evil.example/auth")]);
    let page = program.client.get(address).send().await.unwrap().text().await.unwrap();
    assert!(!page.contains("evil.example") && !page.contains("Return to the app"), "{page}");
}

#[tokio::test]
async fn silence_is_answered_with_login_required() {
    let program = Program::start();
    let answer = program.answer(SERVICE, &[("prompt", "none")], Choices::default()).await;
    assert_eq!(field(&answer, "error").as_deref(), Some("login_required"));
}

#[tokio::test]
async fn a_hint_is_filled_in_and_escaped() {
    let program = Program::start();
    let hint = "\"><script>alert(1)</script>@contoso.example";
    let address = program.authorize_address("organizations", &[("prompt", "login"), ("login_hint", hint)]);
    let response = program.client.get(address).send().await.unwrap();
    assert!(
        response.headers()["content-security-policy"].to_str().unwrap().starts_with("default-src 'none'")
    );
    let page = response.text().await.unwrap();
    assert!(
        page.contains("value=\"&quot;&gt;&lt;script&gt;alert(1)&lt;/script&gt;@contoso.example\""),
        "{page}"
    );
    assert!(page.contains("Sandbox – rehearsal, not Microsoft"));
}

#[tokio::test]
async fn a_wrong_password_or_code_is_said_on_the_page() {
    let program = Program::start();
    let choices = Choices { password: "wrong".into(), ..Choices::default() };
    let outcome = program.walk(SERVICE, &[], choices).await;
    assert!(
        matches!(&outcome, Outcome::Stopped(page) if page.contains("AADSTS50126") && page.contains("Password"))
    );
    let choices = Choices { code: "123456".into(), ..Choices::default() };
    let outcome = program.walk(SERVICE, &[], choices).await;
    assert!(
        matches!(&outcome, Outcome::Stopped(page) if page.contains("AADSTS500121") && page.contains("Code"))
    );
}

#[tokio::test]
async fn cancel_before_the_permissions_is_a_withdrawal_without_a_number() {
    let program = Program::start();
    for button in ["Next", "Sign in", "Verify"] {
        let choices = Choices { cancel_beside: Some(button), ..Choices::default() };
        let answer = program.answer(SERVICE, &[], choices).await;
        assert_eq!(field(&answer, "error_subcode").as_deref(), Some("cancel"), "{button}");
        assert!(!field(&answer, "error_description").unwrap().contains("AADSTS"), "{button}");
    }
}

#[tokio::test]
async fn consent_is_asked_once_for_each_person_unless_the_prompt_wants_it() {
    let program = Program::start();
    let refuses = || Choices { cancel_beside: Some("Accept"), ..Choices::default() };
    let declined = program.answer(SERVICE, &[], refuses()).await;
    assert!(field(&declined, "error_description").unwrap().contains("AADSTS65004"));
    program.code(SERVICE).await;
    assert!(field(&program.answer(SERVICE, &[], refuses()).await, "code").is_some());
    let asked = program.answer(SERVICE, &[("prompt", "consent")], refuses()).await;
    assert!(field(&asked, "code").is_none());
    let other = program.answer("jane@contoso.example", &[], refuses()).await;
    assert!(field(&other, "code").is_none());
}

#[tokio::test]
async fn consent_to_one_resource_is_not_consent_to_the_other() {
    let program = Program::start();
    let scope = format!("openid offline_access {}", program.referrals_scope());
    let answer = program.answer(SERVICE, &[("scope", &scope)], Choices::default()).await;
    let code = field(&answer, "code").unwrap();
    let (_, session) = program.token(&program.redemption(&code)).await;
    let (status, body) = program.refresh(&session, &program.profiles_scope()).await;
    assert_eq!((status, &body["suberror"]), (400, &"consent_required".into()), "{body}");
}

#[tokio::test]
async fn a_page_cannot_be_posted_twice() {
    let program = Program::start();
    let page = program.client.get(program.authorize_address("organizations", &[])).send().await.unwrap();
    let page = page.text().await.unwrap();
    let flow = page.split("name=\"flow\" value=\"").nth(1).unwrap().split('"').next().unwrap();
    let address = format!("{}/organizations/login", program.base());
    let fields = [("flow", flow), ("username", SERVICE)];
    let first = program.client.post(&address).form(&fields).send().await.unwrap().text().await.unwrap();
    assert!(first.contains("name=\"password\""));
    let second = program.client.post(&address).form(&fields).send().await.unwrap().text().await.unwrap();
    assert!(second.contains("AADSTS50089"), "{second}");
}

#[tokio::test]
async fn a_directory_refuses_the_people_of_another() {
    let program = Program::start();
    assert!(refusal(&program, "northwind.example", &[]).await.contains("AADSTS50020"));
    let address = program.authorize_address("contoso.example", &[]);
    let outcome = sign_in(&program.client, &address, SERVICE, Choices::default()).await;
    assert!(matches!(outcome, Outcome::DeepLink(address) if address.contains("code=")));
}
