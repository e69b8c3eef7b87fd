//! Certificates: which are trusted and what is said about the others.

use std::path::Path;
use std::process::Command;
use std::sync::Arc;

use crate::http_fault_server::{FaultServer, json};
use mpc_connect_adapters::http::{Client, Limits};
use rcgen::{BasicConstraints, CertificateParams, CertifiedIssuer, DnType, IsCa, KeyPair, date_time_ymd};
use tokio_rustls::TlsAcceptor;
use tokio_rustls::rustls::ServerConfig;
use tokio_rustls::rustls::pki_types::PrivateKeyDer;
use url::Url;

const ADDRESS: &str = "HTTP_TLS_TEST_ADDRESS";

type Authority = CertifiedIssuer<'static, KeyPair>;

fn authority(name: &str) -> Authority {
    let mut parameters = CertificateParams::new(Vec::new()).unwrap();
    parameters.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
    parameters.distinguished_name.push(DnType::CommonName, name);
    CertifiedIssuer::self_signed(parameters, KeyPair::generate().unwrap()).unwrap()
}

fn certificate(host: &str) -> CertificateParams {
    CertificateParams::new(vec![host.to_owned()]).unwrap()
}

async fn server(issuer: &Authority, certificate: CertificateParams) -> FaultServer {
    let key = KeyPair::generate().unwrap();
    let signed = certificate.signed_by(&key, issuer).unwrap();
    let key = PrivateKeyDer::try_from(key.serialize_der()).unwrap();
    let config = ServerConfig::builder().with_no_client_auth();
    let config = config.with_single_cert(vec![signed.der().clone()], key).unwrap();
    FaultServer::start_tls(vec![vec![json(200, "OK", "", "{}")]], TlsAcceptor::from(Arc::new(config))).await
}

/// Asks the address in the environment. Runs only when started by the tests below, in a process of its own, because
/// the trusted certificates are read from a file that the process' environment names.
#[tokio::test]
#[ignore = "the other half of the tests in this file"]
async fn ask() {
    let address: Url = std::env::var(ADDRESS).unwrap().parse().unwrap();
    let request = http::Request::get(address.as_str()).header("authorization", "Bearer planted-token");
    let client = Client::new([address.clone()], None);
    match client.send(request.body(Vec::new()).unwrap(), Limits::API).await {
        Ok(answer) => println!("said: {}", answer.status),
        Err(failure) => {
            let words = failure.quotation.as_ref().map(ToString::to_string).unwrap_or_default();
            println!("said: {} {} {words}", failure.class, failure.code.unwrap_or_default());
        }
    }
}

async fn asked(server: &FaultServer, trusted: &Path) -> String {
    let mut child = Command::new(std::env::current_exe().unwrap());
    child.args(["--ignored", "--exact", "tls::ask", "--nocapture"]);
    child.env("SSL_CERT_FILE", trusted).env_remove("SSL_CERT_DIR");
    child.env(ADDRESS, format!("https://localhost:{}/", server.port()));
    let output = tokio::task::spawn_blocking(move || child.output()).await.unwrap().unwrap();
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    let said = text.split_once("said: ").and_then(|(_, rest)| rest.lines().next());
    said.unwrap_or_else(|| panic!("{text}\n{}", String::from_utf8_lossy(&output.stderr))).to_owned()
}

/// REQ-HTTP-10.
#[cfg_attr(not(target_os = "linux"), ignore = "trust is read from SSL_CERT_FILE on Linux alone")]
#[tokio::test]
async fn a_certificate_is_trusted_or_its_fault_and_issuer_are_named() {
    let directory = tempfile::tempdir().unwrap();
    let trusted_file = directory.path().join("trusted.pem");
    let (trusted, unknown) = (authority("Contoso Root"), authority("Captive Box"));
    std::fs::write(&trusted_file, trusted.pem()).unwrap();
    let mut expired = certificate("localhost");
    (expired.not_before, expired.not_after) = (date_time_ymd(2019, 1, 1), date_time_ymd(2020, 1, 1));
    let mut early = certificate("localhost");
    (early.not_before, early.not_after) = (date_time_ymd(2090, 1, 1), date_time_ymd(2095, 1, 1));
    let cases = [
        (&trusted, certificate("localhost"), "200"),
        (
            &unknown,
            certificate("localhost"),
            "NETWORK_BLOCKED certificate certificate of an unknown issuer; issued by Captive Box",
        ),
        (
            &trusted,
            certificate("login.example"),
            "NETWORK_BLOCKED certificate certificate for another host; issued by Contoso Root",
        ),
        (&trusted, expired, "NETWORK_BLOCKED certificate certificate expired; issued by Contoso Root"),
        (&trusted, early, "NETWORK_BLOCKED certificate certificate not valid yet; issued by Contoso Root"),
    ];
    for (issuer, certificate, expected) in cases {
        let server = server(issuer, certificate).await;
        assert_eq!(asked(&server, &trusted_file).await, expected);
        assert_eq!(server.requests().len(), usize::from(expected == "200"), "{expected}");
    }
}

#[tokio::test]
async fn plain_http_where_tls_was_expected_is_named_as_tls() {
    let server = FaultServer::saying_json("{}").await;
    let address: Url = format!("https://localhost:{}/", server.port()).parse().unwrap();
    let request = http::Request::get(address.as_str()).body(Vec::new()).unwrap();
    let failure = Client::new([address], None).send(request, Limits::API).await.unwrap_err();
    assert_eq!(format!("{} {:?}", failure.class, failure.code), "NETWORK_BLOCKED Some(\"TLS\")");
}
