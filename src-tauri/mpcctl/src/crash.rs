//! What a crash says.

use std::io::Write;
use std::panic::PanicHookInfo;

/// A panic's message may quote what came from outside, and a backtrace may too: only the place is written.
pub(crate) fn tell_the_place_alone() {
    std::panic::set_hook(Box::new(|panic| {
        // There is nobody left to tell that it could not be written.
        let _ = writeln!(std::io::stderr(), "{}", line(panic));
    }));
}

fn line(panic: &PanicHookInfo<'_>) -> String {
    let place = panic.location().map(|at| format!("{}:{}", at.file(), at.line())).unwrap_or_default();
    format!("mpcctl stopped because of a fault of its own ({place}).")
}
