//! The run without a display: the first of the window's tests walks through the wizard, says what it does, and leaves
//! pictures and report.

use std::io::{BufRead, BufReader};
use std::process::Stdio;

use super::{made, short};
use crate::processes::{Running, line, target, tied};
use crate::test::WITH_SEAMS;
use crate::words::{Done, Failure, say};

/// New users, from Start to Done, by deep link.
const WALK: &str = "new_users::by_deep_link_from_start_to_done";
/// What a line of the walk begins with; the others are the test runner's.
const SAID: &str = "> ";

pub(super) fn walk() -> Done {
    let folder = target().join("demo");
    let _ = std::fs::remove_dir_all(&folder);
    made(&folder)?;
    let mut test = line(["cargo", "test", "--quiet", "-p", "mpc-connect"]);
    test.args(WITH_SEAMS).args(["--test", "window", "--", "--exact", "--nocapture", WALK]);
    test.env("MPC_DEMO", &folder);
    let mut running = Running::start(tied(&test).stdin(Stdio::null()).stdout(Stdio::piped()))?;
    let Some(output) = running.0.stdout.take() else {
        return Err(Failure::new("The walk has no standard output."));
    };
    let told = BufReader::new(output).lines().map_while(Result::ok).filter_map(|line| told(&line));
    let steps = told.inspect(|line| say(line)).count();
    let status = running.0.wait().map_err(|error| Failure::new(format!("The walk is lost: {error}.")))?;
    if !status.success() {
        return Err(Failure::new("The walk did not reach its end. What was on the screen stands above."));
    }
    if steps == 0 {
        return Err(Failure::new("The walk said nothing, so nothing was walked."));
    }
    say(format!("\nDone. Pictures of each screen, and the report: {}", short(&folder)));
    Ok(())
}

/// A line of the walk, after the words that the test runner may have put before it.
fn told(line: &str) -> Option<String> {
    line.split_once(SAID).map(|(_, said)| said.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_lines_of_the_walk_are_told() {
        assert_eq!(told("> Start asks what to do.").as_deref(), Some("Start asks what to do."));
        assert_eq!(told("test new_users::x ... > Start.").as_deref(), Some("Start."));
        assert_eq!(told("running 1 test"), None);
    }
}
