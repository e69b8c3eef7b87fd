//! Where each account of the rehearsal ends.

use serde_json::{Value, json};

use super::SERVICE;
use super::desk::Desk;

/// The end of one account's way.
#[derive(Debug)]
pub(crate) struct Ending {
    /// The name that is saved.
    pub(crate) username: &'static str,
    /// Who signs in.
    pub(crate) account: &'static str,
    pub(crate) code: i32,
    pub(crate) status: &'static str,
    pub(crate) class: Option<&'static str>,
    pub(crate) redo: Option<&'static str>,
    /// The result of the test, where the connection gets so far.
    pub(crate) test: Option<&'static str>,
    /// How many organizations stand in the list then.
    pub(crate) organizations: usize,
}

fn active(account: &'static str, test: &'static str, organizations: usize) -> Ending {
    let status = "active";
    Ending {
        username: account,
        account,
        code: 0,
        status,
        class: None,
        redo: None,
        test: Some(test),
        organizations,
    }
}

fn refused(account: &'static str, status: &'static str, class: &'static str, redo: &'static str) -> Ending {
    let (class, redo) = (Some(class), Some(redo));
    Ending { username: account, account, code: 1, status, class, redo, test: None, organizations: 0 }
}

/// The accounts of the rehearsal, the one that signs in although another is saved included.
pub(crate) fn endings() -> [Ending; 11] {
    let stranger = refused("other@fabrikam.example", "not_connected", "WRONG_ACCOUNT", "NEW-3");
    [
        active(SERVICE, "passed", 2),
        active("jane@contoso.example", "partial", 2),
        refused("nomfa@contoso.example", "inactive", "MFA_NOT_ENFORCED", "NEW-3"),
        refused("norole@contoso.example", "inactive", "ROLE_MISSING", "NEW-8"),
        refused("disabled@contoso.example", "not_connected", "ACCOUNT_DISABLED", "NEW-3"),
        refused("consent@northwind.example", "not_connected", "CONSENT_NEEDED", "NEW-3"),
        active("many@adatum.example", "passed", 48),
        active("nodeals@tailspin.example", "partial", 1),
        Ending { username: SERVICE, ..stranger },
        active("other@fabrikam.example", "passed", 1),
        refused("someone@outlook.example", "not_connected", "WRONG_ACCOUNT", "NEW-3"),
    ]
}

/// Connects, and goes on to the test where the connection is there.
pub(crate) async fn walk(desk: &Desk, ending: &Ending) {
    let connected = desk.connect_as(ending.username, ending.account, &[]).await;
    let status = &connected.status;
    assert_eq!(connected.code, ending.code, "{ending:?}: {connected:#?}");
    assert_eq!(status["status"], ending.status, "{ending:?}: {status:#}");
    assert_eq!(status["class"], json!(ending.class), "{ending:?}: {status:#}");
    assert_eq!(status["redo"], json!(ending.redo), "{ending:?}: {status:#}");
    if let Some(result) = ending.test {
        let test = choose_and_test(desk, ending.organizations).await;
        assert_eq!(test["result"], result, "{ending:?}: {test:#}");
    }
    headline_is_true(desk, ending.status).await;
}

async fn choose_and_test(desk: &Desk, organizations: usize) -> Value {
    let list = desk.ask(&["organizations"]).await;
    let rows = list.json["organizations"].as_array().unwrap();
    assert_eq!((list.code, rows.len()), (0, organizations), "{:#}", list.json);
    let chosen = desk.ask(&["select", rows[0]["id"].as_str().unwrap()]).await;
    assert_eq!((chosen.code, &chosen.json["organization"]["id"]), (0, &rows[0]["id"]), "{chosen:?}");
    let test = desk.ask(&["test"]).await;
    assert_eq!((test.code, &test.json["status"]), (0, &json!("active")), "{test:?}");
    test.json
}

/// What a person reads says the same, and names cause and remedy where it is not Active.
pub(crate) async fn headline_is_true(desk: &Desk, status: &str) {
    let shown = desk.say(&["status"]).await;
    let headline = shown.lines.iter().find(|line| line.starts_with("Connection status: ")).unwrap();
    assert_eq!(headline.contains("Active"), status == "active", "{shown:#?}");
    let why = shown.lines.iter().position(|line| line.starts_with("  Why: "));
    assert!(why.is_none_or(|line| !shown.lines[line - 1].trim().is_empty()), "what happened: {shown:#?}");
    for part in ["  Why: ", "  Who fixes it: ", "  What to do: ", "  For support: "] {
        let told =
            shown.lines.iter().any(|line| line.strip_prefix(part).is_some_and(|text| !text.is_empty()));
        assert_eq!(told, status != "active", "{part:?} in {shown:#?}");
    }
}
