//! Starts the sandbox: two loopback ports, and the files that tell where they are.

use std::io;
use std::net::{Ipv4Addr, SocketAddr};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use axum::Router;
use axum::middleware::from_fn_with_state;
use axum::routing::{get, post};
use serde::Serialize;
use tokio::net::TcpListener;
use tokio::task::JoinSet;

use crate::keys::KeyRing;
use crate::request_log::RequestLog;
use crate::state::{Sandbox, Shared};
use crate::tls::{Identity, TlsError, TlsListener};
use crate::{admin_consent, authorize, control, discovery, environment, interaction, profiles, referrals};
use crate::{request_log, token, weather};

/// How to start.
#[derive(Debug, Clone)]
pub struct Settings {
    /// Address to listen on; loopback only, port 0 for any.
    pub listen: SocketAddr,
    /// The environment's name, checked by [`environment::parse_name`].
    pub name: String,
    /// The custom-scheme redirect that counts as registered.
    pub deep_link: String,
    /// Where to write the environment file, if anywhere.
    pub environment_file: Option<PathBuf>,
    /// Whether to speak https.
    pub tls: bool,
    /// Whether the secrets that arrive are kept, to be told by the control interface.
    pub keep_secrets: bool,
}

/// Why the sandbox did not start.
#[derive(Debug, thiserror::Error)]
pub enum StartError {
    /// The address is reachable from other computers.
    #[error("{0} is no loopback address; the sandbox never listens elsewhere")]
    NotLoopback(SocketAddr),
    /// The port could not be opened.
    #[error("cannot listen on {0}: {1}")]
    Listen(SocketAddr, #[source] io::Error),
    /// No signing key could be made.
    #[error("no signing key could be made")]
    Key,
    /// TLS could not be set up.
    #[error(transparent)]
    Tls(#[from] TlsError),
    /// A file could not be written.
    #[error("cannot write {}: {}", .0.display(), .1)]
    Write(PathBuf, #[source] io::Error),
    /// The environment file could not be put into words.
    #[error("the environment cannot be written as TOML: {0}")]
    Environment(#[from] toml::ser::Error),
}

/// A sandbox that runs until this is dropped. As JSON it is the line that the program prints when it is ready.
#[derive(Debug, Serialize)]
pub struct Running {
    ready: bool,
    /// Scheme and authority of the stand-in.
    pub base: String,
    /// Scheme and authority of the control interface.
    pub control: String,
    /// The environment file, if one was written.
    pub environment: Option<PathBuf>,
    /// The certificate of the throw-away authority, PEM, with TLS only.
    pub ca: Option<PathBuf>,
    #[serde(skip)]
    _tasks: JoinSet<io::Result<()>>,
}

/// Opens both ports and serves.
pub async fn start(settings: Settings) -> Result<Running, StartError> {
    let listener = listen(settings.listen).await?;
    let control_listener = listen(SocketAddr::from((Ipv4Addr::LOCALHOST, 0))).await?;
    let address = local_address(&listener)?;
    let control_address = local_address(&control_listener)?;
    let identity = if settings.tls { Some(Identity::generate()?) } else { None };
    let scheme = if settings.tls { "https" } else { "http" };
    let base = format!("{scheme}://{address}");

    let keys = KeyRing::generate().map_err(|_unspecified| StartError::Key)?;
    let log = if settings.keep_secrets { RequestLog::that_keeps_secrets() } else { RequestLog::default() };
    let sandbox = Arc::new(Sandbox::new(base.clone(), settings.deep_link.clone(), keys, log));
    let mut tasks = JoinSet::new();
    tasks.spawn(axum::serve(control_listener, control::router(Arc::clone(&sandbox))).into_future());
    let router = router(sandbox);
    let ca = match identity {
        None => {
            tasks.spawn(axum::serve(listener, router).into_future());
            None
        }
        Some(identity) => {
            let file = authority_file(settings.environment_file.as_deref());
            write(&file, &identity.authority_pem)?;
            let listener = TlsListener::new(listener, identity.acceptor)
                .map_err(|error| StartError::Listen(address, error))?;
            tasks.spawn(axum::serve(listener, router).into_future());
            Some(file)
        }
    };
    if let Some(file) = &settings.environment_file {
        write(file, &environment::text(&settings.name, &base, &settings.deep_link)?)?;
    }
    let control = format!("http://{control_address}");
    Ok(Running { ready: true, base, control, environment: settings.environment_file, ca, _tasks: tasks })
}

async fn listen(address: SocketAddr) -> Result<TcpListener, StartError> {
    if !address.ip().is_loopback() {
        return Err(StartError::NotLoopback(address));
    }
    TcpListener::bind(address).await.map_err(|error| StartError::Listen(address, error))
}

fn local_address(listener: &TcpListener) -> Result<SocketAddr, StartError> {
    let unknown = SocketAddr::from((Ipv4Addr::LOCALHOST, 0));
    listener.local_addr().map_err(|error| StartError::Listen(unknown, error))
}

/// Beside the environment file, or in the folder for temporary files.
fn authority_file(environment: Option<&Path>) -> PathBuf {
    environment.map_or_else(
        || std::env::temp_dir().join(format!("mpc-sandbox-{}.ca.pem", uuid::Uuid::new_v4())),
        |file| file.with_extension("ca.pem"),
    )
}

fn write(file: &Path, text: &str) -> Result<(), StartError> {
    std::fs::write(file, text).map_err(|error| StartError::Write(file.to_owned(), error))
}

fn router(sandbox: Shared) -> Router {
    Router::new()
        .route("/{tenant}/v2.0/.well-known/openid-configuration", get(discovery::configuration))
        .route("/{tenant}/discovery/v2.0/keys", get(discovery::keys))
        .route("/{tenant}/oauth2/v2.0/authorize", get(authorize::authorize))
        .route("/{tenant}/login", post(interaction::login))
        .route("/{tenant}/oauth2/v2.0/token", post(token::token))
        .route("/{tenant}/v2.0/adminconsent", get(admin_consent::admin_consent))
        .route("/v1.0/engagements/referrals", get(referrals::list))
        .route("/v1.0/engagements/referrals/{id}", get(referrals::by_id))
        .route("/v1/profiles/organization", get(profiles::organization))
        .route("/v1/profiles/legalbusiness", get(profiles::legal_business))
        .route("/v1/profiles/mpn", get(profiles::partner_network))
        .route("/webhooks/v1/registration", get(profiles::webhook))
        .layer(from_fn_with_state(Arc::clone(&sandbox), weather::weather))
        .layer(from_fn_with_state(Arc::clone(&sandbox), request_log::note))
        .with_state(sandbox)
}
