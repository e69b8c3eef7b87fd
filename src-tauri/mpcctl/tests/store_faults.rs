//! `mpcctl` on a disk that is full or protected, and on a database that is damaged or of a newer version: sign-in and
//! test go on, and what was not saved is never called saved.
//!
//! Protected and full folders are mounts of their own, which bind the superuser too.
#![cfg(target_os = "linux")]

#[cfg(test)]
#[expect(dead_code, reason = "each test program uses a part of it")]
mod proof_support;

#[cfg(test)]
mod folders {
    use serde_json::json;

    use crate::proof_support::desk::{Ended, run};
    use crate::proof_support::{ACCOUNT, Connecting, Desk};

    /// The data folder can be read and not written.
    const PROTECTED: &str = r#"mount --bind "$MPC_CONNECT_DATA" "$MPC_CONNECT_DATA" &&
        mount -o remount,bind,ro "$MPC_CONNECT_DATA" && exec "$@""#;
    /// The data folder, with what was in it, is on a disk without any room left.
    const FULL: &str = r#"mkdir "$HOME/was" && cp -a "$MPC_CONNECT_DATA/." "$HOME/was" &&
        mount -t tmpfs -o size=256k tmpfs "$MPC_CONNECT_DATA" && cp -a "$HOME/was/." "$MPC_CONNECT_DATA" &&
        { cat /dev/zero > "$MPC_CONNECT_DATA/filler" 2> /dev/null; rm -r "$HOME/was"; exec "$@"; }"#;

    fn wrapper(script: &str) -> [&str; 9] {
        ["unshare", "--user", "--map-root-user", "--mount", "--propagation", "private", "sh", "-c", script]
    }

    /// The words before `mpcctl`; the last one is the name that `sh` gets.
    fn on(script: &str) -> Vec<&str> {
        [&wrapper(script)[..], &["sh"]].concat()
    }

    async fn run_on(desk: &Desk, script: &str, arguments: &[&str]) -> Ended {
        run(desk.wrapped(&on(script), arguments)).await
    }

    #[tokio::test]
    async fn a_sign_in_works_on_a_protected_and_on_a_full_disk_and_says_that_nothing_is_saved() {
        for (script, reason) in [(PROTECTED, "read-only"), (FULL, "disk full")] {
            let desk = Desk::new();
            let command = desk.wrapped(&on(script), &desk.connect_arguments(ACCOUNT, &[]));
            let connected = Connecting::start(command).signed_in_as(ACCOUNT).await.expect(0);
            assert_eq!(connected.field("status"), "active", "{reason}");
            assert_eq!(connected.json()["qualifiers"], json!(["history_not_saved"]), "{reason}");
            assert_ne!(desk.kept(), "", "the credential is in the keychain");
        }
    }

    #[tokio::test]
    async fn a_test_works_on_a_protected_and_on_a_full_disk_and_says_that_nothing_is_saved() {
        for (script, reason) in [(PROTECTED, "read-only"), (FULL, "disk full")] {
            let desk = Desk::connected().await;
            let before = std::fs::read(desk.database()).expect("a file");
            let tested = run_on(&desk, script, &["--json", "test"]).await.expect(0);
            assert_eq!(tested.field("status"), "active", "{reason}: {tested:?}");
            let human = run_on(&desk, script, &["test"]).await.expect(0);
            assert!(human.stdout.contains("Connection status: Active"), "{reason}: {human:?}");
            assert!(human.stdout.contains("The history cannot be saved."), "{reason}: {human:?}");
            assert!(human.stdout.contains(&format!("STORE_NOT_WRITABLE · {reason}")), "{reason}: {human:?}");
            assert_eq!(std::fs::read(desk.database()).expect("a file"), before, "{reason}");
            // The token that the test has replaced is the one that works afterwards.
            desk.sandbox.fault("refresh_token_replayed").await;
            run_on(&desk, script, &["--json", "test"]).await.expect(0);
            desk.json(&["test"]).await.expect(0);
        }
    }

    #[tokio::test]
    async fn what_was_saved_before_can_be_read() {
        for script in [PROTECTED, FULL] {
            let desk = Desk::connected().await;
            let status = run_on(&desk, script, &["--json", "status"]).await.expect(0);
            assert_eq!(status.field("status"), "active", "{status:?}");
            let history = run_on(&desk, script, &["--json", "history"]).await.expect(0);
            assert!(history.stdout.contains("signed-in"), "{history:?}");
        }
    }

    #[tokio::test]
    async fn a_disconnect_that_cannot_be_noted_still_forgets_and_says_so() {
        let desk = Desk::connected().await;
        let ended = run_on(&desk, PROTECTED, &["disconnect", "--keep-history"]).await;
        assert_eq!(desk.kept(), "", "{ended:?}");
        assert!(ended.stdout.contains("The history cannot be saved."), "{ended:?}");
        // The file knows nothing of it; the first look into the keychain does.
        desk.json(&["test"]).await.expect(3);
        desk.json(&["status"]).await.expect(3);
    }
}

#[cfg(test)]
mod files {
    use std::fs;

    use serde_json::json;

    use crate::proof_support::{ACCOUNT, Desk};

    /// One way of harming a file.
    type Harm = fn(Vec<u8>) -> Vec<u8>;

    const HARMS: [(&str, Harm); 3] = [
        ("no database", |_| b"what is this?".to_vec()),
        ("a foreign head", |mut file| {
            file[..8].fill(0xff);
            file
        }),
        ("cut", |mut file| {
            file.truncate(file.len() / 2);
            file
        }),
    ];

    fn kept_aside(desk: &Desk) -> Vec<String> {
        let entries = fs::read_dir(desk.data()).expect("a folder").map(Result::unwrap);
        let names = entries.map(|entry| entry.file_name().to_string_lossy().into_owned());
        names.filter(|name| name.contains(".damaged-") && name.ends_with(".db")).collect()
    }

    #[tokio::test]
    async fn a_damaged_file_is_named_kept_aside_and_stops_nothing() {
        for (harm, change) in HARMS {
            let desk = Desk::connected().await;
            let harmed = change(fs::read(desk.database()).expect("a file"));
            fs::write(desk.database(), &harmed).expect("harmed");

            for arguments in [&["status"][..], &["history"]] {
                let refused = desk.run(arguments).await.expect(5);
                assert!(refused.stdout.contains("STORE_DAMAGED"), "{harm}: {refused:?}");
            }
            let told = desk.json(&["status"]).await.expect(5);
            assert_eq!(told.field("error"), "STORE_DAMAGED", "{harm}");
            assert_eq!(fs::read(desk.database()).expect("a file"), harmed, "{harm}: reading changes nothing");

            let tested = desk.run(&["test"]).await;
            let kept = kept_aside(&desk);
            assert_eq!(kept.len(), 1, "{harm}");
            assert_eq!(fs::read(desk.data().join(&kept[0])).expect("a file"), harmed, "{harm}: as it was");
            assert!(format!("{tested:?}").contains(&kept[0]), "{harm}: {tested:?}");

            desk.connect(ACCOUNT, &[]).await.expect(0);
            desk.json(&["test"]).await.expect(0);
            assert_eq!(desk.json(&["status"]).await.expect(0).json()["qualifiers"], json!([]));
            assert_eq!(kept_aside(&desk), kept, "{harm}: once");
        }
    }

    #[tokio::test]
    async fn a_file_that_is_gone_takes_one_sign_in() {
        let desk = Desk::connected().await;
        fs::remove_file(desk.database()).expect("removed");
        desk.json(&["status"]).await.expect(3);
        desk.connect(ACCOUNT, &[]).await.expect(0);
        desk.json(&["test"]).await.expect(0);
    }

    #[tokio::test]
    async fn without_the_file_a_disconnect_still_forgets_the_credential() {
        let desk = Desk::connected().await;
        fs::remove_file(desk.database()).expect("removed");
        desk.json(&["disconnect", "--wipe-history"]).await.expect(0);
        assert_eq!(desk.kept(), "");
    }

    #[tokio::test]
    async fn a_file_of_a_newer_version_is_read_and_never_written() {
        let desk = Desk::connected().await;
        let database = rusqlite::Connection::open(desk.database()).expect("a file");
        database.pragma_update(None, "user_version", 99).expect("a newer version");
        drop(database);
        let newer = fs::read(desk.database()).expect("a file");

        assert_eq!(desk.json(&["status"]).await.expect(0).field("status"), "active");
        assert!(desk.json(&["history"]).await.expect(0).stdout.contains("signed-in"));
        let tested = desk.run(&["test"]).await.expect(0);
        assert!(tested.stdout.contains("STORE_NOT_WRITABLE · newer version"), "{tested:?}");
        let connected = desk.connect(ACCOUNT, &[]).await.expect(0);
        assert_eq!(connected.json()["qualifiers"], json!(["history_not_saved"]));
        assert_eq!(fs::read(desk.database()).expect("a file"), newer);
        assert_eq!(kept_aside(&desk), Vec::<String>::new());
    }
}
