//! The two protected resources, and the scopes that name them.

/// An API that an access token is good for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum Resource {
    /// The Referrals API; `https://api.partner.microsoft.com` in the real cloud.
    Referrals,
    /// The classic Partner Center API; `https://api.partnercenter.microsoft.com` in the real cloud.
    PartnerCenter,
}

impl Resource {
    const ALL: [Self; 2] = [Self::Referrals, Self::PartnerCenter];

    /// The resource's name on the consent page.
    pub(crate) fn title(self) -> &'static str {
        match self {
            Self::Referrals => "Microsoft Partner (co-sell referrals)",
            Self::PartnerCenter => "Microsoft Partner Center (company profile)",
        }
    }

    /// The audience of its tokens. It stands under the sandbox's own address, so that no token or scope of a rehearsal
    /// can be taken for a real one.
    pub(crate) fn audience(self, base: &str) -> String {
        match self {
            Self::Referrals => format!("{base}/partner"),
            Self::PartnerCenter => format!("{base}/partnercenter"),
        }
    }

    /// The delegated scope that the environment file names.
    pub(crate) fn scope(self, base: &str) -> String {
        format!("{}/user_impersonation", self.audience(base))
    }
}

/// What a `scope` parameter asks for.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Scopes {
    /// Resources, in the order asked for, without repetition.
    pub(crate) resources: Vec<Resource>,
    /// Whether an ID token is wanted.
    pub(crate) openid: bool,
    /// Whether a refresh token is wanted.
    pub(crate) offline_access: bool,
}

impl Scopes {
    /// Reads a space-separated list; the error is the first word that means nothing here.
    pub(crate) fn parse(text: &str, base: &str) -> Result<Self, String> {
        let mut scopes = Self::default();
        for word in text.split_ascii_whitespace() {
            match word {
                "openid" => scopes.openid = true,
                "offline_access" => scopes.offline_access = true,
                "profile" | "email" => {}
                _ => {
                    let resource = resource_of(word, base).ok_or_else(|| word.to_owned())?;
                    if !scopes.resources.contains(&resource) {
                        scopes.resources.push(resource);
                    }
                }
            }
        }
        Ok(scopes)
    }
}

fn resource_of(scope: &str, base: &str) -> Option<Resource> {
    let audience = scope.strip_suffix("/user_impersonation").or_else(|| scope.strip_suffix("/.default"))?;
    Resource::ALL.into_iter().find(|resource| resource.audience(base) == audience.trim_end_matches('/'))
}

#[cfg(test)]
mod tests {
    use super::*;

    const BASE: &str = "http://127.0.0.1:1";

    #[test]
    fn scopes_are_read_and_unknown_ones_are_named() {
        let text = format!("openid profile {BASE}/partner/user_impersonation {BASE}/partnercenter/.default");
        let scopes = Scopes::parse(&text, BASE).unwrap();
        assert_eq!(scopes.resources, [Resource::Referrals, Resource::PartnerCenter]);
        assert!(scopes.openid && !scopes.offline_access);
        assert_eq!(Scopes::parse("openid Mail.Read", BASE), Err("Mail.Read".into()));
    }
}
