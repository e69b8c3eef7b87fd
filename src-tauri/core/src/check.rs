//! The named checks, their results and the report that decides the status.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::failure::{Failure, FailureClass};
use crate::status::Qualifier;

/// A check, in the order in which they stand in a report.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum CheckId {
    /// The authority's metadata can be read and is the right one.
    Metadata,
    /// The credential still buys an access token.
    Refresh,
    /// The token belongs to the account that signed in.
    Identity,
    /// Referrals can be read.
    Referrals,
    /// Partner Center sees the second factor.
    Mfa,
    /// The referrals show which role the account has.
    Role,
    /// The chosen organization is visible.
    Organization,
    /// One referral can be read by its id.
    ReferralById,
    /// The company profile can be read.
    Profile,
    /// No other program receives the referral events (Migration).
    Webhook,
}

impl CheckId {
    /// The checks of the status step's probe.
    pub const PROBE: &'static [Self] =
        &[Self::Metadata, Self::Refresh, Self::Identity, Self::Referrals, Self::Mfa];
    /// The checks of Test connection for new users.
    pub const TEST: &'static [Self] = &[
        Self::Metadata,
        Self::Refresh,
        Self::Identity,
        Self::Referrals,
        Self::Mfa,
        Self::Role,
        Self::Organization,
        Self::ReferralById,
        Self::Profile,
    ];
    /// The checks of Test connection in Migration.
    pub const MIGRATION_TEST: &'static [Self] = &[
        Self::Metadata,
        Self::Refresh,
        Self::Identity,
        Self::Referrals,
        Self::Mfa,
        Self::Role,
        Self::Organization,
        Self::ReferralById,
        Self::Profile,
        Self::Webhook,
    ];

    /// The word in the JSON contract, such as `referral-by-id`.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Metadata => "metadata",
            Self::Refresh => "refresh",
            Self::Identity => "identity",
            Self::Referrals => "referrals",
            Self::Mfa => "mfa",
            Self::Role => "role",
            Self::Organization => "organization",
            Self::ReferralById => "referral-by-id",
            Self::Profile => "profile",
            Self::Webhook => "webhook",
        }
    }
}

/// How a check ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CheckResult {
    /// It was seen to be so.
    Passed,
    /// It works today but something is not as it should be.
    Warning,
    /// It was refused; the rest is not reached.
    Failed,
    /// It could not be found out. Never counts as passed.
    NotChecked,
}

impl CheckResult {
    /// The word in the JSON contract.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Passed => "passed",
            Self::Warning => "warning",
            Self::Failed => "failed",
            Self::NotChecked => "not_checked",
        }
    }
}

/// One check of a report.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Check {
    /// Which.
    pub id: CheckId,
    /// How it ended.
    pub result: CheckResult,
    /// How long it took, in milliseconds.
    pub milliseconds: u64,
    /// Why it did not pass, where something was refused.
    pub failure: Option<Failure>,
    /// The message of the catalogue that explains a result other than passed.
    pub reason: Option<String>,
    /// The id of the request, for Microsoft's support.
    pub correlation_id: Option<String>,
}

impl Check {
    /// A check with a result and nothing else known.
    #[must_use]
    pub fn ended(id: CheckId, result: CheckResult) -> Self {
        Self { id, result, milliseconds: 0, failure: None, reason: None, correlation_id: None }
    }

    /// The same check with the message that explains it.
    #[must_use]
    pub fn because(mut self, reason: &str) -> Self {
        self.reason = Some(reason.to_owned());
        self
    }

    /// The same check with the failure behind it.
    #[must_use]
    pub fn with_failure(mut self, failure: Failure) -> Self {
        self.correlation_id = failure.correlation_id.clone().or(self.correlation_id);
        self.failure = Some(failure);
        self
    }
}

/// Which set of checks was run.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CheckKind {
    /// The status step's probe.
    Probe,
    /// Test connection.
    Test,
}

/// The three faces of a test.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Face {
    /// Every check passed.
    Passed,
    /// Nothing failed, but something could not be shown.
    Partial,
    /// A hard check failed.
    Failed,
}

impl Face {
    /// The word in the JSON contract.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Passed => "passed",
            Self::Partial => "partial",
            Self::Failed => "failed",
        }
    }
}

/// What a run of checks found.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Report {
    /// Probe or test.
    pub kind: CheckKind,
    /// The credential that was checked.
    pub credential_id: String,
    /// When the last check ended.
    pub finished_at: Timestamp,
    /// The checks in order.
    pub checks: Vec<Check>,
}

impl Report {
    /// Why the report shows no access: the failure that stopped the run, or `UNKNOWN` where the run has not shown
    /// that referrals can be read. Active needs a report without one.
    #[must_use]
    pub fn refusal(&self) -> Option<Failure> {
        let shown = [CheckId::Metadata, CheckId::Refresh, CheckId::Referrals]
            .iter()
            .all(|id| self.checks.iter().any(|check| check.id == *id && check.result == CheckResult::Passed));
        if shown && self.face() != Face::Failed {
            return None;
        }
        Some(self.failure().cloned().unwrap_or_else(|| Failure::of(FailureClass::Unknown)))
    }

    /// The failure of the hard check that stopped the run, if one did.
    #[must_use]
    pub fn failure(&self) -> Option<&Failure> {
        self.checks
            .iter()
            .find(|check| check.result == CheckResult::Failed)
            .and_then(|check| check.failure.as_ref())
    }

    /// Which of the three faces the report has. An empty report has not passed.
    #[must_use]
    pub fn face(&self) -> Face {
        let has = |result| self.checks.iter().any(|check| check.result == result);
        if has(CheckResult::Failed) || self.checks.is_empty() {
            return Face::Failed;
        }
        if has(CheckResult::Warning) || has(CheckResult::NotChecked) { Face::Partial } else { Face::Passed }
    }

    /// What limits the claim of a run without failure.
    #[must_use]
    pub fn qualifiers(&self) -> Vec<Qualifier> {
        let shown_empty =
            |check: &Check| check.id == CheckId::Referrals && check.reason.as_deref() == Some(EMPTY_LIST);
        let mfa_open = |check: &Check| check.id == CheckId::Mfa && check.result != CheckResult::Passed;
        let mut qualifiers = Vec::new();
        if self.checks.iter().any(shown_empty) {
            qualifiers.push(Qualifier::RightsNotProven);
        }
        if self.checks.iter().any(mfa_open) {
            qualifiers.push(Qualifier::MfaNotProven);
        }
        qualifiers
    }

    /// How many checks could not be shown to pass.
    #[must_use]
    pub fn open_count(&self) -> usize {
        self.checks.iter().filter(|check| check.result != CheckResult::Passed).count()
    }
}

/// The reason of a referrals check that read an empty list.
pub const EMPTY_LIST: &str = "check-referrals.empty";

#[cfg(test)]
mod tests;
