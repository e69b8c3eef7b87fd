//! The environment file: TOML from anywhere, checked key by key.

use serde::{Deserialize, Serialize};
use toml::Table;
use url::Url;

use super::{Environment, EnvironmentError, Resource, is_loopback};
use crate::remote_text::RemoteText;

const LOOPBACK: &str = "http://localhost/auth";
const PROMPT: &str = "select_account";
/// OpenID Connect Core 1.0 section 3.1.2.1.
const PROMPTS: [&str; 4] = [PROMPT, "login", "consent", "none"];
const LARGEST_FILE: usize = 64 * 1024;

/// The file as it stands; whatever has no key here is kept apart, so that it can be named.
#[derive(Default, Deserialize, Serialize)]
pub(super) struct File {
    pub(super) name: Option<String>,
    pub(super) metadata: Option<String>,
    pub(super) client_id: Option<String>,
    pub(super) prompt: Option<String>,
    pub(super) deep_link: Option<String>,
    pub(super) loopback: Option<String>,
    pub(super) referrals: Option<FileResource>,
    pub(super) profiles: Option<FileResource>,
    #[serde(flatten)]
    pub(super) unknown: Table,
}

#[derive(Default, Deserialize, Serialize)]
pub(super) struct FileResource {
    base: Option<String>,
    scope: Option<String>,
    #[serde(flatten)]
    unknown: Table,
}

/// How the errors of one resource name its keys.
struct ResourceKeys {
    table: &'static str,
    scope: &'static str,
    error: fn(&'static str) -> EnvironmentError,
}

const REFERRALS: ResourceKeys =
    ResourceKeys { table: "referrals", scope: "referrals.scope", error: EnvironmentError::Referrals };
const PROFILES: ResourceKeys =
    ResourceKeys { table: "profiles", scope: "profiles.scope", error: EnvironmentError::Profiles };

impl FileResource {
    pub(super) fn at(base: &str, scope: &str) -> Self {
        Self { base: Some(base.to_owned()), scope: Some(scope.to_owned()), unknown: Table::new() }
    }
}

/// Reads the keys, and refuses one that no file has: a misspelled key must not be passed over.
pub(super) fn read(text: &str) -> Result<File, EnvironmentError> {
    if text.len() > LARGEST_FILE {
        return Err(EnvironmentError::Unreadable("larger than 64 KiB".to_owned()));
    }
    let text = text.strip_prefix('\u{FEFF}').unwrap_or(text);
    let file: File =
        toml::from_str(text).map_err(|error| EnvironmentError::Malformed(place(&error, text)))?;
    let keys_of = |table: &str, resource: &Option<FileResource>| {
        let unknown = resource.iter().flat_map(|resource| resource.unknown.keys());
        unknown.map(|key| format!("{table}.{key}")).collect::<Vec<_>>()
    };
    let mut unknown: Vec<String> = file.unknown.keys().cloned().collect();
    unknown.extend(keys_of("referrals", &file.referrals));
    unknown.extend(keys_of("profiles", &file.profiles));
    match unknown.first() {
        Some(key) => Err(EnvironmentError::UnknownKey(RemoteText::clean(key).as_str().to_owned())),
        None => Ok(file),
    }
}

/// Checks every value.
pub(super) fn checked(file: File) -> Result<Environment, EnvironmentError> {
    use EnvironmentError as E;
    let metadata = file.metadata.ok_or(E::MissingKey("metadata"))?;
    let metadata = address(&metadata, "metadata", E::Metadata)?;
    refuse_other_clouds(&metadata)?;
    let prompt = file.prompt.unwrap_or_else(|| PROMPT.to_owned());
    if !PROMPTS.contains(&prompt.as_str()) {
        return Err(E::Prompt);
    }
    Ok(Environment {
        name: file.name.ok_or(E::MissingKey("name"))?,
        metadata,
        client_id: client_id(file.client_id)?,
        prompt,
        deep_link: file.deep_link.map(deep_link).transpose()?,
        loopback: loopback(file.loopback.as_deref().unwrap_or(LOOPBACK))?,
        referrals: resource(file.referrals.unwrap_or_default(), &REFERRALS)?,
        profiles: file.profiles.map(|profiles| resource(profiles, &PROFILES)).transpose()?,
    })
}

/// The file of an environment that was checked.
pub(super) fn text(environment: &Environment) -> Option<String> {
    let resource = |resource: &Resource| FileResource::at(resource.base.as_str(), &resource.scope);
    let file = File {
        name: Some(environment.name.clone()),
        metadata: Some(environment.metadata.to_string()),
        client_id: Some(environment.client_id.clone()),
        prompt: Some(environment.prompt.clone()),
        deep_link: environment.deep_link.clone(),
        loopback: Some(environment.loopback.to_string()),
        referrals: Some(resource(&environment.referrals)),
        profiles: environment.profiles.as_ref().map(resource),
        unknown: Table::new(),
    };
    toml::to_string(&file).ok()
}

fn client_id(text: Option<String>) -> Result<String, EnvironmentError> {
    let text = text.ok_or(EnvironmentError::NoClientId)?;
    let fits = |letter: char| letter.is_ascii_alphanumeric() || "-_.:/".contains(letter);
    if text.is_empty() || text.len() > 128 || !text.chars().all(fits) {
        return Err(EnvironmentError::ClientId);
    }
    Ok(text)
}

fn resource(file: FileResource, keys: &ResourceKeys) -> Result<Resource, EnvironmentError> {
    let base = file.base.ok_or((keys.error)(keys.table))?;
    let scope = file.scope.ok_or(EnvironmentError::Scope(keys.scope))?;
    if scope.is_empty() || scope.chars().any(|letter| letter.is_whitespace() || letter.is_control()) {
        return Err(EnvironmentError::Scope(keys.scope));
    }
    let base = address(base.trim_end_matches('/'), keys.table, (keys.error)(keys.table))?;
    Ok(Resource { base, scope })
}

fn address(text: &str, key: &'static str, error: EnvironmentError) -> Result<Url, EnvironmentError> {
    let Ok(url) = Url::parse(text) else { return Err(error) };
    let plain = url.username().is_empty() && url.password().is_none() && url.fragment().is_none();
    if !plain || url.host().is_none() {
        return Err(error);
    }
    match url.scheme() {
        "https" => Ok(url),
        "http" if is_loopback(&url) => Ok(url),
        "http" => Err(EnvironmentError::HttpNotLoopback(key)),
        _ => Err(error),
    }
}

/// RFC 8252 section 7.1: a private scheme is a reverse domain name and so holds a period.
fn deep_link(text: String) -> Result<String, EnvironmentError> {
    let url = Url::parse(&text).map_err(|_| EnvironmentError::Redirect("deep_link"))?;
    let private = url.scheme().contains('.') && url.query().is_none() && url.fragment().is_none();
    if private { Ok(text) } else { Err(EnvironmentError::Redirect("deep_link")) }
}

/// RFC 8252 section 7.3; Entra ID ignores the port of `localhost` and `127.0.0.1` and refuses `[::1]`.
fn loopback(text: &str) -> Result<Url, EnvironmentError> {
    let url = Url::parse(text).map_err(|_| EnvironmentError::Redirect("loopback"))?;
    let local = matches!(url.host_str(), Some("localhost" | "127.0.0.1"));
    let plain = url.scheme() == "http" && url.port().is_none() && url.query().is_none();
    if local && plain && url.fragment().is_none() {
        Ok(url)
    } else {
        Err(EnvironmentError::Redirect("loopback"))
    }
}

fn refuse_other_clouds(metadata: &Url) -> Result<(), EnvironmentError> {
    let host = metadata.host_str().unwrap_or_default();
    let is_at = |suffix: &str| host == suffix || host.ends_with(&format!(".{suffix}"));
    if is_at("microsoftonline.us") {
        return Err(EnvironmentError::UsGovernmentCloud);
    }
    if is_at("microsoftonline.cn") || is_at("chinacloudapi.cn") {
        return Err(EnvironmentError::ChinaCloud);
    }
    Ok(())
}

/// Line and reason, without the file's own text: a wrong file may hold anything.
fn place(error: &toml::de::Error, text: &str) -> String {
    let before = error.span().and_then(|span| text.get(..span.start)).unwrap_or_default();
    let line = before.lines().count().max(1);
    let reason: String = error.message().chars().filter(|letter| !letter.is_control()).take(120).collect();
    format!("line {line}: {reason}")
}
