use proptest::prelude::*;

use super::*;

const ME: &str = "Svc-Cosell@contoso.example";

fn rows(body: &str) -> Option<Vec<ReferralRow>> {
    page(body.as_bytes(), ME).map(|(rows, _)| rows)
}

#[test]
fn a_documented_page_is_read() {
    let body = r#"{"@odata.context":"http://x/$metadata#Referrals","@odata.count":2,"value":[
        {"id":"r1","engagementId":"e","organizationId":"o1","organizationName":"Contoso &amp; Co ","status":"Brand-new",
         "customerProfile":{"name":"secret","ids":{}},"team":[{"email":"other@x"},{"email":"svc-cosell@CONTOSO.example"}]},
        {"id":"r2","organizationId":"msft","customerProfile":{"ids":[{"profileType":"Duns"}]},"team":[]}],
        "@odata.nextLink":"http://api.partner.microsoft.com/v1.0/referrals?$skiptoken=k181"}"#;
    let (rows, link) = page(body.as_bytes(), ME).unwrap();
    let organization = SeenInReferral { id: "o1".to_owned(), name: "Contoso &amp; Co ".to_owned() };
    assert_eq!(rows[0], ReferralRow { id: "r1".to_owned(), organization, account_in_team: Some(true) });
    assert_eq!((rows[1].organization.id.as_str(), rows[1].account_in_team), ("msft", Some(false)));
    assert!(link.unwrap().ends_with("$skiptoken=k181"));
}

#[test]
fn wrong_types_of_optional_fields_leave_the_row_standing() {
    let body = r#"{"value":[{"id":"r1","organizationId":7,"organizationName":{"a":[1]},"team":"nobody","tags":null},
        {"id":"r2","organizationId":null,"organizationName":null,"team":[null,3,{"email":5}]},
        {"organizationId":"no id"}, {"id":null}, {"id":""}, {"id":{}}, null, 4, "row", [], {"id":8.5}]}"#;
    let rows = rows(body).unwrap();
    assert_eq!(rows.iter().map(|row| row.id.as_str()).collect::<Vec<_>>(), ["r1", "r2"]);
    assert_eq!(rows[0].organization, SeenInReferral { id: "7".to_owned(), name: String::new() });
    assert_eq!(rows.iter().map(|row| row.account_in_team).collect::<Vec<_>>(), [None, Some(false)]);
}

#[test]
fn repeated_names_count_once_and_a_byte_order_mark_is_passed_over() {
    let body = "\u{FEFF}{\"value\":[],\"value\":[{\"id\":\"a\",\"id\":\"b\",\"id\":\"c\"}]}";
    assert_eq!(rows(body).unwrap()[0].id, "c");
}

#[test]
fn what_is_no_page_is_not_read() {
    let utf16: Vec<u8> = "{\"value\":[]}".encode_utf16().flat_map(u16::to_le_bytes).collect();
    assert!(page(&utf16, ME).is_none());
    let texts = [
        "",
        "null",
        "[]",
        "{}",
        "{\"value\":null}",
        "{\"value\":{}}",
        "{\"value\":[",
        "<html>",
        "{\"value\":[]} x",
    ];
    for text in texts {
        assert!(rows(text).is_none(), "{text}");
    }
}

#[test]
fn deep_nesting_and_endless_lists_are_survived() {
    let deep = format!("{}{}", "[".repeat(10_000), "]".repeat(10_000));
    assert!(rows(&deep).is_none());
    let beside = rows(&format!("{{\"x\":{deep},\"value\":[{{\"id\":{deep}}},{{\"id\":\"a\"}}]}}")).unwrap();
    assert_eq!(beside.len(), 1);
    assert_eq!(rows(&format!("{{\"value\":[{}{{}}]}}", "{\"id\":\"a\"},".repeat(5000))).unwrap().len(), 1000);
}

#[test]
fn a_profile_names_its_company_and_may_speak_of_the_second_factor() {
    let organization = |body: &str| profile(body.as_bytes(), Evidence::OrganizationProfile);
    let (company, mfa) =
        organization("\u{FEFF}{\"id\":\"p1\",\"companyName\":\"TEST\",\"IsMfaCompliant\":\"False\"}")
            .unwrap();
    let evidence = Evidence::OrganizationProfile;
    assert_eq!(company, Some(SeenInProfile { id: "p1".to_owned(), name: "TEST".to_owned(), evidence }));
    assert_eq!(mfa, Some(false));
    assert_eq!(organization("{\"companyName\":\" \"}"), Some((None, None)));
    assert_eq!(organization("[]"), None);
    let (company, _) = profile(b"{\"companyName\":\"L\"}", Evidence::LegalBusinessProfile).unwrap();
    assert_eq!(company.unwrap().id, "legal-business-profile");
}

#[test]
fn the_receiver_of_events_is_known_by_host_alone() {
    let owner = |url: &str| webhook(format!("{{\"WebhookUrl\":\"{url}\"}}").as_bytes()).unwrap();
    for url in [
        "https://prod-07.westus.logic.azure.com:443/workflows/x/triggers",
        "https://default.12.environment.api.powerplatform.com/powerautomate/x",
        "https://X.PowerAutomate.com/",
    ] {
        assert_eq!(owner(url), WebhookOwner::PowerAutomate, "{url}");
    }
    for url in [
        "https://logic.azure.com.evil.example/",
        "https://evil.example/?.logic.azure.com",
        "nonsense",
        "https://1.2.3.4/",
    ] {
        assert_eq!(owner(url), WebhookOwner::Other, "{url}");
    }
    assert_eq!(webhook(b"{}"), Some(WebhookOwner::Nobody));
    assert_eq!(webhook(b"[]"), None);
}

#[test]
fn a_registration_for_other_events_receives_no_referrals() {
    let owner = |events: &str| {
        webhook(
            format!("{{\"WebhookUrl\":\"https://a.logic.azure.com/\",\"WebhookEvents\":{events}}}")
                .as_bytes(),
        )
    };
    assert_eq!(owner("[\"subscription-updated\"]"), Some(WebhookOwner::Nobody));
    assert_eq!(
        owner("[\"subscription-updated\",\"related-referral-created\"]"),
        Some(WebhookOwner::PowerAutomate)
    );
    assert_eq!(owner("[]"), Some(WebhookOwner::PowerAutomate));
}

fn json() -> impl Strategy<Value = serde_json::Value> {
    let names = prop_oneof![
        Just("value"),
        Just("id"),
        Just("organizationId"),
        Just("team"),
        Just("email"),
        Just("companyName"),
        Just("isMfaCompliant"),
        Just("WebhookUrl"),
        Just("WebhookEvents"),
        Just("@odata.nextLink"),
        Just("x")
    ];
    let leaf = prop_oneof![
        Just(serde_json::Value::Null),
        any::<bool>().prop_map(Into::into),
        any::<i64>().prop_map(Into::into),
        any::<f64>().prop_map(Into::into),
        "\\PC{0,12}".prop_map(Into::into),
    ];
    leaf.prop_recursive(5, 60, 6, move |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..6).prop_map(serde_json::Value::from),
            prop::collection::vec((names.clone().prop_map(str::to_owned), inner), 0..6)
                .prop_map(|fields| serde_json::Value::Object(fields.into_iter().collect())),
        ]
    })
}

proptest! {
    #[test]
    fn any_json_is_read_or_refused(value in json(), cut in 0_usize..400) {
        let whole = value.to_string();
        for body in [whole.as_bytes(), whole.as_bytes().get(..cut).unwrap_or_default()] {
            let _ = (page(body, ME), referral(body), webhook(body), profile(body, Evidence::OrganizationProfile));
        }
        // Whatever the rest looks like, a good row beside it is found.
        let beside = serde_json::json!({"value": [value, {"id": "good"}]}).to_string();
        let rows = page(beside.as_bytes(), ME).map(|(rows, _)| rows).unwrap_or_default();
        prop_assert_eq!(rows.last().map(|row| row.id.as_str()), Some("good"));
    }

    #[test]
    fn any_bytes_are_read_or_refused(body in prop::collection::vec(any::<u8>(), 0..200)) {
        let _ = (page(&body, ME), referral(&body), webhook(&body), profile(&body, Evidence::LegalBusinessProfile));
    }
}
