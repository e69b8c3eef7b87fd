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
    let id = "00000000-0000-0000-0000-000000000000";
    let extra = |line: &str| format!("{line}\n{GOOD}");
    let cases = [
        (String::new(), E::MissingKey("name")),
        (swap("metadata ", "#"), E::MissingKey("metadata")),
        (extra("surprise = 1"), E::UnknownKey("surprise".to_owned())),
        (extra("\"odd\\u001b[31m\" = 1"), E::UnknownKey("odd[31m".to_owned())),
        (swap("client_id", "clientid"), E::UnknownKey("clientid".to_owned())),
        (swap("base  =", "address ="), E::UnknownKey("referrals.address".to_owned())),
        (swap("contoso-lab", "Contoso"), E::Name),
        (swap("contoso-lab", ""), E::Name),
        (swap("contoso-lab", "../etc"), E::Name),
        (swap("contoso-lab", "public"), E::ReservedName("public".to_owned())),
        (swap("https://login", "http://login"), E::HttpNotLoopback("metadata")),
        (swap("https://api", "http://api"), E::HttpNotLoopback("referrals")),
        (swap("https://api.p", "https://u:p@api.p"), E::Referrals("referrals")),
        (swap("base  =", "#"), E::Referrals("referrals")),
        (GOOD.split("[referrals]").take(1).collect(), E::Referrals("referrals")),
        (format!("{GOOD}[profiles]\nbase = \"profiles\"\nscope = \"a\""), E::Profiles("profiles")),
        (format!("{GOOD}[profiles]\nbase = \"https://a.example\""), E::Scope("profiles.scope")),
        (swap("scope =", "#"), E::Scope("referrals.scope")),
        (swap("/user_impersonation", "/a openid"), E::Scope("referrals.scope")),
        (extra("prompt = \"ask\""), E::Prompt),
        (swap("https://login", "file://login"), E::Metadata),
        (swap("client_id", "#"), E::NoClientId),
        (swap(id, ""), E::ClientId),
        (swap(id, "a b"), E::ClientId),
        (swap("microsoftonline.com", "microsoftonline.us"), E::UsGovernmentCloud),
        (swap("login.microsoftonline.com", "login.chinacloudapi.cn"), E::ChinaCloud),
        (extra("deep_link = \"mpc://auth\""), E::Redirect("deep_link")),
        (extra("loopback = \"http://evil.example/auth\""), E::Redirect("loopback")),
        (extra("loopback = \"http://[::1]/auth\""), E::Redirect("loopback")),
    ];
    for (text, expected) in cases {
        assert_eq!(Environment::parse(&text), Err(expected), "{text:.200}");
    }
    for text in ["name = ", "name = 1", "[referrals]\nbase = []", "{\"name\":\"lab\"}"] {
        let error = Environment::parse(text).expect_err("this file must be refused");
        assert!(matches!(&error, E::Malformed(place) if place.starts_with("line ")), "{error:?} for {text}");
    }
    assert!(matches!(Environment::parse(&"a".repeat(70_000)), Err(E::Unreadable(_))));
}

#[test]
fn every_error_has_a_text_of_its_own() {
    use EnvironmentError as E;
    let text = String::new;
    let all = [
        E::Unreadable(text()),
        E::Malformed(text()),
        E::Policy(text()),
        E::MissingKey("name"),
        E::UnknownKey(text()),
        E::Name,
        E::ReservedName(text()),
        E::UnknownName(text()),
        E::NameInUse(text()),
        E::HttpNotLoopback("metadata"),
        E::Metadata,
        E::Referrals("referrals"),
        E::Profiles("profiles"),
        E::Scope("referrals.scope"),
        E::Prompt,
        E::NoClientId,
        E::ClientId,
        E::Redirect("loopback"),
        E::UsGovernmentCloud,
        E::ChinaCloud,
        E::SandboxNeedsFile,
        E::NotSetUp,
    ];
    let ids: std::collections::BTreeSet<&str> = all.iter().map(E::message_id).collect();
    assert_eq!(ids.len(), all.len());
    for id in ids {
        assert!(crate::words::Words::plain().knows(id), "{id} is missing");
    }
}

#[test]
fn an_environment_reads_back_from_the_file_that_it_writes() {
    let profiles = "[profiles]\nbase = \"https://api.partnercenter.microsoft.com\"\nscope = \"a/b\"";
    let all = format!("prompt = \"consent\"\ndeep_link = \"com.example.lab://auth\"\n{GOOD}{profiles}");
    for text in [GOOD, &all] {
        let environment = Environment::parse(text).expect("a good file");
        let written = environment.file_text().expect("a file");
        assert_eq!(Environment::parse(&written), Ok(environment));
    }
}

#[test]
fn a_name_keeps_its_authority_unless_both_are_rehearsals() {
    let read = |text: &str| Environment::parse(text).expect("a good file");
    let known = read(GOOD);
    let id = "00000000-0000-0000-0000-000000000000";
    let profiles = "[profiles]\nbase = \"https://other.example\"\nscope = \"a\"";
    let others = [
        GOOD.replace("login.microsoftonline.com", "login.example"),
        GOOD.replace("organizations", "contoso.example"),
        GOOD.replace(id, "11111111-0000-0000-0000-000000000000"),
        GOOD.replace("api.partner.microsoft.com/v1.0", "api.example/v1.0"),
        format!("{GOOD}{profiles}"),
    ];
    for other in &others {
        assert!(!read(other).may_replace(&known), "{other}");
        assert!(!known.may_replace(&read(other)), "{other}");
    }
    assert!(read(&format!("prompt = \"login\"\n{GOOD}")).may_replace(&known));
    let rehearsal = |port: u16| {
        let here = format!("http://127.0.0.1:{port}");
        let moved = GOOD.replace("https://login.microsoftonline.com", &here);
        read(&moved.replace("https://api.partner.microsoft.com/v1.0", &format!("{here}/v1.0")))
    };
    assert!(rehearsal(9001).may_replace(&rehearsal(9000)));
    assert!(!rehearsal(9001).may_replace(&known));
    assert!(!known.may_replace(&rehearsal(9000)), "a rehearsal's history is no proof of a real connection");
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
