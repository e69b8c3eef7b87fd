//! What can be asked for.

use std::ffi::OsString;
use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};

/// Connects a company's Microsoft Partner Center co-sell account and tells the truth about it.
#[derive(Debug, Parser)]
#[command(name = "mpcctl", version, about, disable_help_subcommand = true)]
pub(crate) struct Arguments {
    /// An environment file, or the name of one that was used before.
    #[arg(long, global = true, value_name = "FILE|NAME")]
    pub(crate) environment: Option<OsString>,
    /// Answer in JSON.
    #[arg(long, global = true)]
    pub(crate) json: bool,
    #[command(subcommand)]
    pub(crate) command: Command,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Sign in with your browser and check the connection.
    Connect(Connect),
    /// List the organizations that this account can act for.
    Organizations,
    /// Choose the organization.
    Select {
        /// Its id, as `organizations` shows it.
        id: String,
    },
    /// Test the connection.
    Test,
    /// Show the status as it was last found. Works offline.
    Status,
    /// Show what happened, newest first. Works offline.
    History {
        /// How many entries.
        #[arg(long, default_value_t = 50, value_parser = clap::value_parser!(u32).range(1..=20_000))]
        limit: u32,
    },
    /// Write the report as it was last found into a new file. Works offline.
    Export {
        /// As a page, or as the text of a mail.
        #[arg(long, value_name = "html|mail", hide_possible_values = true)]
        format: FormatName,
        /// The file. One that is there already is left as it is.
        file: PathBuf,
    },
    /// Say what a state code means.
    Decode {
        /// The five characters.
        code: String,
    },
    /// Forget the connection on this computer.
    Disconnect(Disconnect),
}

#[derive(Debug, Args)]
pub(crate) struct Connect {
    /// The Microsoft username, such as svc-cosell@contoso.com.
    #[arg(long)]
    pub(crate) username: String,
    /// Which of the guide's two routes.
    #[arg(long)]
    pub(crate) flow: Option<FlowName>,
    /// Whose account it is.
    #[arg(long)]
    pub(crate) kind: Option<KindName>,
    /// What this computer is called in reports.
    #[arg(long, value_name = "LABEL")]
    pub(crate) computer_label: Option<String>,
    /// Accept this account although another was saved.
    #[arg(long, value_name = "USERNAME")]
    pub(crate) accept_account: Option<String>,
    /// Keep the sign-in in memory alone; it ends with this command.
    #[arg(long)]
    pub(crate) session_only: bool,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
pub(crate) enum FlowName {
    NewUsers,
    Migration,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
pub(crate) enum KindName {
    Service,
    Person,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum FormatName {
    Html,
    Mail,
    /// Named by the contract, not written yet.
    Json,
    /// Named by the contract, not written yet.
    Ics,
}

#[derive(Debug, Args)]
#[group(required = true, multiple = false)]
pub(crate) struct Disconnect {
    /// The history stays.
    #[arg(long)]
    pub(crate) keep_history: bool,
    /// The history goes too.
    #[arg(long)]
    pub(crate) wipe_history: bool,
}
