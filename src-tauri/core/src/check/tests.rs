use super::*;

fn report(checks: Vec<Check>) -> Report {
    Report {
        kind: CheckKind::Probe,
        credential_id: "credential-1".to_owned(),
        finished_at: Timestamp::UNIX_EPOCH,
        checks,
    }
}

fn all(result: CheckResult) -> Vec<Check> {
    CheckId::PROBE.iter().map(|id| Check::ended(*id, result)).collect()
}

#[test]
fn the_three_faces_follow_from_the_worst_check() {
    use CheckResult::{Failed, NotChecked, Passed, Warning};
    let cases = [
        (Passed, Face::Passed, 0),
        (Warning, Face::Partial, 1),
        (NotChecked, Face::Partial, 1),
        (Failed, Face::Failed, 1),
    ];
    for (result, face, open) in cases {
        let mut checks = all(Passed);
        checks[4].result = result;
        let report = report(checks);
        assert_eq!((report.face(), report.open_count()), (face, open), "{result:?}");
    }
    assert_eq!(report(Vec::new()).face(), Face::Failed, "nothing was shown");
}

#[test]
fn not_checked_never_counts_as_access() {
    assert_eq!(report(all(CheckResult::Passed)).refusal(), None);
    for result in [CheckResult::NotChecked, CheckResult::Warning] {
        for id in [CheckId::Metadata, CheckId::Refresh, CheckId::Referrals] {
            let mut checks = all(CheckResult::Passed);
            checks.iter_mut().filter(|check| check.id == id).for_each(|check| check.result = result);
            let refusal = report(checks).refusal().map(|failure| failure.class);
            assert_eq!(refusal, Some(FailureClass::Unknown), "{id:?} {result:?}");
        }
    }
}

#[test]
fn the_refusal_is_the_failure_of_the_check_that_stopped_the_run() {
    let mut checks = all(CheckResult::Passed);
    let offline = Failure::of(FailureClass::Offline).with_correlation_id(Some("id-1".to_owned()));
    checks[1] = Check::ended(CheckId::Refresh, CheckResult::Failed).with_failure(offline.clone());
    checks[4] = Check::ended(CheckId::Mfa, CheckResult::Warning)
        .with_failure(Failure::of(FailureClass::SignInWithMfa));
    assert_eq!(checks[1].correlation_id.as_deref(), Some("id-1"));
    assert_eq!(report(checks).refusal(), Some(offline));
}

#[test]
fn each_set_of_checks_is_in_order_and_the_probe_is_the_beginning_of_the_test() {
    assert!(CheckId::MIGRATION_TEST.is_sorted());
    assert!(CheckId::MIGRATION_TEST.starts_with(CheckId::TEST));
    assert!(CheckId::TEST.starts_with(CheckId::PROBE));
}
