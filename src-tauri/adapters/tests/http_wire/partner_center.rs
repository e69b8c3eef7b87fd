//! The calls to Partner Center against a real loopback server.

use std::time::Duration;

use crate::http_fault_server::{FaultServer, Step, answer, json};
use mpc_connect_adapters::clock::SystemClock;
use mpc_connect_adapters::http;
use mpc_connect_adapters::partner_center::Client;
use mpc_connect_core::environment::Environment;
use mpc_connect_core::failure::{Failure, FailureClass};
use mpc_connect_core::ports::{Clock as _, PartnerCenter as _, ReferralPage, ReferralQuery, WebhookOwner};
use mpc_connect_core::secret::AccessToken;
use tokio::time::Instant;

const NEWEST: ReferralQuery = ReferralQuery::Newest { top: 1 };

fn client(referrals: &FaultServer, profiles: &FaultServer) -> Client {
    let text = format!(
        "name = \"lab\"\nmetadata = \"{0}\"\nclient_id = \"x\"\n[referrals]\nbase = \"{0}v1.0/engagements/referrals\"\n\
         scope = \"r\"\n[profiles]\nbase = \"{1}\"\nscope = \"p\"\n",
        referrals.url("/"),
        profiles.url("/")
    );
    let environment = Environment::parse(&text).unwrap();
    Client::new(http::Client::for_environment(&environment, None), &environment)
}

fn token() -> AccessToken {
    AccessToken::new("planted-token")
}

async fn read(server: &FaultServer, query: &ReferralQuery) -> Result<ReferralPage, Failure> {
    let outcome = client(server, server).referrals(&token(), query, "me@contoso.example").await;
    assert!(!format!("{outcome:?}").contains("planted"), "{outcome:?}");
    outcome
}

async fn refusal(step: Step) -> Failure {
    read(&FaultServer::start(vec![vec![step]]).await, &NEWEST).await.unwrap_err()
}

/// The value of a header of a recorded request.
fn sent<'r>(request: &'r str, name: &str) -> Option<&'r str> {
    request.lines().find_map(|line| {
        let (known, value) = line.split_once(": ")?;
        known.eq_ignore_ascii_case(name).then_some(value)
    })
}

#[tokio::test]
async fn referrals_are_asked_for_by_name_and_page() {
    let body = r#"{"value":[{"id":"r1","organizationId":"o1","organizationName":"Contoso","team":[]}],
        "@odata.nextLink":"http://evil.example/v1.0/referrals?$skiptoken=k1%2B+8="}"#;
    let server = FaultServer::start(vec![vec![json(200, "OK", "Request-ID: m-1\r\n", body)]]).await;
    let page = read(&server, &NEWEST).await.unwrap();
    assert_eq!((page.rows[0].id.as_str(), page.correlation_id.as_deref()), ("r1", Some("m-1")));
    let next = page.next.unwrap();
    assert_eq!(
        read(&server, &ReferralQuery::Continued(next)).await.unwrap().next,
        None,
        "a repeated token ends"
    );
    let requests = server.requests();
    let options =
        "&$select=id,organizationId,organizationName,updatedDateTime,team&$orderby=updatedDateTime%20desc";
    let path = "GET /v1.0/engagements/referrals";
    assert!(requests[0].starts_with(&format!("{path}?$top=1{options} HTTP/1.1\r\n")), "{}", requests[0]);
    assert!(
        requests[1].starts_with(&format!("{path}?$top=100{options}&$skiptoken=k1%2B+8= ")),
        "{}",
        requests[1]
    );
    assert_eq!(sent(&requests[0], "authorization"), Some("Bearer planted-token"));
    let ids: Vec<_> = requests.iter().map(|request| sent(request, "client-request-id").unwrap()).collect();
    assert!(ids[0].len() == 36 && ids[0] != ids[1], "{ids:?}");
    assert!(!requests.concat().contains("me@contoso.example"));
}

/// REQ-HTTP-08.
#[tokio::test]
async fn the_token_of_one_host_is_not_seen_by_another_after_a_redirect() {
    let other = FaultServer::saying_json("{\"value\":[]}").await;
    for status in [302, 307] {
        let failure =
            refusal(answer(status, "Moved", &format!("Location: {}\r\n", other.url("/")), b"")).await;
        assert!(
            matches!(failure.class, FailureClass::NetworkBlocked | FailureClass::UnexpectedAnswer),
            "{failure:?}"
        );
    }
    assert!(other.requests().is_empty());
}

/// REQ-HTTP-07.
#[tokio::test]
async fn a_page_of_the_network_is_not_an_answer_of_microsoft() {
    let html = answer(200, "OK", "Content-Type: text/html\r\n", b"<html>Welcome to the hotel</html>");
    assert_eq!(refusal(html).await.class, FailureClass::NetworkBlocked);
    let network_sign_in = answer(511, "Network Authentication Required", "", b"<html></html>");
    assert_eq!(refusal(network_sign_in).await.class, FailureClass::NetworkBlocked);
    for body in ["{\"value\":[{\"id\":", "{}", "[]", "null"] {
        assert_eq!(refusal(json(200, "OK", "", body)).await.class, FailureClass::UnexpectedAnswer, "{body}");
    }
}

#[tokio::test]
async fn refusals_keep_their_meaning_through_the_wire() {
    let mfa = answer(
        401,
        "Unauthorized - MFA required",
        "WWW-Authenticate: Bearer error=\"invalid_token\"\r\n",
        b"",
    );
    assert_eq!(refusal(mfa).await.class, FailureClass::SignInWithMfa);
    let role =
        json(403, "Forbidden", "request-id: m-2\r\n", r#"{"error":{"code":"accessDenied","message":"No"}}"#);
    let failure = refusal(role).await;
    assert_eq!((failure.class, failure.correlation_id.as_deref()), (FailureClass::RoleMissing, Some("m-2")));
    let throttled = refusal(json(429, "Too Many Requests", "Retry-After: 57\r\n", "{}")).await;
    assert_eq!((throttled.class, throttled.retry_after_seconds), (FailureClass::RetryLater, Some(57)));
}

#[tokio::test]
async fn a_failure_carries_the_id_that_was_sent_where_none_came_back() {
    let server = FaultServer::start(vec![vec![answer(401, "Unauthorized", "", b"")]]).await;
    let failure = read(&server, &NEWEST).await.unwrap_err();
    assert_eq!(failure.correlation_id.as_deref(), sent(&server.requests()[0], "client-request-id"));
}

#[tokio::test]
async fn one_referral_is_asked_for_by_its_id_and_cannot_lead_elsewhere() {
    let server = FaultServer::saying_json(r#"{"id":"r1","organizationId":"o1"}"#).await;
    let client = client(&server, &server);
    let seen = client.referral(&token(), "r1").await.unwrap();
    assert_eq!((seen.id.as_str(), seen.organization_id.as_deref()), ("r1", Some("o1")));
    assert!(seen.correlation_id.is_some());
    client.referral(&token(), "../a/b?x=1#y").await.unwrap();
    assert!(client.referral(&token(), "..").await.is_err());
    let paths: Vec<_> =
        server.requests().iter().map(|request| request.lines().next().unwrap().to_owned()).collect();
    let base = "GET /v1.0/engagements/referrals";
    assert_eq!(paths, [format!("{base}/r1 HTTP/1.1"), format!("{base}/..%2Fa%2Fb%3Fx=1%23y HTTP/1.1")]);
}

#[tokio::test]
async fn the_second_factor_is_asked_about_and_read_from_header_or_body() {
    let script = |headers: &str, body: &str| vec![json(200, "OK", headers, body)];
    let profiles = FaultServer::start(vec![
        script(
            "ISMFACOMPLIANT: True\r\n",
            "\u{FEFF}{\"id\":\"p\",\"companyName\":\"TEST\",\"isMfaCompliant\":false}",
        ),
        script("", "{\"isMfaCompliant\":false}"),
        script("isMfaCompliant: perhaps\r\n", "{}"),
        script("", "{\"companyName\":\"Lucerne Publishing\"}"),
    ])
    .await;
    let client = client(&profiles, &profiles);
    let told: Vec<_> = [
        client.organization_profile(&token()).await.unwrap(),
        client.organization_profile(&token()).await.unwrap(),
        client.organization_profile(&token()).await.unwrap(),
    ]
    .map(|answer| answer.mfa_compliant)
    .to_vec();
    assert_eq!(told, [Some(true), Some(false), None]);
    let legal = client.legal_business_profile(&token()).await.unwrap().company.unwrap();
    assert_eq!((legal.id.as_str(), legal.name.as_str()), ("legal-business-profile", "Lucerne Publishing"));
    let requests = profiles.requests();
    assert!(requests[0].starts_with("GET /v1/profiles/organization HTTP/1.1"), "{}", requests[0]);
    assert_eq!(sent(&requests[0], "validatemfa"), Some("true"));
    assert_ne!(sent(&requests[0], "ms-requestid"), sent(&requests[0], "ms-correlationid"));
    assert!(requests[3].starts_with("GET /v1/profiles/legalbusiness?vettingVersion=Current HTTP/1.1"));
    assert_eq!(sent(&requests[3], "validatemfa"), None);
}

#[tokio::test]
async fn the_ids_of_a_call_stay_when_it_is_repeated() {
    let failing = vec![json(500, "Internal Server Error", "", "{}")];
    let server = FaultServer::start(vec![failing, vec![json(200, "OK", "", "{}")]]).await;
    client(&server, &server).organization_profile(&token()).await.unwrap();
    let requests = server.requests();
    assert_eq!(requests.len(), 2);
    assert_eq!(sent(&requests[0], "ms-requestid"), sent(&requests[1], "ms-requestid"));
}

#[tokio::test]
async fn who_receives_the_events_is_told_by_the_registration() {
    let url = "https://prod-01.westeurope.logic.azure.com/workflows/1";
    let registered = json(
        200,
        "OK",
        "",
        &format!("{{\"WebhookUrl\":\"{url}\",\"WebhookEvents\":[\"referral-created\"]}}"),
    );
    let missing = json(404, "Not Found", "", "{\"code\":1,\"description\":\"none\"}");
    let refused = json(403, "Forbidden", "", "{\"code\":900150,\"description\":\"no\"}");
    let server = FaultServer::start(vec![vec![registered], vec![missing], vec![refused]]).await;
    let client = client(&server, &server);
    assert_eq!(client.webhook(&token()).await, Ok(WebhookOwner::PowerAutomate));
    assert_eq!(client.webhook(&token()).await, Ok(WebhookOwner::Nobody));
    assert_eq!(client.webhook(&token()).await.unwrap_err().class, FailureClass::RoleMissing);
    assert!(server.requests()[0].starts_with("GET /webhooks/v1/registration HTTP/1.1"));
}

#[tokio::test]
async fn a_call_inside_an_operation_ends_with_it() {
    let server = FaultServer::start(vec![vec![Step::Hang]]).await;
    let start = Instant::now();
    let call = SystemClock.bounded(Duration::from_millis(200), read(&server, &NEWEST));
    let failure = call.await.unwrap_err();
    assert_eq!((failure.class, failure.code.as_deref()), (FailureClass::RetryLater, Some("time-out")));
    assert!(start.elapsed() < Duration::from_secs(5), "{:?}", start.elapsed());
    let throttled =
        FaultServer::start(vec![vec![json(429, "Too Many Requests", "Retry-After: 20\r\n", "{}")]]).await;
    let call = SystemClock.bounded(Duration::from_secs(10), read(&throttled, &NEWEST));
    assert_eq!(call.await.unwrap_err().retry_after_seconds, Some(20));
}
