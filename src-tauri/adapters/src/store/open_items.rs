//! What is waited for.

use mpc_connect_core::open_item::OpenItem;
use rusqlite::{Connection, Result, params};

use super::values::Word;

pub(super) fn load(database: &Connection) -> Result<Vec<OpenItem>> {
    let mut statement = database.prepare("SELECT * FROM open_item")?;
    let rows = statement.query_map([], |row| {
        Ok(OpenItem {
            id: row.get::<_, Word<_>>("item")?.0,
            since: row.get("since")?,
            asked_at: row.get("asked_at")?,
            note: row.get("note")?,
            arrived_at: row.get("arrived_at")?,
            done_by: row.get("done_by")?,
        })
    })?;
    let mut items: Vec<OpenItem> = rows.collect::<Result<_>>()?;
    items.sort_by_key(|item| item.id);
    Ok(items)
}

pub(super) fn keep(database: &Connection, item: &OpenItem) -> Result<()> {
    database
        .execute(
            "INSERT OR REPLACE INTO open_item VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
            params![Word(item.id), item.since, item.note, item.arrived_at, item.done_by, item.asked_at],
        )
        .map(drop)
}

pub(super) fn wipe(database: &Connection) -> Result<()> {
    database.execute("DELETE FROM open_item", []).map(drop)
}
