//! The one row of the connection: settings, credential without its secret, counters.

use jiff::Timestamp;
use mpc_connect_core::identity::{Asked, Credential, Identity};
use mpc_connect_core::record::Settings;
use mpc_connect_core::username::MicrosoftUsername;
use rusqlite::{Connection, Result, Row, named_params};

use super::values::Word;

/// What the row holds.
pub(super) struct ConnectionRow {
    pub(super) settings: Settings,
    pub(super) credential: Option<Credential>,
    pub(super) accounts_seen: u32,
    pub(super) pending_claims: Option<String>,
    pub(super) prefers_loopback: bool,
    pub(super) organizations_cut: bool,
}

pub(super) fn load(database: &Connection) -> Result<ConnectionRow> {
    database.query_row("SELECT * FROM connection WHERE id = 1", [], |row| {
        Ok(ConnectionRow {
            settings: settings(row)?,
            credential: credential(row)?,
            accounts_seen: row.get("accounts_seen")?,
            pending_claims: row.get("pending_claims")?,
            prefers_loopback: row.get("prefers_loopback")?,
            organizations_cut: row.get("organizations_cut")?,
        })
    })
}

fn settings(row: &Row<'_>) -> Result<Settings> {
    let word = |word: Word<_>| word.0;
    Ok(Settings {
        flow: row.get::<_, Option<_>>("flow")?.map(word),
        company: row.get("company")?,
        contact: row.get("contact")?,
        computer_label: row.get("computer_label")?,
        username: row.get::<_, Option<Word<MicrosoftUsername>>>("username")?.map(|username| username.0),
        kind: row.get::<_, Word<_>>("account_kind")?.0,
        second_factor_holder: row.get("second_factor_holder")?,
        password_rotates: row.get("password_rotates")?,
    })
}

fn credential(row: &Row<'_>) -> Result<Option<Credential>> {
    let Some(id) = row.get("credential_id")? else { return Ok(None) };
    Ok(Some(Credential {
        id,
        identity: Identity { tenant: row.get("tenant")?, object: row.get("object")? },
        authority: row.get("authority")?,
        signed_in_as: row.get("signed_in_as")?,
        obtained_at: row.get("obtained_at")?,
        last_used_at: row.get("last_used_at")?,
        session_only: row.get("session_only")?,
        asked: Asked { second_check: row.get("asked_second_check")?, claims: row.get("asked_claims")? },
        account_number: row.get("account_number")?,
    }))
}

pub(super) fn keep_settings(database: &Connection, settings: &Settings) -> Result<()> {
    database
        .execute(
            "UPDATE connection SET flow = :flow, company = :company, contact = :contact,
                computer_label = :computer_label, username = :username, account_kind = :account_kind,
                second_factor_holder = :second_factor_holder, password_rotates = :password_rotates",
            named_params! {
                ":flow": settings.flow.map(Word),
                ":company": settings.company,
                ":contact": settings.contact,
                ":computer_label": settings.computer_label,
                ":username": settings.username.as_ref().map(MicrosoftUsername::as_str),
                ":account_kind": Word(settings.kind),
                ":second_factor_holder": settings.second_factor_holder,
                ":password_rotates": settings.password_rotates,
            },
        )
        .map(drop)
}

/// Another credential, or none, also takes the status and the reports of the earlier one away.
pub(super) fn keep_credential(database: &Connection, credential: Option<&Credential>) -> Result<()> {
    let known: Option<String> =
        database.query_row("SELECT credential_id FROM connection", [], |row| row.get(0))?;
    let new = credential.map(|credential| credential.id.as_str());
    if known.as_deref() != new {
        database.execute_batch("DELETE FROM verdict; DELETE FROM report;")?;
    }
    let identity = credential.map(|credential| &credential.identity);
    let asked = credential.map(|credential| credential.asked);
    let number = credential.map(|credential| credential.account_number);
    database
        .execute(
            "UPDATE connection SET credential_id = :credential_id, tenant = :tenant, object = :object,
                authority = :authority, signed_in_as = :signed_in_as, obtained_at = :obtained_at, last_used_at = :last_used_at,
                session_only = :session_only, asked_second_check = :asked_second_check,
                asked_claims = :asked_claims, account_number = :account_number,
                accounts_seen = max(accounts_seen, coalesce(:account_number, 0))",
            named_params! {
                ":credential_id": new,
                ":tenant": identity.map(|identity| &identity.tenant),
                ":object": identity.map(|identity| &identity.object),
                ":authority": credential.map(|credential| &credential.authority),
                ":signed_in_as": credential.and_then(|credential| credential.signed_in_as.as_ref()),
                ":obtained_at": credential.map(|credential| credential.obtained_at),
                ":last_used_at": credential.map(|credential| credential.last_used_at),
                ":session_only": credential.map(|credential| credential.session_only),
                ":asked_second_check": asked.map(|asked| asked.second_check),
                ":asked_claims": asked.map(|asked| asked.claims),
                ":account_number": number,
            },
        )
        .map(drop)
}

/// News of a credential that is held no more says nothing about the one in its place.
pub(super) fn keep_credential_used(
    database: &Connection,
    credential_id: &str,
    at: Timestamp,
    session_only: bool,
    asked: Asked,
) -> Result<()> {
    database
        .execute(
            "UPDATE connection SET last_used_at = :at, session_only = :session_only,
                asked_second_check = :asked_second_check, asked_claims = :asked_claims
             WHERE credential_id = :credential_id",
            named_params! {
                ":credential_id": credential_id,
                ":at": at,
                ":session_only": session_only,
                ":asked_second_check": asked.second_check,
                ":asked_claims": asked.claims,
            },
        )
        .map(drop)
}

/// Whether this credential is the one in use.
pub(super) fn holds(database: &Connection, credential_id: &str) -> Result<bool> {
    database.query_row("SELECT credential_id IS ?1 FROM connection", [credential_id], |row| row.get(0))
}

pub(super) fn keep_prefers_loopback(database: &Connection, prefers: bool) -> Result<()> {
    database.execute("UPDATE connection SET prefers_loopback = ?1", [prefers]).map(drop)
}

pub(super) fn keep_pending_claims(database: &Connection, claims: Option<&str>) -> Result<()> {
    database.execute("UPDATE connection SET pending_claims = ?1", [claims]).map(drop)
}

pub(super) fn keep_organizations_cut(database: &Connection, cut: bool) -> Result<()> {
    database.execute("UPDATE connection SET organizations_cut = ?1", [cut]).map(drop)
}

/// Back to the row of a new file.
pub(super) fn wipe(database: &Connection) -> Result<()> {
    database.execute_batch("DELETE FROM connection; INSERT INTO connection (id) VALUES (1);")
}
