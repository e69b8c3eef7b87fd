//! The two flows of the guide and the codes of their steps.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// Which of the guide's two routes a person follows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Flow {
    /// Eight steps, `NEW-1` to `NEW-8`.
    NewUsers,
    /// Nine steps, `MIG-1` to `MIG-9`; the first contacts Support.
    Migration,
}

/// One screen of the guide, whichever flow shows it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Stage {
    /// Contact WorkSpan Support (Migration only).
    Contact,
    /// The MPC Connection page with company, contact and computer label.
    Open,
    /// The Microsoft username.
    Username,
    /// Authorize.
    Authorize,
    /// The sign-in in the browser.
    LogIn,
    /// The permissions page in the browser.
    Accept,
    /// Connection status.
    Verify,
    /// Select Organization.
    Organization,
    /// Test connection.
    Test,
}

impl Stage {
    /// The screens whose work is undone when no credential is held any more.
    pub const NEED_A_CREDENTIAL: [Self; 6] =
        [Self::Authorize, Self::LogIn, Self::Accept, Self::Verify, Self::Organization, Self::Test];
}

/// A step as support reads it out: `NEW-3`, `MIG-4`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct StepCode {
    flow_order: u8,
    number: u8,
}

/// A text that is no step code.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
#[error("not a step code: expected NEW-1 to NEW-8 or MIG-1 to MIG-9")]
pub struct UnknownStep;

const NEW_USERS: [Stage; 8] = [
    Stage::Open,
    Stage::Username,
    Stage::Authorize,
    Stage::LogIn,
    Stage::Accept,
    Stage::Verify,
    Stage::Organization,
    Stage::Test,
];
const MIGRATION: [Stage; 9] = [
    Stage::Contact,
    Stage::Open,
    Stage::Username,
    Stage::Authorize,
    Stage::LogIn,
    Stage::Accept,
    Stage::Verify,
    Stage::Organization,
    Stage::Test,
];

impl Flow {
    /// The stages in the guide's order.
    #[must_use]
    pub fn stages(self) -> &'static [Stage] {
        match self {
            Self::NewUsers => &NEW_USERS,
            Self::Migration => &MIGRATION,
        }
    }

    /// The code of `stage` in this flow. `Contact` does not exist for new users and answers their first step.
    #[must_use]
    pub fn step(self, stage: Stage) -> StepCode {
        let position = self.stages().iter().position(|candidate| *candidate == stage).unwrap_or(0);
        let number = u8::try_from(position + 1).unwrap_or(1);
        StepCode { flow_order: u8::from(self == Self::Migration), number }
    }

    /// All step codes in order.
    pub fn steps(self) -> impl Iterator<Item = StepCode> {
        self.stages().iter().map(move |stage| self.step(*stage))
    }

    /// The word used on the command line and in files: `new-users`, `migration`.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::NewUsers => "new-users",
            Self::Migration => "migration",
        }
    }
}

impl StepCode {
    /// The flow that the code belongs to.
    #[must_use]
    pub fn flow(self) -> Flow {
        if self.flow_order == 0 { Flow::NewUsers } else { Flow::Migration }
    }

    /// The guide's number, counted from 1.
    #[must_use]
    pub fn number(self) -> u8 {
        self.number
    }

    /// The screen behind the code.
    #[must_use]
    pub fn stage(self) -> Stage {
        let index = usize::from(self.number.saturating_sub(1));
        self.flow().stages().get(index).copied().unwrap_or(Stage::Test)
    }

    /// The step after this one, if any.
    #[must_use]
    pub fn next(self) -> Option<Self> {
        self.flow().steps().find(|step| step.number == self.number + 1)
    }
}

impl fmt::Display for StepCode {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let prefix = match self.flow() {
            Flow::NewUsers => "NEW",
            Flow::Migration => "MIG",
        };
        write!(formatter, "{prefix}-{}", self.number)
    }
}

impl FromStr for StepCode {
    type Err = UnknownStep;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        [Flow::NewUsers, Flow::Migration]
            .into_iter()
            .flat_map(Flow::steps)
            .find(|step| step.to_string() == text)
            .ok_or(UnknownStep)
    }
}

impl Serialize for StepCode {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for StepCode {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(serde::de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn migration_counts_one_higher_than_new_users() {
        for stage in Flow::NewUsers.stages() {
            let new = Flow::NewUsers.step(*stage);
            let migration = Flow::Migration.step(*stage);
            assert_eq!(new.number() + 1, migration.number(), "MIG-n is NEW-(n-1) for {stage:?}");
            assert_eq!(new.stage(), *stage);
            assert_eq!(migration.stage(), *stage);
        }
    }

    #[test]
    fn codes_read_back_as_they_are_written() {
        for step in Flow::NewUsers.steps().chain(Flow::Migration.steps()) {
            assert_eq!(step.to_string().parse(), Ok(step));
        }
        for wrong in ["NEW-0", "NEW-9", "MIG-10", "new-1", "NEW-01", "", "NEW-1 "] {
            assert_eq!(wrong.parse::<StepCode>(), Err(UnknownStep), "{wrong:?} is no step");
        }
    }
}
