//! `mpcctl` where the keychain is locked, missing, silent, emptied or overwritten: said before anybody types a
//! password, never taken for a refusal, never the end of the history.
#![cfg(target_os = "linux")]

#[cfg(test)]
#[expect(dead_code, reason = "each test program uses a part of it")]
mod proof_support;

#[cfg(test)]
mod before_the_browser {
    use std::time::Instant;

    use crate::proof_support::{ACCOUNT, Connecting, Desk};

    /// The person does not sign in for nothing: no address was shown, and Microsoft was not asked.
    async fn is_told_before_the_browser(desk: &Desk, class: &str) {
        let ended = desk.start_connect(ACCOUNT, &[]).end().await.expect(4);
        assert_eq!((ended.field("class"), ended.field("status")), (class.into(), "not_connected".into()));
        assert!(!ended.stdout.contains("\"authorize\""), "{ended:?}");
        assert!(desk.sandbox.requests().await.is_empty(), "nothing was asked of Microsoft");
    }

    async fn is_offered_session_only(desk: &Desk, class: &str) {
        let environment = desk.sandbox.environment.to_str().expect("a path");
        let human =
            desk.run(&["--environment", environment, "connect", "--username", ACCOUNT]).await.expect(4);
        assert!(human.stdout.contains("--session-only") && human.stdout.contains(class), "{human:?}");
        desk.run(&["status"]).await.expect(3);
        let history = desk.run(&["history"]).await.expect(0);
        assert!(history.stdout.contains(class), "{history:?}");
    }

    #[tokio::test]
    async fn a_locked_keychain_is_told() {
        let desk = Desk::with_keyring("locked");
        is_told_before_the_browser(&desk, "KEYCHAIN_LOCKED").await;
        is_offered_session_only(&desk, "KEYCHAIN_LOCKED").await;
    }

    #[tokio::test]
    async fn a_missing_keychain_is_told() {
        for condition in ["absent", "none"] {
            let desk = Desk::with_keyring(condition);
            is_told_before_the_browser(&desk, "KEYCHAIN_MISSING").await;
            is_offered_session_only(&desk, "KEYCHAIN_MISSING").await;
        }
    }

    /// A person may be asked to unlock it and gets a minute for that.
    #[tokio::test]
    async fn a_keychain_that_never_answers_is_given_up() {
        let desk = Desk::new();
        let _frozen = desk.keyring.freeze();
        is_told_before_the_browser(&desk, "KEYCHAIN_LOCKED").await;
    }

    #[tokio::test]
    async fn waiting_for_a_silent_keychain_can_be_stopped() {
        let desk = Desk::new();
        let frozen = desk.keyring.freeze();
        let mut command = desk.command(&desk.connect_arguments(ACCOUNT, &[]));
        command.env("MPC_CONNECT_LOG", "mpc_connect_adapters=trace");
        let connecting = Connecting::start(command);
        // The note of the sign-in is written just before the keychain is asked.
        crate::proof_support::until("the sign-in begins", async || {
            let history = desk.json(&["history"]).await;
            history.stdout.contains("sign-in-started").then_some(())
        })
        .await;
        let started = Instant::now();
        connecting.interrupt();
        let ended = connecting.end().await.expect(1);
        assert_eq!(ended.field("class"), "USER_CANCELLED");
        assert!(started.elapsed().as_secs() < 30, "it did not wait for the keychain's minute");
        drop(frozen);
        desk.connect(ACCOUNT, &[]).await.expect(0);
    }
}

#[cfg(test)]
mod session_only {
    use crate::proof_support::scripted_browser::{Choices, sign_in};
    use crate::proof_support::{ACCOUNT, Connecting, Desk, browser};

    async fn works(desk: &Desk) {
        let connected = desk.connect(ACCOUNT, &["--session-only"]).await.expect(0);
        assert_eq!(
            (connected.field("status"), connected.field("keychain")),
            ("active".into(), "session_only".into())
        );
        assert_eq!(connected.json()["qualifiers"], serde_json::json!(["session_only"]));
        let history = desk.json(&["history"]).await.expect(0);
        assert!(history.stdout.contains("\"tested\""), "the test is in the history: {history:?}");

        // The process has ended, and its credential with it.
        let status = desk.json(&["status"]).await.expect(3);
        assert_eq!(status.field("status"), "not_connected", "{status:?}");
        desk.json(&["test"]).await.expect(3);
        desk.json(&["organizations"]).await.expect(3);
    }

    #[tokio::test]
    async fn works_without_any_keychain() {
        for condition in ["none", "absent", "locked"] {
            works(&Desk::with_keyring(condition)).await;
        }
    }

    #[tokio::test]
    async fn works_beside_a_silent_keychain() {
        let desk = Desk::new();
        let _frozen = desk.keyring.freeze();
        works(&desk).await;
    }

    #[tokio::test]
    async fn leaves_nothing_in_a_keychain_that_would_have_taken_it() {
        let desk = Desk::new();
        works(&desk).await;
        assert_eq!(desk.kept(), "");
        // And a connection that is kept comes after it as if nothing had been.
        desk.connect(ACCOUNT, &[]).await.expect(0);
        desk.json(&["test"]).await.expect(0);
    }

    #[tokio::test]
    async fn says_that_it_ends_with_the_command() {
        let desk = Desk::with_keyring("none");
        let environment = desk.sandbox.environment.to_str().expect("a path");
        let arguments = ["--environment", environment, "connect", "--username", ACCOUNT, "--session-only"];
        let mut connecting = Connecting::start(desk.command(&arguments));
        let address = loop {
            let line = connecting.line().await.expect("an address comes");
            if line.trim_start().starts_with("http://") {
                break line.trim().to_owned();
            }
        };
        sign_in(&browser(), &address, ACCOUNT, Choices::default()).await;
        let ended = connecting.end().await.expect(0);
        assert!(ended.stdout.contains("the connection ends now, together with this program"), "{ended:?}");
        assert!(ended.stdout.contains("Connection status: Active"), "{ended:?}");
    }
}

#[cfg(test)]
mod after_active {
    use crate::proof_support::{ACCOUNT, Desk};

    #[tokio::test]
    async fn a_locked_keychain_is_no_refusal() {
        let desk = Desk::connected().await;
        let locked = desk.keyring.restart(false).await;
        let tested = desk.json(&["test"]).await.expect(4);
        assert_eq!((tested.field("result"), tested.field("status")), ("failed".into(), "cant_check".into()));
        let status = desk.json(&["status"]).await.expect(4);
        assert_eq!(
            (status.field("status"), status.field("class")),
            ("cant_check".into(), "KEYCHAIN_LOCKED".into())
        );
        assert_eq!(status.json()["last_known"]["status"], "active", "{status:?}");
        desk.json(&["disconnect", "--keep-history"]).await.expect(4);
        assert_eq!(
            desk.json(&["status"]).await.field("status"),
            "cant_check",
            "what could not be done is not said"
        );

        drop(locked);
        let _unlocked = desk.keyring.start_daemon(true).await;
        assert_eq!(desk.json(&["test"]).await.expect(0).field("status"), "active", "nothing was lost");
    }

    #[tokio::test]
    async fn an_entry_deleted_from_outside_leaves_the_history() {
        let desk = Desk::connected().await;
        desk.keyring.clear(&desk.service());
        let tested = desk.json(&["test"]).await.expect(3);
        assert_eq!(tested.field("status"), "not_connected", "{tested:?}");
        let status = desk.json(&["status"]).await.expect(3);
        assert_eq!(status.field("status"), "not_connected");
        let history = desk.json(&["history"]).await.expect(0);
        assert!(history.stdout.contains("signed-in"), "{history:?}");
        desk.connect(ACCOUNT, &[]).await.expect(0);
        desk.json(&["test"]).await.expect(0);
    }

    #[tokio::test]
    async fn an_entry_overwritten_from_outside_is_mended_by_a_sign_in() {
        let desk = Desk::connected().await;
        desk.keyring.overwrite(&desk.service(), "what is this?");
        let tested = desk.json(&["test"]).await.expect(3);
        assert_eq!(tested.field("status"), "not_connected", "{tested:?}");
        assert_eq!(desk.json(&["status"]).await.expect(3).field("class"), "KEYCHAIN_DAMAGED");
        desk.connect(ACCOUNT, &[]).await.expect(0);
        desk.json(&["test"]).await.expect(0);
    }
}
