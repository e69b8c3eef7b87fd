//! The one question that a command asks: may it install something?

use std::io::{BufRead, IsTerminal, Write};

/// True when the person at the terminal says yes; without a terminal there is nobody to say it.
pub(crate) fn yes(question: &str) -> bool {
    let input = std::io::stdin();
    if !input.is_terminal() {
        return false;
    }
    let mut out = std::io::stdout().lock();
    if write!(out, "{question} [y/N] ").and_then(|()| out.flush()).is_err() {
        return false;
    }
    let mut answer = String::new();
    input.lock().read_line(&mut answer).is_ok() && is_yes(&answer)
}

fn is_yes(answer: &str) -> bool {
    matches!(answer.trim().to_ascii_lowercase().as_str(), "y" | "yes")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_clear_yes_is_one() {
        assert!(is_yes("Y\n"));
        assert!(is_yes(" yes"));
        assert!(!is_yes("\n"));
        assert!(!is_yes("yep"));
    }
}
