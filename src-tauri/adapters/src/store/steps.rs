//! The finished steps, by the name of their screen, never by a position.

use mpc_connect_core::record::StepDone;
use mpc_connect_core::step::{Flow, Stage};
use rusqlite::types::{FromSql, FromSqlError, FromSqlResult, ToSql, ToSqlOutput, ValueRef};
use rusqlite::{Connection, Result, params};

#[derive(Clone, Copy)]
struct StageWord(Stage);

impl StageWord {
    fn as_str(self) -> &'static str {
        match self.0 {
            Stage::Contact => "contact",
            Stage::Open => "open",
            Stage::Username => "username",
            Stage::Authorize => "authorize",
            Stage::LogIn => "log-in",
            Stage::Accept => "accept",
            Stage::Verify => "verify",
            Stage::Organization => "organization",
            Stage::Test => "test",
        }
    }
}

impl ToSql for StageWord {
    fn to_sql(&self) -> Result<ToSqlOutput<'_>> {
        Ok(ToSqlOutput::from(self.as_str()))
    }
}

impl FromSql for StageWord {
    fn column_result(value: ValueRef<'_>) -> FromSqlResult<Self> {
        let word = value.as_str()?;
        // Migration has every screen of the new users' flow and one more.
        let stages = Flow::Migration.stages().iter().copied().map(Self);
        stages.into_iter().find(|stage| stage.as_str() == word).ok_or(FromSqlError::InvalidType)
    }
}

pub(super) fn load(database: &Connection) -> Result<Vec<StepDone>> {
    let mut statement = database.prepare("SELECT stage, at FROM step_done")?;
    let rows = statement.query_map([], |row| {
        Ok(StepDone { stage: row.get::<_, StageWord>("stage")?.0, at: row.get("at")? })
    })?;
    let mut done: Vec<StepDone> = rows.collect::<Result<_>>()?;
    done.sort_by_key(|done| done.stage);
    Ok(done)
}

pub(super) fn keep(database: &Connection, done: StepDone) -> Result<()> {
    database
        .execute("INSERT OR REPLACE INTO step_done VALUES (?1, ?2)", params![StageWord(done.stage), done.at])
        .map(drop)
}

pub(super) fn remove(database: &Connection, stages: &[Stage]) -> Result<()> {
    let mut statement = database.prepare_cached("DELETE FROM step_done WHERE stage = ?1")?;
    stages.iter().try_for_each(|stage| statement.execute([StageWord(*stage)]).map(drop))
}

pub(super) fn wipe(database: &Connection) -> Result<()> {
    database.execute("DELETE FROM step_done", []).map(drop)
}
