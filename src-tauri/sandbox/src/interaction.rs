//! A sign-in under way: one page after the other, until an answer goes back or the sign-in stops.

use std::collections::HashSet;
use std::sync::Arc;
use std::time::Instant;

use axum::extract::{Form, Path, State};
use axum::http::HeaderMap;
use axum::response::Response;
use uuid::Uuid;

use crate::aadsts::{self, Cause};
use crate::accounts::{self, Account, Authority, Gate, PASSWORD, SECOND_FACTOR};
use crate::admin_consent::{self, ApprovalRequest};
use crate::authorize::SignInRequest;
use crate::faults::Fault;
use crate::grants::{Code, SignIn};
use crate::pages;
use crate::reply::{Answer, ReturnAddress};
use crate::resource::{Resource, Scopes};
use crate::state::Sandbox;
use crate::state::Shared;

/// Names and values of a query or a form.
pub(crate) struct Parameters(pub(crate) Vec<(String, String)>);

impl Parameters {
    /// The first value of that name; an empty one counts as absent (RFC 6749, section 3.1).
    pub(crate) fn get(&self, name: &str) -> Option<&str> {
        let found = self.0.iter().find(|(key, _)| key == name);
        found.map(|(_, value)| value.as_str()).filter(|value| !value.is_empty())
    }

    /// Whether a name occurs twice, which OAuth forbids (RFC 6749, section 3.1).
    pub(crate) fn has_repetition(&self) -> bool {
        let mut seen = HashSet::new();
        !self.0.iter().all(|(name, _)| seen.insert(name))
    }
}

/// What the pages are walked for.
pub(crate) enum Purpose {
    /// A person signs in to the application.
    SignIn(Box<SignInRequest>),
    /// An administrator approves the application for a directory.
    Approval(ApprovalRequest),
}

impl Purpose {
    fn back(&self) -> Option<&ReturnAddress> {
        match self {
            Self::SignIn(request) => Some(&request.back),
            Self::Approval(request) => request.back.as_ref(),
        }
    }

    fn scopes(&self) -> &Scopes {
        match self {
            Self::SignIn(request) => &request.scopes,
            Self::Approval(request) => &request.scopes,
        }
    }
}

/// The page that stands open.
#[derive(Clone, Copy)]
enum Stage {
    Account,
    Password(&'static Account),
    SecondFactor(&'static Account),
    Consent(&'static Account),
}

/// A sign-in under way.
pub(crate) struct Flow {
    segment: String,
    authority: Authority,
    purpose: Purpose,
    stage: Stage,
    second_factor: bool,
    pub(crate) started: Instant,
}

impl Flow {
    pub(crate) fn new(segment: String, authority: Authority, purpose: Purpose) -> Self {
        Self {
            segment,
            authority,
            purpose,
            stage: Stage::Account,
            second_factor: false,
            started: Instant::now(),
        }
    }

    fn at(self, stage: Stage) -> Self {
        Self { stage, ..self }
    }

    fn halt(self, sandbox: &Sandbox, headers: &HeaderMap, cause: Cause) -> Response {
        stop(sandbox, headers, cause, self.purpose.back(), matches!(self.purpose, Purpose::Approval(_)))
    }
}

/// Keeps the flow and shows the page it stands at.
pub(crate) fn show(sandbox: &Sandbox, flow: Flow, problem: Option<Cause>) -> Response {
    let (stage, action) = (flow.stage, format!("/{}/login", flow.segment));
    let hint = match &flow.purpose {
        Purpose::SignIn(request) => request.login_hint.clone().unwrap_or_default(),
        Purpose::Approval(_) => String::new(),
    };
    let approval = matches!(flow.purpose, Purpose::Approval(_));
    let permissions = permissions(flow.purpose.scopes());
    let name = sandbox.ledger().keep_flow(flow);
    let form = pages::Form { action: &action, flow: &name, problem };
    match stage {
        Stage::Account => form.account(&hint),
        Stage::Password(account) => form.password(account.upn),
        Stage::SecondFactor(account) => form.second_factor(account.upn),
        Stage::Consent(account) => {
            form.consent(account.upn, approval.then_some(account.tenant.company), &permissions)
        }
    }
}

fn permissions(scopes: &Scopes) -> Vec<&'static str> {
    let basic = scopes.openid.then_some("Sign you in and read your name");
    let offline = scopes.offline_access.then_some("Keep access to data you have given it access to");
    scopes.resources.iter().copied().map(Resource::title).chain(basic).chain(offline).collect()
}

/// Ends the sign-in on a page, as Entra ID does, with a link back unless a fault leaves it out.
pub(crate) fn stop(
    sandbox: &Sandbox,
    headers: &HeaderMap,
    cause: Cause,
    back: Option<&ReturnAddress>,
    approval: bool,
) -> Response {
    let refusal = sandbox.refusal(cause, headers);
    let back = back.filter(|_| !sandbox.faults.is_on(Fault::PagesNeverReturn)).map(|back| {
        let mut answer: Answer = if approval { admin_consent::marker() } else { Answer::new() };
        answer.push(("error", cause.error.into()));
        answer.push(("error_description", refusal.description()));
        (back, back.fields(answer))
    });
    pages::stop(&refusal, back)
}

/// `POST /{tenant}/login`: the person pressed a button.
pub(crate) async fn login(
    State(sandbox): State<Shared>,
    Path(_segment): Path<String>,
    headers: HeaderMap,
    Form(pairs): Form<Vec<(String, String)>>,
) -> Response {
    let form = Parameters(pairs);
    let flow = form.get("flow").and_then(|name| sandbox.ledger().take_flow(name));
    let Some(flow) = flow else { return stop(&sandbox, &headers, aadsts::FLOW_UNKNOWN, None, false) };
    if form.get("action") == Some("cancel") {
        return cancel(&sandbox, &headers, flow);
    }
    match flow.stage {
        Stage::Account => account_named(&sandbox, &headers, flow, form.get("username").unwrap_or_default()),
        Stage::Password(account) if form.get("password") == Some(PASSWORD) => {
            password_given(&sandbox, &headers, flow, account)
        }
        Stage::Password(_) => show(&sandbox, flow, Some(aadsts::PASSWORD_WRONG)),
        Stage::SecondFactor(account) if form.get("code") == Some(SECOND_FACTOR) => {
            authenticated(&sandbox, &headers, Flow { second_factor: true, ..flow }, account)
        }
        Stage::SecondFactor(_) => show(&sandbox, flow, Some(aadsts::FACTOR_WRONG)),
        Stage::Consent(_) if sandbox.faults.is_on(Fault::ConsentDeclined) => cancel(&sandbox, &headers, flow),
        Stage::Consent(account) => accepted(&sandbox, flow, account),
    }
}

fn account_named(sandbox: &Sandbox, headers: &HeaderMap, flow: Flow, name: &str) -> Response {
    match accounts::find(name) {
        None => flow.halt(sandbox, headers, aadsts::ACCOUNT_UNKNOWN),
        Some(account) if account.gate == Gate::Personal || !flow.authority.admits(account.tenant) => {
            flow.halt(sandbox, headers, aadsts::OTHER_DIRECTORY)
        }
        Some(account) => show(sandbox, flow.at(Stage::Password(account)), None),
    }
}

fn password_given(sandbox: &Sandbox, headers: &HeaderMap, flow: Flow, account: &'static Account) -> Response {
    if account.gate == Gate::Disabled {
        return flow.halt(sandbox, headers, aadsts::ACCOUNT_DISABLED);
    }
    if sandbox.faults.is_on(Fault::ConditionalAccess) {
        return flow.halt(sandbox, headers, aadsts::POLICY_BLOCKED);
    }
    let asked = match &flow.purpose {
        Purpose::SignIn(request) => request.asks_mfa || !sandbox.faults.is_on(Fault::MfaOnlyWhenAsked),
        Purpose::Approval(_) => false,
    };
    if asked && account.gate == Gate::SecondFactor {
        show(sandbox, flow.at(Stage::SecondFactor(account)), None)
    } else {
        authenticated(sandbox, headers, flow, account)
    }
}

fn authenticated(sandbox: &Sandbox, headers: &HeaderMap, flow: Flow, account: &'static Account) -> Response {
    let request = match &flow.purpose {
        Purpose::Approval(_) if account.tenant_admin => {
            return show(sandbox, flow.at(Stage::Consent(account)), None);
        }
        Purpose::Approval(_) => return flow.halt(sandbox, headers, aadsts::NOT_AN_ADMIN),
        Purpose::SignIn(request) => request,
    };
    let granted = request.scopes.resources.iter().all(|resource| sandbox.has_consent(account, *resource));
    if account.tenant.approval_required && !account.tenant_admin && !granted {
        return flow.halt(sandbox, headers, aadsts::APPROVAL_NEEDED);
    }
    if granted && !request.asks_consent {
        return signed_in(sandbox, request, account, flow.second_factor);
    }
    show(sandbox, flow.at(Stage::Consent(account)), None)
}

fn accepted(sandbox: &Sandbox, flow: Flow, account: &'static Account) -> Response {
    match flow.purpose {
        Purpose::SignIn(request) => {
            sandbox.ledger().consent(account, &request.scopes.resources);
            signed_in(sandbox, &request, account, flow.second_factor)
        }
        Purpose::Approval(request) => {
            sandbox.ledger().approve(account, &request.scopes.resources);
            admin_consent::granted(&request, account)
        }
    }
}

fn signed_in(
    sandbox: &Sandbox,
    request: &SignInRequest,
    account: &'static Account,
    second_factor: bool,
) -> Response {
    let sign_in = Arc::new(SignIn {
        account,
        scopes: request.scopes.clone(),
        nonce: request.nonce.clone(),
        at: Instant::now(),
        second_factor,
        claims_met: request.claims_met,
    });
    let code = sandbox.ledger().issue_code(Code {
        sign_in,
        redirect_uri: request.back.spelling.clone(),
        challenge: request.challenge.clone(),
        issued: Instant::now(),
        redeemed: false,
    });
    request.back.deliver(vec![("code", code), ("session_state", Uuid::new_v4().to_string())])
}

/// Cancel: on the permissions page a refusal with its number, before it a mere withdrawal.
fn cancel(sandbox: &Sandbox, headers: &HeaderMap, flow: Flow) -> Response {
    let declined = matches!(flow.stage, Stage::Consent(_));
    let description = if declined {
        sandbox.refusal(aadsts::CONSENT_DECLINED, headers).description()
    } else {
        "The user left the sign-in.".to_owned()
    };
    match flow.purpose {
        Purpose::SignIn(request) => request.back.deliver(vec![
            ("error", "access_denied".into()),
            ("error_subcode", "cancel".into()),
            ("error_description", description),
        ]),
        Purpose::Approval(request) => {
            let refusal = sandbox.refusal(aadsts::CONSENT_DECLINED, headers);
            admin_consent::declined(&request, &refusal)
        }
    }
}
