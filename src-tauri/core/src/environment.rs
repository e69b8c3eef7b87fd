//! Which Microsoft this copy talks to.

use url::{Host, Url};

mod error;
mod file;

pub use error::EnvironmentError;
use file::{File, FileResource};

/// The name of Microsoft's public cloud.
pub const PUBLIC: &str = "public";
/// The name of the sandbox, which is chosen by the file that it writes.
pub const SANDBOX: &str = "sandbox";
const LONGEST_NAME: usize = 32;
const PUBLIC_METADATA: &str =
    "https://login.microsoftonline.com/organizations/v2.0/.well-known/openid-configuration";
/// The scheme of the deep link as the public registration has it.
const PUBLIC_DEEP_LINK: &str = "com.mpc-connect.desktop://auth";

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

impl Environment {
    /// Microsoft's public cloud, for the client id that was built in or given by policy.
    ///
    /// # Errors
    /// `NotSetUp` without a client id.
    pub fn public(client_id: Option<&str>) -> Result<Self, EnvironmentError> {
        let client_id = client_id.filter(|id| !id.is_empty()).ok_or(EnvironmentError::NotSetUp)?;
        file::checked(File {
            name: Some(PUBLIC.to_owned()),
            metadata: Some(PUBLIC_METADATA.to_owned()),
            client_id: Some(client_id.to_owned()),
            deep_link: Some(PUBLIC_DEEP_LINK.to_owned()),
            referrals: Some(FileResource::at(
                "https://api.partner.microsoft.com/v1.0/engagements/referrals",
                "https://api.partner.microsoft.com/user_impersonation",
            )),
            profiles: Some(FileResource::at(
                "https://api.partnercenter.microsoft.com",
                "https://api.partnercenter.microsoft.com/user_impersonation",
            )),
            ..File::default()
        })
    }

    /// Reads an environment file.
    ///
    /// # Errors
    /// When it is malformed or must not be used.
    pub fn parse(text: &str) -> Result<Self, EnvironmentError> {
        let file = file::read(text)?;
        let name = file.name.as_deref().ok_or(EnvironmentError::MissingKey("name"))?;
        if !is_name(name) {
            return Err(EnvironmentError::Name);
        }
        if [PUBLIC, SANDBOX].contains(&name) {
            return Err(EnvironmentError::ReservedName(name.to_owned()));
        }
        file::checked(file)
    }

    /// An environment file that reads back as this environment; `None` if it cannot be written as one.
    #[must_use]
    pub fn file_text(&self) -> Option<String> {
        file::text(self)
    }

    /// Whether this environment may take the place of the one that is known by the same name.
    ///
    /// Status and credential are kept by name. They stay true only while the name means the same authority, client and
    /// hosts; a rehearsal, whose ports change with each start of the sandbox, may follow a rehearsal.
    #[must_use]
    pub fn may_replace(&self, known: &Self) -> bool {
        let profiles = |environment: &Self| environment.profiles.as_ref().map(|at| at.base.origin());
        let same = self.metadata == known.metadata
            && self.client_id == known.client_id
            && self.referrals.base.origin() == known.referrals.base.origin()
            && profiles(self) == profiles(known);
        same || (self.is_rehearsal() && known.is_rehearsal())
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

/// Whether a text is of the form of an environment's name, `[a-z0-9-]{1,32}`.
#[must_use]
pub fn is_name(text: &str) -> bool {
    let fits = |letter: u8| letter.is_ascii_lowercase() || letter.is_ascii_digit() || letter == b'-';
    (1..=LONGEST_NAME).contains(&text.len()) && text.bytes().all(fits)
}

#[cfg(test)]
mod tests;
