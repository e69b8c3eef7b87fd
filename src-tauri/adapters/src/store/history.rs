//! The history: what happened, in order, the newest 20,000 entries.

use std::sync::LazyLock;

use mpc_connect_core::failure::FailureClass;
use mpc_connect_core::history::{HistoryEntry, What};
use mpc_connect_core::step::{Flow, StepCode};
use rusqlite::types::{FromSql, FromSqlError, FromSqlResult, ValueRef};
use rusqlite::{Connection, Result, Row, named_params};

/// Older entries go in the same transaction that adds a newer one.
pub const HISTORY_KEPT: u32 = 20_000;

/// Which entries to read, newest first.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HistoryQuery {
    /// At most this many.
    pub limit: usize,
    /// Only entries before this sequence number, for the next page.
    pub before_sequence: Option<i64>,
    /// Only entries with this text in one of their words, codes or ids; ASCII letters of either case.
    pub text: Option<String>,
    /// Only entries on this step.
    pub step: Option<StepCode>,
    /// Only entries of this failure class.
    pub class: Option<FailureClass>,
}

impl HistoryQuery {
    /// The newest `limit` entries.
    #[must_use]
    pub fn newest(limit: usize) -> Self {
        Self { limit, before_sequence: None, text: None, step: None, class: None }
    }

    /// Whether the entry is asked for.
    pub(super) fn matches(&self, sequence: i64, entry: &HistoryEntry) -> bool {
        self.before_sequence.is_none_or(|before| sequence < before)
            && self.step.is_none_or(|step| entry.step == Some(step))
            && self.class.is_none_or(|class| entry.class == Some(class))
            && self.text.as_ref().is_none_or(|text| has_text(entry, text))
    }
}

fn has_text(entry: &HistoryEntry, text: &str) -> bool {
    let wanted = text.trim().to_ascii_lowercase();
    let step = entry.step.map(|step| step.to_string());
    let words = [
        Some(entry.what.as_str()),
        step.as_deref(),
        entry.result.as_deref(),
        entry.class.map(FailureClass::as_str),
        entry.code.as_deref(),
        entry.correlation_id.as_deref(),
    ];
    words.into_iter().flatten().any(|word| word.to_ascii_lowercase().contains(&wanted))
}

/// The number that orders the entries, and the entry.
pub(super) type Numbered = (i64, HistoryEntry);

const COLUMNS: &str = "sequence, at, what, step, account_number, result, class, code, correlation_id";

/// Reads what the query asks for. An entry that cannot be read, say of a newer version, is left out.
pub(super) fn select(database: &Connection, query: &HistoryQuery) -> Result<Vec<Numbered>> {
    let sql = format!("SELECT {COLUMNS} FROM history WHERE sequence < ?1 ORDER BY sequence DESC");
    let mut statement = database.prepare(&sql)?;
    let mut rows = statement.query([query.before_sequence.unwrap_or(i64::MAX)])?;
    let mut found = Vec::new();
    while found.len() < query.limit
        && let Some(row) = rows.next()?
    {
        match read(row) {
            Ok((sequence, entry)) if query.matches(sequence, &entry) => found.push((sequence, entry)),
            Ok(_) => {}
            Err(_) => tracing::warn!(sequence = row.get::<_, i64>(0).ok(), "a history entry cannot be read"),
        }
    }
    Ok(found)
}

/// The readable ones of at most `limit` entries from `first` on, oldest first, up to the first that SQLite refuses.
pub(super) fn salvage(database: &Connection, first: i64, limit: u32) -> Result<Vec<Numbered>> {
    let sql = format!(
        "SELECT {COLUMNS} FROM history WHERE sequence >= ?1 AND sequence < ?1 + ?2 ORDER BY sequence LIMIT ?2"
    );
    let mut statement = database.prepare_cached(&sql)?;
    let mut rows = statement.query((first, limit))?;
    let mut found = Vec::new();
    while let Some(row) = rows.next()? {
        found.extend(read(row).ok());
    }
    Ok(found)
}

fn read(row: &Row<'_>) -> Result<Numbered> {
    let what: Known<What> = row.get(2)?;
    let step: Option<Known<StepCode>> = row.get(3)?;
    let class: Option<Known<FailureClass>> = row.get(6)?;
    let entry = HistoryEntry {
        at: row.get(1)?,
        what: what.0,
        step: step.map(|step| step.0),
        account_number: row.get(4)?,
        result: row.get(5)?,
        class: class.map(|class| class.0),
        code: row.get(7)?,
        correlation_id: row.get(8)?,
    };
    Ok((row.get(0)?, entry))
}

/// A word found by comparison, because a search reads every row.
struct Known<T>(T);

impl FromSql for Known<What> {
    fn column_result(value: ValueRef<'_>) -> FromSqlResult<Self> {
        let word = value.as_str()?;
        What::ALL.into_iter().find(|what| what.as_str() == word).map(Self).ok_or(FromSqlError::InvalidType)
    }
}

impl FromSql for Known<FailureClass> {
    fn column_result(value: ValueRef<'_>) -> FromSqlResult<Self> {
        let word = value.as_str()?;
        let class = FailureClass::ALL.iter().find(|class| class.as_str() == word);
        class.copied().map(Self).ok_or(FromSqlError::InvalidType)
    }
}

impl FromSql for Known<StepCode> {
    fn column_result(value: ValueRef<'_>) -> FromSqlResult<Self> {
        static STEPS: LazyLock<Vec<(String, StepCode)>> = LazyLock::new(|| {
            let steps = [Flow::NewUsers, Flow::Migration].into_iter().flat_map(Flow::steps);
            steps.map(|step| (step.to_string(), step)).collect()
        });
        let word = value.as_str()?;
        let step = STEPS.iter().find(|(code, _)| code == word);
        step.map(|(_, step)| Self(*step)).ok_or(FromSqlError::InvalidType)
    }
}

/// The last number given; 0 before the first.
pub(super) fn last_sequence(database: &Connection) -> Result<i64> {
    database.query_row("SELECT coalesce(max(sequence), 0) FROM history", [], |row| row.get(0))
}

/// How many entries there are.
pub(super) fn count(database: &Connection) -> Result<u64> {
    let count: i64 = database.query_row("SELECT count(*) FROM history", [], |row| row.get(0))?;
    Ok(count.unsigned_abs())
}

pub(super) fn add(database: &Connection, entry: &HistoryEntry) -> Result<()> {
    insert(database, None, entry)
}

/// Adds an entry under the number that it had in a damaged file; a number that is taken stays as it is.
pub(super) fn restore(database: &Connection, (sequence, entry): &Numbered) -> Result<()> {
    insert(database, Some(*sequence), entry)
}

fn insert(database: &Connection, sequence: Option<i64>, entry: &HistoryEntry) -> Result<()> {
    let mut statement = database.prepare_cached(
        "INSERT OR IGNORE INTO history
         VALUES (:sequence, :at, :what, :step, :account_number, :result, :class, :code, :correlation_id)",
    )?;
    statement
        .execute(named_params! {
            ":sequence": sequence,
            ":at": entry.at,
            ":what": entry.what.as_str(),
            ":step": entry.step.map(|step| step.to_string()),
            ":account_number": entry.account_number,
            ":result": entry.result,
            ":class": entry.class.map(FailureClass::as_str),
            ":code": entry.code,
            ":correlation_id": entry.correlation_id,
        })
        .map(drop)
}

/// Removes what is older than the newest [`HISTORY_KEPT`].
pub(super) fn prune(database: &Connection) -> Result<()> {
    database
        .prepare_cached(
            "DELETE FROM history WHERE sequence <=
                (SELECT sequence FROM history ORDER BY sequence DESC LIMIT 1 OFFSET ?1)",
        )?
        .execute([HISTORY_KEPT])
        .map(drop)
}

pub(super) fn wipe(database: &Connection) -> Result<()> {
    database.execute("DELETE FROM history", []).map(drop)
}
