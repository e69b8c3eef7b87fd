//! The wait for the browser, told line by line: the address, the clock, the hints, the question at ten minutes.

use mpc_connect_core::flow::Waiting;
use mpc_connect_core::ports::AttemptId;
use mpc_connect_core::words::Text;
use serde_json::json;

use crate::output::Output;

/// What was told of the present attempt. Each line is told once.
#[derive(Debug, Default)]
pub(crate) struct WaitingLines {
    attempt: Option<AttemptId>,
    browser_failed: bool,
    nudged: bool,
    minutes: i64,
    asked: bool,
}

impl WaitingLines {
    /// Tells what is new.
    pub(crate) fn show(&mut self, output: &Output, waiting: &Waiting) {
        if self.attempt != Some(waiting.plan.attempt) {
            *self = Self { attempt: Some(waiting.plan.attempt), ..Self::default() };
            announce(output, waiting);
        }
        if waiting.browser_failed.is_some() && !self.browser_failed {
            self.browser_failed = true;
            output.json(&json!({"event": "browser_not_opened", "class": "BROWSER_NOT_OPENED"}));
            output.say(&Text::new("ctl-browser-not-opened").with("address", &waiting.address.0));
        }
        if waiting.nudged && !self.nudged {
            self.nudged = true;
            output.end_live();
            output.json(&json!({"event": "still_waiting", "seconds": 8}));
            output.say(&Text::new("ctl-waiting-nudge"));
        }
        self.question(output, waiting);
        self.clock(output, waiting);
    }

    /// Whether "Keep waiting?" stands unanswered.
    pub(crate) fn is_asked(&self) -> bool {
        self.asked
    }

    fn question(&mut self, output: &Output, waiting: &Waiting) {
        if waiting.asked_to_keep_waiting && !self.asked {
            output.end_live();
            output.json(&json!({"event": "keep_waiting"}));
            output.say(&Text::new("ctl-waiting-ask"));
        }
        self.asked = waiting.asked_to_keep_waiting;
    }

    /// A live line at a terminal, else a line a minute.
    fn clock(&mut self, output: &Output, waiting: &Waiting) {
        let seconds = jiff::Timestamp::now().duration_since(waiting.since).as_secs().max(0);
        let minutes = seconds / 60;
        let text = Text::new("ctl-waiting").with("elapsed", format!("{minutes}:{:02}", seconds % 60));
        output.live(&text);
        if minutes > self.minutes && !output.has_live_line() {
            self.minutes = minutes;
            output.say(&text);
        }
    }
}

fn announce(output: &Output, waiting: &Waiting) {
    let address = &waiting.address.0;
    output.json(&json!({"event": "authorize", "address": address}));
    output.say(&Text::new("ctl-opening-browser"));
    output.say(&Text::new("ctl-address-to-open").with("address", address));
}
