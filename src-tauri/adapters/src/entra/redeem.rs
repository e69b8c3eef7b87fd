//! Token requests: the redemption of a code, and the use of a refresh token.

use std::borrow::Cow;
use std::sync::Arc;

use mpc_connect_core::classify::TokenStage;
use mpc_connect_core::environment::Environment;
use mpc_connect_core::failure::{Failure, FailureClass};
use mpc_connect_core::ports::{Grant, Resource};
use mpc_connect_core::secret::{AccessToken, RefreshToken};
use oauth2::{AuthorizationCode, PkceCodeVerifier, Scope};
use secrecy::ExposeSecret as _;

use super::Entra;
use super::attempt::{Attempt, Code};
use super::exchange::{Carrier, Receipt};
use super::id_token::{Expected, Refusal, Verified, validate};
use super::keys::KeySet;
use super::metadata::{Metadata, untrusted};
use super::token::{self, Fields};
use super::{Now, authorize};
use crate::http::Attempts;

impl Entra {
    /// Redeems the code of an attempt. It is taken out of memory first, so that it is sent once whatever happens.
    ///
    /// # Errors
    /// See [`mpc_connect_core::ports::Authority::redeem`].
    pub(super) async fn redeem_code(&self, attempt: &Attempt) -> Result<Grant, Failure> {
        let Code { code, issuer, verifier } = attempt.take_code()?;
        let metadata = &attempt.metadata;
        let client = token::client(&self.environment, metadata);
        let needed = &self.environment.referrals.scope;
        let carrier = Carrier::new(&self.http, Attempts::CODE);
        let request = client
            .exchange_code(AuthorizationCode::new(code.expose_secret().to_owned()))
            .set_pkce_verifier(PkceCodeVerifier::new(verifier.expose_secret().to_owned()))
            .set_redirect_uri(Cow::Owned(authorize::redirect(&attempt.redirect)?))
            .add_extra_param("scope", scope_of(needed))
            .request_async(&carrier);
        let (keys, outcome) = tokio::join!(self.discovery.keys(metadata), request);
        let (fields, receipt) = carrier.settle(TokenStage::Code, (self.now)(), outcome)?;
        let nonce = Some(attempt.nonce.expose_secret());
        let first = async {
            let token = Token { fields: &fields, receipt: &receipt, nonce };
            let verified = self.verify(&token, &keys?, metadata).await?;
            let verified = verified.ok_or_else(|| untrusted("no ID token"))?;
            if issuer.is_some_and(|issuer| issuer != verified.issuer) {
                return Err(untrusted("authorization response: iss"));
            }
            fields.check_scope(needed)?;
            if fields.refresh().is_none() {
                return Err(Failure::of(FailureClass::AppMisconfigured).with_code("no refresh token"));
            }
            Ok(verified)
        };
        let verified = first.await.map_err(|failure| noted(failure, &receipt))?;
        Ok(grant(&fields, receipt, Some(verified)))
    }

    /// Uses the refresh token for one resource.
    ///
    /// # Errors
    /// See [`mpc_connect_core::ports::Authority::refresh`].
    pub(super) async fn use_refresh_token(
        &self,
        refresh: &RefreshToken,
        resource: Resource,
    ) -> Result<Grant, Failure> {
        let (needed, stage) = needed(&self.environment, resource)?;
        let metadata = self.discovery.metadata().await?;
        let client = token::client(&self.environment, &metadata);
        let carrier = Carrier::new(&self.http, Attempts::REFRESH);
        let refresh = oauth2::RefreshToken::new(refresh.expose().to_owned());
        let request = client
            .exchange_refresh_token(&refresh)
            .add_scope(Scope::new(scope_of(needed)))
            .request_async(&carrier);
        let (keys, outcome) = tokio::join!(self.discovery.keys(&metadata), request);
        let (fields, receipt) = carrier.settle(stage, (self.now)(), outcome)?;
        let checked = async {
            let token = Token { fields: &fields, receipt: &receipt, nonce: None };
            let verified = self.verify(&token, &keys?, &metadata).await?;
            fields.check_scope(needed).map(|()| verified)
        };
        match checked.await {
            Ok(verified) => Ok(grant(&fields, receipt, verified)),
            Err(failure) if is_distrust(&failure) => Err(noted(failure, &receipt)),
            Err(failure) => {
                let problem = Some(noted(failure, &receipt));
                Ok(Grant { problem, ..grant(&fields, receipt, None) })
            }
        }
    }

    /// Validates the ID token, with newer keys where the known ones do not hold its signature's.
    async fn verify(
        &self,
        token: &Token<'_>,
        keys: &Arc<KeySet>,
        metadata: &Metadata,
    ) -> Result<Option<Verified>, Failure> {
        let Some(text) = token.fields.id_token.as_ref() else { return Ok(None) };
        let expected = token.expected(&self.environment, metadata, &self.now);
        match validate(text.secret(), keys, &expected) {
            Ok(verified) => return Ok(Some(verified)),
            Err(Refusal::Final(failure)) => return Err(failure),
            Err(Refusal::UnknownKey) => {}
        }
        let newer = self.discovery.keys_after(keys, metadata, expected.now).await?;
        match newer.map(|keys| validate(text.secret(), &keys, &expected)) {
            Some(Ok(verified)) => Ok(Some(verified)),
            Some(Err(Refusal::Final(failure))) => Err(failure),
            Some(Err(Refusal::UnknownKey)) | None => Err(untrusted("ID token: unknown key")),
        }
    }
}

/// A token answer that is being checked.
struct Token<'t> {
    fields: &'t Fields,
    receipt: &'t Receipt,
    nonce: Option<&'t str>,
}

impl<'t> Token<'t> {
    fn expected(&self, environment: &'t Environment, metadata: &'t Metadata, now: &Now) -> Expected<'t> {
        let now = now();
        Expected {
            issuer: &metadata.issuer,
            client_id: &environment.client_id,
            nonce: self.nonce,
            access_token: self.fields.access(),
            now,
            server_time: self.receipt.server_time(now),
        }
    }
}

fn needed(environment: &Environment, resource: Resource) -> Result<(&str, TokenStage), Failure> {
    match resource {
        Resource::Referrals => Ok((&environment.referrals.scope, TokenStage::Refresh)),
        Resource::Profiles => environment
            .profiles
            .as_ref()
            .map(|profiles| (profiles.scope.as_str(), TokenStage::SecondResource))
            .ok_or_else(|| Failure::of(FailureClass::AppMisconfigured).with_code("no profiles")),
    }
}

/// One resource at a time: Entra ID refuses two in one token request (AADSTS28000).
fn scope_of(resource: &str) -> String {
    format!("{resource} openid profile offline_access")
}

/// Whether the ID token itself must not be trusted; then nothing that came with it is kept
/// (OpenID Connect Core 1.0, section 12.2). Keys that cannot be read or a wrong clock say nothing against it.
fn is_distrust(failure: &Failure) -> bool {
    matches!(failure.class, FailureClass::UnexpectedAnswer | FailureClass::WrongAccount)
}

fn noted(failure: Failure, receipt: &Receipt) -> Failure {
    failure.with_correlation_id(receipt.correlation_id.clone())
}

fn grant(fields: &Fields, receipt: Receipt, verified: Option<Verified>) -> Grant {
    Grant {
        signed_in: verified.map(|verified| verified.signed_in),
        refresh: fields.refresh().map(RefreshToken::new),
        access: AccessToken::new(fields.access()),
        correlation_id: receipt.correlation_id,
        problem: None,
    }
}
