//! Messages to others who have a part in the migration.

use super::foreign::{name, say, word};
use super::wrap::wrapped;
use crate::record::Settings;
use crate::words::Text;

/// Most names of flows in a message; Microsoft's own solution has nine.
const MOST_FLOWS: usize = 50;

/// To be filled in by hand: MIG-2 asks for it, and the message is written in MIG-1.
const BLANK: &str = "________";

/// The first message to WorkSpan Support (MIG-1). A company that was not told yet is a blank to be filled in.
#[must_use]
pub fn support_message(settings: &Settings) -> String {
    let company = told(settings.company.as_deref()).unwrap_or_else(|| BLANK.to_owned());
    let contact = told(settings.contact.as_deref());
    let contact = contact.map(|contact| say(&Text::new("support-message.contact").with("contact", contact)));
    let company = say(&Text::new("support-message.company").with("company", company));
    let facts: Vec<_> = std::iter::once(company).chain(contact).collect();
    let paragraphs = [
        word("message-greeting"),
        word("support-message.subject"),
        facts.join("\n"),
        word("support-message.question"),
        word("message-thanks"),
    ];
    letter(&paragraphs)
}

/// The message to whoever owns the Power Automate flows; `names` has one a line.
///
/// Where flows are found and the names of Microsoft's solution: Microsoft Learn, "Co-sell connector for Dynamics 365
/// CRM" and "... for Salesforce CRM"; make.powerautomate.com.
#[must_use]
pub fn power_automate_message(names: &str, settings: &Settings) -> String {
    let ask = match told(settings.company.as_deref()) {
        Some(company) => say(&Text::new("flows-message.ask-company").with("company", company)),
        None => word("flows-message.ask"),
    };
    let names: Vec<_> = names.lines().map(name).filter(|line| !line.is_empty()).take(MOST_FLOWS).collect();
    let flows = if names.is_empty() {
        word("flows-message.no-names")
    } else {
        let rows = names.iter().map(|line| format!("- {line}"));
        std::iter::once(word("flows-message.names")).chain(rows).collect::<Vec<_>>().join("\n")
    };
    let contact = told(settings.contact.as_deref());
    let contact = contact.map(|contact| say(&Text::new("flows-message.contact").with("contact", contact)));
    let paragraphs = [
        word("message-greeting"),
        ask,
        word("flows-message.not-yet"),
        flows,
        word("flows-message.place"),
        word("flows-message.order"),
        word("flows-message.then"),
        word("flows-message.answer"),
        contact.unwrap_or_default(),
        word("message-thanks"),
    ];
    letter(&paragraphs)
}

fn told(value: Option<&str>) -> Option<String> {
    value.map(name).filter(|value| !value.is_empty())
}

/// Paragraphs with an empty line between them; empty ones are left out.
pub(super) fn letter(paragraphs: &[String]) -> String {
    let filled: Vec<_> =
        paragraphs.iter().map(String::as_str).filter(|paragraph| !paragraph.is_empty()).collect();
    wrapped(&filled.join("\n\n"))
}
