//! Every word of a closed set of the core has its message.

use super::Words;

#[test]
fn every_word_of_a_closed_set_has_its_message() {
    use crate::check::CheckId;
    use crate::flow::PreflightId;
    use crate::history::What;
    use crate::open_item::OpenItemId;
    let words = Words::plain();
    let history = What::ALL.iter().map(|what| format!("history-{}", what.as_str()));
    let items = OpenItemId::ALL
        .iter()
        .flat_map(|item| ["what", "who", "check"].map(|part| format!("open-item-{}.{part}", item.as_str())));
    let checks = CheckId::MIGRATION_TEST.iter().flat_map(|check| {
        ["label", "passed", "warning", "failed", "not-checked"]
            .map(|part| format!("check-{}.{part}", check.as_str()))
    });
    let kinds = ["service", "person", "unknown"].map(|kind| format!("account-kind-{kind}"));
    let evidence = ["referrals", "legal-business-profile", "organization-profile"]
        .map(|evidence| format!("ctl-evidence-{evidence}"));
    let rows = PreflightId::ALL.iter().flat_map(|row| {
        ["label", "about", "passed", "warning", "failed", "not-checked"]
            .map(|part| format!("wizard-preflight-{}.{part}", row.as_str()))
    });
    let seen =
        ["legal-business-profile", "organization-profile"].map(|seen| format!("wizard-evidence-{seen}"));
    for id in history.chain(items).chain(checks).chain(kinds).chain(evidence).chain(rows).chain(seen) {
        assert!(words.knows(&id), "no message {id}");
    }
}
