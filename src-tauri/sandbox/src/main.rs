//! `mpc-sandbox`: the stand-in for Entra ID and Partner Center as a program.

use std::io::{self, Read as _, Write as _};
use std::net::SocketAddr;
use std::path::PathBuf;
use std::process::ExitCode;

use clap::Parser;
use mpc_sandbox::environment::{DEFAULT_DEEP_LINK, DEFAULT_NAME, parse_name};
use mpc_sandbox::{Settings, start};
use tokio::sync::oneshot;

/// A stand-in for Entra ID and Partner Center on loopback, for rehearsals and tests of MPC Connect.
///
/// When it is ready it prints one line of JSON that names its addresses and files. Every account has the password
/// Sandbox-1 and the code 000000.
#[derive(Debug, Parser)]
#[command(version)]
struct Arguments {
    /// Loopback address and port to listen on; port 0 takes any free one.
    #[arg(long, default_value = "127.0.0.1:0", value_parser = loopback)]
    listen: SocketAddr,
    /// Writes the environment file that points MPC Connect here.
    #[arg(long, value_name = "FILE")]
    write_environment: Option<PathBuf>,
    /// Name of the environment.
    #[arg(long, default_value = DEFAULT_NAME, value_parser = parse_name)]
    name: String,
    /// The custom-scheme redirect that counts as registered.
    #[arg(long, value_name = "URI", default_value = DEFAULT_DEEP_LINK, value_parser = custom_scheme)]
    deep_link: String,
    /// Speaks https under a throw-away certificate authority.
    #[arg(long)]
    tls: bool,
    /// Keeps the secrets that arrive and tells them at GET /secrets of the control interface, for tests that look for
    /// them elsewhere.
    #[arg(long)]
    keep_secrets: bool,
    /// Ends when standard input is closed.
    #[arg(long)]
    exit_with_stdin: bool,
}

fn loopback(text: &str) -> Result<SocketAddr, String> {
    let address: SocketAddr = text.parse().map_err(|error| format!("{error}"))?;
    if address.ip().is_loopback() { Ok(address) } else { Err("only loopback addresses are allowed".into()) }
}

fn custom_scheme(text: &str) -> Result<String, String> {
    match url::Url::parse(text) {
        Ok(address) if !matches!(address.scheme(), "http" | "https") => Ok(text.to_owned()),
        Ok(_) => Err("name a custom scheme".into()),
        Err(error) => Err(error.to_string()),
    }
}

#[tokio::main]
async fn main() -> ExitCode {
    let arguments = Arguments::parse();
    match run(arguments).await {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            // Nobody is left to tell when standard error is closed too.
            let _closed = writeln!(io::stderr(), "mpc-sandbox: {error}");
            ExitCode::FAILURE
        }
    }
}

async fn run(arguments: Arguments) -> Result<(), Box<dyn std::error::Error>> {
    let running = start(Settings {
        listen: arguments.listen,
        name: arguments.name,
        deep_link: arguments.deep_link,
        environment_file: arguments.write_environment.map(std::path::absolute).transpose()?,
        tls: arguments.tls,
        keep_secrets: arguments.keep_secrets,
    })
    .await?;
    {
        let mut output = io::stdout().lock();
        writeln!(output, "{}", serde_json::to_string(&running)?)?;
        output.flush()?;
    }
    let (closed, input_closed) = oneshot::channel();
    let _kept_open = if arguments.exit_with_stdin {
        tell_when_input_ends(closed);
        None
    } else {
        Some(closed)
    };
    tokio::select! {
        signal = told_to_end() => signal?,
        _ = input_closed => {}
    }
    Ok(())
}

/// The thread is never joined, because a read from a terminal cannot be broken off.
fn tell_when_input_ends(closed: oneshot::Sender<()>) {
    std::thread::spawn(move || {
        let mut buffer = [0; 256];
        while io::stdin().read(&mut buffer).is_ok_and(|count| count > 0) {}
        closed.send(())
    });
}

#[cfg(unix)]
async fn told_to_end() -> io::Result<()> {
    use tokio::signal::unix::{SignalKind, signal};
    let mut terminate = signal(SignalKind::terminate())?;
    let mut interrupt = signal(SignalKind::interrupt())?;
    tokio::select! {
        _ = terminate.recv() => {}
        _ = interrupt.recv() => {}
    }
    Ok(())
}

#[cfg(not(unix))]
async fn told_to_end() -> io::Result<()> {
    tokio::signal::ctrl_c().await
}
