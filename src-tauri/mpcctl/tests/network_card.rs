//! What `mpcctl` says where something on the network stands in the way: what it is, and which addresses have to be open.
#![cfg(target_os = "linux")]

#[cfg(test)]
#[expect(dead_code, unused_imports, reason = "each test program uses a part of it")]
mod proof_support;

#[cfg(test)]
mod cards {
    use std::fs;
    use std::path::Path;

    use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
    use tokio::net::TcpListener;

    use crate::proof_support::desk::run;
    use crate::proof_support::sandbox::Sandbox;
    use crate::proof_support::{ACCOUNT, Desk};

    const OF_A_COMPANY: &str = r#"
name = "company"
metadata = "https://login.company.example/v2.0/.well-known/openid-configuration"
client_id = "company"
[referrals]
base = "https://api.company.example/referrals"
scope = "read"
"#;

    fn connect(environment: &Path) -> [&str; 5] {
        ["--environment", environment.to_str().expect("a path"), "connect", "--username", ACCOUNT]
    }

    #[tokio::test]
    async fn a_certificate_that_is_not_trusted_is_told_with_its_issuer() {
        let desk = Desk::new();
        let folder = tempfile::tempdir().expect("a folder");
        let server = Sandbox::start_with(folder.path(), &["--tls"]);
        let told = desk.run(&connect(&server.environment)).await.expect(4);
        for said in [
            "The certificate that answered for Microsoft is not trusted",
            "Certificate issued by \"MPC Connect sandbox, throw-away authority\": certificate of an unknown issuer",
            "Addresses that have to be open: https://",
            "NETWORK_BLOCKED · certificate",
        ] {
            assert!(told.stdout.contains(said), "{said}: {told:?}");
        }
    }

    #[tokio::test]
    async fn a_proxy_that_wants_a_user_name_is_told_as_such_with_every_address() {
        let desk = Desk::new();
        let environment = desk.home().join("company.toml");
        fs::write(&environment, OF_A_COMPANY).expect("written");
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let proxy = format!("http://{}", listener.local_addr().expect("an address"));
        let refusing = tokio::spawn(async move {
            loop {
                let (mut stream, _) = listener.accept().await.expect("a connection");
                let mut head = [0; 4096];
                let _asked = stream.read(&mut head).await.expect("readable");
                let refusal = "HTTP/1.1 407 Proxy Authentication Required\r\nContent-Length: 0\r\n\r\n";
                stream.write_all(refusal.as_bytes()).await.expect("taken");
            }
        });
        let mut command = desk.command(&connect(&environment));
        command.env("HTTPS_PROXY", proxy);
        let told = run(command).await.expect(4);
        refusing.abort();
        for said in [
            "Your proxy wants a user name.",
            "HTTPS_PROXY",
            "Addresses that have to be open: https://login.company.example https://api.company.example",
            "NETWORK_BLOCKED · HTTP 407",
        ] {
            assert!(told.stdout.contains(said), "{said}: {told:?}");
        }
    }

    #[tokio::test]
    async fn a_script_gets_the_whole_card_and_the_addresses() {
        let mut desk = Desk::connected().await;
        desk.sandbox.stop();
        let told = desk.json(&["organizations"]).await.expect(4);
        let card = told.json();
        assert_eq!((&card["error"], &card["actor"]), (&"NETWORK_BLOCKED".into(), &"network".into()));
        let address = card["addresses"][0].as_str().unwrap_or_default();
        assert!(address.starts_with("http://127.0.0.1:"), "{told:?}");
        for field in ["message", "why", "do"] {
            assert!(card[field].as_str().is_some_and(|text| text.ends_with('.')), "{field}: {told:?}");
        }
        assert!(card["redo"].as_str().is_some_and(|step| step.starts_with("NEW-")), "{told:?}");
    }
}
