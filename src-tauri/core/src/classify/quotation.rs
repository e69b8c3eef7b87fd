//! Microsoft's own sentence, without its technical tail and without anything that could be a secret or a person.

const LONGEST_READ: usize = 4096;
const TAILS: [&str; 4] = ["Trace ID:", "Correlation ID:", "Request Id:", "Timestamp:"];
const HIDDEN: &str = "[…]";
const SECRET_NAMES: [&str; 12] = [
    "bearer",
    "code",
    "code_verifier",
    "token",
    "access_token",
    "refresh_token",
    "id_token",
    "assertion",
    "client_secret",
    "password",
    "state",
    "nonce",
];

/// The part of `text` that may be quoted, if any is left.
pub(super) fn of(text: &str) -> Option<String> {
    let text: String = text.chars().take(LONGEST_READ).collect();
    let words = without_number(before_tail(&text));
    let mut follows_name = false;
    let mut quoted = Vec::new();
    for word in words.split_whitespace() {
        let hide = follows_name || is_private(word);
        quoted.push(if hide { HIDDEN } else { word });
        follows_name = announces_secret(word);
    }
    let quoted = quoted.join(" ");
    quoted.chars().any(char::is_alphanumeric).then_some(quoted)
}

/// Whether a run of letters could be a token: long, or of medium length with mixed letters and digits.
pub(super) fn looks_secret(run: &str) -> bool {
    let has = |kind: fn(&u8) -> bool| run.as_bytes().iter().any(kind);
    let mixed = has(u8::is_ascii_digit) && has(u8::is_ascii_uppercase) && has(u8::is_ascii_lowercase);
    let solid = has(u8::is_ascii_digit) && !is_guid(run);
    run.starts_with("eyJ") || (run.len() >= 20 && mixed) || (run.len() >= 32 && solid) || run.len() >= 48
}

fn before_tail(text: &str) -> &str {
    let lower = text.to_ascii_lowercase();
    let first = TAILS.iter().filter_map(|tail| lower.find(&tail.to_ascii_lowercase())).min();
    first.and_then(|at| text.get(..at)).unwrap_or(text)
}

/// The sentence without the number before it, which is shown as the code.
fn without_number(text: &str) -> &str {
    let trimmed = text.trim_start();
    let number = trimmed.split_once(':').filter(|(head, _)| {
        let digits = head.strip_prefix("AADSTS").unwrap_or_default();
        !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit())
    });
    number.map_or(trimmed, |(_, sentence)| sentence)
}

/// A word that holds an assignment, an address of a person, or a run that could be a token.
fn is_private(word: &str) -> bool {
    let is_joint = |letter: char| !(letter.is_ascii_alphanumeric() || "-_.~+/%".contains(letter));
    let assigns = word.contains('=') || word.split_once(':').is_some_and(|(name, _)| is_secret_name(name));
    assigns || word.contains('@') || word.contains("eyJ") || word.split(is_joint).any(looks_secret)
}

/// `Bearer`, `code:`, `"refresh_token":` and the like: what follows may be the secret itself.
fn announces_secret(word: &str) -> bool {
    let bearer =
        word.trim_matches(|letter: char| !letter.is_ascii_alphanumeric()).eq_ignore_ascii_case("bearer");
    bearer || (word.ends_with([':', '=']) && is_secret_name(word))
}

fn is_secret_name(word: &str) -> bool {
    let name = word.trim_matches(|letter: char| !letter.is_ascii_alphanumeric());
    SECRET_NAMES.iter().any(|secret| name.eq_ignore_ascii_case(secret))
}

fn is_guid(run: &str) -> bool {
    let lengths: Vec<usize> = run.split('-').map(str::len).collect();
    lengths == [8, 4, 4, 4, 12] && run.bytes().all(|byte| byte.is_ascii_hexdigit() || byte == b'-')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_sentence_stays_and_the_tail_goes() {
        let text = "AADSTS70043: The refresh token has expired due to sign-in frequency checks by Conditional Access.\
                    \r\nTrace ID: 1\r\nCorrelation ID: 2\r\nTimestamp: 3";
        let sentence = "The refresh token has expired due to sign-in frequency checks by Conditional Access.";
        assert_eq!(of(text).as_deref(), Some(sentence));
        assert_eq!(of("AADSTS50057: \r\nTrace ID: 1"), None);
    }

    #[test]
    fn names_of_apps_and_parameters_stay_readable() {
        let text = "The app '4f1b8d5e-7c5a-4d6e-9a54-b0a3cdbb3f11' needs the parameter 'client_assertion' or 'code'.";
        assert!(
            of(text).is_some_and(|quoted| quoted.contains("4f1b8d5e") && quoted.contains("client_assertion"))
        );
    }

    #[test]
    fn nothing_that_could_be_a_secret_or_a_person_is_quoted() {
        let planted = [
            "eyJhbGciOi.eyJzdWIi.c2ln",
            "0.AXoAq1B2c3D4e5F6g7H8i9J0",
            "https://localhost/?code=Zq1&state=Zq2",
            "'code=Zq1'",
            "(jane.doe@contoso.com)",
            "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
        ];
        for secret in planted {
            let quoted = of(&format!("Refused {secret} here")).expect("words are left");
            assert_eq!(quoted, "Refused […] here");
        }
        for named in
            ["Bearer Zq1", "code: Zq1", "\"refresh_token\": Zq1", "Password: Zq1", "x {\"code\":\"Zq1\"}"]
        {
            assert!(!of(named).is_some_and(|quoted| quoted.contains("Zq1")), "{named}");
        }
    }
}
