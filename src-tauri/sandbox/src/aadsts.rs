//! Refusals as Entra ID words them: a number, a sentence, and the ids that support asks for.

use jiff::Timestamp;
use serde_json::{Value, json};
use uuid::Uuid;

/// Why Entra ID refuses. The numbers are Microsoft's
/// (<https://learn.microsoft.com/en-us/entra/identity-platform/reference-error-codes>); the sentences are the sandbox's.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Cause {
    /// The number after `AADSTS`.
    pub number: u32,
    /// The OAuth error word.
    pub error: &'static str,
    /// Microsoft's finer word, where there is one.
    pub suberror: Option<&'static str>,
    /// What happened, in a sentence.
    pub sentence: &'static str,
}

const fn cause(
    number: u32,
    error: &'static str,
    suberror: Option<&'static str>,
    sentence: &'static str,
) -> Cause {
    Cause { number, error, suberror, sentence }
}

macro_rules! causes {
    ($($(#[$doc:meta])* $name:ident = $number:literal, $error:literal, $suberror:expr, $sentence:literal;)+) => {
        $($(#[$doc])* pub const $name: Cause = cause($number, $error, $suberror, $sentence);)+
    };
}

causes! {
    /// The scope names two resources in one token request.
    TWO_RESOURCES = 28000, "invalid_request", None, "One token can serve one resource; the scope names several.";
    /// The redirect address is not registered.
    REDIRECT_UNKNOWN = 50011, "invalid_request", None, "The redirect URI in the request is not among those registered for the application.";
    /// The redirect address differs from that of the authorize request.
    REDIRECT_DIFFERS = 500112, "invalid_grant", None, "The redirect URI differs from the one for which the code was issued.";
    /// The account belongs to another directory.
    OTHER_DIRECTORY = 50020, "access_denied", None, "This account comes from an identity provider or directory that has no access to the application here.";
    /// No such account.
    ACCOUNT_UNKNOWN = 50034, "access_denied", None, "The account does not exist in the directory.";
    /// The account is disabled.
    ACCOUNT_DISABLED = 50057, "access_denied", None, "The account is disabled.";
    /// Nothing can be done silently.
    NO_SESSION = 50058, "login_required", None, "A silent sign-in was asked for, but nobody is signed in.";
    /// The page was used twice or is too old.
    FLOW_UNKNOWN = 50089, "invalid_request", None, "This sign-in is no longer under way. Start it again from the application.";
    /// Wrong password.
    PASSWORD_WRONG = 50126, "invalid_grant", None, "The user name or the password is wrong.";
    /// Wrong second factor.
    FACTOR_WRONG = 500121, "invalid_grant", None, "The second factor was not accepted.";
    /// No or an unusable code challenge.
    CHALLENGE_INVALID = 50147, "invalid_request", None, "The PKCE code challenge is missing or malformed; S256 is required.";
    /// The code verifier does not fit.
    VERIFIER_WRONG = 501481, "invalid_grant", None, "The code verifier does not match the code challenge of the authorize request.";
    /// The password was changed, sessions were revoked.
    GRANT_REVOKED = 50173, "invalid_grant", Some("bad_token"), "The grant was revoked, for example because the password was changed; a fresh sign-in is needed.";
    /// Conditional Access.
    POLICY_BLOCKED = 53003, "access_denied", Some("message_only"), "Conditional Access policies of the directory block this sign-in; no token is issued.";
    /// The code was used before.
    CODE_REDEEMED = 54005, "invalid_grant", None, "The authorization code was already redeemed; a new one is needed.";
    /// Consent is missing or was withdrawn.
    CONSENT_MISSING = 65001, "invalid_grant", Some("consent_required"), "Neither the user nor an administrator has consented to the application's use of this resource.";
    /// Somebody pressed Cancel on the permissions page.
    CONSENT_DECLINED = 65004, "access_denied", None, "The user declined to consent to the application.";
    /// A grant that nobody issued.
    GRANT_UNKNOWN = 70000, "invalid_grant", Some("bad_token"), "The grant is not valid.";
    /// A refresh token that was used before.
    GRANT_REPLAYED = 70000, "invalid_grant", Some("bad_token"), "The grant is not valid: a newer refresh token was issued in its place.";
    /// Unknown grant type.
    GRANT_TYPE_UNKNOWN = 70003, "unsupported_grant_type", None, "The grant type is not supported.";
    /// The code was issued by another directory's address.
    OTHER_TENANT_GRANT = 700005, "invalid_grant", None, "The grant was issued for another directory.";
    /// No such application.
    CLIENT_UNKNOWN = 700016, "unauthorized_client", None, "No application with this client id was found in the directory.";
    /// A public client sent a secret.
    CLIENT_IS_PUBLIC = 700025, "invalid_client", None, "The client is public: it must send neither a client secret nor an assertion.";
    /// The response type is not `code`.
    RESPONSE_TYPE = 700054, "unsupported_response_type", None, "The response type is not enabled for the application; use code.";
    /// The code is older than ten minutes.
    CODE_EXPIRED = 70008, "invalid_grant", None, "The authorization code has expired.";
    /// The refresh token was idle too long.
    GRANT_IDLE = 700082, "invalid_grant", Some("bad_token"), "The refresh token has expired because it was not used for 90 days.";
    /// A scope that does not exist.
    SCOPE_UNKNOWN = 70011, "invalid_scope", None, "The scope is not valid.";
    /// No such directory.
    TENANT_UNKNOWN = 90002, "invalid_request", None, "The directory was not found.";
    /// Parameters that cannot stand together or have no meaning.
    PARAMETER_INVALID = 90023, "invalid_request", None, "A parameter of the request is not valid, or cannot stand beside another.";
    /// Only an administrator may approve, and this is none.
    NOT_AN_ADMIN = 90093, "access_denied", None, "Only an administrator of the directory may approve the application for everybody.";
    /// An administrator must approve first.
    APPROVAL_NEEDED = 90094, "access_denied", None, "The application needs permissions that only an administrator of the directory can grant.";
    /// A parameter is missing.
    PARAMETER_MISSING = 900144, "invalid_request", None, "The body of the request lacks a required parameter.";
    /// The shared authority cannot do this.
    TENANT_NEEDED = 90124, "invalid_request", None, "This is not supported over the common address; name a directory.";
}

/// One occurrence of a refusal: the cause with its ids and time.
#[derive(Debug, Clone)]
pub struct Refusal {
    /// Why.
    pub cause: Cause,
    trace_id: Uuid,
    correlation_id: Uuid,
    timestamp: String,
}

impl Refusal {
    /// A refusal that happens at `now`; `correlation_id` is the caller's own id, where it sent one.
    pub fn new(cause: Cause, correlation_id: Option<Uuid>, now: Timestamp) -> Self {
        Self {
            cause,
            trace_id: Uuid::new_v4(),
            correlation_id: correlation_id.unwrap_or_else(Uuid::new_v4),
            timestamp: now.strftime("%Y-%m-%d %H:%M:%SZ").to_string(),
        }
    }

    /// The lines under a refusal, label and value.
    pub fn evidence(&self) -> [(&'static str, String); 3] {
        [
            ("Trace ID", self.trace_id.to_string()),
            ("Correlation ID", self.correlation_id.to_string()),
            ("Timestamp", self.timestamp.clone()),
        ]
    }

    /// The number and the sentence.
    pub fn headline(&self) -> String {
        format!("AADSTS{}: {}", self.cause.number, self.cause.sentence)
    }

    /// The whole `error_description`, lines ended by CR LF.
    pub fn description(&self) -> String {
        let evidence = self.evidence().map(|(label, value)| format!("\r\n{label}: {value}")).concat();
        format!("{}{evidence}", self.headline())
    }

    /// The body of the token endpoint's answer.
    pub fn body(&self, base: &str) -> Value {
        let mut body = json!({
            "error": self.cause.error,
            "error_description": self.description(),
            "error_codes": [self.cause.number],
            "timestamp": self.timestamp,
            "trace_id": self.trace_id,
            "correlation_id": self.correlation_id,
            "error_uri": format!("{base}/error?code={}", self.cause.number),
        });
        if let (Some(suberror), Some(body)) = (self.cause.suberror, body.as_object_mut()) {
            body.insert("suberror".into(), suberror.into());
        }
        body
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_refusal_carries_number_ids_and_suberror() {
        let id = Uuid::new_v4();
        let refusal = Refusal::new(GRANT_IDLE, Some(id), Timestamp::UNIX_EPOCH);
        let body = refusal.body("http://127.0.0.1:1");
        assert_eq!(body["error_codes"], json!([700082]));
        assert_eq!(body["correlation_id"], id.to_string());
        assert_eq!(body["suberror"], "bad_token");
        let description = body["error_description"].as_str().unwrap();
        assert!(description.starts_with("AADSTS700082: "));
        assert!(description.contains("\r\nTrace ID: "));
        assert!(description.ends_with("\r\nTimestamp: 1970-01-01 00:00:00Z"));
    }
}
