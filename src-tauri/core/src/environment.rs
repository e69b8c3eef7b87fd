//! Which Microsoft this copy talks to.

use serde::Deserialize;
use url::{Host, Url};

/// The scheme of the deep link as the public registration has it.
const PUBLIC_DEEP_LINK: &str = "com.mpc-connect.desktop://auth";
const LOOPBACK: &str = "http://localhost/auth";
const LARGEST_FILE: usize = 64 * 1024;

/// A resource that an access token is for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Resource {
    /// The address below which its calls live, without a slash at the end.
    pub base: Url,
    /// The scope that buys a token for it.
    pub scope: String,
}

/// An environment that was read and checked whole.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Environment {
    /// `[a-z0-9-]{1,32}`; separates data and keychain entries.
    pub name: String,
    /// The address of the OpenID metadata.
    pub metadata: Url,
    /// The public client's id.
    pub client_id: String,
    /// The `prompt` of a first sign-in.
    pub prompt: String,
    /// The literal redirect of the deep link, as registered.
    pub deep_link: Option<String>,
    /// Host and path of the loopback redirect, as registered; the port is chosen.
    pub loopback: Url,
    /// Where referrals are read.
    pub referrals: Resource,
    /// Where company profiles are read, if the environment has them.
    pub profiles: Option<Resource>,
}

/// Why an environment cannot be used.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum EnvironmentError {
    /// The file could not be read: missing, no text, or larger than 64 KiB.
    #[error("the environment file cannot be read: {0}")]
    Unreadable(String),
    /// It is no TOML of the expected form; the text names the place.
    #[error("the environment file is malformed: {0}")]
    Malformed(String),
    /// The name has other characters than `[a-z0-9-]{1,32}`.
    #[error("the environment's name must be 1 to 32 of a-z, 0-9 and -")]
    Name,
    /// `public` and `sandbox` are taken.
    #[error("the environment's name is taken: {0}")]
    ReservedName(String),
    /// Plain http to a host that is not this computer.
    #[error("plain http is for this computer only: {0}")]
    HttpNotLoopback(&'static str),
    /// An address with user name, fragment, or a scheme that is neither https nor http.
    #[error("not an address that can be used: {0}")]
    Address(&'static str),
    /// The client id is empty or has characters that no client id has.
    #[error("the client id is missing or malformed")]
    ClientId,
    /// The redirect is not one that can be registered for a desktop program.
    #[error("the redirect cannot be used: {0}")]
    Redirect(&'static str),
    /// The US Government cloud has no documented Referrals API.
    #[error("the US Government cloud is not supported")]
    UsGovernmentCloud,
    /// The China cloud has no documented Referrals API.
    #[error("the cloud run by 21Vianet is not supported")]
    ChinaCloud,
    /// `--environment sandbox` without a running sandbox.
    #[error("the sandbox needs a file that it writes itself")]
    SandboxNeedsFile,
    /// This copy has no client id.
    #[error("this copy is not set up yet")]
    NotSetUp,
}

impl EnvironmentError {
    /// The message of the catalogue.
    #[must_use]
    pub fn message_id(&self) -> &'static str {
        match self {
            Self::Unreadable(_) => "environment-error-unreadable",
            Self::Malformed(_) => "environment-error-malformed",
            Self::Name => "environment-error-name",
            Self::ReservedName(_) => "environment-error-reserved-name",
            Self::HttpNotLoopback(_) => "environment-error-http-not-loopback",
            Self::Address(_) => "environment-error-metadata",
            Self::ClientId => "environment-error-client-id",
            Self::Redirect(_) => "environment-error-redirect",
            Self::UsGovernmentCloud => "environment-error-unsupported-cloud-us",
            Self::ChinaCloud => "environment-error-unsupported-cloud-china",
            Self::SandboxNeedsFile => "environment-error-sandbox-needs-file",
            Self::NotSetUp => "environment-error-not-set-up",
        }
    }

    /// The line of the file, or the key, that the message is about.
    #[must_use]
    pub fn detail(&self) -> String {
        match self {
            Self::Unreadable(text) | Self::Malformed(text) | Self::ReservedName(text) => text.clone(),
            Self::HttpNotLoopback(key) | Self::Address(key) | Self::Redirect(key) => (*key).to_owned(),
            Self::Name
            | Self::ClientId
            | Self::UsGovernmentCloud
            | Self::ChinaCloud
            | Self::SandboxNeedsFile
            | Self::NotSetUp => String::new(),
        }
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    name: String,
    metadata: String,
    client_id: String,
    prompt: Option<String>,
    deep_link: Option<String>,
    loopback: Option<String>,
    referrals: FileResource,
    profiles: Option<FileResource>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct FileResource {
    base: String,
    scope: String,
}

impl Environment {
    /// Microsoft's public cloud, for the client id that was built in or given by policy.
    ///
    /// # Errors
    /// `NotSetUp` without a client id.
    pub fn public(client_id: Option<&str>) -> Result<Self, EnvironmentError> {
        let client_id = client_id.filter(|id| !id.is_empty()).ok_or(EnvironmentError::NotSetUp)?;
        let file = File {
            name: "public".to_owned(),
            metadata: "https://login.microsoftonline.com/organizations/v2.0/.well-known/openid-configuration"
                .to_owned(),
            client_id: client_id.to_owned(),
            prompt: None,
            deep_link: Some(PUBLIC_DEEP_LINK.to_owned()),
            loopback: None,
            referrals: FileResource {
                base: "https://api.partner.microsoft.com/v1.0/engagements/referrals".to_owned(),
                scope: "https://api.partner.microsoft.com/user_impersonation".to_owned(),
            },
            profiles: Some(FileResource {
                base: "https://api.partnercenter.microsoft.com".to_owned(),
                scope: "https://api.partnercenter.microsoft.com/user_impersonation".to_owned(),
            }),
        };
        checked(file)
    }

    /// Reads an environment file.
    ///
    /// # Errors
    /// When it is malformed or must not be used.
    pub fn parse(text: &str) -> Result<Self, EnvironmentError> {
        if text.len() > LARGEST_FILE {
            return Err(EnvironmentError::Unreadable("larger than 64 KiB".to_owned()));
        }
        let text = text.strip_prefix('\u{FEFF}').unwrap_or(text);
        let file: File =
            toml::from_str(text).map_err(|error| EnvironmentError::Malformed(place(&error, text)))?;
        if !name_fits(&file.name) {
            return Err(EnvironmentError::Name);
        }
        if ["public", "sandbox"].contains(&file.name.as_str()) {
            return Err(EnvironmentError::ReservedName(file.name));
        }
        checked(file)
    }

    /// Whether every host is this computer: then nothing real is touched.
    #[must_use]
    pub fn is_rehearsal(&self) -> bool {
        let profiles = self.profiles.iter().map(|resource| &resource.base);
        [&self.metadata, &self.referrals.base].into_iter().chain(profiles).all(is_loopback)
    }

    /// The scopes of the authorize request: both resources, so that one consent covers both.
    #[must_use]
    pub fn scopes(&self) -> Vec<&str> {
        let mut scopes = vec!["openid", "profile", "offline_access", self.referrals.scope.as_str()];
        scopes.extend(self.profiles.iter().map(|resource| resource.scope.as_str()));
        scopes
    }
}

/// Whether an address points to this computer.
#[must_use]
pub fn is_loopback(address: &Url) -> bool {
    match address.host() {
        Some(Host::Domain(name)) => name == "localhost",
        Some(Host::Ipv4(ip)) => ip.is_loopback(),
        Some(Host::Ipv6(ip)) => ip.is_loopback(),
        None => false,
    }
}

fn checked(file: File) -> Result<Environment, EnvironmentError> {
    let metadata = address(&file.metadata, "metadata")?;
    refuse_other_clouds(&metadata)?;
    let client_fits = |letter: char| letter.is_ascii_alphanumeric() || "-_.:/".contains(letter);
    if file.client_id.is_empty() || file.client_id.len() > 128 || !file.client_id.chars().all(client_fits) {
        return Err(EnvironmentError::ClientId);
    }
    let prompt = file.prompt.unwrap_or_else(|| "select_account".to_owned());
    if !["select_account", "login", "consent", "none"].contains(&prompt.as_str()) {
        return Err(EnvironmentError::Malformed(format!("prompt = {prompt:?}")));
    }
    Ok(Environment {
        name: file.name,
        metadata,
        client_id: file.client_id,
        prompt,
        deep_link: file.deep_link.map(deep_link).transpose()?,
        loopback: loopback(file.loopback.as_deref().unwrap_or(LOOPBACK))?,
        referrals: resource(file.referrals, "referrals")?,
        profiles: file.profiles.map(|profiles| resource(profiles, "profiles")).transpose()?,
    })
}

fn resource(file: FileResource, key: &'static str) -> Result<Resource, EnvironmentError> {
    if file.scope.is_empty() || file.scope.chars().any(|letter| letter.is_whitespace() || letter.is_control())
    {
        return Err(EnvironmentError::Malformed(format!("{key}.scope must be one scope")));
    }
    Ok(Resource { base: address(file.base.trim_end_matches('/'), key)?, scope: file.scope })
}

fn address(text: &str, key: &'static str) -> Result<Url, EnvironmentError> {
    let url = Url::parse(text).map_err(|_| EnvironmentError::Address(key))?;
    let plain = url.username().is_empty() && url.password().is_none() && url.fragment().is_none();
    if !plain || url.host().is_none() {
        return Err(EnvironmentError::Address(key));
    }
    match url.scheme() {
        "https" => Ok(url),
        "http" if is_loopback(&url) => Ok(url),
        "http" => Err(EnvironmentError::HttpNotLoopback(key)),
        _ => Err(EnvironmentError::Address(key)),
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

fn name_fits(name: &str) -> bool {
    let fits = |letter: char| letter.is_ascii_lowercase() || letter.is_ascii_digit() || letter == '-';
    (1..=32).contains(&name.len()) && name.chars().all(fits)
}

/// Line and reason, without the file's own text: a wrong file may hold anything.
fn place(error: &toml::de::Error, text: &str) -> String {
    let before = error.span().and_then(|span| text.get(..span.start)).unwrap_or_default();
    let line = before.lines().count().max(1);
    let reason: String = error.message().chars().filter(|letter| !letter.is_control()).take(120).collect();
    format!("line {line}: {reason}")
}

#[cfg(test)]
mod tests;
