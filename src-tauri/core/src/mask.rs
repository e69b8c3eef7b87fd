//! Masking at the source: what leaves the core masked holds no full value.

/// `svc-cosell@contoso.com` becomes `s••••••••@c••••••.com`.
#[must_use]
pub fn username(text: &str) -> String {
    let Some((name, domain)) = text.rsplit_once('@') else {
        return hidden(text, 8);
    };
    let (label, top) = domain.rsplit_once('.').unwrap_or((domain, ""));
    let dot = if top.is_empty() { "" } else { "." };
    format!("{}@{}{dot}{top}", hidden(name, 8), hidden(label, 6))
}

/// The last four characters of an identifier: `…4f2a`.
#[must_use]
pub fn identifier(text: &str) -> String {
    let count = text.chars().count();
    let tail: String = text.chars().skip(count.saturating_sub(4)).collect();
    if count <= 4 { "…".to_owned() } else { format!("…{tail}") }
}

/// The number of dots is fixed, so that the length of the name is not told.
fn hidden(text: &str, dots: usize) -> String {
    let first: String = text.chars().take(1).collect();
    format!("{first}{}", "•".repeat(dots))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn masked_names_tell_neither_letters_nor_length() {
        assert_eq!(username("svc-cosell@contoso.com"), "s••••••••@c••••••.com");
        assert_eq!(username("s@co.com"), "s••••••••@c••••••.com");
        assert_eq!(username("nobody"), "n••••••••");
        assert_eq!(identifier("8a6e0c3c-1f6e-4d0a-9a52-b2a1b6c74f2a"), "…4f2a");
        assert_eq!(identifier("4f2a"), "…");
    }
}
