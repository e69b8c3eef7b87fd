//! The pre-flight: whether this computer is ready.

use super::{Shown, button};
use crate::check::CheckResult;
use crate::flow::{PreflightId, PreflightRow as Found};
use crate::wizard::{PreflightRow, PreflightView, Press, Tone};
use crate::words::{CardPart, Text};

impl Shown<'_> {
    /// One line for what was found, with its rows in their order; what is still looked at says so.
    pub(super) fn preflight(&self) -> PreflightView {
        let preflight = self.state.preflight.as_ref();
        let found = preflight.map(|preflight| preflight.rows.as_slice()).unwrap_or_default();
        let running = preflight.is_some_and(|preflight| preflight.running);
        let (headline, tone) = headline(preflight.is_some(), running, found);
        let rows = PreflightId::ALL.into_iter().map(|id| match found.iter().find(|row| row.id == id) {
            Some(row) => ended(row),
            None => pending(id, running),
        });
        let again = button("wizard-check-computer", Press::CheckComputer);
        PreflightView { headline, tone, running, rows: rows.collect(), again }
    }
}

fn headline(begun: bool, running: bool, found: &[Found]) -> (Text, Tone) {
    let count = |result| found.iter().filter(|row| row.result == result).count();
    let (failed, warned) = (count(CheckResult::Failed), count(CheckResult::Warning));
    let timed_out = found.iter().filter(|row| row.timed_out).count();
    if !begun {
        return (Text::new("wizard-preflight-not-begun"), Tone::Note);
    }
    if running {
        return (Text::new("wizard-preflight-running"), Tone::Note);
    }
    match (failed, warned + timed_out) {
        (0, 0) => (Text::new("wizard-preflight-ready"), Tone::Good),
        (0, 1) => (Text::new("wizard-preflight-one-warning"), Tone::Warning),
        (0, count) => (Text::new("wizard-preflight-warnings").with("count", count), Tone::Warning),
        (1, _) => (Text::new("wizard-preflight-one-failed"), Tone::Bad),
        (count, _) => (Text::new("wizard-preflight-failed").with("count", count), Tone::Bad),
    }
}

fn ended(row: &Found) -> PreflightRow {
    let id = row.id.as_str();
    let attribute = row.result.as_str().replace('_', "-");
    let sentence = match &row.failure {
        _ if row.timed_out => Text::new("wizard-preflight-timed-out"),
        Some(failure) if row.result == CheckResult::Failed => Text::failure(failure, CardPart::Do),
        Some(_) | None => Text::new(format!("wizard-preflight-{id}.{attribute}")),
    };
    PreflightRow {
        id: id.to_owned(),
        label: Text::new(format!("wizard-preflight-{id}.label")),
        result: row.result.as_str().to_owned(),
        result_label: Text::new(format!("result-{attribute}")),
        sentence,
    }
}

fn pending(id: PreflightId, running: bool) -> PreflightRow {
    let label = if running { "wizard-check-pending" } else { "wizard-check-not-run" };
    PreflightRow {
        id: id.as_str().to_owned(),
        label: Text::new(format!("wizard-preflight-{}.label", id.as_str())),
        result: CheckResult::NotChecked.as_str().to_owned(),
        result_label: Text::new(label),
        sentence: Text::new(format!("wizard-preflight-{}.about", id.as_str())),
    }
}
