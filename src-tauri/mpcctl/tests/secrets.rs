//! The secrets of a whole life of a connection are in the keychain, in memory and on their way to Microsoft: nowhere
//! else, in no spelling.
//!
//! `strace` sees every byte that the programs move. What went over TCP teaches which secrets there were; everything
//! written anywhere else is searched for them, and so is everything that lies about afterwards.
#![cfg(target_os = "linux")]

#[cfg(test)]
#[path = "../src/crash.rs"]
mod crash;
#[cfg(test)]
#[expect(dead_code, reason = "each test program uses a part of it")]
mod proof_support;
#[cfg(test)]
#[path = "proof_support/wire.rs"]
mod wire;

#[cfg(test)]
mod a_whole_life {
    use std::collections::BTreeMap;
    use std::fs;
    use std::path::Path;

    use base64::Engine as _;
    use base64::engine::general_purpose::{STANDARD, STANDARD_NO_PAD, URL_SAFE_NO_PAD};
    use url::form_urlencoded;

    use crate::proof_support::desk::run;
    use crate::proof_support::scripted_browser::{Choices, sign_in};
    use crate::proof_support::{ACCOUNT, Connecting, Desk, browser};
    use crate::wire::{self, Trace};

    const IN_FORMS: [&str; 4] = ["code", "code_verifier", "refresh_token", "state"];
    const IN_ANSWERS: [&str; 3] = ["refresh_token", "access_token", "id_token"];
    /// What an environment file and a log must not keep either, put where secrets would be.
    const PLANTED: &str = "planted-0.AAAA_control+value/with=signs~of-every-kind";

    /// Places by name, each with all of its bytes, as characters below 256: the library's search for text is fast.
    #[derive(Default)]
    struct Places(BTreeMap<String, String>);

    fn characters(bytes: &[u8]) -> String {
        bytes.iter().copied().map(char::from).collect()
    }

    impl Places {
        fn add(&mut self, name: String, bytes: &[u8]) {
            self.0.insert(name, characters(bytes));
        }
    }

    /// Secrets by value, each with its kind.
    #[derive(Default)]
    struct Secrets(BTreeMap<String, &'static str>);

    impl Secrets {
        fn count(&self, kind: &str) -> usize {
            self.0.values().filter(|found| **found == kind).count()
        }

        /// Takes the secrets out of forms, JSON and headers.
        fn learn(&mut self, trace: &Trace) {
            for piece in &trace.network {
                let text = String::from_utf8_lossy(piece);
                let body = text.rsplit("\r\n\r\n").next().unwrap_or_default();
                for (name, value) in form_urlencoded::parse(body.as_bytes()) {
                    if let Some(kind) = IN_FORMS.into_iter().find(|kind| *kind == name) {
                        self.0.insert(value.into_owned(), kind);
                    }
                }
                for kind in IN_ANSWERS {
                    for after in text.split(&format!("\"{kind}\":\"")).skip(1) {
                        self.0.insert(after.split('"').next().unwrap_or_default().to_owned(), kind);
                    }
                }
                for after in text.split("earer ").skip(1) {
                    let token = after.split("\r\n").next().unwrap_or_default();
                    if token.starts_with("eyJ") {
                        self.0.insert(token.to_owned(), "access_token");
                    }
                }
            }
        }
    }

    /// Base64 of a text that may begin at any byte of what was encoded: three spellings, without the ends that its
    /// neighbours colour.
    fn base64_spellings(value: &str) -> Vec<Vec<u8>> {
        let mut all = Vec::new();
        for engine in [&STANDARD_NO_PAD, &URL_SAFE_NO_PAD] {
            for shift in 0..3 {
                let encoded = engine.encode([&b"\0\0"[..shift], value.as_bytes()].concat());
                let (start, end) = ([0, 2, 3][shift], encoded.len() - 2);
                all.push(encoded.as_bytes()[start..end].to_vec());
            }
        }
        all
    }

    fn spellings(value: &str) -> Vec<Vec<u8>> {
        let percent: String = form_urlencoded::byte_serialize(value.as_bytes()).collect();
        let hex: String = value.bytes().map(|byte| format!("{byte:02x}")).collect();
        let json = value.replace('/', "\\/");
        let wide = value.encode_utf16().flat_map(u16::to_le_bytes).collect();
        let plain = [value.to_owned(), percent.to_lowercase(), percent, hex, json].map(String::into_bytes);
        plain.into_iter().chain([wide]).chain(base64_spellings(value)).collect()
    }

    /// The names of the places that hold a secret in any spelling.
    fn search(places: &Places, value: &str) -> Vec<String> {
        let spellings: Vec<String> = spellings(value).iter().map(|spelling| characters(spelling)).collect();
        let hit = |place: &str| spellings.iter().any(|spelling| place.contains(spelling));
        places.0.iter().filter(|(_, place)| hit(place)).map(|(name, _)| name.clone()).collect()
    }

    /// Every file below a folder, byte for byte: free pages of the database too.
    fn collect_files(what: &str, folder: &Path, places: &mut Places) {
        for entry in fs::read_dir(folder).expect("readable").map(Result::unwrap) {
            let path = entry.path();
            if path.is_dir() {
                collect_files(what, &path, places);
            } else {
                places.add(format!("{what} {}", path.display()), &fs::read(&path).expect("readable"));
            }
        }
    }

    /// Runs one command under the trace, and gathers what it said, wrote and left behind.
    async fn traced(desk: &Desk, arguments: &[&str], secrets: &mut Secrets, places: &mut Places) -> i32 {
        let number = places.0.len();
        let prefix = desk.home().join(format!("trace-{number}"));
        let prefix_name = prefix.to_str().expect("a path");
        let mut command = desk.wrapped(&wire::wrapper(prefix_name), arguments);
        command.env("MPC_CONNECT_LOG", "trace");
        let mut address = None;
        let ended = if arguments.contains(&"connect") {
            let mut connecting = Connecting::start(command);
            let opened = connecting.address().await.expect("an address");
            secrets.0.insert(state_in(&opened), "state");
            sign_in(&browser(), &opened, ACCOUNT, Choices::default()).await;
            address = Some(opened);
            connecting.end().await
        } else {
            run(command).await
        };
        let trace = wire::read(&prefix);
        wire::remove(&prefix);
        secrets.learn(&trace);
        for (place, bytes) in trace.written {
            places.add(format!("{number}: written to {place}"), &bytes);
        }
        places.add(format!("{number}: output of {arguments:?}"), ended.stdout.as_bytes());
        places.add(format!("{number}: complaints of {arguments:?}"), ended.stderr.as_bytes());
        collect_files(&format!("{number}: file"), &desk.data(), places);
        if let Some(address) = address {
            // The address with its state is told to the person, who opens it; nothing else may hold it.
            let told = |name: &str| name.contains("output of") || name.contains("written to pipe:");
            let told = places.0.iter_mut().filter(|(name, _)| told(name));
            told.for_each(|(_, place)| *place = place.replace(&address, ""));
        }
        ended.code.expect("no signal")
    }

    fn state_in(address: &str) -> String {
        let address = url::Url::parse(address).expect("an address");
        let state = address.query_pairs().find(|(name, _)| name == "state").expect("a state");
        state.1.into_owned()
    }

    async fn live(desk: &Desk, secrets: &mut Secrets, places: &mut Places) {
        let arguments = desk.connect_arguments(ACCOUNT, &[]);
        assert_eq!(traced(desk, &arguments, secrets, places).await, 0);
        let id = "5a4db0c5-0001-4000-8000-0f0000000001";
        for arguments in [
            &["organizations"][..],
            &["select", id],
            &["test"],
            &["--json", "test"],
            &["status"],
            &["--json", "status"],
            &["history"],
            &["decode", "AQMTF"],
        ] {
            assert_eq!(traced(desk, arguments, secrets, places).await, 0, "{arguments:?}");
        }
        // A refused token is a secret as well, and a fault has more to tell than a success.
        desk.sandbox.fault("expired_access_token").await;
        traced(desk, &["test"], secrets, places).await;
        desk.sandbox.fault("password_changed").await;
        assert_eq!(traced(desk, &["test"], secrets, places).await, 1);
        assert_eq!(traced(desk, &["disconnect", "--keep-history"], secrets, places).await, 0);
    }

    #[tokio::test]
    async fn leaves_no_secret_anywhere() {
        let desk = Desk::new();
        let (mut secrets, mut places) = (Secrets::default(), Places::default());
        live(&desk, &mut secrets, &mut places).await;

        for (kind, least) in [
            ("code", 1),
            ("code_verifier", 1),
            ("state", 1),
            ("id_token", 1),
            ("refresh_token", 5),
            ("access_token", 5),
        ] {
            let count = secrets.count(kind);
            assert!(count >= least, "the trace has shown {count} of {kind}, at least {least} were used");
        }
        let short: Vec<_> = secrets.0.iter().filter(|(value, _)| value.len() < 20).collect();
        assert!(short.is_empty(), "no secrets: {short:?}");
        for part in ["standard error", "database", "lock", "copy of the environment", "keychain's socket"] {
            let sign = match part {
                "standard error" => "complaints",
                "database" => ".db",
                "lock" => ".lock",
                "copy of the environment" => "environments/",
                _ => "written to UNIX",
            };
            assert!(
                places.0.keys().any(|name| name.contains(sign)),
                "the {part} was not searched: {:?}",
                places.0.keys()
            );
        }
        let logged =
            places.0.iter().filter(|(name, _)| name.contains("complaints")).map(|(_, log)| log.len());
        assert!(logged.sum::<usize>() > 10_000, "the log was on");

        let hits: Vec<(&str, Vec<String>)> = secrets
            .0
            .iter()
            .map(|(value, kind)| (*kind, search(&places, value)))
            .filter(|(_, found)| !found.is_empty())
            .collect();
        assert!(hits.is_empty(), "{hits:#?}");
    }

    /// What the search above relies on.
    #[tokio::test]
    async fn the_search_finds_a_planted_value_in_every_kind_of_place() {
        let desk = Desk::connected().await;
        let database = rusqlite::Connection::open(desk.database()).expect("the database");
        database.execute_batch("PRAGMA secure_delete = OFF").expect("switched off");
        let plant = "INSERT INTO history (at, what, result) VALUES ('2026-11-22T10:58:04Z', 'tested', ?1)";
        database.execute(plant, [PLANTED]).expect("planted");
        database
            .execute("DELETE FROM history WHERE result = ?1", [PLANTED])
            .expect("deleted, but on a free page");
        drop(database);
        fs::write(desk.data().join("planted.log"), STANDARD.encode(format!("x{PLANTED}y"))).expect("written");
        let percent: String = form_urlencoded::byte_serialize(PLANTED.as_bytes()).collect();
        fs::write(desk.data().join("environments/planted.toml"), percent).expect("written");
        let mut places = Places::default();
        collect_files("file", &desk.data(), &mut places);

        let prefix = desk.home().join("trace");
        let prefix_name = prefix.to_str().expect("a path");
        let words = [&wire::wrapper(prefix_name)[..], &["sh", "-c", "echo \"$0\" >&2", PLANTED]].concat();
        let output = std::process::Command::new(words[0]).args(&words[1..]).output().expect("strace");
        places.add("complaints".into(), &output.stderr);
        for (name, bytes) in wire::read(&prefix).written {
            places.add(format!("trace of {name}"), &bytes);
        }

        let found = search(&places, PLANTED);
        for sign in ["rehearsal.db", "planted.log", "planted.toml", "complaints", "trace of pipe:"] {
            assert!(found.iter().any(|name| name.contains(sign)), "not found in {sign}: {found:?}");
        }
        assert_eq!(found.len(), 5, "and nowhere else: {found:?}");
    }

    /// What the crashing program below holds.
    const ORDER: &str = "MPC_TEST_CRASH";

    /// Crashes in three ways with a refresh token in the message. Runs only when started by the test below, in a
    /// process of its own, with the hook of `mpcctl` or without.
    #[test]
    #[ignore = "the other half of the test below"]
    fn crashes_with_a_refresh_token_in_hand() {
        if std::env::var(ORDER).is_ok_and(|order| order == "hooked") {
            crate::crash::tell_the_place_alone();
        }
        let token = || mpc_connect_core::secret::RefreshToken::new(PLANTED);
        let in_a_message = std::thread::spawn(move || panic!("could not keep {}", token().expose()));
        let unreadable =
            move || token().expose().parse::<std::net::IpAddr>().map_err(|_| token().expose().to_owned());
        let in_an_error = std::thread::spawn(move || unreadable().unwrap());
        let runtime =
            tokio::runtime::Builder::new_multi_thread().worker_threads(1).build().expect("a runtime");
        let in_a_task = runtime.spawn(async move { std::panic::panic_any(token().expose().to_owned()) });
        assert!(in_a_message.join().is_err() && in_an_error.join().is_err());
        assert!(runtime.block_on(in_a_task).is_err());
    }

    /// Everything that a crashed program has said, with the most that it can be asked to say.
    fn said_in_a_crash(order: &str) -> Places {
        let mut child = std::process::Command::new(std::env::current_exe().expect("this program"));
        child.args([
            "--ignored",
            "--exact",
            "a_whole_life::crashes_with_a_refresh_token_in_hand",
            "--nocapture",
        ]);
        let output = child.env(ORDER, order).env("RUST_BACKTRACE", "full").output().expect("it runs");
        assert!(output.status.success(), "it crashed as it should: {output:?}");
        let mut places = Places::default();
        places.add("output".into(), &output.stdout);
        places.add("complaints".into(), &output.stderr);
        places
    }

    #[test]
    fn a_crash_names_its_place_and_nothing_that_was_in_hand() {
        let hooked = said_in_a_crash("hooked");
        let complaints = &hooked.0["complaints"];
        assert_eq!(complaints.matches("stopped because of a fault of its own").count(), 3, "{complaints}");
        assert!(complaints.contains("secrets.rs:"), "{complaints}");
        assert_eq!(search(&hooked, PLANTED), Vec::<String>::new(), "{complaints}");

        // Without the hook the same search finds it, so it would have found it above.
        let bare = said_in_a_crash("bare");
        assert_eq!(search(&bare, PLANTED), ["complaints"]);
        assert!(bare.0["complaints"].matches("planted").count() >= 2, "{:?}", bare.0);
    }

    /// What stands before the hook could crash without it.
    #[test]
    fn the_program_begins_with_the_hook() {
        let source = include_str!("../src/main.rs");
        let first = source.split("fn main() -> ExitCode {").nth(1).expect("a beginning").trim_start();
        assert!(first.starts_with("crash::tell_the_place_alone();"), "{first}");
    }
}
