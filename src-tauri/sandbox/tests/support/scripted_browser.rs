//! A browser in a few lines: it walks the sandbox's pages as a person would and hands the answer to the application.
//!
//! Other packages include this file with `#[path]`; it needs `reqwest` (with `form`) and `url` alone. The client must
//! not follow redirects by itself: `reqwest::Client::builder().redirect(reqwest::redirect::Policy::none())`.

use url::Url;

/// The most pages that one sign-in may take.
const LONGEST_WALK: usize = 12;

/// What the person types and presses.
#[derive(Debug, Clone)]
pub(crate) struct Choices {
    /// Typed into the field `password`.
    pub(crate) password: String,
    /// Typed into the field `code`.
    pub(crate) code: String,
    /// The button beside which Cancel is pressed instead: Next, Sign in, Verify or Accept.
    pub(crate) cancel_beside: Option<&'static str>,
    /// Whether "Return to the app" is pressed where a page offers it.
    pub(crate) return_to_app: bool,
    /// The `Origin` of the form posted to the application: `null`, as after a redirect between sites, or the page's.
    pub(crate) origin_null: bool,
}

impl Default for Choices {
    fn default() -> Self {
        Self {
            password: "Sandbox-1".into(),
            code: "000000".into(),
            cancel_beside: None,
            return_to_app: true,
            origin_null: false,
        }
    }
}

/// Where the walk ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Outcome {
    /// The browser was sent to an address of a custom scheme, which the operating system would open.
    DeepLink(String),
    /// The application's loopback listener got the answer and replied.
    Delivered {
        /// HTTP status of the reply.
        status: u16,
        /// Body of the reply.
        body: String,
    },
    /// A page that leads nowhere; its visible text.
    Stopped(String),
    /// Something a browser would not get past: no connection, a page without an end.
    Lost(String),
}

/// Opens `address`, signs in as `account` and delivers the answer.
pub(crate) async fn sign_in(
    client: &reqwest::Client,
    address: &str,
    account: &str,
    choices: Choices,
) -> Outcome {
    walk(client, address, account, &choices).await.unwrap_or_else(Outcome::Lost)
}

enum Step {
    Get(Url),
    Post(Url, Vec<(String, String)>),
    End(Outcome),
}

async fn walk(
    client: &reqwest::Client,
    address: &str,
    account: &str,
    choices: &Choices,
) -> Result<Outcome, String> {
    let mut here = Url::parse(address).map_err(|error| error.to_string())?;
    let home = here.origin();
    let mut step = Step::Get(here.clone());
    for _ in 0..LONGEST_WALK {
        let (request, target) = match step {
            Step::End(outcome) => return Ok(outcome),
            Step::Get(target) | Step::Post(target, _) if !matches!(target.scheme(), "http" | "https") => {
                return Ok(Outcome::DeepLink(target.into()));
            }
            Step::Get(target) => (client.get(target.clone()), target),
            Step::Post(target, fields) => {
                let foreign = target.origin() != home;
                let origin =
                    if foreign && choices.origin_null { "null".into() } else { home.ascii_serialization() };
                (client.post(target.clone()).header("origin", origin).form(&fields), target)
            }
        };
        let response = request.send().await.map_err(|error| format!("{target}: {error:?}"))?;
        let status = response.status();
        let location =
            response.headers().get("location").and_then(|value| value.to_str().ok()).map(str::to_owned);
        let body = response.text().await.map_err(|error| error.to_string())?;
        if target.origin() != home {
            return Ok(Outcome::Delivered { status: status.as_u16(), body });
        }
        here = target;
        step = match location {
            Some(location) if status.is_redirection() => {
                Step::Get(here.join(&location).map_err(|error| error.to_string())?)
            }
            _ => act(&Page::read(&body), &here, account, choices)?,
        };
    }
    Err(format!("no end after {LONGEST_WALK} pages, at {here}"))
}

/// What the person does on a page.
fn act(page: &Page, here: &Url, account: &str, choices: &Choices) -> Result<Step, String> {
    let absolute = |address: &str| here.join(address).map_err(|error| error.to_string());
    let leaving = |text: &str| text == "Continue" || (choices.return_to_app && text == "Return to the app");
    if let Some((_, address)) = page.links.iter().find(|(text, _)| leaving(text)) {
        return Ok(Step::Get(absolute(address)?));
    }
    let stuck = || Ok(Step::End(Outcome::Stopped(page.text.clone())));
    let Some(form) = page.forms.first() else { return stuck() };
    let Some(first) = form.buttons.first() else { return stuck() };
    let known = ["Next", "Sign in", "Verify", "Accept"].contains(&first.text.as_str());
    if !(leaving(&first.text) || (known && !page.has_problem)) {
        return stuck();
    }
    let cancel = choices.cancel_beside == Some(first.text.as_str());
    let button = form.buttons.iter().find(|button| cancel && button.text == "Cancel").unwrap_or(first);
    let mut fields: Vec<(String, String)> = form
        .inputs
        .iter()
        .map(|(name, value)| {
            let typed = match name.as_str() {
                "username" if known => account,
                "password" if known => &choices.password,
                "code" if known => &choices.code,
                _ => value,
            };
            (name.clone(), typed.to_owned())
        })
        .collect();
    if !button.name.is_empty() {
        fields.push((button.name.clone(), button.value.clone()));
    }
    Ok(Step::Post(absolute(&form.action)?, fields))
}

#[derive(Default)]
struct Page {
    forms: Vec<Form>,
    links: Vec<(String, String)>,
    text: String,
    has_problem: bool,
}

#[derive(Default)]
struct Form {
    action: String,
    inputs: Vec<(String, String)>,
    buttons: Vec<Button>,
}

#[derive(Default)]
struct Button {
    text: String,
    name: String,
    value: String,
}

impl Page {
    /// Reads the few elements that matter; every piece is a tag and the text behind it.
    fn read(html: &str) -> Self {
        let mut page = Self::default();
        for piece in html.split('<').skip(1) {
            let (tag, text) = piece.split_once('>').unwrap_or((piece, ""));
            let text = unescape(text);
            let name = tag.split_ascii_whitespace().next().unwrap_or_default();
            if !matches!(name, "style" | "script" | "title") {
                page.text.push_str(&text);
                page.text.push(' ');
            }
            page.has_problem |= attribute(tag, "class") == "problem";
            match (name, page.forms.last_mut()) {
                ("form", _) => page.forms.push(Form { action: attribute(tag, "action"), ..Form::default() }),
                ("a", _) => page.links.push((text, attribute(tag, "href"))),
                ("input", Some(form)) => form.inputs.push((attribute(tag, "name"), attribute(tag, "value"))),
                ("button", Some(form)) => {
                    let (name, value) = (attribute(tag, "name"), attribute(tag, "value"));
                    form.buttons.push(Button { text, name, value });
                }
                _ => {}
            }
        }
        page
    }
}

/// The value of a double-quoted attribute, or nothing.
fn attribute(tag: &str, name: &str) -> String {
    let value = tag.split_once(&format!(" {name}=\"")).and_then(|(_, rest)| rest.split_once('"'));
    value.map_or_else(String::new, |(value, _)| unescape(value))
}

fn unescape(text: &str) -> String {
    let plain = text.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"").replace("&#39;", "'");
    plain.replace("&amp;", "&")
}
