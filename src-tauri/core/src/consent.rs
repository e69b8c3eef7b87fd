//! The link by which an administrator approves the permissions for the whole company.
//!
//! Source: Microsoft Learn, "Admin consent on the Microsoft identity platform".

use url::Url;

use crate::environment::Environment;
use crate::username::MicrosoftUsername;

/// What Entra ID's metadata address ends in, after the tenant.
const METADATA_PATH: &str = "v2.0/.well-known/openid-configuration";

/// The approval link for the username's directory, for both resources; buildable before any sign-in.
///
/// `None` where the environment's provider is not shaped like Entra ID and has no such page.
#[must_use]
pub fn link(environment: &Environment, username: &MicrosoftUsername) -> Option<Url> {
    let path = environment.metadata.path().strip_prefix('/')?;
    let (_tenant, rest) = path.split_once('/')?;
    if rest != METADATA_PATH {
        return None;
    }
    let scopes: Vec<&str> = std::iter::once(&environment.referrals)
        .chain(environment.profiles.iter())
        .map(|resource| resource.scope.as_str())
        .collect();
    let mut link = environment.metadata.clone();
    link.set_query(None);
    link.path_segments_mut().ok()?.clear().extend([username.domain(), "v2.0", "adminconsent"]);
    link.query_pairs_mut()
        .append_pair("client_id", &environment.client_id)
        .append_pair("scope", &scopes.join(" "))
        .append_pair("redirect_uri", environment.loopback.as_str())
        .append_pair("state", "approval");
    Some(link)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_link_names_the_directory_the_app_and_both_resources() {
        let environment = Environment::public(Some("app-id")).expect("set up");
        let username = MicrosoftUsername::parse("jane@northwind.example").expect("a username");
        let link = link(&environment, &username).expect("Entra ID has the page");
        assert_eq!(link.host_str(), Some("login.microsoftonline.com"));
        assert_eq!(link.path(), "/northwind.example/v2.0/adminconsent");
        let pairs: std::collections::HashMap<_, _> = link.query_pairs().into_owned().collect();
        assert_eq!(pairs["client_id"], "app-id");
        assert_eq!(
            pairs["scope"],
            "https://api.partner.microsoft.com/user_impersonation https://api.partnercenter.microsoft.com/user_impersonation"
        );
    }

    #[test]
    fn other_providers_have_no_such_page() {
        let text = r#"
name = "lab"
metadata = "http://127.0.0.1:9000/.well-known/openid-configuration"
client_id = "lab"
[referrals]
base = "http://127.0.0.1:9000/referrals"
scope = "read"
"#;
        let environment = Environment::parse(text).expect("a good file");
        let username = MicrosoftUsername::parse("jane@northwind.example").expect("a username");
        assert_eq!(link(&environment, &username), None);
    }
}
