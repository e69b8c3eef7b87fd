//! The credential as another program sees it in the keyring.

use std::process::Stdio;

use tokio::io::AsyncWriteExt as _;

use super::desk::Desk;

/// What the keyring holds.
#[derive(PartialEq, Eq)]
pub(crate) struct Kept {
    service: String,
    secret: Vec<u8>,
}

impl Desk {
    /// What the keyring holds for this computer.
    pub(crate) async fn kept(&self) -> Kept {
        let found =
            self.in_session("secret-tool").args(["search", "--all", "username", "connection"]).output();
        let found = found.await.unwrap();
        let text = String::from_utf8([found.stdout, found.stderr].concat()).unwrap();
        let mut services = text.lines().filter_map(|line| line.strip_prefix("attribute.service = "));
        let service = services.next().expect("nothing is in the keyring").to_owned();
        assert_eq!(services.next(), None, "one credential alone");
        let lookup = ["lookup", "service", &service, "username", "connection"];
        let secret = self.in_session("secret-tool").args(lookup).output().await.unwrap().stdout;
        assert!(!secret.is_empty());
        Kept { service, secret }
    }

    /// Puts an older state of the keyring back.
    pub(crate) async fn keep(&self, kept: &Kept) {
        let entry = ["service", &kept.service, "username", "connection"];
        let cleared = self.in_session("secret-tool").arg("clear").args(entry).status().await.unwrap();
        assert!(cleared.success());
        let mut store = self.in_session("secret-tool");
        store.args(["store", "--label=put back"]).args(entry).stdin(Stdio::piped());
        let mut store = store.spawn().unwrap();
        store.stdin.take().unwrap().write_all(&kept.secret).await.unwrap();
        assert!(store.wait().await.unwrap().success());
    }
}
