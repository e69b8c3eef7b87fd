//! `export`: the report into a new file, from the database alone.

use std::ffi::OsStr;
use std::fs::{self, File};
use std::io::{self, Write as _};
use std::path::Path;

use jiff::Timestamp;
use mpc_connect_adapters::place::history_is_lost;
use mpc_connect_core::contract::SCHEMA;
use mpc_connect_core::remote_text::RemoteText;
use mpc_connect_core::report::{self, About};
use mpc_connect_core::words::Text;
use serde_json::json;

use crate::arguments::FormatName;
use crate::exit::Exit;
use crate::output::Output;
use crate::session::{Place, zone};

pub(crate) async fn run(
    output: &Output,
    environment: Option<&OsStr>,
    format: FormatName,
    file: &Path,
) -> Exit {
    let (write, name): (fn(&About<'_>) -> String, _) = match format {
        FormatName::Html => (report::html, "html"),
        FormatName::Mail => (report::mail, "mail"),
        FormatName::Json => return not_available(output, "json"),
        FormatName::Ics => return not_available(output, "ics"),
    };
    let place = match Place::choose(output, environment) {
        Ok(place) => place,
        Err(exit) => return exit,
    };
    let (state, _store) = match place.read(output).await {
        Ok(read) => read,
        Err(exit) => return exit,
    };
    let history_lost = history_is_lost(&place.environment, &place.folder);
    let about = About {
        state: &state,
        environment: &place.environment,
        now: Timestamp::now(),
        zone: &zone(),
        history_lost,
    };
    let path = file.display().to_string();
    if let Err(error) = write_new(file, &write(&about)) {
        return refuse(output, &error, &path);
    }
    output.json(&json!({"schema": SCHEMA, "format": name, "file": path, "history_lost": history_lost}));
    if history_lost {
        output.say(&Text::new("ctl-history-lost"));
    }
    output.say(&Text::new("ctl-exported").with("path", RemoteText::clean(&path)));
    Exit::Healthy
}

fn not_available(output: &Output, format: &str) -> Exit {
    let id = "ctl-export-format";
    output.refuse(id, &output.word(&Text::new(id).with("format", format)));
    Exit::Usage
}

fn refuse(output: &Output, error: &io::Error, path: &str) -> Exit {
    let exists = error.kind() == io::ErrorKind::AlreadyExists;
    let id = if exists { "ctl-export-exists" } else { "ctl-export-not-written" };
    let text = Text::new(id).with("path", RemoteText::clean(path)).with("reason", error.kind());
    output.refuse(id, &output.word(&text));
    Exit::Disk
}

/// Writes the whole file or none; one that is there already, or a link in its place, is not touched.
fn write_new(path: &Path, text: &str) -> io::Result<()> {
    let mut file = File::create_new(path)?;
    let written = file.write_all(text.as_bytes()).and_then(|()| file.sync_all());
    if written.is_err() {
        // What cannot be removed either stays incomplete; the error tells that nothing was written.
        let _ = fs::remove_file(path);
    }
    written
}
