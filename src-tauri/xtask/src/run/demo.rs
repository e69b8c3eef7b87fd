//! The run without a display: `mpcctl` connects through a real browser, and the first window is photographed.

use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::time::{Duration, Instant};

use serde_json::Value;

use super::{browser, first_window, folder, made, mpcctl, sandbox::Sandbox, short, written};
use crate::processes::{Running, command, line, must, output, root, target, tied};
use crate::test::FIXTURES;
use crate::words::{Done, Failure, say};

const USERNAME: &str = "svc-cosell@contoso.example";
const WINDOW_TITLE: &str = "MPC Connect";

pub(super) fn walk() -> Done {
    let photographs = made(&target().join("demo"))?;
    let sandbox = Sandbox::start(&folder().join("sandbox.toml"))?;
    say(format!("The sandbox listens on {}.", sandbox.base));
    browser::register()?;
    let _windows = show_first_window(&photographs)?;
    connect()?;
    choose_organization()?;
    test()?;
    status(&photographs)?;
    say("\nDone; the sandbox, the browser and the window are closed.");
    Ok(())
}

/// Opens the window and saves what it shows.
fn show_first_window(photographs: &Path) -> Done<Vec<Running>> {
    let frame = Running::start(tied(&line(["openbox"])).stderr(Stdio::null()))?;
    let window = Running::start(&mut tied(&first_window()))?;
    let wait = ["timeout", "60", "xdotool", "search", "--sync", "--onlyvisible", "--name", WINDOW_TITLE];
    must(line(wait).stdout(Stdio::null()))?;
    let file = photograph(&photographs.join("01-first-window.png"))?;
    say(format!("The window is open: {}", short(&file)));
    Ok(vec![window, frame])
}

/// Saves the screen once something is painted on it: more than the few colours of an empty window.
fn photograph(file: &Path) -> Done<PathBuf> {
    const PAINTED: u32 = 120;
    let patience = Instant::now();
    while patience.elapsed() < Duration::from_secs(60) {
        must(line(["import", "-window", "root"]).arg(file))?;
        let colours = output(line(["identify", "-format", "%k"]).arg(file))?;
        if colours.trim().parse::<u32>().is_ok_and(|colours| colours > PAINTED) {
            return Ok(file.to_owned());
        }
    }
    Err(Failure::new("The window stayed empty for a minute."))
}

/// Connects by `mpcctl`, signing in by a real browser at the address that it prints.
fn connect() -> Done {
    let mut connect = mpcctl();
    // The browser is started below, where its end can be read.
    connect.args(["connect", "--username", USERNAME, "--json"]).env("BROWSER", "true");
    let mut running = Running::start(tied(&connect).stdin(Stdio::null()).stdout(Stdio::piped()))?;
    let Some(lines) = running.0.stdout.take() else {
        return Err(Failure::new("mpcctl has no standard output."));
    };
    let mut last = Value::Null;
    for line in BufReader::new(lines).lines().map_while(Result::ok) {
        let Ok(value) = serde_json::from_str::<Value>(&line) else { continue };
        if text(&value, "event") == "authorize" {
            say("mpcctl asks for a sign-in; a real browser opens its address.");
            say(format!("The browser ended at {}.", sign_in(text(&value, "address"))?));
        } else if !text(&value, "event").is_empty() {
            say(format!("mpcctl: {}", text(&value, "event")));
        }
        last = value;
    }
    expect(&last, "status", "active")?;
    say(format!(
        "Connected: active, checked at {}, state code {}.",
        text(&last, "checked_at"),
        text(&last, "state_code")
    ));
    Ok(())
}

fn sign_in(address: &str) -> Done<String> {
    let mut browser = command("node");
    browser.arg(root().join(FIXTURES).join("sign-in.mjs")).arg(address);
    browser.args(["--username", USERNAME, "--password", "Sandbox-1", "--code", "000000"]);
    let answer = json(&output(&mut browser)?);
    let place = text(&answer, "ended_at");
    if place.is_empty() {
        return Err(Failure::new("The browser did not reach the end of the sign-in."));
    }
    Ok(format!("{place} ({})", text(&answer, "title")))
}

fn choose_organization() -> Done {
    let list = json(&output(mpcctl().args(["organizations", "--json"]))?);
    let rows = list.get("organizations").and_then(Value::as_array).map_or(&[][..], Vec::as_slice);
    let Some(first) = rows.first() else {
        return Err(Failure::new("No organization is listed."));
    };
    must(mpcctl().args(["select", text(first, "id"), "--json"]).stdout(Stdio::null()))?;
    say(format!("{} organizations are listed; chosen: {}.", rows.len(), text(first, "name")));
    Ok(())
}

fn test() -> Done {
    let result = json(&output(mpcctl().args(["test", "--json"]))?);
    let checks = result.get("checks").and_then(Value::as_array).map_or(0, Vec::len);
    say(format!("The connection test of {checks} checks: {}.", text(&result, "result")));
    expect(&result, "status", "active")
}

/// Leaves what a person would read in the terminal.
fn status(results: &Path) -> Done {
    let file = results.join("status.txt");
    written(&file, &output(mpcctl().arg("status"))?)?;
    say(format!("The status: {}", short(&file)));
    Ok(())
}

fn expect(value: &Value, name: &str, wanted: &str) -> Done {
    if text(value, name) == wanted {
        return Ok(());
    }
    Err(Failure::new(format!("Expected {name} \"{wanted}\", but the answer is: {value}")))
}

fn json(text: &str) -> Value {
    serde_json::from_str(text.trim()).unwrap_or(Value::Null)
}

/// A text of a JSON object; empty where there is none.
fn text<'a>(value: &'a Value, name: &str) -> &'a str {
    value.get(name).and_then(Value::as_str).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_answer_that_is_not_json_is_never_active() {
        assert!(expect(&json("Active"), "status", "active").is_err());
        assert!(expect(&json(r#"{"status":"inactive"}"#), "status", "active").is_err());
        assert_eq!(expect(&json("{\"status\":\"active\"}\n"), "status", "active"), Ok(()));
    }
}
