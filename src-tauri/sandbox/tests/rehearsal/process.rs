//! The program itself: arguments, files, TLS, the end.

use std::net::{TcpListener, TcpStream};
use std::process::Command;

use reqwest::{Certificate, Client};

use crate::support::{Program, browser, json, ready_line, spawn};

#[tokio::test]
async fn the_environment_file_leads_to_a_working_stand_in() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("rehearsal.toml");
    let program = Program::with(&["--write-environment", file.to_str().unwrap(), "--name", "my-lab"]);
    assert_eq!(program.ready["ready"], true);
    assert_eq!(program.ready["environment"], file.to_str().unwrap());
    assert!(program.ready["ca"].is_null());
    let environment: toml::Table = std::fs::read_to_string(&file).unwrap().parse().unwrap();
    assert_eq!(environment["name"].as_str(), Some("my-lab"));
    assert_eq!(environment["referrals"]["scope"].as_str(), Some(program.referrals_scope().as_str()));
    let metadata = environment["metadata"].as_str().unwrap();
    let document = json(program.client.get(metadata).send().await.unwrap()).await;
    assert!(document["token_endpoint"].as_str().unwrap().starts_with(program.base()));
}

#[tokio::test]
async fn https_is_trusted_through_the_authority_alone() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("rehearsal.toml");
    let mut program = Program::with(&["--tls", "--write-environment", file.to_str().unwrap()]);
    assert!(program.base().starts_with("https://127.0.0.1:"));
    let address = format!("{}/organizations/discovery/v2.0/keys", program.base());
    assert!(browser().get(&address).send().await.is_err(), "trusted without the authority");
    let pem = std::fs::read(program.ready["ca"].as_str().unwrap()).unwrap();
    let authority = Certificate::from_pem(&pem).unwrap();
    program.client = Client::builder()
        .redirect(reqwest::redirect::Policy::none())
        .no_proxy()
        .tls_certs_only([authority])
        .build()
        .unwrap();
    for host in ["127.0.0.1", "localhost"] {
        let address = address.replace("127.0.0.1", host);
        assert_eq!(program.client.get(address).send().await.unwrap().status(), 200, "{host}");
    }
    let session = program.session("svc-cosell@contoso.example").await;
    assert_eq!(program.referrals(&session).await.status(), 200);
}

#[tokio::test]
async fn a_silent_connection_holds_up_no_handshake() {
    let program = Program::with(&["--tls"]);
    let address = program.base().strip_prefix("https://").unwrap().to_owned();
    let _silent: Vec<TcpStream> = (0..20).map(|_| TcpStream::connect(&address).unwrap()).collect();
    let pem = std::fs::read(program.ready["ca"].as_str().unwrap()).unwrap();
    let client =
        Client::builder().no_proxy().tls_certs_only([Certificate::from_pem(&pem).unwrap()]).build().unwrap();
    let answer = client.get(format!("{}/common/discovery/v2.0/keys", program.base())).send().await.unwrap();
    assert_eq!(answer.status(), 200);
    std::fs::remove_file(program.ready["ca"].as_str().unwrap()).unwrap();
}

#[test]
fn addresses_that_others_can_reach_and_taken_names_are_refused() {
    for arguments in [
        ["--listen", "0.0.0.0:0"],
        ["--listen", "[::]:0"],
        ["--listen", "192.0.2.1:0"],
        ["--name", "public"],
        ["--name", "sandbox"],
        ["--name", "Upper"],
        ["--deep-link", "https://evil.example/auth"],
    ] {
        let output = spawn(&arguments).wait_with_output().unwrap();
        assert_eq!(output.status.code(), Some(2), "{arguments:?}");
        assert!(output.stdout.is_empty() && !output.stderr.is_empty());
    }
}

#[test]
fn a_port_in_use_is_an_error_and_no_panic() {
    let taken = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = taken.local_addr().unwrap().to_string();
    let output = spawn(&["--listen", &address]).wait_with_output().unwrap();
    assert_eq!(output.status.code(), Some(1));
    assert!(String::from_utf8(output.stderr).unwrap().contains("cannot listen on"));
}

#[test]
fn it_ends_when_standard_input_is_closed_only_if_asked_to() {
    let mut child = spawn(&["--exit-with-stdin"]);
    ready_line(&mut child);
    drop(child.stdin.take());
    assert!(child.wait().unwrap().success());

    let mut child = spawn(&[]);
    let ready = ready_line(&mut child);
    drop(child.stdin.take());
    let address = ready["base"].as_str().unwrap().strip_prefix("http://").unwrap().to_owned();
    assert!(TcpStream::connect(address).is_ok());
    assert!(child.try_wait().unwrap().is_none());
    child.kill().unwrap();
    child.wait().unwrap();
}

#[cfg(unix)]
#[test]
fn it_ends_well_when_told_to() {
    for signal in ["-TERM", "-INT"] {
        let mut child = spawn(&[]);
        ready_line(&mut child);
        assert!(Command::new("kill").args([signal, &child.id().to_string()]).status().unwrap().success());
        assert!(child.wait().unwrap().success(), "{signal}");
    }
}
