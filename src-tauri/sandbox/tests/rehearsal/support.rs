//! Starts the real program and speaks to it as the application would.

use std::io::{BufRead as _, BufReader};
use std::process::{Child, Command, Stdio};

use aws_lc_rs::digest::{SHA256, digest};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use reqwest::{Client, Response, redirect::Policy};
use serde_json::Value;
use url::Url;

use crate::scripted_browser::{Choices, Outcome, sign_in};

pub(crate) const CLIENT: &str = mpc_sandbox::accounts::CLIENT_ID;
pub(crate) const VERIFIER: &str = "a-verifier-that-is-long-enough-to-be-taken-for-one";
pub(crate) const DEEP_LINK: &str = mpc_sandbox::environment::DEFAULT_DEEP_LINK;

pub(crate) type Fields = Vec<(String, String)>;

pub(crate) struct Program {
    child: Child,
    pub(crate) ready: Value,
    pub(crate) client: Client,
}

impl Drop for Program {
    fn drop(&mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }
}

pub(crate) fn browser() -> Client {
    Client::builder().redirect(Policy::none()).no_proxy().build().unwrap()
}

pub(crate) fn spawn(arguments: &[&str]) -> Child {
    Command::new(env!("CARGO_BIN_EXE_mpc-sandbox"))
        .args(arguments)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap()
}

pub(crate) fn ready_line(child: &mut Child) -> Value {
    let mut line = String::new();
    BufReader::new(child.stdout.take().unwrap()).read_line(&mut line).unwrap();
    serde_json::from_str(&line).unwrap()
}

pub(crate) fn named(fields: &[(&str, &str)]) -> Fields {
    fields.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect()
}

/// Replaces fields, or drops those with an empty value.
pub(crate) fn changed(mut fields: Fields, changes: &[(&str, &str)]) -> Fields {
    for (name, value) in changes {
        fields.retain(|(known, _)| known != name);
        if !value.is_empty() {
            fields.push(((*name).to_owned(), (*value).to_owned()));
        }
    }
    fields
}

pub(crate) fn field(fields: &Fields, name: &str) -> Option<String> {
    fields.iter().find(|(known, _)| known == name).map(|(_, value)| value.clone())
}

/// Claims of a token whose signature is not in question.
pub(crate) fn claims(token: &str) -> Value {
    serde_json::from_slice(&URL_SAFE_NO_PAD.decode(token.split('.').nth(1).unwrap()).unwrap()).unwrap()
}

/// The JSON of a body that may begin with a byte order mark.
pub(crate) async fn json(response: Response) -> Value {
    let bytes = response.bytes().await.unwrap();
    let text = bytes.strip_prefix("\u{feff}".as_bytes()).unwrap_or(&bytes);
    serde_json::from_slice(text)
        .unwrap_or_else(|error| panic!("{error}: {}", String::from_utf8_lossy(&bytes)))
}

impl Program {
    pub(crate) fn start() -> Self {
        Self::with(&[])
    }

    pub(crate) fn with(arguments: &[&str]) -> Self {
        let mut child = spawn(arguments);
        let ready = ready_line(&mut child);
        Self { child, ready, client: browser() }
    }

    pub(crate) fn base(&self) -> &str {
        self.ready["base"].as_str().unwrap()
    }

    pub(crate) fn referrals_scope(&self) -> String {
        format!("{}/partner/user_impersonation", self.base())
    }

    pub(crate) fn profiles_scope(&self) -> String {
        format!("{}/partnercenter/user_impersonation", self.base())
    }

    pub(crate) fn request(&self) -> Fields {
        let scope =
            format!("openid profile offline_access {} {}", self.referrals_scope(), self.profiles_scope());
        let challenge = URL_SAFE_NO_PAD.encode(digest(&SHA256, VERIFIER.as_bytes()));
        named(&[
            ("client_id", CLIENT),
            ("response_type", "code"),
            ("redirect_uri", DEEP_LINK),
            ("scope", &scope),
            ("state", "state & more"),
            ("nonce", "nonce-1"),
            ("prompt", "select_account"),
            ("code_challenge", &challenge),
            ("code_challenge_method", "S256"),
        ])
    }

    pub(crate) fn authorize_address(&self, tenant: &str, changes: &[(&str, &str)]) -> String {
        let address = format!("{}/{tenant}/oauth2/v2.0/authorize", self.base());
        Url::parse_with_params(&address, changed(self.request(), changes)).unwrap().into()
    }

    pub(crate) async fn walk(&self, account: &str, changes: &[(&str, &str)], choices: Choices) -> Outcome {
        let address = self.authorize_address("organizations", changes);
        sign_in(&self.client, &address, account, choices).await
    }

    /// The fields of the deep link at the end of a sign-in.
    pub(crate) async fn answer(&self, account: &str, changes: &[(&str, &str)], choices: Choices) -> Fields {
        let outcome = self.walk(account, changes, choices).await;
        let Outcome::DeepLink(address) = &outcome else { panic!("{account}: {outcome:?}") };
        Url::parse(address).unwrap().query_pairs().into_owned().collect()
    }

    pub(crate) async fn code(&self, account: &str) -> String {
        let answer = self.answer(account, &[], Choices::default()).await;
        field(&answer, "code").unwrap_or_else(|| panic!("{account}: {answer:?}"))
    }

    pub(crate) fn redemption(&self, code: &str) -> Fields {
        named(&[
            ("client_id", CLIENT),
            ("grant_type", "authorization_code"),
            ("code", code),
            ("redirect_uri", DEEP_LINK),
            ("code_verifier", VERIFIER),
            ("scope", &self.referrals_scope()),
        ])
    }

    pub(crate) fn renewal(&self, refresh_token: &str, scope: &str) -> Fields {
        named(&[
            ("client_id", CLIENT),
            ("grant_type", "refresh_token"),
            ("refresh_token", refresh_token),
            ("scope", scope),
        ])
    }

    pub(crate) async fn token(&self, fields: &Fields) -> (u16, Value) {
        let address = format!("{}/organizations/oauth2/v2.0/token", self.base());
        let response = self.client.post(address).form(fields).send().await.unwrap();
        (response.status().as_u16(), json(response).await)
    }

    /// Signs in and redeems the code; the body of the token answer.
    pub(crate) async fn session(&self, account: &str) -> Value {
        let (status, body) = self.token(&self.redemption(&self.code(account).await)).await;
        assert_eq!(status, 200, "{body}");
        body
    }

    pub(crate) async fn refresh(&self, session: &Value, scope: &str) -> (u16, Value) {
        self.token(&self.renewal(session["refresh_token"].as_str().unwrap(), scope)).await
    }

    /// An access token for the classic API, from the session's refresh token.
    pub(crate) async fn profiles_token(&self, session: &Value) -> String {
        let (status, body) = self.refresh(session, &self.profiles_scope()).await;
        assert_eq!(status, 200, "{body}");
        body["access_token"].as_str().unwrap().to_owned()
    }

    pub(crate) async fn get(&self, path: &str, token: &str) -> Response {
        let request = self.client.get(format!("{}{path}", self.base())).bearer_auth(token);
        request.header("ValidateMfa", "true").send().await.unwrap()
    }

    pub(crate) async fn referrals(&self, session: &Value) -> Response {
        self.get("/v1.0/engagements/referrals", session["access_token"].as_str().unwrap()).await
    }

    pub(crate) async fn control(&self, method: &str, path: &str) -> (u16, Value) {
        let address = format!("{}{path}", self.ready["control"].as_str().unwrap());
        let response = browser().request(method.parse().unwrap(), address).send().await.unwrap();
        let status = response.status().as_u16();
        let text = response.text().await.unwrap();
        (status, serde_json::from_str(&text).unwrap_or_default())
    }

    pub(crate) async fn switch_on(&self, fault: &str) {
        assert_eq!(self.control("PUT", &format!("/faults/{fault}")).await.0, 200, "{fault}");
    }

    pub(crate) async fn switch_off(&self, fault: &str) {
        assert_eq!(self.control("DELETE", &format!("/faults/{fault}")).await.0, 200, "{fault}");
    }
}
