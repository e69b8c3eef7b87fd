//! The summary, the name of the file and the texts for others.

use super::super::{file_name, it_text, power_automate_message, summary, support_message};
use super::samples::{ACCOUNT, active, all, inactive, rehearsal};
use crate::environment::Environment;
use crate::failure::{Failure, FailureClass};
use crate::record::Settings;
use crate::username::MicrosoftUsername;

fn public() -> Environment {
    Environment::public(Some("11111111-2222-4333-8444-555555555555")).expect("set up")
}

fn it(environment: &Environment, failure: Option<&Failure>) -> String {
    let username = MicrosoftUsername::parse(ACCOUNT).expect("a username");
    it_text(environment, Some(&username), failure)
}

#[test]
fn the_summary_is_short_and_says_who_acts() {
    let expected = "\
MPC Connect 0.1.0, environment public
State code 7FNG8: Inactive
As of 22 Nov 2026, 11:58 +01:00 (2026-11-22 10:58 UTC), 2 min old
Step MIG-9, Test Connection (Migration from Power Automate)
Failure: ROLE_MISSING · HTTP 403 · 5c1e0c3c-1f6e-4d0a-9a52-b2a1b6c79b07
Next: The company's Partner Center administrator: Ask for \"Referrals admin\" in Partner Center, Account settings, User management. Wait a few minutes, then test again.
Open items: 2 (Integrations turned on; The Referrals admin role for this account)
Account: s••••••••@c••••••.com (service account). Organization: Contoso Ltd. Computer: Front desk
";
    assert_eq!(summary(&inactive().about(), "MPC Connect 0.1.0", None), expected);
    for sample in all() {
        assert!(summary(&sample.about(), "MPC\nConnect", None).lines().count() <= 8);
    }
    let rehearsed = summary(&active().in_rehearsal().about(), "MPC Connect 0.1.0", None);
    assert!(rehearsed.starts_with("Rehearsal: "), "{rehearsed}");
}

#[test]
fn the_name_of_the_file_is_plain_and_tells_when_it_was_written() {
    assert_eq!(file_name(&active().about()), "mpc-connect-status-2026-11-22-1101.html");
    let rehearsed = active().in_rehearsal();
    assert_eq!(file_name(&rehearsed.about()), "mpc-connect-status-2026-11-22-1101-rehearsal.html");
}

#[test]
fn it_gets_link_permissions_role_and_the_end_that_looks_like_an_error() {
    let text = it(&public(), None);
    for part in [
        "approve the app MPC Connect",
        ACCOUNT,
        "11111111-2222-4333-8444-555555555555",
        "\n\nhttps://login.microsoftonline.com/contoso.com/v2.0/adminconsent?client_id=11111111",
        "http://localhost/auth",
        "\"error=\"",
        "(https://api.partner.microsoft.com/user_impersonation)",
        "(https://api.partnercenter.microsoft.com/user_impersonation)",
        "openid, profile,",
        "\"Referrals admin\" is Microsoft's name",
        "Referral Admin",
        "Partner Center Admin",
        "User management",
        "sends nothing to anybody but Microsoft",
    ] {
        assert!(text.replace("\n  ", " ").contains(part), "{part:?} is missing in\n{text}");
    }
}

#[test]
fn without_a_username_or_on_another_system_it_gets_another_way() {
    let text = it_text(&public(), None, None);
    assert!(text.contains("Enterprise applications") && !text.contains("adminconsent"), "{text}");
    let file = r#"
name = "lab"
metadata = "https://id.example/.well-known/openid-configuration"
client_id = "lab"
[referrals]
base = "https://api.example/referrals"
scope = "read"
"#;
    let text = it(&Environment::parse(file).expect("a good file"), None);
    assert!(text.contains("is not Entra ID") && text.contains("(read)"), "{text}");
    assert!(it(&rehearsal(), None).starts_with("REHEARSAL. Nothing has to be done"));
}

#[test]
fn it_is_asked_for_what_this_failure_needs() {
    let cases = [
        (FailureClass::ConsentNeeded, "approve the app", true),
        (FailureClass::AppNotInTenant, "switch it on", true),
        (FailureClass::NotAssigned, "Users and groups", false),
        (FailureClass::MfaNotEnforced, "require multifactor", false),
        (FailureClass::AccountDisabled, "locked, switched off", false),
        (FailureClass::PolicyBlocked, "sign-in logs", false),
        (FailureClass::DeviceNotCompliant, "managed device", false),
        (FailureClass::RoleMissing, "give it the role", false),
        (FailureClass::NetworkBlocked, "https://api.partner.microsoft.com", false),
    ];
    for (class, ask, link) in cases {
        let failure = Failure::of(class).with_code("AADSTS1").with_quotation("Nope.");
        let text = it(&public(), Some(&failure)).replace("\n  ", " ").replace('\n', " ");
        assert!(text.contains(ask), "{class}: {text}");
        assert_eq!(text.contains("adminconsent"), link, "{class}: {text}");
        assert!(text.contains(&format!("Details: {class} · AADSTS1")), "{class}: {text}");
        assert!(text.contains("\"Nope.\""), "{class}: {text}");
    }
}

#[test]
fn support_is_told_who_asks_as_far_as_it_is_known() {
    let text = support_message(&active().state.record.settings);
    let facts = "\n\nWe are ready to start our migration to the Microsoft API from Power Automate.\n\n\
                 Company: Contoso Ltd\nOur contact: Kim at WorkSpan\n\n";
    assert!(text.contains(facts), "{text}");
    let text = support_message(&Settings { company: Some(" ".to_owned()), ..Settings::default() });
    assert!(text.contains("\n\nCompany: ________\n\n"), "Support has to learn who writes: {text}");
    assert!(!text.contains("contact") && !text.contains("\n\n\n"), "{text}");
}

#[test]
fn the_owner_of_the_flows_learns_which_where_and_not_yet() {
    let names = "Partner Center to CRM\n\n  [Customize] Create or Get Details \n";
    let text = power_automate_message(names, &active().state.record.settings);
    let list = "\nThe flows:\n- Partner Center to CRM\n- [Customize] Create or Get Details\n\n";
    assert!(text.contains(list), "{text}");
    let flat = text.replace('\n', " ");
    for part in
        ["at Contoso Ltd", "only when WorkSpan Support says so", "make.powerautomate.com", "Integrations"]
    {
        assert!(flat.contains(part), "{part:?} is missing in\n{text}");
    }
    let text = power_automate_message(" \n", &Settings::default());
    assert!(text.contains("We do not know the names"), "{text}");
}
