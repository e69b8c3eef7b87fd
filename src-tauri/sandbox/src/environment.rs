//! The environment file that points MPC Connect at the sandbox.

use serde::Serialize;

use crate::accounts::CLIENT_ID;
use crate::resource::Resource;

/// The environment's name unless another is given.
pub const DEFAULT_NAME: &str = "sandbox-rehearsal";
/// The custom-scheme redirect of development builds.
pub const DEFAULT_DEEP_LINK: &str = "com.mpc-connect.desktop.dev://auth";

#[derive(Serialize)]
struct Environment<'a> {
    name: &'a str,
    metadata: String,
    client_id: &'a str,
    prompt: &'a str,
    deep_link: &'a str,
    loopback: &'a str,
    referrals: Api,
    profiles: Api,
}

#[derive(Serialize)]
struct Api {
    base: String,
    scope: String,
}

/// The file's text, TOML.
pub(crate) fn text(name: &str, base: &str, deep_link: &str) -> Result<String, toml::ser::Error> {
    toml::to_string(&Environment {
        name,
        metadata: format!("{base}/organizations/v2.0/.well-known/openid-configuration"),
        client_id: CLIENT_ID,
        prompt: "select_account",
        deep_link,
        loopback: "http://localhost/auth",
        referrals: Api {
            base: format!("{base}/v1.0/engagements/referrals"),
            scope: Resource::Referrals.scope(base),
        },
        profiles: Api { base: base.to_owned(), scope: Resource::PartnerCenter.scope(base) },
    })
}

/// Reads an environment name: 1 to 32 of `a-z`, `0-9` and `-`, and neither `public` nor `sandbox`.
pub fn parse_name(name: &str) -> Result<String, String> {
    let shaped = (1..=32).contains(&name.len())
        && name.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-');
    match name {
        "public" | "sandbox" => Err("this name is taken".into()),
        _ if shaped => Ok(name.to_owned()),
        _ => Err("use 1 to 32 of a-z, 0-9 and -".into()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_keep_to_the_rule() {
        assert!(parse_name(DEFAULT_NAME).is_ok());
        for bad in ["", "public", "sandbox", "Upper", "with space", &"a".repeat(33)] {
            assert!(parse_name(bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn the_file_names_every_address() {
        let text = text("lab", "http://127.0.0.1:9", DEFAULT_DEEP_LINK).unwrap();
        let table: toml::Table = text.parse().unwrap();
        assert_eq!(
            table["metadata"].as_str(),
            Some("http://127.0.0.1:9/organizations/v2.0/.well-known/openid-configuration")
        );
        assert_eq!(
            table["referrals"]["scope"].as_str(),
            Some("http://127.0.0.1:9/partner/user_impersonation")
        );
        assert_eq!(table["profiles"]["base"].as_str(), Some("http://127.0.0.1:9"));
    }
}
