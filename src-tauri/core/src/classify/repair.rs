//! What is left of a JSON text that was cut.

use serde_json::Value;

const DEEPEST: usize = 64;

/// Closes what a cut left open; where that is no JSON, leaves out the last member that was begun.
pub(super) fn cut_json(text: &str) -> Option<Value> {
    let open = scan(text)?;
    let whole_words = open.in_string.then(|| format!("{}\"", without_broken_escape(text)));
    let end = closing(&open.closers);
    let closed = parse(&format!("{}{end}", whole_words.as_deref().unwrap_or(text)));
    closed.or_else(|| {
        let (at, depth) = open.last_comma?;
        let end = closing(open.closers_then(depth)?);
        parse(&format!("{}{end}", text.get(..at)?))
    })
}

#[derive(Default)]
struct Open {
    closers: Vec<char>,
    in_string: bool,
    last_comma: Option<(usize, usize)>,
}

impl Open {
    /// The brackets that were open at the comma: those of its depth, none of which was closed since.
    fn closers_then(&self, depth: usize) -> Option<&[char]> {
        self.closers.get(..depth)
    }
}

/// Finds what is open at the end; `None` where brackets nest too deeply.
fn scan(text: &str) -> Option<Open> {
    let mut open = Open::default();
    let mut escaped = false;
    for (at, letter) in text.char_indices() {
        match (open.in_string, letter) {
            (true, _) if escaped => escaped = false,
            (true, '\\') => escaped = true,
            (_, '"') => open.in_string = !open.in_string,
            (false, '{') => open.closers.push('}'),
            (false, '[') => open.closers.push(']'),
            (false, '}' | ']') => {
                open.closers.pop();
            }
            (false, ',') => open.last_comma = Some((at, open.closers.len())),
            _ => {}
        }
        if open.closers.len() > DEEPEST {
            return None;
        }
    }
    Some(open)
}

/// `text` up to an escape sequence that its end cuts.
fn without_broken_escape(text: &str) -> &str {
    let run = text.len() - text.trim_end_matches('\\').len();
    if run % 2 == 1 {
        return text.strip_suffix('\\').unwrap_or(text);
    }
    let unicode = text.rfind("\\u").filter(|at| text.len() - at < "\\u0000".len());
    unicode.and_then(|at| text.get(..at)).unwrap_or(text)
}

fn closing(closers: &[char]) -> String {
    closers.iter().rev().collect()
}

fn parse(text: &str) -> Option<Value> {
    serde_json::from_str(text).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cut_anywhere_after_the_first_member_keeps_that_member() {
        let text = r#"{"error":"invalid_grant","nested":{"a":[1,{"b":"c,d"}],"e":"\u00e4\\\"x"},"error_codes":[50173,7]}"#;
        let first_end = text.find(',').expect("a comma");
        for (at, _) in text.char_indices().filter(|(at, _)| *at > first_end) {
            let value = cut_json(&text[..at]);
            let error = value.as_ref().and_then(|value| value.get("error")).and_then(Value::as_str);
            assert_eq!(error, Some("invalid_grant"), "{}", &text[..at]);
        }
    }

    #[test]
    fn a_cut_sentence_keeps_its_beginning() {
        let value = cut_json(r#"{"error_description":"AADSTS50173: The pro\u00"#).expect("repaired");
        assert_eq!(value["error_description"], "AADSTS50173: The pro");
    }

    #[test]
    fn nonsense_stays_nonsense() {
        for text in ["{", "[", "{{{{", "{]", "}", &"[".repeat(100_000)] {
            let value = cut_json(text);
            assert!(
                value.as_ref().is_none_or(|value| value.as_object().is_none_or(|object| object.is_empty()))
            );
        }
    }
}
