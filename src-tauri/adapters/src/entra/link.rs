//! An address that the system handed over: an answer at the registered redirect, or nothing.

use super::callback::Parameters;

/// A longer address is no answer of any provider.
const LONGEST: usize = 8 * 1024;

/// The parameters of an address that is one answer at the redirect as registered. It may be anything.
pub(super) fn answer(address: &str, registered: &str) -> Option<Parameters> {
    let parameters = Parameters::read(query_of(address, registered)?);
    parameters.is_one_answer().then_some(parameters)
}

/// The query of an address below the redirect; browsers may add one slash to it, or take it away.
fn query_of<'a>(address: &'a str, registered: &str) -> Option<&'a str> {
    if address.len() > LONGEST {
        return None;
    }
    let without_fragment = address.split('#').next().unwrap_or_default();
    let (place, query) = without_fragment.split_once('?')?;
    let bare = |place: &'a str| place.strip_suffix('/').unwrap_or(place);
    let ours = place == registered || bare(place) == registered.strip_suffix('/').unwrap_or(registered);
    ours.then_some(query)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use secrecy::SecretString;
    use url::form_urlencoded;

    use super::*;

    const REGISTERED: &str = "com.example.app://auth";

    fn is_answer(address: &str) -> bool {
        answer(address, REGISTERED).is_some()
    }

    #[test]
    fn an_answer_stands_at_the_redirect_with_or_without_one_slash() {
        for answer in [
            "com.example.app://auth?code=c&state=s",
            "com.example.app://auth/?code=c&state=s&iss=https%3A%2F%2Fid.example&session_state=x",
            "com.example.app://auth?error=access_denied&error_description=no&state=s",
            "com.example.app://auth?code=c&state=s#_=_",
        ] {
            assert!(is_answer(answer), "{answer}");
        }
        assert!(answer("com.example.app://auth?code=c&state=s", "com.example.app://auth/").is_some());
    }

    #[test]
    fn everything_else_is_no_answer() {
        let long = format!("com.example.app://auth?code=c&state=s&x={}", "x".repeat(LONGEST));
        for other in [
            "",
            "com.example.app",
            "com.example.app://auth",
            "com.example.app://auth?",
            "com.example.app://auth?state=s",
            "com.example.app://auth//?code=c&state=s",
            "com.example.app://auth/deeper?code=c&state=s",
            "com.example.app://user@auth?code=c&state=s",
            "com.example.app://auth:1?code=c&state=s",
            "com.example.app://auth.evil.example?code=c&state=s",
            "com.example.app:auth?code=c&state=s",
            "com.example.app:///auth?code=c&state=s",
            "com.example.app.dev://auth?code=c&state=s",
            "Com.Example.App://auth?code=c&state=s",
            "https://auth?code=c&state=s",
            "com.example.app://auth#code=c&state=s",
            "com.example.app://self-test?nonce=0123456789abcdef0123456789abcdef",
            "com.example.app://auth?code=c&code=c&state=s",
            "com.example.app://auth?code=c&%63ode=d&state=s",
            "com.example.app://auth?code=c&state=s&state=s",
            "com.example.app://auth?error=e&error=e&state=s",
            "com.example.app://auth?code=c&state=s&iss=a&iss=b",
            "com.example.app://auth?code=c&error=access_denied&state=s",
            &long,
        ] {
            assert!(!is_answer(other), "{other:.80}");
        }
    }

    fn query(pairs: &[(String, String)]) -> String {
        form_urlencoded::Serializer::new(String::new()).extend_pairs(pairs).finish()
    }

    /// Names that count, names that look like them, and values of any kind.
    fn pairs() -> impl Strategy<Value = Vec<(String, String)>> {
        let name =
            prop_oneof![Just("code"), Just("state"), Just("error"), Just("iss"), Just("Code"), Just("x")];
        proptest::collection::vec((name.prop_map(str::to_owned), ".{0,40}"), 0..8)
    }

    proptest! {
        #[test]
        fn no_address_breaks_the_reading(address in ".{0,400}") {
            let _any = answer(&address, REGISTERED);
            let _below = answer(&format!("{REGISTERED}{address}"), REGISTERED);
        }

        #[test]
        fn bytes_of_a_query_never_break_the_reading(query in proptest::collection::vec(any::<u8>(), 0..300)) {
            let _any = answer(&format!("{REGISTERED}?{}", String::from_utf8_lossy(&query)), REGISTERED);
        }

        #[test]
        fn an_answer_has_each_word_once_and_one_meaning(pairs in pairs(), slash in any::<bool>()) {
            let count = |wanted: &str| pairs.iter().filter(|(name, _)| name == wanted).count();
            let once = ["code", "state", "error", "iss"].iter().all(|name| count(name) <= 1);
            let wanted = once && count("code") + count("error") == 1;
            let place = if slash { format!("{REGISTERED}/") } else { REGISTERED.to_owned() };
            prop_assert_eq!(is_answer(&format!("{place}?{}", query(&pairs))), wanted);
        }

        #[test]
        fn a_state_survives_the_way_as_it_was(state in ".{1,40}", code in "[!-~]{1,40}") {
            let pairs = [("code".to_owned(), code), ("state".to_owned(), state.clone())];
            let read = answer(&format!("{REGISTERED}?{}", query(&pairs)), REGISTERED).expect("an answer");
            prop_assert!(read.has_state(&SecretString::from(state)));
            prop_assert!(!read.has_state(&SecretString::from("another")) || pairs[1].1 == "another");
        }
    }
}
