//! Environment files and names.

use std::fs;

use crate::proof_support::Desk;
use crate::proof_support::desk::run;

const GOOD: &str = r#"
name = "lab"
metadata = "https://login.example/organizations/v2.0/.well-known/openid-configuration"
client_id = "00000000-0000-0000-0000-000000000000"
[referrals]
base = "https://api.example/referrals"
scope = "https://api.example/read"
"#;

async fn refused(desk: &Desk, environment: &str, error: &str) {
    let json = desk.json(&["--environment", environment, "status"]).await.expect(2);
    assert_eq!(json.field("error"), error, "{environment}");
    let human = desk.run(&["--environment", environment, "test"]).await.expect(2);
    let harmless = |letter: char| !letter.is_control() || letter == '\n';
    assert!(!human.stderr.is_empty() && human.stderr.chars().all(harmless), "{human:?}");
}

#[tokio::test]
async fn a_file_that_cannot_be_used_is_refused_with_its_reason() {
    let desk = Desk::new();
    let path = desk.home().join("lab.toml");
    let name = path.to_str().expect("a path");
    let with = |from: &str, to: &str| GOOD.replacen(from, to, 1).into_bytes();
    fs::write(&path, GOOD).expect("written");
    desk.run(&["--environment", name, "status"]).await.expect(3);

    let huge = format!("{GOOD}\n# {}", "x".repeat(1 << 20));
    let deep = format!("{GOOD}\nx = {}", "[".repeat(10_000));
    for (text, error) in [
        (b"".to_vec(), "environment-error-missing-key"),
        (b"name = ".to_vec(), "environment-error-malformed"),
        (b"\0\0\0\0".to_vec(), "environment-error-malformed"),
        (vec![0xff, 0xfe, 0x00, 0x80], "environment-error-unreadable"),
        (huge.into_bytes(), "environment-error-unreadable"),
        (deep.into_bytes(), "environment-error-malformed"),
        (b"{\"name\":\"lab\"}".to_vec(), "environment-error-malformed"),
        (with("client_id", "clientid"), "environment-error-unknown-key"),
        (with("client_id", "#"), "environment-error-no-client-id"),
        (with("base = \"https", "base = \"ftp"), "environment-error-referrals"),
        (with("example/read", "example/read openid"), "environment-error-scope"),
        (with("\"lab\"", "\"Lab\""), "environment-error-name"),
        (with("\"lab\"", "\"../../etc/passwd\""), "environment-error-name"),
        (with("\"lab\"", "\"\""), "environment-error-name"),
        (with("\"lab\"", "\"public\""), "environment-error-reserved-name"),
        (with("\"lab\"", "\"sandbox\""), "environment-error-reserved-name"),
        (with("https://login", "http://login"), "environment-error-http-not-loopback"),
        (with("https://api", "http://api"), "environment-error-http-not-loopback"),
        (
            with("https://api.example/ref", "http://localhost.evil.example/ref"),
            "environment-error-http-not-loopback",
        ),
        (
            with("https://api.example/ref", "http://127.0.0.1.evil.example/ref"),
            "environment-error-http-not-loopback",
        ),
        (with("https://login", "ftp://login"), "environment-error-metadata"),
        (with("https://login", "https://user:secret@login"), "environment-error-metadata"),
        (with("login.example/", "login.microsoftonline.us/"), "environment-error-unsupported-cloud-us"),
        (
            with("login.example/", "login.partner.microsoftonline.cn/"),
            "environment-error-unsupported-cloud-china",
        ),
        (with("00000000-0000", "0000 0000"), "environment-error-client-id"),
        (with("\"00000000-0000-0000-0000-000000000000\"", "\"\""), "environment-error-client-id"),
        (with("[referrals]", "deep_link = \"http://x\"\n[referrals]"), "environment-error-redirect"),
        (
            with("[referrals]", "loopback = \"http://0.0.0.0/auth\"\n[referrals]"),
            "environment-error-redirect",
        ),
        (with("[referrals]", "prompt = \"\\u001b[31m\"\n[referrals]"), "environment-error-prompt"),
    ] {
        fs::write(&path, &text).expect("written");
        let shown = String::from_utf8_lossy(&text).chars().take(300).collect::<String>();
        println!("{error}: {shown}");
        refused(&desk, name, error).await;
    }
    assert!(!desk.data().join("environments").join("passwd.toml").exists());
}

#[tokio::test]
async fn what_is_no_file_and_no_known_name_is_refused() {
    let desk = Desk::new();
    for environment in ["/no/such/file.toml", "/", "/dev/zero", "../lab"] {
        refused(&desk, environment, "environment-error-unreadable").await;
    }
    for environment in ["never-seen", "Never Seen", "", &"a".repeat(9_999)] {
        refused(&desk, environment, "environment-error-unknown-name").await;
    }
}

#[tokio::test]
async fn a_bare_name_never_means_a_file_of_the_current_folder() {
    let desk = Desk::new();
    fs::write(desk.home().join("lab"), GOOD).expect("written");
    let status = |name: &'static str| {
        let mut command = desk.command(&["--json", "--environment", name, "status"]);
        command.current_dir(desk.home());
        command
    };
    let bare = run(status("lab")).await.expect(2);
    assert_eq!(bare.field("error"), "environment-error-unknown-name");
    run(status("./lab")).await.expect(3);
    fs::write(desk.data().join("last-environment"), "./lab").expect("written");
    let mut last = desk.command(&["--json", "status"]);
    last.current_dir(desk.home());
    assert_eq!(run(last).await.expect(2).field("error"), "environment-error-unknown-name");
}

#[tokio::test]
async fn commands_that_only_read_leave_nothing_behind() {
    let desk = Desk::new();
    fs::remove_dir(desk.data()).expect("it was empty");
    let environment = desk.sandbox.environment.to_str().expect("a path");
    for command in ["status", "history"] {
        desk.run(&["--environment", environment, command]).await;
    }
    assert!(!desk.data().exists());
}

#[tokio::test]
async fn a_name_that_is_in_use_keeps_its_environment() {
    let desk = Desk::connected().await;
    let other = desk.home().join("other.toml");
    fs::write(&other, GOOD.replace("\"lab\"", "\"sandbox-rehearsal\"")).expect("written");
    let copy = desk.data().join("environments/sandbox-rehearsal.toml");
    let before = fs::read_to_string(&copy).expect("a copy");
    let other = other.to_str().expect("a path");
    refused(&desk, other, "environment-error-name-in-use").await;
    let told = desk.run(&["--environment", other, "test"]).await.expect(2);
    assert!(told.stderr.contains(copy.to_str().expect("a path")), "{told:?}");
    assert_eq!(fs::read_to_string(&copy).expect("a copy"), before);
}

#[tokio::test]
async fn the_two_taken_names_explain_themselves() {
    let desk = Desk::new();
    refused(&desk, "sandbox", "environment-error-sandbox-needs-file").await;
    let sandbox =
        desk.run(&["--environment", "sandbox", "connect", "--username", "a@b.example"]).await.expect(2);
    assert!(sandbox.stderr.contains("mpc-sandbox --write-environment FILE"), "{sandbox:?}");
    if option_env!("MPC_CONNECT_CLIENT_ID").is_none() {
        refused(&desk, "public", "environment-error-not-set-up").await;
        let bare = desk.run(&["status"]).await.expect(2);
        assert!(bare.stderr.contains("ask whoever gave it to you"), "{bare:?}");
    }
}

#[tokio::test]
async fn an_environment_that_cannot_be_used_never_gives_way_to_another() {
    let desk = Desk::connected().await;
    let mut command = desk.command(&["--json", "status"]);
    command.env("MPC_CONNECT_ENVIRONMENT", "never-seen");
    assert_eq!(run(command).await.expect(2).field("error"), "environment-error-unknown-name");
    let copy = desk.data().join("environments/sandbox-rehearsal.toml");
    fs::write(&copy, "what is this?").expect("written");
    assert_eq!(desk.json(&["status"]).await.expect(2).field("error"), "environment-error-malformed");
    fs::write(&copy, "").expect("written");
    fs::write(desk.data().join("last-environment"), "../../../etc/passwd").expect("written");
    assert_eq!(desk.json(&["status"]).await.expect(2).field("error"), "environment-error-unknown-name");
}

#[tokio::test]
async fn a_data_folder_that_is_none_is_told() {
    let desk = Desk::new();
    let file = desk.home().join("file");
    fs::write(&file, "").expect("written");
    let environment = desk.sandbox.environment.to_str().expect("a path");
    for folder in [file.clone(), file.join("below"), "/proc/nowhere".into()] {
        let mut command =
            desk.command(&["--environment", environment, "connect", "--username", "a@b.example"]);
        command.env("MPC_CONNECT_DATA", &folder).env("BROWSER", "false");
        // Faults of the disk stop no sign-in: it waits for the browser and is stopped there.
        let mut connecting = crate::proof_support::Connecting::start(command);
        while connecting.line().await.is_some_and(|line| !line.contains("http://")) {}
        connecting.interrupt();
        let ended = connecting.end().await;
        assert!(ended.stdout.contains("The history cannot be saved."), "{ended:?}");
    }
}
