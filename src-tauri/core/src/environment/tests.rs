use proptest::prelude::*;

use super::*;

const GOOD: &str = r#"
name      = "contoso-lab"
metadata  = "https://login.microsoftonline.com/organizations/v2.0/.well-known/openid-configuration"
client_id = "00000000-0000-0000-0000-000000000000"
[referrals]
base  = "https://api.partner.microsoft.com/v1.0/engagements/referrals"
scope = "https://api.partner.microsoft.com/user_impersonation"
"#;

#[test]
fn the_optional_keys_have_the_documented_defaults() {
    let environment = Environment::parse(&format!("\u{FEFF}{GOOD}")).expect("a good file, even with a BOM");
    assert_eq!(environment.prompt, "select_account");
    assert_eq!(environment.loopback.as_str(), "http://localhost/auth");
    assert_eq!(environment.deep_link, None);
    assert_eq!(environment.profiles, None);
    assert!(!environment.is_rehearsal());
}

#[test]
fn unusable_files_say_what_is_wrong() {
    use EnvironmentError as E;
    let swap = |from: &str, to: &str| GOOD.replace(from, to);
    type IsExpected = fn(&E) -> bool;
    let cases: Vec<(String, IsExpected)> = vec![
        (String::new(), |error| matches!(error, E::Malformed(_))),
        ("name = ".to_owned(), |error| matches!(error, E::Malformed(_))),
        (format!("surprise = 1\n{GOOD}"), |error| matches!(error, E::Malformed(_))),
        (swap("contoso-lab", "Contoso"), |error| *error == E::Name),
        (swap("contoso-lab", ""), |error| *error == E::Name),
        (swap("contoso-lab", "../etc"), |error| *error == E::Name),
        (swap("contoso-lab", "public"), |error| matches!(error, E::ReservedName(_))),
        (swap("https://login", "http://login"), |error| *error == E::HttpNotLoopback("metadata")),
        (swap("https://api", "http://api"), |error| *error == E::HttpNotLoopback("referrals")),
        (swap("https://api.p", "https://u:p@api.p"), |error| *error == E::Address("referrals")),
        (swap("https://login", "file://login"), |error| *error == E::Address("metadata")),
        (swap("00000000-0000-0000-0000-000000000000", ""), |error| *error == E::ClientId),
        (swap("00000000-0000-0000-0000-000000000000", "a b"), |error| *error == E::ClientId),
        (swap("microsoftonline.com", "microsoftonline.us"), |error| *error == E::UsGovernmentCloud),
        (swap("login.microsoftonline.com", "login.chinacloudapi.cn"), |error| *error == E::ChinaCloud),
        (format!("deep_link = \"mpc://auth\"\n{GOOD}"), |error| *error == E::Redirect("deep_link")),
        (format!("loopback = \"http://evil.example/auth\"\n{GOOD}"), |error| {
            *error == E::Redirect("loopback")
        }),
        (format!("loopback = \"http://[::1]/auth\"\n{GOOD}"), |error| *error == E::Redirect("loopback")),
        ("a".repeat(70_000), |error| matches!(error, E::Unreadable(_))),
    ];
    for (text, is_expected) in cases {
        let error = Environment::parse(&text).expect_err("this file must be refused");
        assert!(is_expected(&error), "{error:?} for {text:.200}");
    }
}

#[test]
fn loopback_hosts_alone_make_a_rehearsal() {
    let mixed = GOOD.replace("https://login.microsoftonline.com", "http://127.0.0.1:9000");
    assert!(!Environment::parse(&mixed).expect("a good file").is_rehearsal(), "one real host is enough");
    let local = mixed.replace("https://api.partner.microsoft.com/v1.0", "http://localhost:9000/v1.0");
    assert!(Environment::parse(&local).expect("a good file").is_rehearsal());
}

#[test]
fn a_copy_without_client_id_is_not_set_up() {
    assert_eq!(Environment::public(None), Err(EnvironmentError::NotSetUp));
    let environment = Environment::public(Some("11111111-2222-3333-4444-555555555555")).expect("set up");
    assert_eq!(
        environment.scopes(),
        [
            "openid",
            "profile",
            "offline_access",
            "https://api.partner.microsoft.com/user_impersonation",
            "https://api.partnercenter.microsoft.com/user_impersonation",
        ]
    );
}

proptest! {
    #[test]
    fn any_text_is_read_or_refused(text in "\\PC{0,400}") {
        let _ = Environment::parse(&text);
    }

    #[test]
    fn any_value_is_read_or_refused(key in 0..8_usize, value in "[ -~\\p{L}]{0,60}") {
        let lines: Vec<String> = GOOD.lines().enumerate().map(|(number, line)| match line.split_once('=') {
            Some((name, _)) if number == key => format!("{name}= {value:?}"),
            _ => line.to_owned(),
        }).collect();
        let _ = Environment::parse(&lines.join("\n"));
    }
}
