//! `organizations` and `select`.

use std::ffi::OsStr;

use mpc_connect_core::contract;
use mpc_connect_core::flow::{Intent, State};
use mpc_connect_core::organization::Organization;
use mpc_connect_core::remote_text::RemoteText;
use mpc_connect_core::words::Text;

use crate::card;
use crate::exit::Exit;
use crate::output::Output;
use crate::session::{Session, say_stopped};

/// How many referrals are read at most: five pages of 100.
const MOST_READ: usize = 500;

pub(crate) async fn list(output: &Output, environment: Option<&OsStr>) -> Exit {
    let mut session = match Session::connected(output, environment).await {
        Ok(session) => session,
        Err(exit) => return exit,
    };
    let finished = session.settle(Intent::ListOrganizations).await;
    let state = session.driver.state();
    let exit = match &state.last_failure {
        _ if !finished => say_stopped(output),
        Some(failure) => {
            card::show_everywhere(output, state, failure);
            Exit::of_failure(failure)
        }
        None => {
            output.json(&contract::organizations(&state.record.organizations));
            session.place.banner(output);
            show(output, state);
            Exit::Healthy
        }
    };
    session.close(output).await;
    exit
}

/// A list that was read before serves; an id that is not in it is looked for once more.
pub(crate) async fn select(output: &Output, environment: Option<&OsStr>, id: String) -> Exit {
    let mut session = match Session::connected(output, environment).await {
        Ok(session) => session,
        Err(exit) => return exit,
    };
    let known = session.driver.state().record.organizations.find(&id).is_some();
    let finished = known || session.settle(Intent::ListOrganizations).await;
    let exit = match session.driver.state().last_failure.clone() {
        _ if !finished => say_stopped(output),
        Some(failure) => {
            card::show_everywhere(output, session.driver.state(), &failure);
            Exit::of_failure(&failure)
        }
        None => choose(output, &mut session, id).await,
    };
    session.close(output).await;
    exit
}

async fn choose(output: &Output, session: &mut Session, id: String) -> Exit {
    session.driver.intend(Intent::SelectOrganization { id: id.clone() }).await;
    let chosen = session.driver.state().record.organization.as_ref().filter(|chosen| chosen.id == id);
    let Some(chosen) = chosen else {
        let text = output.word(&Text::new("ctl-select-unknown").with("id", RemoteText::clean(&id)));
        output.refuse("ORGANIZATION_MISSING", &text);
        return Exit::Refused;
    };
    output.say(&Text::new("ctl-selected").with("name", &chosen.name));
    output.say(&Text::new("ctl-next-test"));
    output.json(&session.status_line());
    Exit::Healthy
}

fn show(output: &Output, state: &State) {
    let list = &state.record.organizations;
    if list.rows.is_empty() {
        return output.say(&Text::new("ctl-organizations-empty"));
    }
    output.say(&Text::new("ctl-organizations-header").with("count", list.rows.len()));
    let chosen = state.record.organization.as_ref().map(|chosen| chosen.id.as_str());
    for row in &list.rows {
        show_row(output, row, chosen == Some(row.id.as_str()));
    }
    if list.cut {
        output.say(&Text::new("ctl-organizations-page-limit").with("count", MOST_READ));
    }
    output.say(&Text::new("ctl-next-select"));
}

fn show_row(output: &Output, row: &Organization, chosen: bool) {
    output.say_indented(&Text::new("ctl-organizations-row").with("id", &row.id).with("name", &row.name));
    let indent = |text: Text| output.say_indented(&text);
    if let Some((_, others)) = row.names.split_first().filter(|(_, others)| !others.is_empty()) {
        indent(Text::new("ctl-organizations-names").with("names", others.join(", ")));
    }
    let evidence: Vec<String> = row
        .evidence
        .iter()
        .map(|evidence| {
            Text::new(format!("ctl-evidence-{}", evidence.as_str())).with("count", row.referrals_seen)
        })
        .map(|text| output.word(&text))
        .collect();
    indent(Text::new("ctl-organizations-evidence").with("evidence", evidence.join(", ")));
    if !row.seen_in_a_deal() {
        indent(Text::new("ctl-organizations-profile-only"));
    }
    if chosen {
        indent(Text::new("ctl-organizations-chosen"));
    }
}
