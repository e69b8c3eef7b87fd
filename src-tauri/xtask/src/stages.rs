//! A list of stages, run in order, each with a heading and its seconds.

use std::time::{Duration, Instant};

use crate::words::{Done, Failure, say};

/// Runs stages and remembers how they ended.
pub(crate) struct Stages {
    keep_going: bool,
    begun: Instant,
    ended: Vec<(&'static str, Duration, Result<(), Failure>)>,
}

impl Stages {
    /// `keep_going` runs later stages although an earlier one failed.
    pub(crate) fn new(keep_going: bool) -> Self {
        Self { keep_going, begun: Instant::now(), ended: Vec::new() }
    }

    /// Runs one stage, unless an earlier failure ended the run.
    pub(crate) fn stage(&mut self, name: &'static str, work: impl FnOnce() -> Done) {
        if self.failed() > 0 && !self.keep_going {
            return;
        }
        say(format!("\n== {name}"));
        let begun = Instant::now();
        let result = work();
        let took = begun.elapsed();
        match &result {
            Ok(()) => say(format!("== {name}: {:.1} s", took.as_secs_f64())),
            Err(Failure(why)) => say(format!("== {name}: FAILED after {:.1} s. {why}", took.as_secs_f64())),
        }
        self.ended.push((name, took, result));
    }

    /// Lists every stage with its seconds; an error when one of them failed.
    pub(crate) fn finish(self) -> Done {
        say("");
        for (name, took, result) in &self.ended {
            let word = if result.is_ok() { "passed" } else { "FAILED" };
            say(format!("{word:<8} {:>7.1} s  {name}", took.as_secs_f64()));
        }
        say(format!("{} in {:.0} s", self.counts(), self.begun.elapsed().as_secs_f64()));
        if self.failed() == 0 { Ok(()) } else { Err(Failure::new("Not everything passed.")) }
    }

    fn counts(&self) -> String {
        format!("{} stages passed, {} failed", self.ended.len() - self.failed(), self.failed())
    }

    fn failed(&self) -> usize {
        self.ended.iter().filter(|(_, _, result)| result.is_err()).count()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn run(keep_going: bool) -> Stages {
        let mut stages = Stages::new(keep_going);
        stages.stage("good", || Ok(()));
        stages.stage("bad", || Err(Failure::new("It broke.")));
        stages.stage("late", || Ok(()));
        stages
    }

    #[test]
    fn the_first_failure_ends_the_run() {
        let stages = run(false);
        assert_eq!(stages.counts(), "1 stages passed, 1 failed");
        assert!(stages.finish().is_err());
    }

    #[test]
    fn keep_going_runs_the_rest_and_still_fails() {
        let stages = run(true);
        assert_eq!(stages.counts(), "2 stages passed, 1 failed");
        assert!(stages.finish().is_err());
    }
}
