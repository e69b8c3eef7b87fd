//! What was said last, and before.

use std::collections::VecDeque;

use super::{CopyWhat, Message, Notice, Tone};
use crate::words::Text;

/// As many as Help lists.
const KEPT: usize = 50;

/// The messages of this window, newest first.
#[derive(Clone, Debug, Default)]
pub(super) struct Messages {
    count: u32,
    /// The newest, until something else happens.
    shown: Option<Message>,
    said: VecDeque<Text>,
}

impl Messages {
    pub(super) fn say(&mut self, tone: Tone, text: Text) {
        self.count = self.count.wrapping_add(1);
        self.said.push_front(text.clone());
        self.said.truncate(KEPT);
        self.shown = Some(Message { number: self.count, text, tone });
    }

    /// Counts what was said, so that it can be told whether something was.
    pub(super) fn count(&self) -> u32 {
        self.count
    }

    /// The message on the screen is over; Help still lists it.
    pub(super) fn hide(&mut self) {
        self.shown = None;
    }

    pub(super) fn shown(&self) -> Option<Message> {
        self.shown.clone()
    }

    pub(super) fn said(&self) -> Vec<Text> {
        self.said.iter().cloned().collect()
    }
}

impl super::Wizard {
    /// What was said last is over; Help still lists it.
    pub fn hush(&mut self) {
        self.messages.hide();
    }

    /// Takes in what the shell has to tell.
    pub fn notice(&mut self, notice: Notice) {
        if let Notice::ReportSaved(path) = &notice {
            self.saved_report = Some(path.clone());
        }
        let (tone, text) = told(notice);
        self.messages.say(tone, text);
    }
}

pub(super) fn told(notice: Notice) -> (Tone, Text) {
    match notice {
        Notice::Copied(what) => (Tone::Good, Text::new(copied(what))),
        Notice::NotCopied(_) => (Tone::Bad, Text::new("wizard-not-copied")),
        Notice::LinkNotOpened => (Tone::Bad, Text::new("wizard-link-not-opened")),
        Notice::ReportSaved(path) => (Tone::Good, Text::new("wizard-report-saved").with("path", path)),
        Notice::ReportNotSaved => (Tone::Bad, Text::new("wizard-report-not-saved")),
        Notice::LateLink => (Tone::Warning, Text::new("wizard-late-link")),
        Notice::OldSignIn => (Tone::Warning, Text::new("wizard-old-sign-in")),
        Notice::AlreadyRunning { asked } => {
            (Tone::Warning, Text::new("wizard-already-running").with("asked", asked))
        }
        Notice::DamagedFileKept { path, recovered } => {
            (Tone::Warning, Text::new("wizard-damaged-file").with("path", path).with("count", recovered))
        }
        Notice::HistoryLost => (Tone::Warning, Text::new("wizard-history-lost")),
        Notice::RehearsalStarting => (Tone::Note, Text::new("wizard-rehearsal-starting")),
        Notice::RehearsalEnded => (Tone::Bad, Text::new("wizard-rehearsal-ended")),
        Notice::RehearsalNotStarted => (Tone::Bad, Text::new("wizard-rehearsal-not-started")),
    }
}

fn copied(what: CopyWhat) -> &'static str {
    match what {
        CopyWhat::SignInLink => "wizard-copied-sign-in-link",
        CopyWhat::ItText => "wizard-copied-it-text",
        CopyWhat::ApprovalLink => "wizard-copied-approval-link",
        CopyWhat::Addresses => "wizard-copied-addresses",
        CopyWhat::SupportMessage | CopyWhat::PowerAutomateMessage => "wizard-copied-message",
        CopyWhat::SupportEmail => "wizard-copied-email",
        CopyWhat::Summary => "wizard-copied-summary",
        CopyWhat::MailReport => "wizard-copied-report",
    }
}
