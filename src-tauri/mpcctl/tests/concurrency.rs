//! Several processes at one connection, and processes that die: no token is lost, none comes back, no status is made
//! up.
#![cfg(target_os = "linux")]

#[cfg(test)]
#[expect(dead_code, reason = "each test program uses a part of it")]
mod proof_support;

#[cfg(test)]
mod two_at_once {
    use serde_json::Value;

    use crate::proof_support::{ACCOUNT, Desk, until};

    /// How often two tests start together.
    const PAIRS: u32 = 100;

    fn refused_tokens(requests: &[Value]) -> usize {
        let at_token =
            |request: &&Value| request["path"].as_str().is_some_and(|path| path.ends_with("/token"));
        requests.iter().filter(at_token).filter(|request| request["status"] != 200).count()
    }

    /// Every refresh replaces the token, and the sandbox refuses one that was used: a race would lose the connection.
    #[tokio::test]
    async fn two_tests_never_use_one_token_twice() {
        let desk = Desk::connected().await;
        desk.sandbox.fault("refresh_token_replayed").await;
        for round in 0..PAIRS {
            let (one, other) = tokio::join!(desk.json(&["test"]), desk.json(&["test"]));
            for ended in [one.expect(0), other.expect(0)] {
                let result = ended.field("result");
                assert!(result == "passed" || result == "partial", "round {round}: {ended:?}");
                assert_eq!(ended.field("status"), "active", "round {round}");
            }
        }
        assert_eq!(refused_tokens(&desk.sandbox.requests().await), 0);
        desk.json(&["test"]).await.expect(0);
        assert_eq!(desk.json(&["status"]).await.expect(0).field("status"), "active");
    }

    /// However far the test has come, a disconnect is the end of the credential.
    #[tokio::test]
    async fn nothing_comes_back_after_a_disconnect_during_a_test() {
        let desk = Desk::new();
        for requests in 0..10 {
            desk.connect(ACCOUNT, &[]).await.expect(0);
            assert_ne!(desk.kept(), "", "the credential is kept");
            let before = desk.sandbox.requests().await.len();
            let disconnect = async {
                until("the test has come so far", async || {
                    (desk.sandbox.requests().await.len() >= before + requests).then_some(())
                })
                .await;
                desk.json(&["disconnect", "--keep-history"]).await.expect(0)
            };
            let (tested, _) = tokio::join!(desk.json(&["test"]), disconnect);
            assert!(tested.code.is_some(), "{tested:?}");
            assert_eq!(desk.kept(), "", "after {requests} requests: {tested:?}");
            let status = desk.json(&["status"]).await.expect(3);
            assert_eq!(status.field("status"), "not_connected", "after {requests} requests");
            desk.json(&["test"]).await.expect(3);
        }
    }

    /// As one window and one command: the second sign-in wins whole, whichever that is.
    #[tokio::test]
    async fn two_sign_ins_at_once_leave_one_whole_connection() {
        let desk = Desk::new();
        for _ in 0..5 {
            let (one, other) = tokio::join!(desk.connect(ACCOUNT, &[]), desk.connect(ACCOUNT, &[]));
            assert!(one.code == Some(0) || other.code == Some(0), "{one:?} {other:?}");
            desk.json(&["test"]).await.expect(0);
            desk.json(&["disconnect", "--keep-history"]).await.expect(0);
            assert_eq!(desk.kept(), "");
        }
    }
}

#[cfg(test)]
mod killed {
    use serde_json::Value;

    use crate::proof_support::scripted_browser::{Choices, sign_in};
    use crate::proof_support::{ACCOUNT, Connecting, Desk, browser, until};

    /// Whether the history has a check that passed and is younger than the last sign-in.
    async fn has_passed(desk: &Desk) -> bool {
        let history = desk.json(&["history"]).await.expect(0).json();
        let entries: Vec<&Value> = history["history"].as_array().expect("a list").iter().collect();
        let newest = entries.iter().take_while(|entry| entry["what"] != "signed-in");
        let mut checks = newest.filter(|entry| entry["what"] == "checked" || entry["what"] == "tested");
        checks.any(|check| check["result"] == "passed" || check["result"] == "partial")
    }

    /// What must hold whenever a process died.
    async fn is_true_and_goes_on(desk: &Desk, moment: &str) {
        let status = desk.json(&["status"]).await;
        let word = status.field("status");
        match word.as_str() {
            "active" => assert!(has_passed(desk).await, "{moment}: {status:?}"),
            "not_connected" | "cant_check" => {}
            _ => panic!("{moment}: {status:?}"),
        }
        let tested = desk.json(&["test"]).await;
        if word == "not_connected" {
            assert_eq!(tested.code, Some(3), "{moment}: {tested:?}");
            let connected = desk.connect(ACCOUNT, &[]).await;
            assert_eq!(connected.code, Some(0), "{moment}: {connected:?}");
        } else {
            match tested.code {
                Some(0) => {}
                // It died between the note and the keychain: nothing is there, and it says so.
                Some(3) => {
                    assert_eq!(desk.kept(), "", "{moment}: half a token");
                    assert_eq!(desk.connect(ACCOUNT, &[]).await.code, Some(0), "{moment}");
                }
                Some(_) | None => panic!("{moment}: {tested:?}"),
            }
        }
        assert_eq!(desk.json(&["status"]).await.expect(0).field("status"), "active", "{moment}");
    }

    /// Kills a process as soon as Microsoft was asked so often.
    async fn kill_after(desk: &Desk, mut connecting: Connecting, requests: usize) -> bool {
        let arrived = until("it has come so far, or ended", async || {
            let count = desk.sandbox.requests().await.len();
            (count >= requests).then_some(true)
        });
        let ended = tokio::select! {
            _ = arrived => false,
            _ = async { while connecting.line().await.is_some() {} } => true,
        };
        connecting.process.start_kill().expect("killed");
        connecting.process.wait().await.expect("ended");
        ended
    }

    #[tokio::test]
    async fn a_sign_in_that_dies_anywhere_leaves_a_true_status_and_no_half_token() {
        let desk = Desk::new();
        let mut ended = false;
        for requests in 1.. {
            if ended {
                assert!(requests > 8, "a sign-in asks more often than that");
                break;
            }
            let before = desk.sandbox.requests().await.len();
            let mut connecting = desk.start_connect(ACCOUNT, &[]);
            // Until the address comes there is one request, for the metadata.
            let address = connecting.address().await.expect("an address");
            let browsing =
                tokio::spawn(async move { sign_in(&browser(), &address, ACCOUNT, Choices::default()).await });
            ended = kill_after(&desk, connecting, before + requests).await;
            browsing.await.expect("the browser ends");
            is_true_and_goes_on(&desk, &format!("after {requests} requests")).await;
            desk.json(&["disconnect", "--keep-history"]).await.expect(0);
        }
    }

    #[tokio::test]
    async fn a_test_that_dies_anywhere_leaves_a_true_status_and_no_half_token() {
        let desk = Desk::connected().await;
        let mut ended = false;
        for requests in 0.. {
            if ended {
                assert!(requests > 5, "a test asks more often than that");
                break;
            }
            let before = desk.sandbox.requests().await.len();
            let testing = Connecting::start(desk.command(&["--json", "test"]));
            ended = kill_after(&desk, testing, before + requests).await;
            is_true_and_goes_on(&desk, &format!("after {requests} requests")).await;
        }
    }

    #[tokio::test]
    async fn a_disconnect_that_dies_can_be_done_again() {
        let desk = Desk::connected().await;
        for _ in 0..10 {
            let disconnecting = Connecting::start(desk.command(&["--json", "disconnect", "--keep-history"]));
            kill_after(&desk, disconnecting, 0).await;
            desk.json(&["disconnect", "--keep-history"]).await.expect(0);
            assert_eq!(desk.kept(), "");
            desk.json(&["status"]).await.expect(3);
            desk.connect(ACCOUNT, &[]).await.expect(0);
        }
    }
}
