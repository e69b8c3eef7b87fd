//! The JSON as scripts read it: these keys, these forms.

use serde_json::{Value, json};

use super::*;
use crate::check::{Check, CheckId, CheckKind, CheckResult};
use crate::failure::{Failure, FailureClass};
use crate::identity::{Asked, Credential, Identity};
use crate::open_item::{OpenItem, OpenItemId};
use crate::organization::{Evidence, Organization};
use crate::record::{ChosenOrganization, Record, Settings, StepDone};
use crate::status::Verdict;
use crate::step::Flow;
use crate::username::{AccountKind, MicrosoftUsername};

const CHECKED: &str = "2026-11-22T10:58:04Z";

fn at(text: &str) -> Timestamp {
    text.parse().expect("a time")
}

fn environment() -> Environment {
    Environment::parse(
        r#"
        name = "contoso-lab"
        metadata = "http://127.0.0.1:4444/.well-known/openid-configuration"
        client_id = "00000000-0000-0000-0000-000000000000"
        [referrals]
        base = "http://127.0.0.1:4444/referrals"
        scope = "http://127.0.0.1:4444/.default"
        "#,
    )
    .expect("an environment")
}

fn settings() -> Settings {
    Settings {
        flow: Some(Flow::NewUsers),
        username: MicrosoftUsername::parse("svc-cosell@contoso.example").ok(),
        kind: AccountKind::Service,
        ..Settings::default()
    }
}

fn credential() -> Credential {
    Credential {
        id: "credential-1".to_owned(),
        identity: Identity { tenant: "tenant-1".to_owned(), object: "object-1".to_owned() },
        authority: "login.example client".to_owned(),
        signed_in_as: Some("svc-cosell@contoso.example".to_owned()),
        obtained_at: at(CHECKED),
        last_used_at: at(CHECKED),
        session_only: false,
        asked: Asked::default(),
        account_number: 1,
    }
}

/// Active, everything finished but the test.
fn active() -> State {
    let finished = Flow::NewUsers.stages().iter().take(7);
    State::of(Record {
        settings: settings(),
        credential: Some(credential()),
        verdict: Verdict::passed(at(CHECKED), vec![]),
        organization: Some(ChosenOrganization { id: "org-1".to_owned(), name: "Contoso Ltd".to_owned() }),
        done: finished.map(|stage| StepDone { stage: *stage, at: at(CHECKED) }).collect(),
        open_items: vec![OpenItem::asked(OpenItemId::IntegrationsOn, at("2026-11-22T10:00:00.7Z"))],
        ..Record::default()
    })
}

fn line(state: &State, now: &str, keychain: KeychainLooked) -> Value {
    serde_json::to_value(status(state, &environment(), at(now), keychain)).expect("JSON")
}

#[test]
fn the_status_of_a_working_connection() {
    let said = line(&active(), "2026-11-22T11:00:00Z", KeychainLooked::NotChecked);
    let expected = json!({
        "schema": "mpcctl/1", "environment": "contoso-lab", "rehearsal": true,
        "status": "active", "qualifiers": [], "checked_at": CHECKED, "stale": false,
        "class": null, "actor": null, "redo": null, "state_code": said["state_code"],
        "flow": "new-users", "step": "NEW-8",
        "account": {"username": "svc-cosell@contoso.example", "tenant_id": "tenant-1", "kind": "service"},
        "organization": {"id": "org-1", "name": "Contoso Ltd"},
        "open_items": [{
            "id": "integrations-on", "who": "support",
            "since": "2026-11-22T10:00:00Z", "asked_at": "2026-11-22T10:00:00Z", "arrived_at": null
        }],
        "keychain": "not_checked",
        "last_known": {"status": "active", "checked_at": CHECKED},
    });
    assert_eq!(said, expected);
    let code = said["state_code"].as_str().expect("a code");
    assert!(crate::state_code::decode(code).expect("our own code").rehearsal);
}

#[test]
fn the_status_of_a_store_that_was_never_connected() {
    let said = line(&State::default(), CHECKED, KeychainLooked::Empty);
    let expected = json!({
        "schema": "mpcctl/1", "environment": "contoso-lab", "rehearsal": true,
        "status": "not_connected", "qualifiers": [], "checked_at": null, "stale": false,
        "class": null, "actor": null, "redo": null, "state_code": said["state_code"],
        "flow": null, "step": null, "account": null, "organization": null, "open_items": [],
        "keychain": "empty", "last_known": null,
    });
    assert_eq!(said, expected);
}

#[test]
fn a_refusal_names_class_actor_and_step_and_keeps_the_keys() {
    let mut state = active();
    let refused = Failure::of(FailureClass::RoleMissing).with_code("HTTP 403");
    state.record.verdict = state.record.verdict.failed(at("2026-11-22T12:00:00Z"), refused);
    let said = line(&state, "2026-11-22T12:00:01Z", KeychainLooked::Held);
    let shown = json!([said["status"], said["class"], said["actor"], said["redo"], said["keychain"]]);
    assert_eq!(shown, json!(["inactive", "ROLE_MISSING", "partner_admin", "NEW-8", "held"]));
    let keys = |value: &Value| value.as_object().expect("an object").keys().cloned().collect::<Vec<_>>();
    assert_eq!(keys(&said), keys(&line(&active(), CHECKED, KeychainLooked::Held)));
}

#[test]
fn a_status_that_could_not_be_checked_keeps_what_was_known() {
    let mut state = active();
    let offline = Failure::of(FailureClass::Offline);
    state.record.verdict = state.record.verdict.failed(at("2026-11-22T12:00:00Z"), offline);
    let said = line(&state, "2026-11-22T12:00:01Z", KeychainLooked::SessionOnly);
    assert_eq!(said["status"], "cant_check");
    assert_eq!(said["checked_at"], "2026-11-22T12:00:00Z");
    assert_eq!(said["last_known"], json!({"status": "active", "checked_at": CHECKED}));
    assert_eq!(said["keychain"], "session_only");
}

#[test]
fn an_active_word_of_yesterday_is_stale_and_qualifiers_have_their_names() {
    let mut state = active();
    state.record.credential = Some(Credential { session_only: true, ..credential() });
    state.record.verdict.qualifiers = vec![Qualifier::RightsNotProven, Qualifier::MfaNotProven];
    state.not_saving = Some(Failure::of(FailureClass::StoreNotWritable));
    let said = line(&state, "2026-11-23T10:58:05Z", KeychainLooked::NotChecked);
    assert_eq!((&said["status"], &said["stale"]), (&json!("active"), &json!(true)));
    let names = json!(["session_only", "rights_not_proven", "mfa_not_proven", "history_not_saved"]);
    assert_eq!(said["qualifiers"], names);
}

#[test]
fn the_account_is_the_one_that_signed_in() {
    let mut state = active();
    state.record.settings.username = MicrosoftUsername::parse("b@contoso.example").ok();
    let said = line(&state, CHECKED, KeychainLooked::NotChecked);
    assert_eq!(said["account"]["username"], "svc-cosell@contoso.example");
}

#[test]
fn organizations_have_these_keys_and_say_when_there_are_more() {
    let row = Organization {
        id: "org-1".to_owned(),
        name: "Contoso Ltd".to_owned(),
        names: vec!["Contoso Ltd".to_owned(), "Contoso Ltd.".to_owned()],
        evidence: vec![Evidence::Referrals, Evidence::LegalBusinessProfile],
        referrals_seen: 12,
    };
    let json = |cut| {
        let list = OrganizationList { rows: vec![row.clone()], cut };
        serde_json::to_value(organizations(&list)).expect("JSON")
    };
    let rows = json!([{
        "id": "org-1", "name": "Contoso Ltd", "names": ["Contoso Ltd", "Contoso Ltd."],
        "evidence": ["referrals", "legal-business-profile"], "referrals_seen": 12
    }]);
    assert_eq!(json(false), json!({"organizations": rows}));
    assert_eq!(json(true), json!({"organizations": rows, "cut": true}));
}

#[test]
fn a_test_names_each_check_with_its_evidence() {
    let refused = Failure::of(FailureClass::RoleMissing)
        .with_code("HTTP 403")
        .with_correlation_id(Some("correlation-2".to_owned()));
    let mut metadata = Check::ended(CheckId::Metadata, CheckResult::Passed);
    metadata.milliseconds = 41;
    metadata.correlation_id = Some("correlation-1".to_owned());
    let report = Report {
        kind: CheckKind::Test,
        credential_id: "credential-1".to_owned(),
        finished_at: at("2026-11-22T10:58:04.9Z"),
        checks: vec![
            metadata,
            Check::ended(CheckId::ReferralById, CheckResult::Warning).with_failure(refused),
            Check::ended(CheckId::Mfa, CheckResult::NotChecked).because("check-mfa.unknown"),
        ],
    };
    let said = serde_json::to_value(test(&active(), &report)).expect("JSON");
    let expected = json!({
        "schema": "mpcctl/1", "result": "partial", "status": "active", "checked_at": CHECKED,
        "checks": [
            {"id": "metadata", "result": "passed", "ms": 41, "class": null, "code": null,
             "correlation_id": "correlation-1"},
            {"id": "referral-by-id", "result": "warning", "ms": 0, "class": "ROLE_MISSING",
             "code": "HTTP 403", "correlation_id": "correlation-2"},
            {"id": "mfa", "result": "not_checked", "ms": 0, "class": null, "code": null,
             "correlation_id": null},
        ],
    });
    assert_eq!(said, expected);
}
