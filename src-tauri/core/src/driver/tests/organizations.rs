//! Reading the dropdown.

use super::*;

fn listed(arrange: impl FnOnce(&World)) -> Desk {
    let mut desk = Desk::connected(Flow::NewUsers);
    arrange(&desk.world);
    desk.want(Intent::ListOrganizations);
    assert_eq!(desk.activity(), &Activity::Idle);
    desk
}

fn ids(desk: &Desk) -> Vec<&str> {
    desk.driver.state().record.organizations.rows.iter().map(|row| row.id.as_str()).collect()
}

#[test]
fn five_pages_are_read_and_the_list_says_when_there_is_more() {
    let rows = |count: usize| (0..count).map(|n| row(&format!("r{n}"), &format!("org-{n}"), None)).collect();
    for (count, seen, cut) in [(500, 500, false), (501, 500, true)] {
        let desk = listed(|world| world.get().rows = rows(count));
        assert_eq!((ids(&desk).len(), desk.driver.state().record.organizations.cut), (seen, cut), "{count}");
    }
}

#[test]
fn without_deals_the_profile_is_offered_and_without_profiles_the_deals_stand_alone() {
    let desk = listed(|world| world.get().rows = Vec::new());
    assert_eq!(ids(&desk), ["profile:profile"]);
    let desk = listed(|world| {
        world.refuse("legal_business_profile", Failure::of(FailureClass::RoleMissing));
        world.refuse("organization_profile", Failure::of(FailureClass::RoleMissing));
    });
    assert_eq!(ids(&desk), ["org-1", "org-2"]);
}

#[test]
fn a_list_that_cannot_be_read_keeps_the_old_one_and_the_word() {
    for call in ["refresh", "read", "referrals"] {
        let desk = listed(|world| world.refuse(call, Failure::of(FailureClass::RetryLater)));
        assert_eq!(ids(&desk), ["org-1", "org-2"]);
        assert_eq!((desk.word(), desk.failure()), (Word::Active, Some(FailureClass::RetryLater)), "{call}");
        desk.assert_token_is_safe();
    }
}
