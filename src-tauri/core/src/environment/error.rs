//! Why an environment cannot be used.

/// Why an environment cannot be used. Texts inside come from files and are cleaned.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum EnvironmentError {
    /// The file could not be read: missing, no text, or larger than 64 KiB.
    #[error("the environment file cannot be read: {0}")]
    Unreadable(String),
    /// It is no TOML, or a value is of another kind; the text names the line.
    #[error("the environment file is malformed: {0}")]
    Malformed(String),
    /// The administrator's policy cannot be read or used; the text says where.
    #[error("the policy cannot be used: {0}")]
    Policy(String),
    /// A key that every file needs is missing.
    #[error("the environment file has no {0}")]
    MissingKey(&'static str),
    /// A key that no file has, with its table.
    #[error("the environment file has an unknown key: {0}")]
    UnknownKey(String),
    /// The name has other characters than `[a-z0-9-]{1,32}`.
    #[error("the environment's name must be 1 to 32 of a-z, 0-9 and -")]
    Name,
    /// `public` and `sandbox` are taken.
    #[error("the environment's name is taken: {0}")]
    ReservedName(String),
    /// No environment of this name was used before, and the text names no file.
    #[error("no environment of this name is known: {0}")]
    UnknownName(String),
    /// The name belongs to another environment, whose copy lies at the path.
    #[error("another environment of this name is known: {0}")]
    NameInUse(String),
    /// Plain http to a host that is not this computer.
    #[error("plain http is for this computer only: {0}")]
    HttpNotLoopback(&'static str),
    /// The metadata address has a user name, a fragment, or a scheme that is neither https nor http.
    #[error("the metadata address cannot be used")]
    Metadata,
    /// The referrals part has no address that can be used.
    #[error("the referrals cannot be reached: {0}")]
    Referrals(&'static str),
    /// The profiles part has no address that can be used.
    #[error("the profiles cannot be reached: {0}")]
    Profiles(&'static str),
    /// A scope is missing, or is not exactly one.
    #[error("not one scope: {0}")]
    Scope(&'static str),
    /// The prompt is none that OpenID Connect or Entra ID knows.
    #[error("an unknown prompt")]
    Prompt,
    /// There is no client id.
    #[error("the client id is missing")]
    NoClientId,
    /// The client id is empty or has characters that no client id has.
    #[error("the client id is malformed")]
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
            Self::Policy(_) => "environment-error-policy",
            Self::MissingKey(_) => "environment-error-missing-key",
            Self::UnknownKey(_) => "environment-error-unknown-key",
            Self::Name => "environment-error-name",
            Self::ReservedName(_) => "environment-error-reserved-name",
            Self::UnknownName(_) => "environment-error-unknown-name",
            Self::NameInUse(_) => "environment-error-name-in-use",
            Self::HttpNotLoopback(_) => "environment-error-http-not-loopback",
            Self::Metadata => "environment-error-metadata",
            Self::Referrals(_) => "environment-error-referrals",
            Self::Profiles(_) => "environment-error-profiles",
            Self::Scope(_) => "environment-error-scope",
            Self::Prompt => "environment-error-prompt",
            Self::NoClientId => "environment-error-no-client-id",
            Self::ClientId => "environment-error-client-id",
            Self::Redirect(_) => "environment-error-redirect",
            Self::UsGovernmentCloud => "environment-error-unsupported-cloud-us",
            Self::ChinaCloud => "environment-error-unsupported-cloud-china",
            Self::SandboxNeedsFile => "environment-error-sandbox-needs-file",
            Self::NotSetUp => "environment-error-not-set-up",
        }
    }

    /// The line of the file, the key, the name or the path that the message is about; empty where there is none.
    #[must_use]
    pub fn detail(&self) -> String {
        match self {
            Self::Unreadable(text)
            | Self::Malformed(text)
            | Self::Policy(text)
            | Self::UnknownKey(text)
            | Self::ReservedName(text)
            | Self::UnknownName(text)
            | Self::NameInUse(text) => text.clone(),
            Self::MissingKey(key)
            | Self::HttpNotLoopback(key)
            | Self::Referrals(key)
            | Self::Profiles(key)
            | Self::Scope(key)
            | Self::Redirect(key) => (*key).to_owned(),
            Self::Name => "name".to_owned(),
            Self::Metadata | Self::UsGovernmentCloud | Self::ChinaCloud => "metadata".to_owned(),
            Self::Prompt => "prompt".to_owned(),
            Self::NoClientId | Self::ClientId => "client_id".to_owned(),
            Self::SandboxNeedsFile | Self::NotSetUp => String::new(),
        }
    }
}
