//! The chosen organization, and the list as last read.

use mpc_connect_core::organization::{Organization, OrganizationList};
use mpc_connect_core::record::ChosenOrganization;
use rusqlite::{Connection, OptionalExtension, Result, params};

use super::connection;
use super::values::Json;

pub(super) fn load_chosen(database: &Connection) -> Result<Option<ChosenOrganization>> {
    database
        .query_row("SELECT organization_id, name FROM organization", [], |row| {
            Ok(ChosenOrganization { id: row.get(0)?, name: row.get(1)? })
        })
        .optional()
}

pub(super) fn keep_chosen(database: &Connection, chosen: Option<&ChosenOrganization>) -> Result<()> {
    let Some(chosen) = chosen else { return database.execute("DELETE FROM organization", []).map(drop) };
    database
        .execute("INSERT OR REPLACE INTO organization VALUES (1, ?1, ?2)", params![chosen.id, chosen.name])
        .map(drop)
}

pub(super) fn load_seen(database: &Connection) -> Result<Vec<Organization>> {
    let mut statement = database.prepare("SELECT * FROM organization_seen ORDER BY position")?;
    let rows = statement.query_map([], |row| {
        Ok(Organization {
            id: row.get("organization_id")?,
            name: row.get("name")?,
            names: row.get::<_, Json<_>>("names")?.0,
            evidence: row.get::<_, Json<_>>("evidence")?.0,
            referrals_seen: row.get("referrals_seen")?,
        })
    })?;
    rows.collect()
}

/// Replaces the list as a whole.
pub(super) fn keep_seen(database: &Connection, list: &OrganizationList) -> Result<()> {
    database.execute("DELETE FROM organization_seen", [])?;
    let mut statement =
        database.prepare_cached("INSERT INTO organization_seen VALUES (?1, ?2, ?3, ?4, ?5, ?6)")?;
    for (row, position) in list.rows.iter().zip(0_u32..) {
        let names = Json(&row.names);
        let evidence = Json(&row.evidence);
        statement.execute(params![position, row.id, row.name, names, evidence, row.referrals_seen])?;
    }
    connection::keep_organizations_cut(database, list.cut)
}
