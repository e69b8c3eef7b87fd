//! The admin-consent endpoint: an administrator approves the application for a whole directory
//! (<https://learn.microsoft.com/en-us/entra/identity-platform/v2-admin-consent>).

use axum::extract::{Path, Query, State};
use axum::http::HeaderMap;
use axum::response::Response;

use crate::aadsts::{self, Cause, Refusal};
use crate::accounts::{Account, Authority};
use crate::authorize::{Halt, return_address};
use crate::interaction::{Flow, Parameters, Purpose, show, stop};
use crate::pages;
use crate::reply::{Answer, ReturnAddress, is_known_client};
use crate::resource::Scopes;
use crate::state::{Sandbox, Shared};

/// A valid request for an approval.
pub(crate) struct ApprovalRequest {
    /// Absent when the request named no redirect: then a page ends it.
    pub(crate) back: Option<ReturnAddress>,
    pub(crate) scopes: Scopes,
    scope: String,
}

/// `GET /{tenant}/v2.0/adminconsent`.
pub(crate) async fn admin_consent(
    State(sandbox): State<Shared>,
    Path(segment): Path<String>,
    headers: HeaderMap,
    Query(pairs): Query<Vec<(String, String)>>,
) -> Response {
    let parameters = Parameters(pairs);
    let back = match parameters.get("redirect_uri").map(|_| return_address(&sandbox, &parameters)).transpose()
    {
        Ok(back) => back,
        Err(Halt { cause, back }) => return stop(&sandbox, &headers, cause, back.as_deref(), true),
    };
    match check(&sandbox, &parameters, &segment) {
        Ok((authority, scopes, scope)) => {
            let request = ApprovalRequest { back, scopes, scope };
            show(&sandbox, Flow::new(segment, authority, Purpose::Approval(request)), None)
        }
        Err(cause) => stop(&sandbox, &headers, cause, back.as_ref(), true),
    }
}

fn check(
    sandbox: &Sandbox,
    parameters: &Parameters,
    segment: &str,
) -> Result<(Authority, Scopes, String), Cause> {
    let authority = Authority::parse(segment).ok_or(aadsts::TENANT_UNKNOWN)?;
    if authority == Authority::Common {
        return Err(aadsts::TENANT_NEEDED);
    }
    if !is_known_client(parameters.get("client_id")) {
        return Err(aadsts::CLIENT_UNKNOWN);
    }
    let scope = parameters.get("scope").ok_or(aadsts::PARAMETER_MISSING)?;
    let scopes = Scopes::parse(scope, &sandbox.base).map_err(|_word| aadsts::SCOPE_UNKNOWN)?;
    Ok((authority, scopes, scope.to_owned()))
}

/// Stands in every answer of this endpoint, a refusal included.
pub(crate) fn marker() -> Answer {
    vec![("admin_consent", "True".into())]
}

/// The administrator accepted.
pub(crate) fn granted(request: &ApprovalRequest, account: &Account) -> Response {
    let Some(back) = &request.back else { return pages::approved(account.tenant.company) };
    let mut answer = marker();
    answer.push(("tenant", account.tenant.id.into()));
    answer.push(("scope", request.scope.clone()));
    back.deliver(answer)
}

/// The administrator pressed Cancel.
pub(crate) fn declined(request: &ApprovalRequest, refusal: &Refusal) -> Response {
    let Some(back) = &request.back else { return pages::stop(refusal, None) };
    let mut answer = marker();
    answer.push(("error", "consent_required".into()));
    answer.push(("error_description", refusal.description()));
    back.deliver(answer)
}
