//! What came of a test, and its pop-up with one of three faces.

use super::{Shown, button};
use crate::check::{CheckResult, Face, Report};
use crate::present::date_and_time;
use crate::view::{self, Mark};
use crate::wizard::{Press, TestDialog, TestResult, Tone};
use crate::words::Text;

impl Shown<'_> {
    pub(super) fn last_test(&self) -> Option<&Report> {
        self.state.record.last_test.as_ref()
    }

    pub(super) fn test_result(&self) -> Option<TestResult> {
        let report = self.last_test()?;
        let total = report.checks.len();
        let passed = total - report.open_count();
        let face = if report.refusal().is_some() { Face::Failed } else { report.face() };
        let (id, tone) = match face {
            // Green is for what holds now.
            Face::Passed if self.mark() != Mark::Active => ("wizard-test-passed", Tone::Note),
            Face::Passed => ("wizard-test-passed", Tone::Good),
            Face::Partial => ("wizard-test-partial", Tone::Warning),
            Face::Failed => ("wizard-test-failed", Tone::Bad),
        };
        let time = date_and_time(report.finished_at, &self.around.zone);
        Some(TestResult {
            face: face.as_str().to_owned(),
            title: Text::new(self.test_title(face)).with("open", report.open_count()).with("total", total),
            sentence: Text::new(id).with("passed", passed).with("total", total).with("time", time),
            tone,
        })
    }

    /// A test that passed speaks of now only as long as the status does.
    fn test_title(&self, face: Face) -> &'static str {
        match (face, self.mark() == Mark::Active) {
            (Face::Failed, _) => "test-face-failed",
            (Face::Passed, true) => "test-face-passed",
            (Face::Partial, true) => "test-face-partial",
            (Face::Passed, false) => "wizard-test-then-passed",
            (Face::Partial, false) => "wizard-test-then-partial",
        }
    }

    /// The checks that did not pass stand in it, each with who can change it.
    pub(super) fn test_dialog(&self) -> Option<TestDialog> {
        let result = self.test_result()?;
        let report = self.last_test()?;
        let not_passed = report.checks.iter().filter(|check| check.result != CheckResult::Passed);
        let card = self.card();
        let first = match &card {
            Some(card) => card.button.clone(),
            None => Some(self.finish()),
        };
        let buttons = first.into_iter().chain([button("wizard-save-report", Press::SaveReport)]);
        Some(TestDialog {
            result,
            about: self.test_about(),
            checks: not_passed.map(view::check).collect(),
            buttons: buttons.collect(),
            card,
        })
    }

    /// Which connection was tested, and that it was a rehearsal.
    fn test_about(&self) -> Vec<Text> {
        let record = &self.state.record;
        let account = Text::new("wizard-tested-account").with("account", record.account().unwrap_or("–"));
        let organization = record
            .organization
            .as_ref()
            .map(|chosen| Text::new("wizard-tested-organization").with("name", &chosen.name));
        let rehearsal = self.around.environment.is_rehearsal().then(|| Text::new("window-rehearsal"));
        rehearsal.into_iter().chain([account]).chain(organization).collect()
    }
}
