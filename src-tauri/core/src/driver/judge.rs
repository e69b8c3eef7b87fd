//! From what was observed to the result of a check.

use super::checks::Observed;
use crate::check::{Check, CheckId, CheckResult, EMPTY_LIST};
use crate::failure::{Failure, FailureClass};
use crate::identity::{Credential, SignedIn};
use crate::organization::Organization;
use crate::ports::{Grant, ProfileAnswer, ReferralRow, ReferralSeen, WebhookOwner};
use crate::secret::RefreshToken;

/// A sign-in is whole when it says who signed in and brings something to keep.
pub(super) fn redeemed(grant: Grant) -> Result<(SignedIn, RefreshToken), Failure> {
    if let Some(problem) = grant.problem {
        return Err(problem);
    }
    let Some(token) = grant.refresh else {
        return Err(Failure::of(FailureClass::AppMisconfigured)
            .with_code("no refresh token")
            .with_correlation_id(grant.correlation_id));
    };
    let Some(signed_in) = grant.signed_in else {
        return Err(Failure::of(FailureClass::UnexpectedAnswer)
            .with_code("no ID token")
            .with_correlation_id(grant.correlation_id));
    };
    Ok((signed_in, token))
}

/// A hard check: what failed stops the run.
pub(super) fn hard<T>(id: CheckId, observed: &Result<T, Failure>, correlation_id: Option<&String>) -> Check {
    let mut check = match observed {
        Ok(_) => Check::ended(id, CheckResult::Passed),
        Err(failure) => Check::ended(id, CheckResult::Failed).with_failure(failure.clone()),
    };
    check.correlation_id = check.correlation_id.or_else(|| correlation_id.cloned());
    check
}

pub(super) fn identity(credential: &Credential, signed_in: Option<&SignedIn>) -> Check {
    let id = CheckId::Identity;
    match signed_in {
        Some(seen) if seen.identity == credential.identity => Check::ended(id, CheckResult::Passed),
        Some(_) => {
            Check::ended(id, CheckResult::Failed).with_failure(Failure::of(FailureClass::WrongAccount))
        }
        None => Check::ended(id, CheckResult::NotChecked).because("check-identity.not-checked"),
    }
}

/// An empty list is a successful read that shows neither role nor organization.
pub(super) fn referrals(observed: &Observed<crate::ports::ReferralPage>) -> Check {
    let correlation_id = observed.as_ref().ok().and_then(|page| page.correlation_id.as_ref());
    let check = hard(CheckId::Referrals, observed, correlation_id);
    match observed {
        Ok(page) if page.rows.is_empty() => check.because(EMPTY_LIST),
        Ok(_) | Err(_) => check,
    }
}

pub(super) fn mfa(observed: Option<&Observed<ProfileAnswer>>) -> Check {
    let id = CheckId::Mfa;
    match observed {
        None => Check::ended(id, CheckResult::NotChecked).because("check-mfa.unknown"),
        Some(Err(failure)) if failure.class == FailureClass::SignInWithMfa => {
            Check::ended(id, CheckResult::Warning)
                .because("check-mfa.not-compliant")
                .with_failure(failure.clone())
        }
        Some(Err(failure)) => Check::ended(id, CheckResult::NotChecked)
            .because("check-mfa.unknown")
            .with_failure(failure.clone()),
        Some(Ok(answer)) => {
            let mut check = match answer.mfa_compliant {
                Some(true) => Check::ended(id, CheckResult::Passed),
                Some(false) => Check::ended(id, CheckResult::Warning).because("check-mfa.not-compliant"),
                None => Check::ended(id, CheckResult::NotChecked).because("check-mfa.unknown"),
            };
            check.correlation_id = answer.correlation_id.clone();
            check
        }
    }
}

/// No call reports Partner Center roles. A deal without the account in its team is seen by a Referrals admin only.
pub(super) fn role(rows: &[ReferralRow]) -> Check {
    let id = CheckId::Role;
    let in_team: Vec<bool> = rows.iter().filter_map(|row| row.account_in_team).collect();
    if in_team.contains(&false) {
        return Check::ended(id, CheckResult::Passed);
    }
    if in_team.is_empty() {
        return Check::ended(id, CheckResult::NotChecked).because("check-role.unknown");
    }
    Check::ended(id, CheckResult::Warning).because("check-role.user-only")
}

/// Hard where other organizations are visible; not verifiable where nothing is.
pub(super) fn organization(chosen: Option<&str>, seen: &[ReferralRow], all_read: bool) -> Check {
    let id = CheckId::Organization;
    let Some(chosen) = chosen else {
        return Check::ended(id, CheckResult::NotChecked).because("check-organization.not-chosen");
    };
    if seen.iter().any(|row| row.organization.id == chosen) {
        return Check::ended(id, CheckResult::Passed);
    }
    let others = seen.iter().any(|row| Organization::can_be_chosen(&row.organization.id));
    if !others || !all_read || Organization::is_profile_row(chosen) {
        return Check::ended(id, CheckResult::NotChecked).because("check-organization.not-seen");
    }
    Check::ended(id, CheckResult::Failed).with_failure(Failure::of(FailureClass::OrganizationMissing))
}

/// A 404 is a race or a location scope: worth a word, no refusal.
pub(super) fn referral_by_id(row: Option<&ReferralRow>, observed: Option<&Observed<ReferralSeen>>) -> Check {
    let id = CheckId::ReferralById;
    match (row, observed) {
        (Some(row), Some(Ok(seen))) => {
            let same = seen.id == row.id && seen.organization_id.as_ref() == Some(&row.organization.id);
            let mut check = if same {
                Check::ended(id, CheckResult::Passed)
            } else {
                let other = Failure::of(FailureClass::UnexpectedAnswer).with_code("another referral");
                Check::ended(id, CheckResult::Warning).with_failure(other)
            };
            check.correlation_id = seen.correlation_id.clone();
            check
        }
        (_, Some(Err(failure))) => Check::ended(id, CheckResult::Warning).with_failure(failure.clone()),
        (None, _) | (_, None) => Check::ended(id, CheckResult::NotChecked),
    }
}

pub(super) fn profile(has_profiles: bool, observed: Option<&Observed<ProfileAnswer>>) -> Check {
    let id = CheckId::Profile;
    match observed {
        _ if !has_profiles => {
            Check::ended(id, CheckResult::NotChecked).because("check-profile.not-configured")
        }
        None => Check::ended(id, CheckResult::NotChecked).because("check-profile.refused"),
        Some(Err(failure)) => Check::ended(id, CheckResult::Warning)
            .because("check-profile.refused")
            .with_failure(failure.clone()),
        Some(Ok(answer)) => {
            let result = if answer.company.is_some() { CheckResult::Passed } else { CheckResult::NotChecked };
            let mut check = Check::ended(id, result);
            check.correlation_id = answer.correlation_id.clone();
            check
        }
    }
}

pub(super) fn webhook(observed: Option<&Observed<WebhookOwner>>) -> Check {
    let id = CheckId::Webhook;
    match observed {
        Some(Ok(WebhookOwner::Nobody | WebhookOwner::Other)) => Check::ended(id, CheckResult::Passed),
        Some(Ok(WebhookOwner::PowerAutomate)) => {
            Check::ended(id, CheckResult::Warning).because("check-webhook.elsewhere")
        }
        Some(Err(failure)) => Check::ended(id, CheckResult::NotChecked).with_failure(failure.clone()),
        None => Check::ended(id, CheckResult::NotChecked),
    }
}
