//! Nothing that others wrote does anything, and nothing that must stay here leaves.

use super::super::{html, it_text, mail, power_automate_message, summary, support_message};
use super::page::elements;
use super::samples::{ACCOUNT, REQUEST, Sample, TENANT, all, inactive};
use crate::open_item::OpenItemId;
use crate::remote_text::RemoteText;

const OBJECT: &str = "object-of-the-account";
const HOSTILE: [&str; 6] = [
    "<img src=x onerror=\"alert('1')\">",
    "'\"><script>alert(1)</script>",
    "\u{202E}evitca\u{202C}\u{2066}x\0y\u{7}",
    "name\r\nConnection status: Active\u{2028}Open items: None",
    "</style></title></main>&lt;b&gt;{ $label } { report-title }",
    "svc-cosell@contoso.com of 8a6e0c3c-1f6e-4d0a-9a52-b2a1b6c74f2a",
];

/// Every text of the state that somebody else may have written.
fn poisoned(mut sample: Sample, text: &str) -> Sample {
    let record = &mut sample.state.record;
    record.settings.company = Some(text.to_owned());
    record.settings.contact = Some(text.to_owned());
    record.settings.computer_label = Some(text.to_owned());
    if let Some(credential) = &mut record.credential {
        credential.signed_in_as = Some(format!("{text}@{text}.com"));
    }
    if let Some(organization) = &mut record.organization {
        organization.name = text.to_owned();
    }
    for id in OpenItemId::ALL {
        let mut item = crate::open_item::OpenItem::asked(id, sample.now);
        item.note = Some(text.to_owned());
        item.done_by = Some(text.to_owned());
        item.arrived_at = (id == OpenItemId::Role).then_some(sample.now);
        record.open_items.retain(|known| known.id != id);
        record.open_items.push(item);
    }
    let failures = record.last_report.iter_mut().flat_map(|report| &mut report.checks);
    let failures = failures.filter_map(|check| check.failure.as_mut());
    for failure in failures.chain(&mut record.verdict.failure) {
        failure.code = Some(text.to_owned());
        failure.quotation = Some(RemoteText::clean(text));
    }
    sample
}

fn everything(sample: &Sample) -> Vec<String> {
    let about = sample.about();
    let settings = &sample.state.record.settings;
    vec![
        mail(&about),
        html(&about),
        summary(&about, "MPC Connect 0.1.0", None),
        support_message(settings),
        power_automate_message(settings.company.as_deref().unwrap_or_default(), settings),
        it_text(&sample.environment, None, sample.state.failure()),
    ]
}

#[test]
fn foreign_markup_stays_text() {
    for text in HOSTILE {
        let page = html(&poisoned(inactive(), text).about());
        let names: Vec<_> = elements(&page).into_iter().map(|element| element.0).collect();
        let harmless: Vec<_> =
            elements(&html(&poisoned(inactive(), "x").about())).into_iter().map(|it| it.0).collect();
        assert_eq!(names, harmless, "{text:?} became an element");
    }
}

#[test]
fn foreign_lines_add_no_line_and_steer_nothing() {
    for text in HOSTILE {
        for out in everything(&poisoned(inactive(), text)) {
            let steers = |letter: char| {
                letter != '\n'
                    && (letter.is_control()
                        || ('\u{2028}'..='\u{202E}').contains(&letter)
                        || ('\u{2066}'..='\u{2069}').contains(&letter))
            };
            assert!(!out.contains(steers), "{text:?} in {out}");
            let claims = out.lines().filter(|line| line.starts_with("Connection status: "));
            assert!(claims.count() <= 1, "{text:?} in {out}");
            assert!(!out.contains("MPC Connect status report report"), "{out}");
        }
    }
}

#[test]
fn accounts_ids_and_secrets_stay_here() {
    for mut sample in all() {
        sample.state.record.pending_claims = Some("{\"claims\":\"secret-claims\"}".to_owned());
        for text in ["x", HOSTILE[5]] {
            for out in everything(&poisoned(sample_of(&sample), text)).into_iter().chain(everything(&sample))
            {
                for secret in
                    [ACCOUNT, TENANT, OBJECT, "credential-1", "secret-claims", "svc-cosell", "login.example"]
                {
                    assert!(!out.contains(secret), "{secret} in {out}");
                }
            }
        }
    }
    assert!(mail(&inactive().about()).contains(REQUEST), "the id of a request is for Microsoft's support");
}

fn sample_of(sample: &Sample) -> Sample {
    let mut copy = Sample::of(sample.state.record.clone());
    copy.environment = sample.environment.clone();
    copy.now = sample.now;
    copy
}

#[test]
fn the_longest_texts_fit_into_the_page() {
    for letter in ["\"", "\u{1F600}", "ä"] {
        let page = html(&poisoned(inactive(), &letter.repeat(5_000)).about());
        assert!(page.len() <= 60_000, "{} bytes of {letter}", page.len());
    }
}
