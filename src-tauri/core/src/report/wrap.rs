//! Lines of a mail.

/// Columns of a line; mail programs of all kinds leave as many alone (RFC 5322, section 2.1.1, advises 78).
const COLUMNS: usize = 78;

/// Wraps each line at blanks. In a paragraph of several lines, such as a list, what a line goes on with is set in by two
/// blanks. A word that is longer than a line, such as a link, stays whole.
pub(super) fn wrapped(text: &str) -> String {
    let paragraph = |paragraph: &str| {
        let indent = if paragraph.lines().nth(1).is_some() { "  " } else { "" };
        paragraph.lines().map(|line| wrapped_line(line, indent)).collect::<Vec<_>>().join("\n")
    };
    text.split("\n\n").map(paragraph).collect::<Vec<_>>().join("\n\n") + "\n"
}

fn wrapped_line(line: &str, indent: &str) -> String {
    let mut kept = String::new();
    let mut column = 0;
    for word in line.split(' ') {
        let length = word.chars().count();
        if column > 0 && column + 1 + length > COLUMNS {
            kept.push('\n');
            kept.push_str(indent);
            column = indent.len();
        } else if column > 0 {
            kept.push(' ');
            column += 1;
        }
        kept.push_str(word);
        column += length;
    }
    kept
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_end_at_blanks_and_links_stay_whole() {
        let link = format!("https://example.com/{}", "x".repeat(100));
        let words = "word ".repeat(20);
        let text = wrapped(&format!("{words}end\n\n- {words}end\n- {link}"));
        let lines: Vec<_> = text.lines().collect();
        assert!(lines.iter().all(|line| line.chars().count() <= COLUMNS || line.ends_with(&link)), "{text}");
        assert!(lines[1].starts_with("word") && lines[4].starts_with("  word"), "{text}");
        assert_eq!(lines.last().copied(), Some(format!("  {link}").as_str()));
    }
}
