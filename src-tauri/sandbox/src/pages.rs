//! The pages that a person sees in the browser. Everything that came from outside is escaped.

use axum::http::{StatusCode, header};
use axum::response::{Html, IntoResponse, Response};

use crate::aadsts::{Cause, Refusal};
use crate::accounts::{PASSWORD, SECOND_FACTOR};
use crate::grants::unguessable;
use crate::reply::{Answer, ResponseMode, ReturnAddress};

const STYLE: &str = "body{font:1rem/1.5 system-ui,sans-serif;margin:0;background:#f3f2f1;color:#201f1e}\
    .rehearsal{margin:0;padding:.5rem 1rem;background:#5c2e91;color:#fff;text-align:center}\
    main{max-width:27rem;margin:2rem auto;padding:1.5rem 2rem 2rem;background:#fff;border:1px solid #8a8886}\
    h1{font-size:1.5rem;margin:0 0 1rem}label{display:block;font-weight:600}\
    input{font:inherit;width:100%;box-sizing:border-box;padding:.5rem;border:1px solid #605e5c}\
    .problem{color:#a4262c;font-weight:600}.actions{display:flex;gap:.75rem;margin-top:1.5rem}\
    button,.button{font:inherit;padding:.5rem 1.25rem;border:1px solid #0f6cbd;background:#0f6cbd;color:#fff;\
    text-decoration:none}button.second{background:#fff;color:#0b5394}\
    :focus-visible{outline:3px solid #201f1e;outline-offset:2px}dt{font-weight:600}dd{margin:0 0 .5rem}\
    dd,h1,p{overflow-wrap:anywhere}";

/// Text as it may stand in HTML, between tags and in quoted attributes.
pub(crate) fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\'' => escaped.push_str("&#39;"),
            other => escaped.push(other),
        }
    }
    escaped
}

fn page(status: StatusCode, title: &str, content: &str, script: &str) -> Response {
    let title = escape(title);
    let nonce = unguessable(1);
    let script = if script.is_empty() {
        String::new()
    } else {
        format!("<script nonce=\"{nonce}\">{script}</script>")
    };
    let html = format!(
        "<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\">\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\
         <link rel=\"icon\" href=\"data:,\"><title>{title} · Sandbox</title><style>{STYLE}</style></head><body>\
         <header class=\"rehearsal\">Sandbox – rehearsal, not Microsoft</header>\
         <main><h1>{title}</h1>{content}</main>{script}</body></html>"
    );
    let policy = format!(
        "default-src 'none'; style-src 'unsafe-inline'; script-src 'nonce-{nonce}'; img-src data:; base-uri 'none'; frame-ancestors 'none'"
    );
    let headers = [
        (header::CONTENT_SECURITY_POLICY, policy),
        (header::CACHE_CONTROL, "no-store, no-cache".into()),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff".into()),
        (header::REFERRER_POLICY, "strict-origin-when-cross-origin".into()),
    ];
    (status, headers, Html(html)).into_response()
}

/// The form of an interaction: where it posts to and which sign-in it belongs to.
pub(crate) struct Form<'a> {
    pub(crate) action: &'a str,
    pub(crate) flow: &'a str,
    pub(crate) problem: Option<Cause>,
}

impl Form<'_> {
    fn html(&self, content: &str, button: &str) -> String {
        let problem = self.problem.map_or_else(String::new, |cause| {
            let text = escape(&format!("{} (AADSTS{})", cause.sentence, cause.number));
            format!("<p class=\"problem\" id=\"problem\" role=\"alert\">{text}</p>")
        });
        format!(
            "{problem}<form method=\"post\" action=\"{action}\">\
             <input type=\"hidden\" name=\"flow\" value=\"{flow}\">{content}<div class=\"actions\">\
             <button type=\"submit\" name=\"action\" value=\"continue\">{button}</button>\
             <button type=\"submit\" name=\"action\" value=\"cancel\" class=\"second\" formnovalidate>Cancel</button>\
             </div></form>",
            action = escape(self.action),
            flow = escape(self.flow),
        )
    }

    fn field(&self, name: &str, label: &str, attributes: &str, hint: &str) -> String {
        let problem = if self.problem.is_some() { "problem " } else { "" };
        let invalid = if self.problem.is_some() { " aria-invalid=\"true\"" } else { "" };
        format!(
            "<label for=\"{name}\">{label}</label>\
             <input id=\"{name}\" name=\"{name}\" {attributes} required autofocus \
             aria-describedby=\"{problem}hint\"{invalid}><p id=\"hint\">{hint}</p>"
        )
    }

    /// Asks for the account.
    pub(crate) fn account(&self, prefilled: &str) -> Response {
        let attributes = format!(
            "type=\"text\" inputmode=\"email\" autocomplete=\"username\" autocapitalize=\"none\" \
             spellcheck=\"false\" value=\"{}\"",
            escape(prefilled)
        );
        let field = self.field("username", "Account", &attributes, "For example svc-cosell@contoso.example");
        page(StatusCode::OK, "Sign in", &self.html(&field, "Next"), "")
    }

    /// Asks for the password.
    pub(crate) fn password(&self, upn: &str) -> Response {
        let hint = format!("In the rehearsal every account has the password {PASSWORD}");
        let field =
            self.field("password", "Password", "type=\"password\" autocomplete=\"current-password\"", &hint);
        let upn = escape(upn);
        // The hidden field tells a password manager whose password this is.
        let content =
            format!("<p>{upn}</p><input hidden readonly autocomplete=\"username\" value=\"{upn}\">{field}");
        page(StatusCode::OK, "Enter password", &self.html(&content, "Sign in"), "")
    }

    /// Asks for the second factor.
    pub(crate) fn second_factor(&self, upn: &str) -> Response {
        let hint = format!("In the rehearsal the code is always {SECOND_FACTOR}");
        let field = self.field(
            "code",
            "Code",
            "type=\"text\" inputmode=\"numeric\" autocomplete=\"one-time-code\"",
            &hint,
        );
        let content = format!("<p>{}</p>{field}", escape(upn));
        page(StatusCode::OK, "Verify that it is you", &self.html(&content, "Verify"), "")
    }

    /// Asks for consent to what stands in `permissions`, for one person or, with `company`, for a whole directory.
    pub(crate) fn consent(&self, upn: &str, company: Option<&str>, permissions: &[&str]) -> Response {
        let items: String =
            permissions.iter().map(|permission| format!("<li>{}</li>", escape(permission))).collect();
        let whom = company.map_or_else(String::new, |company| {
            format!("<p>Your answer counts for everybody at {}.</p>", escape(company))
        });
        let content = format!(
            "<p>{}</p><p>MPC Connect (rehearsal) would like to:</p><ul>{items}</ul>{whom}",
            escape(upn)
        );
        let title = if company.is_some() {
            "Permissions requested for your organization"
        } else {
            "Permissions requested"
        };
        page(StatusCode::OK, title, &self.html(&content, "Accept"), "")
    }
}

/// A page on which the sign-in ends. The real one has no way back; here `back` gives one.
pub(crate) fn stop(refusal: &Refusal, back: Option<(&ReturnAddress, Answer)>) -> Response {
    let rows: String = refusal
        .evidence()
        .iter()
        .map(|(label, value)| format!("<dt>{label}</dt><dd>{}</dd>", escape(value)))
        .collect();
    let way_back = back.map_or_else(String::new, |(address, answer)| way_back(address, &answer));
    let content = format!(
        "<p class=\"problem\" role=\"alert\">{}</p><dl>{rows}</dl>{way_back}",
        escape(&refusal.headline())
    );
    page(StatusCode::OK, "Sorry, but we cannot sign you in", &content, "")
}

fn way_back(address: &ReturnAddress, fields: &Answer) -> String {
    const LABEL: &str = "Return to the app";
    match address.mode {
        ResponseMode::Query => {
            format!("<p><a class=\"button\" href=\"{}\">{LABEL}</a></p>", escape(&address.address(fields)))
        }
        ResponseMode::FormPost => posting_form(address.redirect.as_str(), fields, LABEL),
    }
}

fn posting_form(action: &str, fields: &Answer, button: &str) -> String {
    let inputs: String = fields
        .iter()
        .map(|(name, value)| {
            format!("<input type=\"hidden\" name=\"{}\" value=\"{}\">", escape(name), escape(value))
        })
        .collect();
    format!(
        "<form method=\"post\" action=\"{}\">{inputs}<div class=\"actions\"><button type=\"submit\">{button}</button></div></form>",
        escape(action)
    )
}

/// Posts the answer to the application by itself; the button serves where scripts are off.
pub(crate) fn form_post(action: &str, fields: &Answer) -> Response {
    let content = posting_form(action, fields, "Continue");
    page(StatusCode::OK, "Going back to the app", &content, "document.forms[0].submit()")
}

/// Says that an approval was recorded, where there is no application to go back to.
pub(crate) fn approved(company: &str) -> Response {
    let content = format!(
        "<p>The permissions were granted for {}. You can close this page; people can sign in to the app now.</p>",
        escape(company)
    );
    page(StatusCode::OK, "Approved", &content, "")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_cannot_leave_its_place() {
        assert_eq!(escape("<a href=\"x\">'&"), "&lt;a href=&quot;x&quot;&gt;&#39;&amp;");
    }
}
