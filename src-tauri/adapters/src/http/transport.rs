//! What it means when no answer came.

use std::error::Error;
use std::io;

use mpc_connect_core::failure::{Failure, FailureClass};

use super::certificate::Distrusted;

/// An exchange without an answer.
#[derive(Debug)]
pub(super) struct Broken {
    /// What the person is told.
    pub(super) failure: Box<Failure>,
    /// Whether the request may have reached the host.
    pub(super) sent: bool,
    /// Whether another attempt may fare better.
    pub(super) passing: bool,
}

impl Broken {
    /// An attempt that cannot succeed by being repeated.
    pub(super) fn for_good(failure: Failure) -> Self {
        Self { failure: Box::new(failure), sent: false, passing: false }
    }

    /// The time of the exchange is over.
    pub(super) fn out_of_time() -> Self {
        Self { failure: Box::new(coded(FailureClass::RetryLater, "time-out")), sent: true, passing: true }
    }

    /// More bytes than allowed.
    pub(super) fn too_large() -> Self {
        Self {
            failure: Box::new(coded(FailureClass::UnexpectedAnswer, "too large")),
            sent: true,
            passing: false,
        }
    }

    /// What reqwest reports, without the address.
    pub(super) fn from_error(error: reqwest::Error) -> Self {
        let error = error.without_url();
        let failure = failure_of(&error);
        let passing = matches!(failure.class, FailureClass::Offline | FailureClass::RetryLater)
            || matches!(failure.code.as_deref(), Some("connection refused" | "connection reset"));
        tracing::debug!(class = %failure.class, code = failure.code.as_deref(), "no answer");
        Self { failure: Box::new(failure), sent: !error.is_connect(), passing }
    }
}

fn failure_of(error: &reqwest::Error) -> Failure {
    use FailureClass::{NetworkBlocked, Offline, RetryLater, UnexpectedAnswer};
    if let Some(distrusted) = find::<Distrusted>(error) {
        return coded(NetworkBlocked, "certificate").with_quotation(&distrusted.to_string());
    }
    if let Some(tunnel) = tunnel_trouble(error) {
        return coded(NetworkBlocked, tunnel);
    }
    if error.is_dns() {
        return coded(Offline, "DNS");
    }
    if error.is_timeout() {
        return if error.is_connect() {
            coded(NetworkBlocked, "connect time-out")
        } else {
            coded(RetryLater, "time-out")
        };
    }
    if find::<rustls::Error>(error).is_some() {
        return coded(NetworkBlocked, "TLS");
    }
    // A body that cannot be decompressed is an I/O error too, but none that hyper reports.
    let on_the_line = error.is_connect() || find::<hyper::Error>(error).is_some();
    let trouble = find::<io::Error>(error).filter(|_| on_the_line);
    if let Some(failure) = trouble.and_then(|trouble| network(trouble.kind(), error.is_connect())) {
        return failure;
    }
    match find::<hyper::Error>(error) {
        Some(hyper) if hyper.is_incomplete_message() || hyper.is_closed() => {
            coded(Offline, "connection lost")
        }
        Some(hyper) if hyper.is_parse() => coded(UnexpectedAnswer, "not HTTP"),
        Some(_) | None if error.is_decode() || error.is_body() => coded(UnexpectedAnswer, "unreadable body"),
        Some(_) | None if error.is_connect() => coded(Offline, "not connected"),
        Some(_) | None => coded(UnexpectedAnswer, "unreadable answer"),
    }
}

/// A host of Microsoft's refuses no connection: whoever does stands in between. A connection that was there and is
/// lost is a matter of the line.
fn network(kind: io::ErrorKind, connecting: bool) -> Option<Failure> {
    use io::ErrorKind as Kind;
    let unreachable =
        [Kind::HostUnreachable, Kind::NetworkUnreachable, Kind::NetworkDown, Kind::AddrNotAvailable];
    let lost = [
        Kind::ConnectionReset,
        Kind::ConnectionAborted,
        Kind::BrokenPipe,
        Kind::NotConnected,
        Kind::UnexpectedEof,
    ];
    if kind == Kind::ConnectionRefused {
        return Some(coded(FailureClass::NetworkBlocked, "connection refused"));
    }
    if unreachable.contains(&kind) {
        return Some(coded(FailureClass::Offline, "unreachable"));
    }
    if lost.contains(&kind) && connecting {
        return Some(coded(FailureClass::NetworkBlocked, "connection reset"));
    }
    lost.contains(&kind).then(|| coded(FailureClass::Offline, "connection lost"))
}

/// hyper-util keeps its error of a refused CONNECT to itself, so its words are read.
fn tunnel_trouble(error: &reqwest::Error) -> Option<&'static str> {
    let words = chain(error)
        .map(ToString::to_string)
        .find_map(|text| text.strip_prefix("tunnel error: ").map(str::to_owned))?;
    match words.as_str() {
        "proxy authorization required" => Some("HTTP 407"),
        "unsuccessful" | "unexpected end of file" | "proxy response headers too long" => Some("proxy"),
        _ => None,
    }
}

fn coded(class: FailureClass, code: &str) -> Failure {
    Failure::of(class).with_code(code)
}

fn find<'e, E: Error + 'static>(error: &'e (dyn Error + 'static)) -> Option<&'e E> {
    chain(error).find_map(|link| link.downcast_ref())
}

/// The error and its causes. An I/O error answers with the cause of what it wraps, not with that itself, and so does
/// the certificate error of rustls: both are opened by hand.
fn chain<'e>(error: &'e (dyn Error + 'static)) -> impl Iterator<Item = &'e (dyn Error + 'static)> {
    std::iter::successors(Some(error), |link: &&'e (dyn Error + 'static)| {
        let link: &'e (dyn Error + 'static) = *link;
        let wrapped = link.downcast_ref::<io::Error>().and_then(io::Error::get_ref);
        if let Some(inner) = wrapped {
            return Some(inner as &(dyn Error + 'static));
        }
        match link.downcast_ref::<rustls::Error>() {
            Some(rustls::Error::InvalidCertificate(rustls::CertificateError::Other(other))) => {
                Some(other.0.as_ref())
            }
            _ => link.source(),
        }
    })
}
