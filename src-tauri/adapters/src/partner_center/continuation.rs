//! The link to the next page, of which only the token is kept.

/// A link or token above this length is not one.
const LONGEST: usize = 4096;

/// Reads and checks continuation tokens, which stay percent-encoded as they came.
pub(super) struct Continuation;

impl Continuation {
    /// The `$skiptoken` of an `@odata.nextLink`, wherever the link points.
    pub(super) fn of(link: &str) -> Option<String> {
        if link.len() > LONGEST {
            return None;
        }
        let (_, query) = link.split_once('?')?;
        let query = query.split_once('#').map_or(query, |(before, _)| before);
        let mut options = query.split('&').filter_map(|option| option.split_once('='));
        let named = |name: &str| {
            let name = name.to_ascii_lowercase();
            name == "$skiptoken" || name == "%24skiptoken"
        };
        let (_, token) = options.find(|(name, _)| named(name))?;
        Self::again(token).map(str::to_owned)
    }

    /// The token where it can stand in a query as it is.
    pub(super) fn again(token: &str) -> Option<&str> {
        let fits = (1..=LONGEST).contains(&token.len());
        let plain = token.bytes().all(|byte| byte.is_ascii_graphic() && !b"&#\"'<>\\`".contains(&byte));
        (fits && plain).then_some(token)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn only_the_token_is_kept_wherever_the_link_points() {
        let token = |link: &str| Continuation::of(link);
        for link in [
            "http://api.partner.microsoft.com/v1.0/referrals?$skiptoken=k181+%2Fx==",
            "https://evil.example/steal?a=b&%24skipToken=k181+%2Fx==&$top=1#part",
            "referrals?$SKIPTOKEN=k181+%2Fx==",
        ] {
            assert_eq!(token(link).as_deref(), Some("k181+%2Fx=="), "{link}");
        }
        for link in ["", "https://a.example/", "https://a.example/?$skiptoken=", "https://a.example/?$skip=5"]
        {
            assert_eq!(token(link), None, "{link}");
        }
        assert_eq!(token(&format!("https://a.example/?$skiptoken={}", "k".repeat(4096))), None);
    }

    proptest! {
        #[test]
        fn a_token_never_brings_another_option_or_address(link in "\\PC{0,60}(\\?\\$skiptoken=\\PC{0,60})?") {
            if let Some(token) = Continuation::of(&link) {
                let mut address = url::Url::parse("https://api.example/referrals").unwrap();
                address.set_query(Some(&format!("$top=1&$skiptoken={token}")));
                prop_assert_eq!(address.host_str(), Some("api.example"));
                prop_assert_eq!(address.path(), "/referrals");
                prop_assert_eq!(address.query_pairs().count(), 2);
                prop_assert_eq!(address.fragment(), None);
            }
        }
    }
}
