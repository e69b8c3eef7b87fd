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
        let wiped = run_on(&desk, PROTECTED, &["disconnect", "--wipe-history"]).await.expect(5);
        assert!(wiped.stdout.contains("The history could not be deleted."), "{wiped:?}");
        assert!(!wiped.stdout.contains("The history was deleted."), "{wiped:?}");
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
                assert!(refused.stdout.contains("Nothing was changed."), "{harm}: {refused:?}");
                assert!(!refused.stdout.contains("a new history began"), "{harm}: {refused:?}");
            }
            let told = desk.json(&["status"]).await.expect(5);
            assert_eq!((told.field("error"), told.field("actor")), ("STORE_DAMAGED".into(), "user".into()));
            assert!(told.field("why").contains("Nothing was changed."), "{harm}: {told:?}");
            assert!(told.field("do").contains("Connect or test"), "{harm}: {told:?}");
            assert_eq!(told.field("redo"), "null", "{harm}: {told:?}");
            assert_eq!(fs::read(desk.database()).expect("a file"), harmed, "{harm}: reading changes nothing");

            let tested = desk.run(&["test"]).await;
            let kept = kept_aside(&desk);
            assert_eq!(kept.len(), 1, "{harm}");
            assert_eq!(fs::read(desk.data().join(&kept[0])).expect("a file"), harmed, "{harm}: as it was");
            assert!(format!("{tested:?}").contains(&kept[0]), "{harm}: {tested:?}");
            assert!(tested.stdout.contains("a new history began"), "{harm}: {tested:?}");
            assert!(tested.stderr.contains("The keychain still holds a sign-in"), "{harm}: {tested:?}");

            desk.connect(ACCOUNT, &[]).await.expect(0);
            desk.json(&["test"]).await.expect(0);
            assert_eq!(desk.json(&["status"]).await.expect(0).json()["qualifiers"], json!([]));
            assert_eq!(kept_aside(&desk), kept, "{harm}: once");
        }
    }

    const GONE: &str = "The history of this computer is gone";

    #[tokio::test]
    async fn a_file_that_is_gone_or_empty_is_told_and_takes_one_sign_in() {
        for gone in [true, false] {
            let desk = Desk::connected().await;
            if gone {
                fs::remove_file(desk.database()).expect("removed");
            } else {
                fs::write(desk.database(), "").expect("emptied");
            }
            assert_eq!(desk.json(&["status"]).await.expect(3).field("history_lost"), "true");
            assert_eq!(desk.json(&["history"]).await.expect(0).field("history_lost"), "true");
            for (arguments, code) in [(&["status"][..], 3), (&["history"], 0)] {
                let told = desk.run(arguments).await.expect(code);
                assert!(told.stdout.contains(GONE) && !told.stdout.contains("is empty."), "{told:?}");
            }

            let tested = desk.run(&["test"]).await.expect(3);
            assert!(tested.stdout.contains(GONE), "{tested:?}");
            // The first command that writes makes a new file; what the keychain holds tells the next ones.
            for arguments in [&["test"][..], &["organizations"]] {
                let told = desk.json(arguments).await.expect(3);
                assert_eq!(
                    (told.field("error"), told.field("history_lost")),
                    ("not_connected".into(), "true".into())
                );
                assert!(told.field("message").contains("A new sign-in is needed."), "{told:?}");
            }
            desk.connect(ACCOUNT, &[]).await.expect(0);
            desk.json(&["test"]).await.expect(0);
            assert_eq!(desk.json(&["status"]).await.expect(0).field("history_lost"), "null");
        }
    }

    #[tokio::test]
    async fn where_nothing_was_nothing_is_lost() {
        let desk = Desk::new();
        let at = ["--environment", desk.sandbox.environment.to_str().expect("a path")];
        let says_nothing_of_a_loss = async || {
            for (arguments, code) in [(&["status"][..], 3), (&["history"], 0), (&["test"], 3)] {
                let told = desk.run(&[&at[..], arguments].concat()).await.expect(code);
                assert!(!format!("{told:?}").contains("lost"), "{told:?}");
            }
        };
        says_nothing_of_a_loss().await;
        // The test has made a file.
        says_nothing_of_a_loss().await;
        let told = desk.run(&[&at[..], &["disconnect", "--keep-history"]].concat()).await.expect(0);
        assert!(told.stdout.contains("Neither the history nor the keychain"), "{told:?}");
        // A person who had the history deleted has not lost it.
        desk.connect(ACCOUNT, &[]).await.expect(0);
        desk.json(&["disconnect", "--wipe-history"]).await.expect(0);
        says_nothing_of_a_loss().await;
    }

    #[tokio::test]
    async fn without_the_file_a_disconnect_still_forgets_the_credential_and_says_so() {
        let desk = Desk::connected().await;
        fs::remove_file(desk.database()).expect("removed");
        let told = desk.run(&["disconnect", "--wipe-history"]).await.expect(0);
        assert!(told.stdout.contains("the keychain held one. It was removed."), "{told:?}");
        assert_eq!(desk.kept(), "");
        let again = desk.run(&["disconnect", "--wipe-history"]).await.expect(0);
        assert!(again.stdout.contains("There is nothing to disconnect."), "{again:?}");
    }

    #[tokio::test]
    async fn a_wipe_leaves_no_damaged_file_that_names_the_account() {
        let desk = Desk::connected().await;
        let mut harmed = fs::read(desk.database()).expect("a file");
        harmed[..8].fill(0xff);
        fs::write(desk.database(), harmed).expect("harmed");
        desk.run(&["test"]).await.expect(3);
        assert_eq!(kept_aside(&desk).len(), 1);
        desk.run(&["disconnect", "--keep-history"]).await.expect(0);
        assert_eq!(kept_aside(&desk).len(), 1, "kept with the history");

        let told = desk.run(&["disconnect", "--wipe-history"]).await.expect(0);
        assert!(told.stdout.contains("deleted too: 1"), "{told:?}");
        for entry in fs::read_dir(desk.data()).expect("a folder").map(Result::unwrap) {
            let bytes = fs::read(entry.path()).unwrap_or_default();
            let named = bytes.windows(ACCOUNT.len()).any(|window| window == ACCOUNT.as_bytes());
            assert!(!named, "{} names the account", entry.path().display());
        }
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
