//! Which issuer an authority may name.

use url::Url;
use uuid::Uuid;

const WELL_KNOWN: &str = "/.well-known/openid-configuration";
const PLACEHOLDER: &str = "{tenantid}";

/// The issuer of an authority: one, or one per tenant where the metadata has Entra's placeholder.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Issuer {
    /// The only one.
    Exact(String),
    /// The tenant's id (a GUID) stands between these two.
    PerTenant {
        /// What stands before the tenant's id.
        before: String,
        /// What stands after it.
        after: String,
        /// The tenant that the metadata address asked for, where it is one.
        asked: Option<String>,
    },
}

impl Issuer {
    /// Takes the issuer that the metadata states, if the metadata's address implies it (OpenID Connect Discovery 1.0,
    /// section 4.3) or it is the address with Entra's placeholder for the tenant.
    pub(super) fn read(address: &Url, stated: &str) -> Option<Self> {
        let implied = address.as_str().strip_suffix(WELL_KNOWN)?;
        let Some((before, after)) = stated.split_once(PLACEHOLDER) else {
            return (stated.strip_suffix('/').unwrap_or(stated) == implied)
                .then(|| Self::Exact(stated.to_owned()));
        };
        let segment = implied.strip_prefix(before)?.strip_suffix(after)?;
        let whole_segment = before.ends_with('/') && (after.is_empty() || after.starts_with('/'));
        if !whole_segment || segment.is_empty() || segment.contains('/') || after.contains(PLACEHOLDER) {
            return None;
        }
        let asked = is_guid(segment).then(|| segment.to_owned());
        Some(Self::PerTenant { before: before.to_owned(), after: after.to_owned(), asked })
    }

    /// Whether `iss`, in a token that names the tenant `tid`, is this issuer. Plain comparison of strings.
    pub(super) fn is(&self, iss: &str, tid: Option<&str>) -> bool {
        match self {
            Self::Exact(issuer) => iss == issuer,
            Self::PerTenant { before, after, asked } => tid.is_some_and(|tid| {
                let the_one_asked_for = asked.as_deref().is_none_or(|asked| asked.eq_ignore_ascii_case(tid));
                is_guid(tid) && the_one_asked_for && iss == format!("{before}{tid}{after}")
            }),
        }
    }

    /// Whether `iss`, in an answer that names no tenant, is this issuer for some tenant.
    pub(super) fn is_for_some_tenant(&self, iss: &str) -> bool {
        match self {
            Self::Exact(issuer) => iss == issuer,
            Self::PerTenant { before, after, .. } => {
                let tid =
                    iss.strip_prefix(before.as_str()).and_then(|rest| rest.strip_suffix(after.as_str()));
                self.is(iss, tid)
            }
        }
    }
}

/// The issuer that a signing key states, with the placeholder filled (Entra adds this property to its JWK set).
pub(super) fn filled(stated: &str, tid: Option<&str>) -> String {
    stated.replace(PLACEHOLDER, tid.unwrap_or(PLACEHOLDER))
}

fn is_guid(text: &str) -> bool {
    text.len() == 36 && Uuid::try_parse(text).is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    const TENANT: &str = "11111111-2222-3333-4444-555555555555";

    fn read(address: &str, stated: &str) -> Option<Issuer> {
        Issuer::read(&Url::parse(address).unwrap(), stated)
    }

    #[test]
    fn the_address_implies_the_issuer() {
        let address = "https://id.example/realm/.well-known/openid-configuration";
        assert_eq!(
            read(address, "https://id.example/realm"),
            Some(Issuer::Exact("https://id.example/realm".into()))
        );
        let root = "https://id.example/.well-known/openid-configuration";
        assert!(read(root, "https://id.example").is_some());
        assert!(read(root, "https://id.example/").is_some());
        for other in [
            "https://id.example",
            "https://evil.example/realm",
            "https://id.example/realm/x",
            "http://id.example/realm",
            "",
        ] {
            assert_eq!(read(address, other), None, "{other}");
        }
        assert_eq!(read("https://id.example/metadata", "https://id.example"), None);
    }

    #[test]
    fn entras_placeholder_stands_for_one_segment_alone() {
        let address = "https://login.example/organizations/v2.0/.well-known/openid-configuration";
        let issuer = read(address, "https://login.example/{tenantid}/v2.0").expect("Entra's own form");
        assert!(issuer.is(&format!("https://login.example/{TENANT}/v2.0"), Some(TENANT)));
        assert!(!issuer.is(&format!("https://login.example/{TENANT}/v2.0"), None));
        assert!(!issuer.is("https://login.example/organizations/v2.0", Some("organizations")));
        assert!(!issuer.is(
            &format!("https://login.example/{TENANT}/v2.0"),
            Some("11111111-2222-3333-4444-000000000000")
        ));
        assert!(issuer.is_for_some_tenant(&format!("https://login.example/{TENANT}/v2.0")));
        assert!(!issuer.is_for_some_tenant("https://login.example/{tenantid}/v2.0"));
        for other in [
            "https://evil.example/{tenantid}/v2.0",
            "https://{tenantid}",
            "{tenantid}",
            "https://login.example/org{tenantid}/v2.0",
            "https://login.example/{tenantid}",
            "https://login.example/{tenantid}/{tenantid}",
        ] {
            assert_eq!(read(address, other), None, "{other}");
        }
    }

    #[test]
    fn a_tenant_that_was_asked_for_is_the_only_one() {
        let address = format!("https://login.example/{TENANT}/v2.0/.well-known/openid-configuration");
        let issuer = read(&address, "https://login.example/{tenantid}/v2.0").unwrap();
        let other = "99999999-2222-3333-4444-555555555555";
        assert!(issuer.is_for_some_tenant(&format!("https://login.example/{TENANT}/v2.0")));
        assert!(!issuer.is_for_some_tenant(&format!("https://login.example/{other}/v2.0")));
    }
}
