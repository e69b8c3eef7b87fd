//! `mpcctl`: MPC Connect without a window, for support and scripts. A thin shell over the core.

mod account;
mod arguments;
mod card;
mod check;
mod connect;
mod connecting;
mod crash;
mod decode;
mod disconnect;
mod exit;
mod export;
mod history;
mod organizations;
mod output;
mod person;
mod session;
mod status;
mod wait;

use std::process::ExitCode;

use clap::Parser;

use arguments::{Arguments, Command};
use exit::Exit;
use output::Output;

fn main() -> ExitCode {
    crash::tell_the_place_alone();
    start_log();
    let arguments = match Arguments::try_parse() {
        Ok(arguments) => arguments,
        Err(error) => {
            let _ = error.print();
            return if error.use_stderr() { Exit::Usage.into() } else { Exit::Healthy.into() };
        }
    };
    let output = Output::new(arguments.json);
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build();
    let Ok(runtime) = runtime else { return Exit::Disk.into() };
    let exit = runtime.block_on(run(arguments, &output));
    runtime.shutdown_background();
    exit.into()
}

async fn run(arguments: Arguments, output: &Output) -> Exit {
    let environment = arguments.environment.as_deref();
    match arguments.command {
        Command::Decode { code } => decode::run(output, &code),
        Command::Connect(connect) => connect::run(output, environment, connect).await,
        Command::Organizations => organizations::list(output, environment).await,
        Command::Select { id } => organizations::select(output, environment, id).await,
        Command::Test => check::run(output, environment).await,
        Command::Status => status::run(output, environment).await,
        Command::History { limit } => history::run(output, environment, limit).await,
        Command::Export { format, file } => export::run(output, environment, format, &file).await,
        Command::Disconnect(history) => disconnect::run(output, environment, history.wipe_history).await,
    }
}

/// `MPC_CONNECT_LOG=debug` writes to standard error; what is logged holds no secret.
fn start_log() {
    let Ok(filter) = tracing_subscriber::EnvFilter::try_from_env("MPC_CONNECT_LOG") else { return };
    tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr).init();
}
