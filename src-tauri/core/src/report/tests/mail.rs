//! The first lines of the mail alone tell the truth.

use super::super::{About, mail};
use super::samples::{Sample, active, all, cant_check, inactive, nothing, partial};

fn first_paragraph(sample: &Sample) -> String {
    mail(&sample.about()).split("\n\n").next().expect("a first paragraph").to_owned()
}

#[test]
fn active_says_what_it_claims_where_and_since_when() {
    let expected = "\
Connection status: Active
This computer (Front desk) can read co-sell referrals as this account.
As of: 22 Nov 2026, 11:58 +01:00 (2026-11-22 10:58 UTC), 2 min old
Computer: Front desk
Organization: Contoso Ltd
What failed: Nothing. All 9 checks passed
Who acts next: WorkSpan Support (Integrations turned on)
Open items: 1
- Integrations turned on. Who acts: WorkSpan Support. Asked 22 Nov 2026,
  11:00.
State code: 8EHEJ
After 24 h this is no proof of today.";
    assert_eq!(first_paragraph(&active()), expected);
}

#[test]
fn what_limits_the_claim_stands_with_it() {
    let head = first_paragraph(&partial());
    let lines: Vec<_> = head.lines().collect();
    assert_eq!(lines[0], "Connection status: Active");
    assert!(lines[2].starts_with("MFA not proven: "), "{head}");
    assert!(head.contains("What failed: Nothing, but 4 of 9 checks could not be shown to pass"), "{head}");
}

#[test]
fn inactive_says_what_failed_and_who_mends_it() {
    let expected = "\
Connection status: Inactive
This computer (Front desk) cannot use the connection as it is.
As of: 22 Nov 2026, 11:58 +01:00 (2026-11-22 10:58 UTC), 2 min old
Computer: Front desk
Organization: Contoso Ltd
What failed: Partner Center did not let this account read co-sell referrals.
Who acts next: The company's Partner Center administrator
Open items: 2
- Integrations turned on. Who acts: WorkSpan Support. Asked 22 Nov 2026,
  11:00.
- The Referrals admin role for this account. Who acts: The company's Partner
  Center administrator. Asked 22 Nov 2026, 11:58.
State code: 7FNG8
After 24 h this is no proof of today.";
    assert_eq!(first_paragraph(&inactive()), expected);
    let mail = mail(&inactive().about());
    assert!(mail.contains("For support: ROLE_MISSING · HTTP 403 · 5c1e0c3c-"), "{mail}");
    assert!(mail.contains("Step to redo: MIG-9"), "{mail}");
}

#[test]
fn what_could_not_be_found_out_stands_beside_the_last_known_status() {
    let head = first_paragraph(&cant_check());
    let expected = "\
Connection status: Can't check
This computer (Front desk) could not find out whether the connection works.
Last known status: Active, 22 Nov 2026, 11:58
As of: 22 Nov 2026, 12:00 +01:00 (2026-11-22 11:00 UTC), less than a minute
  old
";
    assert!(head.starts_with(expected), "{head}");
    assert!(head.contains("What failed: This computer has no network.\n"), "{head}");
}

#[test]
fn a_computer_that_was_never_set_up_says_so() {
    let expected = "\
Connection status: Not connected
This computer (not named) holds no sign-in for Partner Center.
As of: 22 Nov 2026, 12:01 +01:00 (2026-11-22 11:01 UTC), when this was written
Computer: Not named
Organization: Not chosen yet
What failed: Nothing: there is no sign-in to check
Who acts next: The person at that computer (begin the setup: nothing was set
  up there yet)
Open items: None
State code: 6M8RT
After 24 h this is no proof of today.";
    assert_eq!(first_paragraph(&nothing()), expected);
}

#[test]
fn a_history_that_is_gone_is_told_beside_the_status() {
    let sample = nothing();
    let about = About { history_lost: true, ..sample.about() };
    let mail = mail(&about);
    assert_eq!(
        mail.lines().nth(2).map(|line| &line[..36]),
        Some("The history of this computer is gone"),
        "{mail}"
    );
}

#[test]
fn what_is_older_than_a_day_claims_nothing_for_today() {
    let expected = "\
Connection status: Not checked since 22 Nov (was Active)
When it was last checked, this computer (Front desk) could read co-sell
  referrals as this account.
As of: 22 Nov 2026, 11:58 +01:00 (2026-11-22 10:58 UTC), 3 days old
";
    let head = first_paragraph(&active().after_days(3));
    assert!(head.starts_with(expected), "{head}");
    assert!(head.contains("Who acts next: The person at that computer (check the connection"), "{head}");
}

#[test]
fn a_rehearsal_is_stamped_first_and_has_a_code_of_its_own() {
    let head = first_paragraph(&active().in_rehearsal());
    let expected = "\
Rehearsal: this is not a real connection.
Environment: sandbox-rehearsal
Connection status: Active
";
    assert!(head.starts_with(expected), "{head}");
    assert!(head.contains("State code: AQMTF\n"), "{head}");
}

#[test]
fn the_side_that_goes_on_is_asked_whether_something_is_left_to_press() {
    let asked = |sample: &Sample| {
        let mail = mail(&sample.about()).replace('\n', " ");
        let start = mail.find("Question to ").expect("a question");
        mail[start..].split('?').next().expect("its end").to_owned()
    };
    let end = "is anything still to be pressed on your side";
    assert_eq!(asked(&active()), format!("Question to WorkSpan Professional Services: {end}"));
    assert_eq!(asked(&inactive()), format!("Question to our contact at WorkSpan Support: {end}"));
    assert_eq!(asked(&nothing()), format!("Question to our contact at WorkSpan: {end}"));
}

#[test]
fn a_settled_item_is_no_open_one_and_lines_fit() {
    for sample in all() {
        let mail = mail(&sample.about());
        assert!(!mail.contains("Approval of the permissions"), "{mail}");
        assert!(mail.lines().all(|line| line.chars().count() <= 78), "{mail}");
    }
}
