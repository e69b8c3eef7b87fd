//! The ID token (OpenID Connect Core 1.0, section 3.1.3.7).

use aws_lc_rs::digest::{SHA256, digest};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use jiff::Timestamp;
use jsonwebtoken::errors::ErrorKind;
use jsonwebtoken::{Algorithm, Header, Validation};
use mpc_connect_core::failure::{Failure, FailureClass};
use mpc_connect_core::identity::{Identity, SignedIn};
use mpc_connect_core::remote_text::RemoteText;
use serde::Deserialize;
use subtle::ConstantTimeEq as _;

use super::issuer::{self, Issuer};
use super::keys::{KeySet, SigningKey};
use super::metadata::untrusted;

/// The difference of clocks that Microsoft's own libraries forgive, in seconds.
const LEEWAY: f64 = 300.0;
/// The tenant of all personal Microsoft accounts (Microsoft Learn, "ID token claims reference").
const PERSONAL_TENANT: &str = "9188040d-6c67-4c5b-b112-36a304b66dad";

/// What the token has to agree with.
pub(super) struct Expected<'e> {
    /// Who may have issued it.
    pub(super) issuer: &'e Issuer,
    /// For whom.
    pub(super) client_id: &'e str,
    /// The nonce of the attempt; `None` for the token of a refresh.
    pub(super) nonce: Option<&'e str>,
    /// The access token that came with it.
    pub(super) access_token: &'e str,
    /// This computer's clock.
    pub(super) now: Timestamp,
    /// The clock of the server that sent it.
    pub(super) server_time: Option<Timestamp>,
}

/// Why a token is not taken.
#[derive(Debug)]
pub(super) enum Refusal {
    /// No known key made the signature; a newer key set may hold the one that did.
    UnknownKey,
    /// For good.
    Final(Failure),
}

/// A token that passed.
#[derive(Debug)]
pub(super) struct Verified {
    /// Whose it is.
    pub(super) signed_in: SignedIn,
    /// Its `iss`.
    pub(super) issuer: String,
}

#[derive(Deserialize)]
struct Claims {
    iss: String,
    sub: String,
    aud: Audience,
    exp: f64,
    iat: f64,
    nbf: Option<f64>,
    azp: Option<String>,
    nonce: Option<String>,
    at_hash: Option<String>,
    tid: Option<String>,
    oid: Option<String>,
    preferred_username: Option<String>,
}

#[derive(Deserialize)]
#[serde(untagged)]
enum Audience {
    One(String),
    List(Vec<String>),
}

/// Checks signature, issuer, audience, nonce and time, in this order: time comes last, so that a wrong clock is told
/// apart from a wrong token.
///
/// # Errors
/// See [`Refusal`]; `CLOCK_WRONG` and `WRONG_ACCOUNT` (a personal account) are among the failures.
pub(super) fn validate(token: &str, keys: &KeySet, expected: &Expected<'_>) -> Result<Verified, Refusal> {
    let header = jsonwebtoken::decode_header(token).map_err(|_| refused("ID token: header"))?;
    if header.alg != Algorithm::RS256 || header.crit.is_some() {
        return Err(refused("ID token: algorithm"));
    }
    let (claims, key) = verified_claims(token, &header, keys)?;
    check_issuer(&claims, key, expected.issuer).map_err(Refusal::Final)?;
    check_audience(&claims, expected.client_id).map_err(Refusal::Final)?;
    check_bindings(&claims, expected).map_err(Refusal::Final)?;
    check_time(&claims, expected).map_err(Refusal::Final)?;
    if claims.tid.as_deref() == Some(PERSONAL_TENANT) {
        let failure = Failure::of(FailureClass::WrongAccount).with_code("personal account");
        return Err(Refusal::Final(failure));
    }
    Ok(Verified { issuer: claims.iss.clone(), signed_in: signed_in(claims) })
}

fn refused(what: &'static str) -> Refusal {
    Refusal::Final(untrusted(what))
}

/// The claims, and the key that made the signature. Addresses and keys in the header are never followed.
fn verified_claims<'k>(
    token: &str,
    header: &Header,
    keys: &'k KeySet,
) -> Result<(Claims, &'k SigningKey), Refusal> {
    let mut signature_only = Validation::new(Algorithm::RS256);
    signature_only.required_spec_claims.clear();
    signature_only.validate_exp = false;
    signature_only.validate_aud = false;
    let mut candidates = keys.candidates(header.kid.as_deref()).peekable();
    if candidates.peek().is_none() {
        return Err(Refusal::UnknownKey);
    }
    for key in candidates {
        match jsonwebtoken::decode::<Claims>(token, &key.key, &signature_only) {
            Ok(decoded) => return Ok((decoded.claims, key)),
            Err(error) if matches!(error.kind(), ErrorKind::InvalidSignature) => {}
            Err(error) if matches!(error.kind(), ErrorKind::Json(_)) => {
                return Err(refused("ID token: claims"));
            }
            Err(_) => return Err(refused("ID token: form")),
        }
    }
    if header.kid.is_none() { Err(Refusal::UnknownKey) } else { Err(refused("ID token: signature")) }
}

fn check_issuer(claims: &Claims, key: &SigningKey, issuer: &Issuer) -> Result<(), Failure> {
    let tid = claims.tid.as_deref();
    let key_fits = key.issuer.as_deref().is_none_or(|stated| issuer::filled(stated, tid) == claims.iss);
    if issuer.is(&claims.iss, tid) && key_fits { Ok(()) } else { Err(untrusted("ID token: iss")) }
}

fn check_audience(claims: &Claims, client_id: &str) -> Result<(), Failure> {
    let ours = match &claims.aud {
        Audience::One(audience) => audience == client_id,
        Audience::List(audiences) => matches!(audiences.as_slice(), [only] if only == client_id),
    };
    let party = claims.azp.as_deref().is_none_or(|party| party == client_id);
    if ours && party { Ok(()) } else { Err(untrusted("ID token: aud")) }
}

fn check_bindings(claims: &Claims, expected: &Expected<'_>) -> Result<(), Failure> {
    if claims.sub.is_empty() {
        return Err(untrusted("ID token: sub"));
    }
    if let Some(nonce) = expected.nonce {
        let stated = claims.nonce.as_deref().unwrap_or_default();
        if !bool::from(stated.as_bytes().ct_eq(nonce.as_bytes())) {
            return Err(untrusted("ID token: nonce"));
        }
    }
    let hash_fits = claims.at_hash.as_deref().is_none_or(|hash| hash == at_hash(expected.access_token));
    if hash_fits { Ok(()) } else { Err(untrusted("ID token: at_hash")) }
}

/// The left half of the hash (section 3.1.3.6).
fn at_hash(access_token: &str) -> String {
    let hash = digest(&SHA256, access_token.as_bytes());
    URL_SAFE_NO_PAD.encode(hash.as_ref().get(..16).unwrap_or_default())
}

fn check_time(claims: &Claims, expected: &Expected<'_>) -> Result<(), Failure> {
    let is_valid_at = |moment: Timestamp| {
        let now = moment.as_duration().as_secs_f64();
        claims.exp > now - LEEWAY
            && claims.iat < now + LEEWAY
            && claims.nbf.is_none_or(|nbf| nbf < now + LEEWAY)
    };
    if is_valid_at(expected.now) {
        return Ok(());
    }
    match expected.server_time {
        Some(server) if is_valid_at(server) => Err(Failure::of(FailureClass::ClockWrong)),
        Some(_) | None => Err(untrusted("ID token: time")),
    }
}

/// Source of the key: Microsoft Learn, "Secure applications and APIs by validating claims".
fn signed_in(claims: Claims) -> SignedIn {
    let (tenant, object) = match (claims.tid, claims.oid) {
        (Some(tid), Some(oid)) if !tid.is_empty() && !oid.is_empty() => (tid, oid),
        (_, _) => (claims.iss, claims.sub),
    };
    let username = claims.preferred_username.map(|name| RemoteText::clean(&name).as_str().to_owned());
    SignedIn { identity: Identity { tenant, object }, username: username.filter(|name| !name.is_empty()) }
}
