//! How `mpcctl` behaves towards people and scripts: JSON, exit codes, pipes, terminals, browsers.
#![cfg(target_os = "linux")]

#[cfg(test)]
#[expect(dead_code, reason = "each test program uses a part of it")]
mod proof_support;

#[cfg(test)]
mod towards_scripts {
    use std::collections::BTreeSet;

    use rusqlite::Connection;
    use serde_json::Value;

    use crate::proof_support::desk::Ended;
    use crate::proof_support::{ACCOUNT, Desk};

    const STATUS: &str = "account actor checked_at class environment flow keychain last_known open_items organization \
                          qualifiers redo rehearsal schema stale state_code status step";

    fn keys(value: &Value) -> BTreeSet<&str> {
        value.as_object().unwrap_or_else(|| panic!("no object: {value}")).keys().map(String::as_str).collect()
    }

    #[track_caller]
    fn has_exactly(value: &Value, names: &str) {
        assert_eq!(keys(value), names.split_whitespace().collect(), "{value}");
    }

    /// One line, and nothing but JSON in it.
    fn only_line(ended: &Ended) -> Value {
        assert_eq!(ended.stdout.lines().count(), 1, "{ended:?}");
        ended.json()
    }

    fn is_a_status(line: &Value) {
        has_exactly(line, STATUS);
        assert_eq!((&line["schema"], &line["rehearsal"]), (&"mpcctl/1".into(), &true.into()));
        let words = ["not_connected", "active", "inactive", "cant_check"];
        assert!(words.contains(&line["status"].as_str().expect("a word")), "{line}");
        for item in line["open_items"].as_array().expect("a list") {
            has_exactly(item, "id who since asked_at arrived_at");
        }
    }

    #[tokio::test]
    async fn every_command_answers_in_the_json_of_its_contract() {
        let desk = Desk::new();
        let connected = desk.connect(ACCOUNT, &["--kind", "service"]).await.expect(0);
        for line in connected.stdout.lines() {
            serde_json::from_str::<Value>(line).unwrap_or_else(|error| panic!("{error}: {line}"));
        }
        is_a_status(&connected.json());

        let listed = only_line(&desk.json(&["organizations"]).await.expect(0));
        has_exactly(&listed, "organizations");
        for row in listed["organizations"].as_array().expect("a list") {
            has_exactly(row, "id name names evidence referrals_seen");
        }
        let id = listed["organizations"][0]["id"].as_str().expect("an id");

        is_a_status(&only_line(&desk.json(&["select", id]).await.expect(0)));

        let tested = only_line(&desk.json(&["test"]).await.expect(0));
        has_exactly(&tested, "schema result status checked_at checks");
        let checks = tested["checks"].as_array().expect("a list");
        let order: Vec<&str> = checks.iter().filter_map(|check| check["id"].as_str()).collect();
        let expected =
            "metadata refresh identity referrals mfa role organization referral-by-id profile".split(' ');
        assert_eq!(order, expected.collect::<Vec<_>>());
        for check in checks {
            has_exactly(check, "id result ms class code correlation_id");
        }

        let status = only_line(&desk.json(&["status"]).await.expect(0));
        is_a_status(&status);
        has_exactly(&status["account"], "username tenant_id kind");
        has_exactly(&status["organization"], "id name");
        has_exactly(&status["last_known"], "status checked_at");
        assert_eq!(status["keychain"], "not_checked");
        assert_eq!(status["account"]["kind"], "service");

        let history = only_line(&desk.json(&["history"]).await.expect(0));
        assert!(!history["history"].as_array().expect("a list").is_empty());

        let code = status["state_code"].as_str().expect("a code");
        let said = only_line(&desk.json(&["decode", code]).await.expect(0));
        assert_eq!((&said["status"], &said["rehearsal"]), (&"active".into(), &true.into()));

        is_a_status(&only_line(&desk.json(&["disconnect", "--wipe-history"]).await.expect(0)));
    }

    fn change(desk: &Desk, statement: &str) {
        let database = Connection::open(desk.database()).expect("the database");
        assert!(database.execute(statement, []).expect("a statement") > 0, "{statement}");
    }

    #[tokio::test]
    async fn exit_codes_are_those_of_the_table() {
        let desk = Desk::new();
        let environment = desk.sandbox.environment.to_str().expect("a path");
        desk.run(&["--environment", environment, "status"]).await.expect(3);
        desk.run(&["--environment", environment, "test"]).await.expect(3);
        desk.run(&["no-such-command"]).await.expect(2);
        let refused = desk.connect("disabled@contoso.example", &[]).await.expect(1);
        assert_eq!(refused.field("class"), "ACCOUNT_DISABLED");
        assert_eq!(refused.field("status"), "not_connected");
        desk.run(&["status"]).await.expect(3);

        desk.connect(ACCOUNT, &["--accept-account", ACCOUNT]).await.expect(0);
        desk.run(&["status"]).await.expect(0);
        desk.run(&["test"]).await.expect(0);
        desk.sandbox.fault("role_missing").await;
        let failed = desk.json(&["test"]).await.expect(1);
        assert_eq!((failed.field("result"), failed.field("status")), ("failed".into(), "inactive".into()));
        desk.run(&["status"]).await.expect(1);

        change(
            &desk,
            "UPDATE verdict SET failure = NULL, last_known_word = 'active',
                checked_at = strftime('%Y-%m-%dT%H:%M:%SZ', 'now', '-2 days')",
        );
        let stale = desk.json(&["status"]).await.expect(4);
        assert_eq!((stale.field("stale"), stale.field("status")), ("true".into(), "active".into()));
        let human = desk.run(&["status"]).await.expect(4);
        assert!(human.stdout.contains("Not checked since"), "{human:?}");

        std::fs::write(desk.database(), "no database").expect("written");
        desk.run(&["status"]).await.expect(5);
        desk.run(&["history"]).await.expect(5);
    }
}

#[cfg(test)]
mod towards_people {
    use std::process::Stdio;

    use rusqlite::Connection;
    use url::Url;

    use crate::proof_support::desk::{Ended, run};
    use crate::proof_support::scripted_browser::{Choices, Outcome, sign_in};
    use crate::proof_support::{ACCOUNT, Connecting, Desk, browser, until};

    /// The address among the lines for people.
    async fn address(connecting: &mut Connecting) -> String {
        loop {
            let line = connecting.line().await.expect("an address comes");
            if line.trim_start().starts_with("http://") {
                return line.trim().to_owned();
            }
        }
    }

    /// What a person must never see: an id of the catalogue, a hole in a sentence, a terminal's control sequence.
    #[track_caller]
    fn is_for_people(ended: &Ended) {
        for line in ended.stdout.lines().chain(ended.stderr.lines()) {
            assert!(!line.contains("{$") && !line.contains("{ $"), "a hole: {line}");
            assert!(!line.contains('\u{1b}'), "a control sequence: {line:?}");
            for piece in line.split('[').skip(1) {
                let id = piece.split(']').next().unwrap_or_default();
                let is_id = id.contains('-')
                    && id.chars().all(|letter| letter.is_ascii_lowercase() || "-.".contains(letter));
                assert!(!is_id, "an id of the catalogue: {line}");
            }
        }
    }

    #[tokio::test]
    async fn sentences_are_whole_and_without_colours_where_no_terminal_is() {
        let desk = Desk::new();
        let environment = desk.sandbox.environment.to_str().expect("a path");
        let arguments =
            ["--environment", environment, "connect", "--username", ACCOUNT, "--flow", "migration"];
        let mut connecting = Connecting::start(desk.command(&arguments));
        let opened = address(&mut connecting).await;
        sign_in(&browser(), &opened, ACCOUNT, Choices::default()).await;
        is_for_people(&connecting.end().await.expect(0));

        for arguments in [
            &["organizations"][..],
            &["select", "no-such-id"],
            &["test"],
            &["status"],
            &["history"],
            &["decode", "AAAAA"],
            &["--help"],
            &["connect"],
            &["connect", "--username", "nobody"],
            &["--environment", "never-seen", "status"],
        ] {
            is_for_people(&desk.run(arguments).await);
        }
        for fault in
            ["role_missing", "mfa_900421", "html_instead_of_json", "password_changed", "conditional_access"]
        {
            desk.sandbox.fault(fault).await;
            is_for_people(&desk.run(&["test"]).await);
            is_for_people(&desk.run(&["status"]).await);
        }
        let mut logged = desk.command(&["test"]);
        logged.env("MPC_CONNECT_LOG", "debug");
        is_for_people(&run(logged).await);
        is_for_people(&desk.run(&["history"]).await);
        is_for_people(&desk.run(&["disconnect", "--wipe-history"]).await.expect(0));
    }

    /// As `mpcctl history | head -1`.
    #[tokio::test]
    async fn a_reader_that_goes_away_is_no_fault() {
        let desk = Desk::connected().await;
        for arguments in [&["history"][..], &["status"], &["--json", "test"], &["--help"]] {
            let mut command = desk.command(arguments);
            let mut process = command.spawn().expect("mpcctl starts");
            drop(process.stdout.take());
            let output = process.wait_with_output().await.expect("it ends");
            assert!(output.status.success(), "{arguments:?}: {output:?}");
            assert!(output.stderr.is_empty(), "{arguments:?}: {output:?}");
        }
    }

    #[tokio::test]
    async fn both_streams_may_be_closed() {
        let desk = Desk::connected().await;
        let mut command = desk.command(&["--environment", "never-seen", "status"]);
        let mut process = command.spawn().expect("mpcctl starts");
        drop(process.stdout.take());
        drop(process.stderr.take());
        assert_eq!(process.wait().await.expect("it ends").code(), Some(2));
    }

    #[tokio::test]
    async fn the_chosen_browser_gets_the_address_in_its_place() {
        let desk = Desk::new();
        let (script, told) = (desk.home().join("browse.sh"), desk.home().join("told"));
        std::fs::write(
            &script,
            format!("printf '%s\\n' \"$@\" > {0}.new && mv {0}.new {0}\n", told.display()),
        )
        .expect("written");
        let mut command = desk.command(&desk.connect_arguments(ACCOUNT, &[]));
        command.env("BROWSER", format!("/no/such/browser:sh {} --new-window %s --last", script.display()));
        let mut connecting = Connecting::start(command);
        let address = connecting.address().await.expect("an address");
        let words = until("the browser starts", async || std::fs::read_to_string(&told).ok()).await;
        assert_eq!(words, format!("--new-window\n{address}\n--last\n"));
        let outcome = sign_in(&browser(), &address, ACCOUNT, Choices::default()).await;
        assert!(matches!(outcome, Outcome::Delivered { status: 200, .. }), "{outcome:?}");
        let ended = connecting.end().await.expect(0);
        assert!(!ended.stdout.contains("BROWSER_NOT_OPENED"), "{ended:?}");
    }

    #[tokio::test]
    async fn without_a_browser_the_address_still_leads_to_a_connection() {
        let desk = Desk::new();
        let mut command = desk.command(&desk.connect_arguments(ACCOUNT, &[]));
        command.env_remove("BROWSER");
        let mut connecting = Connecting::start(command);
        let address = connecting.address().await.expect("an address");
        assert!(Url::parse(&address).is_ok());
        let line = connecting.line().await.expect("a line");
        assert!(line.contains("BROWSER_NOT_OPENED"), "{line}");
        sign_in(&browser(), &address, ACCOUNT, Choices::default()).await;
        let ended = connecting.end().await.expect(0);
        assert_eq!((ended.field("status"), ended.field("class")), ("active".into(), "null".into()));
    }

    #[tokio::test]
    async fn ctrl_c_ends_a_sign_in_and_changes_nothing() {
        let desk = Desk::new();
        let mut connecting = desk.start_connect(ACCOUNT, &[]);
        connecting.address().await.expect("an address");
        connecting.interrupt();
        let ended = connecting.end().await.expect(1);
        assert_eq!(
            (ended.field("status"), ended.field("class")),
            ("not_connected".into(), "USER_CANCELLED".into())
        );
        assert_eq!(desk.kept(), "");
    }

    /// The budget is 20 ms for a release; run with `--run-ignored only --no-capture`.
    #[tokio::test]
    #[ignore = "a measurement"]
    async fn status_with_a_full_history() {
        let desk = Desk::connected().await;
        let database = Connection::open(desk.database()).expect("the database");
        database
            .execute(
                "WITH RECURSIVE many (number) AS (SELECT 1 UNION ALL SELECT number + 1 FROM many WHERE number < 20000)
                 INSERT INTO history (at, what, result) SELECT '2026-11-22T10:58:04Z', 'tested', 'passed' FROM many",
                [],
            )
            .expect("20,000 entries");
        drop(database);
        let mut times = Vec::new();
        for _ in 0..10 {
            let mut command = desk.command(&["status"]);
            command.stdout(Stdio::null()).stderr(Stdio::null());
            let start = std::time::Instant::now();
            assert!(command.status().await.expect("mpcctl runs").success());
            times.push(start.elapsed());
        }
        times.sort();
        println!("mpcctl status, 20,000 entries: median {:?}, slowest {:?}", times[5], times[9]);
    }
}
