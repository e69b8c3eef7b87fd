//! An OpenID provider on this computer that keeps to the standards but for one deviation.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard};

use aws_lc_rs::digest::{SHA256, digest};
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode, Uri};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use axum::{Form, Json, Router};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use jiff::Timestamp;
use serde_json::{Value, json};
use tokio::net::TcpListener;
use url::Url;
use uuid::Uuid;

use super::entra_keys::{Key, Signing};

pub(crate) const CLIENT: &str = "the-client";
pub(crate) const SUBJECT: &str = "subject-1";

/// What the provider does differently. Each function changes what it is about to send.
#[derive(Clone, Copy)]
pub(crate) struct Deviation {
    pub(crate) metadata: fn(&mut Value),
    pub(crate) jwks: fn(&mut Value),
    pub(crate) header: fn(&mut Value),
    pub(crate) claims: fn(&mut Value),
    pub(crate) answer: fn(&mut Value),
    pub(crate) signing: Signing,
    pub(crate) refusal: Option<(u16, &'static str)>,
}

impl Deviation {
    pub(crate) const NONE: Self = Self {
        metadata: |_| {},
        jwks: |_| {},
        header: |_| {},
        claims: |_| {},
        answer: |_| {},
        signing: Signing::Rs256,
        refusal: None,
    };
}

struct Issued {
    nonce: String,
    challenge: String,
    redirect: String,
}

/// One request to the token endpoint.
#[derive(Clone, Debug)]
pub(crate) struct TokenRequest {
    pub(crate) headers: HeaderMap,
    pub(crate) form: HashMap<String, String>,
}

struct Inner {
    base: String,
    deviation: Deviation,
    keys: Vec<Key>,
    codes: HashMap<String, Issued>,
    refresh: String,
    seen: Vec<String>,
    token_requests: Vec<TokenRequest>,
}

type Shared = Arc<Mutex<Inner>>;

/// The provider, until it is dropped with its runtime.
#[derive(Clone)]
pub(crate) struct Provider(Shared);

/// What the provider's last page sends to the redirect.
pub(crate) struct Consent {
    pub(crate) redirect: Url,
    pub(crate) fields: Vec<(String, String)>,
}

impl Provider {
    pub(crate) async fn start(deviation: Deviation) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let inner = Inner {
            base: format!("http://{}", listener.local_addr().unwrap()),
            deviation,
            keys: vec![Key::generate()],
            codes: HashMap::new(),
            refresh: String::new(),
            seen: Vec::new(),
            token_requests: Vec::new(),
        };
        let shared = Arc::new(Mutex::new(inner));
        let router = Router::new()
            .route("/organizations/v2.0/.well-known/openid-configuration", get(metadata))
            .route("/keys", get(keys))
            .route("/token", post(token))
            .fallback(StatusCode::NOT_FOUND)
            .with_state(Arc::clone(&shared));
        tokio::spawn(async move { axum::serve(listener, router).await });
        Self(shared)
    }

    fn inner(&self) -> MutexGuard<'_, Inner> {
        self.0.lock().unwrap()
    }

    pub(crate) fn base(&self) -> String {
        self.inner().base.clone()
    }

    pub(crate) fn deviate(&self, deviation: Deviation) {
        self.inner().deviation = deviation;
    }

    /// Publishes one more key and signs with it; with `forget`, the older ones are gone.
    pub(crate) fn new_key(&self, forget: bool) {
        let mut inner = self.inner();
        if forget {
            inner.keys.clear();
        }
        inner.keys.push(Key::generate());
    }

    /// How often a path was asked for.
    pub(crate) fn asked(&self, path: &str) -> usize {
        self.inner().seen.iter().filter(|seen| *seen == path).count()
    }

    pub(crate) fn token_requests(&self) -> Vec<TokenRequest> {
        self.inner().token_requests.clone()
    }

    /// The person signed in and agreed at this address.
    pub(crate) fn consent(&self, address: &str) -> Consent {
        let asked: HashMap<String, String> =
            Url::parse(address).unwrap().query_pairs().into_owned().collect();
        let mut inner = self.inner();
        let code = Uuid::new_v4().to_string();
        let (redirect, challenge) = (asked["redirect_uri"].clone(), asked["code_challenge"].clone());
        let issued = Issued { nonce: asked["nonce"].clone(), challenge, redirect: redirect.clone() };
        inner.codes.insert(code.clone(), issued);
        let field = |name: &str, value: &str| (name.to_owned(), value.to_owned());
        let mut fields = vec![field("code", &code), field("state", &asked["state"])];
        let stated = inner.metadata();
        if stated["authorization_response_iss_parameter_supported"] == true {
            fields.push(field("iss", stated["issuer"].as_str().unwrap()));
        }
        Consent { redirect: Url::parse(&redirect).unwrap(), fields }
    }
}

impl Inner {
    fn metadata(&self) -> Value {
        let base = &self.base;
        let mut document = json!({
            "issuer": format!("{base}/organizations/v2.0"),
            "authorization_endpoint": format!("{base}/authorize"),
            "token_endpoint": format!("{base}/token"),
            "jwks_uri": format!("{base}/keys"),
            "userinfo_endpoint": format!("{base}/userinfo"),
        });
        (self.deviation.metadata)(&mut document);
        document
    }

    fn id_token(&self, access: &str, nonce: Option<&str>) -> String {
        let now = Timestamp::now().as_second();
        let hash = digest(&SHA256, access.as_bytes());
        let key = self.keys.last().unwrap();
        let mut claims = json!({
            "iss": format!("{}/organizations/v2.0", self.base), "sub": SUBJECT, "aud": CLIENT,
            "exp": now + 3600, "iat": now, "nbf": now, "at_hash": URL_SAFE_NO_PAD.encode(&hash.as_ref()[..16]),
            "preferred_username": "svc-cosell@contoso.example",
        });
        if let Some(nonce) = nonce {
            claims["nonce"] = nonce.into();
        }
        let algorithm = match self.deviation.signing {
            Signing::Rs256 | Signing::Rs256Broken => "RS256",
            Signing::Hs256 => "HS256",
            Signing::Es256 => "ES256",
            Signing::Nothing => "none",
        };
        let mut header = json!({"typ": "JWT", "alg": algorithm, "kid": key.id});
        (self.deviation.header)(&mut header);
        (self.deviation.claims)(&mut claims);
        key.sign(&header, &claims, self.deviation.signing)
    }

    fn grant(&mut self, nonce: Option<&str>) -> Value {
        let access = format!("access-{}", Uuid::new_v4());
        self.refresh = format!("refresh-{}", Uuid::new_v4());
        let mut answer = json!({
            "access_token": access, "token_type": "Bearer", "expires_in": 3599,
            "refresh_token": self.refresh, "id_token": self.id_token(&access, nonce),
        });
        (self.deviation.answer)(&mut answer);
        answer
    }

    fn redeem(&mut self, form: &HashMap<String, String>) -> Option<Value> {
        let of = |name: &str| form.get(name).map(String::as_str).unwrap_or_default();
        if of("client_id") != CLIENT {
            return None;
        }
        if of("grant_type") == "refresh_token" {
            return (of("refresh_token") == self.refresh).then(|| self.grant(None));
        }
        let issued = self.codes.remove(of("code"))?;
        let challenge = URL_SAFE_NO_PAD.encode(digest(&SHA256, of("code_verifier").as_bytes()));
        let proven = challenge == issued.challenge && of("redirect_uri") == issued.redirect;
        proven.then(|| self.grant(Some(&issued.nonce)))
    }
}

async fn metadata(State(shared): State<Shared>) -> Json<Value> {
    let mut inner = shared.lock().unwrap();
    inner.seen.push("/metadata".to_owned());
    Json(inner.metadata())
}

async fn keys(State(shared): State<Shared>) -> Json<Value> {
    let mut inner = shared.lock().unwrap();
    inner.seen.push("/keys".to_owned());
    let keys: Vec<Value> = inner.keys.iter().map(Key::jwk).collect();
    let mut set = json!({"keys": keys});
    (inner.deviation.jwks)(&mut set);
    Json(set)
}

async fn token(
    State(shared): State<Shared>,
    uri: Uri,
    headers: HeaderMap,
    Form(form): Form<HashMap<String, String>>,
) -> Response {
    assert_eq!(uri.query(), None, "nothing of a token request stands in an address");
    let mut inner = shared.lock().unwrap();
    inner.seen.push("/token".to_owned());
    inner.token_requests.push(TokenRequest { headers, form: form.clone() });
    if let Some((status, body)) = inner.deviation.refusal {
        let kind = [("content-type", "application/json")];
        return (StatusCode::from_u16(status).unwrap(), kind, body).into_response();
    }
    match inner.redeem(&form) {
        Some(answer) => Json(answer).into_response(),
        None => (StatusCode::BAD_REQUEST, Json(json!({"error": "invalid_grant"}))).into_response(),
    }
}
