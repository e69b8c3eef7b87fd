//! What the authorization server remembers: sign-ins under way, codes, tokens, consent.

use std::collections::HashMap;
use std::sync::Arc;
use std::time::{Duration, Instant};

use uuid::Uuid;

use crate::accounts::Account;
use crate::interaction::Flow;
use crate::resource::{Resource, Scopes};

/// How long a code may be redeemed (<https://learn.microsoft.com/en-us/entra/identity-platform/v2-oauth2-auth-code-flow>).
pub(crate) const CODE_LIFETIME: Duration = Duration::from_secs(600);
/// After this time an unfinished sign-in or a code is forgotten.
const FORGOTTEN_AFTER: Duration = Duration::from_secs(3600);
/// Real refresh tokens are long; a short one would hide the limits of a keychain.
const REFRESH_TOKEN_WORDS: usize = 48;

/// A completed interactive sign-in; every code and token of it points here.
pub(crate) struct SignIn {
    pub(crate) account: &'static Account,
    pub(crate) scopes: Scopes,
    pub(crate) nonce: Option<String>,
    pub(crate) at: Instant,
    /// Whether the second factor was given.
    pub(crate) second_factor: bool,
    /// Whether the request carried the claims of the challenge.
    pub(crate) claims_met: bool,
}

/// An authorization code.
pub(crate) struct Code {
    pub(crate) sign_in: Arc<SignIn>,
    pub(crate) redirect_uri: String,
    pub(crate) challenge: String,
    pub(crate) issued: Instant,
    pub(crate) redeemed: bool,
}

/// A refresh token.
pub(crate) struct Refresh {
    pub(crate) sign_in: Arc<SignIn>,
    /// Whether a newer one was issued for it.
    pub(crate) used: bool,
    pub(crate) revoked: bool,
}

/// An access token.
pub(crate) struct Access {
    pub(crate) sign_in: Arc<SignIn>,
    pub(crate) resource: Resource,
    pub(crate) expires: Instant,
}

/// Everything that `POST /reset` forgets.
#[derive(Default)]
pub(crate) struct Ledger {
    flows: HashMap<String, Flow>,
    pub(crate) codes: HashMap<String, Code>,
    pub(crate) refresh: HashMap<String, Refresh>,
    pub(crate) access: HashMap<String, Access>,
    /// By object id and resource. There is one client, so it is no part of the key.
    consents: HashMap<(&'static str, Resource), Instant>,
    /// By directory id and resource.
    approvals: HashMap<(&'static str, Resource), Instant>,
}

impl Ledger {
    /// Keeps a sign-in until its next page is posted, under a name that cannot be guessed.
    pub(crate) fn keep_flow(&mut self, flow: Flow) -> String {
        self.flows.retain(|_, kept| kept.started.elapsed() < FORGOTTEN_AFTER);
        let name = unguessable(1);
        self.flows.insert(name.clone(), flow);
        name
    }

    /// Takes a sign-in out; a second post of the same page finds nothing.
    pub(crate) fn take_flow(&mut self, name: &str) -> Option<Flow> {
        self.flows.remove(name)
    }

    pub(crate) fn issue_code(&mut self, code: Code) -> String {
        self.codes.retain(|_, kept| kept.issued.elapsed() < FORGOTTEN_AFTER);
        let name = format!("1.{}", unguessable(4));
        self.codes.insert(name.clone(), code);
        name
    }

    pub(crate) fn issue_refresh(&mut self, sign_in: Arc<SignIn>) -> String {
        let name = format!("1.{}", unguessable(REFRESH_TOKEN_WORDS));
        self.refresh.insert(name.clone(), Refresh { sign_in, used: false, revoked: false });
        name
    }

    pub(crate) fn keep_access(&mut self, token: String, access: Access) {
        let now = Instant::now();
        self.access.retain(|_, kept| kept.expires > now);
        self.access.insert(token, access);
    }

    /// Revokes the refresh tokens of an account, as a changed password does.
    pub(crate) fn revoke(&mut self, account: &Account) {
        for refresh in self.refresh.values_mut().filter(|refresh| refresh.sign_in.account == account) {
            refresh.revoked = true;
        }
    }

    pub(crate) fn consent(&mut self, account: &'static Account, resources: &[Resource]) {
        for resource in resources {
            self.consents.insert((account.object_id, *resource), Instant::now());
        }
    }

    pub(crate) fn approve(&mut self, account: &'static Account, resources: &[Resource]) {
        for resource in resources {
            self.approvals.insert((account.tenant.id, *resource), Instant::now());
        }
    }

    /// When the person, and when the directory, consented to a resource.
    pub(crate) fn consented(&self, account: &Account, resource: Resource) -> impl Iterator<Item = Instant> {
        let own = self.consents.get(&(account.object_id, resource));
        let directory = self.approvals.get(&(account.tenant.id, resource));
        own.into_iter().chain(directory).copied()
    }
}

/// Random characters, 122 bits in each word.
pub(crate) fn unguessable(words: usize) -> String {
    (0..words).map(|_| Uuid::new_v4().simple().to_string()).collect()
}
