//! `connect`: from a username to a status that a real call decided.

use std::ffi::OsStr;

use mpc_connect_adapters::machine::computer_name;
use mpc_connect_core::flow::State;
use mpc_connect_core::record::Settings;
use mpc_connect_core::step::Flow;
use mpc_connect_core::username::{AccountKind, MicrosoftUsername};
use mpc_connect_core::words::Text;

use crate::arguments::{Connect, FlowName, KindName};
use crate::connecting::Connecting;
use crate::exit::Exit;
use crate::output::Output;
use crate::session::Session;

const LONGEST_LABEL: usize = 60;

pub(crate) async fn run(output: &Output, environment: Option<&OsStr>, arguments: Connect) -> Exit {
    let names = MicrosoftUsername::parse(&arguments.username).and_then(|username| {
        let accepted = arguments.accept_account.as_deref().map(MicrosoftUsername::parse).transpose()?;
        Ok((username, accepted))
    });
    let (username, accepted) = match names {
        Ok(names) => names,
        Err(error) => {
            output.refuse(error.message_id(), &output.word(&Text::new(error.message_id())));
            return Exit::Usage;
        }
    };
    let session = match Session::open(output, environment).await {
        Ok(session) => session,
        Err(exit) => return exit,
    };
    session.place.banner(output);
    if username.looks_personal() {
        output.say(&Text::new("username-warning-personal"));
    }
    let settings = settings(session.driver.state(), username, &arguments);
    let mut connecting = Connecting::new(output, session, accepted, arguments.session_only);
    connecting.run(settings).await;
    let exit = connecting.end();
    connecting.session.close(output).await;
    exit
}

/// What was told before stays unless it is told anew.
fn settings(state: &State, username: MicrosoftUsername, arguments: &Connect) -> Settings {
    let known = state.record.settings.clone();
    let flow = match arguments.flow {
        Some(FlowName::NewUsers) => Some(Flow::NewUsers),
        Some(FlowName::Migration) => Some(Flow::Migration),
        None => known.flow.or(Some(Flow::NewUsers)),
    };
    let kind = match arguments.kind {
        Some(KindName::Service) => AccountKind::Service,
        Some(KindName::Person) => AccountKind::Person,
        None => known.kind,
    };
    let told = arguments.computer_label.as_deref().map(label).filter(|label| !label.is_empty());
    let computer_label = told.or(known.computer_label.clone()).or_else(computer_name);
    Settings { flow, kind, computer_label, username: Some(username), ..known }
}

fn label(text: &str) -> String {
    let clean = mpc_connect_core::remote_text::RemoteText::clean(text);
    clean.as_str().chars().take(LONGEST_LABEL).collect()
}
