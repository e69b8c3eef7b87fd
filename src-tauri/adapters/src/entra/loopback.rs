//! The listener that takes the browser's answer (RFC 8252, section 7.3).

use std::future::Future;
use std::io::{self, ErrorKind};
use std::net::{Ipv4Addr, Ipv6Addr};
use std::pin::pin;
use std::sync::Arc;
use std::time::Duration;

use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::TokioIo;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{OwnedSemaphorePermit, Semaphore, oneshot, watch};
use tokio::task::JoinSet;
use tokio::time::{sleep, timeout};

use super::door::Door;

/// One connection brings one form; no honest browser takes longer.
const LONGEST_CONNECTION: Duration = Duration::from_secs(5);
/// How long answers that are being written may take once the listener is closed.
const LINGER: Duration = Duration::from_millis(500);
const MOST_CONNECTIONS: usize = 32;
const LARGEST_HEAD: usize = 16 * 1024;
const PORTS_TO_TRY: u32 = 8;

/// Sockets of this computer alone, on one port of the system's choice.
#[derive(Debug)]
pub(super) struct Sockets {
    /// The port.
    pub(super) port: u16,
    v4: TcpListener,
    v6: Option<TcpListener>,
}

impl Sockets {
    /// Opens 127.0.0.1, and the same port of `[::1]` where the system has IPv6: a browser may try it first for
    /// `localhost`. Where somebody else holds that port, another is taken, so that nobody else gets the answer.
    ///
    /// # Errors
    /// When the system gives no port.
    pub(super) async fn open() -> io::Result<Self> {
        let mut left = PORTS_TO_TRY;
        loop {
            left -= 1;
            let v4 = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await?;
            let port = v4.local_addr()?.port();
            match TcpListener::bind((Ipv6Addr::LOCALHOST, port)).await {
                Ok(v6) => return Ok(Self { port, v4, v6: Some(v6) }),
                Err(error) if error.kind() == ErrorKind::AddrInUse && left > 0 => {}
                Err(error) if error.kind() == ErrorKind::AddrInUse => return Err(error),
                Err(_) => return Ok(Self { port, v4, v6: None }),
            }
        }
    }

    /// Whether a browser of this computer would reach them.
    ///
    /// # Errors
    /// When nothing gets through, or not in time.
    pub(super) async fn knock(&self) -> io::Result<()> {
        let knocked = async {
            let (_stream, accepted) =
                tokio::try_join!(TcpStream::connect((Ipv4Addr::LOCALHOST, self.port)), self.v4.accept())?;
            drop(accepted);
            Ok(())
        };
        timeout(LONGEST_CONNECTION, knocked).await.unwrap_or(Err(ErrorKind::TimedOut.into()))
    }

    async fn accept(&self) -> io::Result<TcpStream> {
        let accepted = match &self.v6 {
            Some(v6) => tokio::select! { v4 = self.v4.accept() => v4, v6 = v6.accept() => v6 },
            None => self.v4.accept().await,
        };
        accepted.map(|(stream, _)| stream)
    }

    /// Serves until the listener is closed or dropped.
    pub(super) fn serve(self, door: Door) -> Listener {
        let (closing, close) = watch::channel(());
        let (closed_now, closed) = oneshot::channel();
        tokio::spawn(run(self, Arc::new(door), close, closed_now));
        Listener { closing, closed }
    }
}

/// A listener at work. Dropping it closes it.
#[derive(Debug)]
pub(super) struct Listener {
    closing: watch::Sender<()>,
    closed: oneshot::Receiver<()>,
}

impl Listener {
    /// Gives the port back. Pages that are on their way to the browser still reach it.
    pub(super) async fn close(self) {
        drop(self.closing);
        // An error means that the task is gone, and the sockets with it.
        let _ = self.closed.await;
    }
}

async fn run(sockets: Sockets, door: Arc<Door>, mut close: watch::Receiver<()>, closed: oneshot::Sender<()>) {
    let places = Arc::new(Semaphore::new(MOST_CONNECTIONS));
    let mut connections = JoinSet::new();
    while let Some((stream, place)) = unless_closed(&mut close, next(&sockets, &places)).await {
        connections.spawn(connection(stream, Arc::clone(&door), close.clone(), place));
        while connections.try_join_next().is_some() {}
    }
    drop(sockets);
    // Nobody may be waiting for it.
    let _ = closed.send(());
    let _ = timeout(LINGER, async { while connections.join_next().await.is_some() {} }).await;
}

/// The next connection, as soon as there is a place for it; until then it waits in the system's queue.
async fn next(sockets: &Sockets, places: &Arc<Semaphore>) -> (TcpStream, Option<OwnedSemaphorePermit>) {
    let place = Arc::clone(places).acquire_owned().await.ok();
    loop {
        match sockets.accept().await {
            Ok(stream) => return (stream, place),
            // Out of file handles, or the other side is gone: the next one may be better.
            Err(_) => sleep(Duration::from_millis(50)).await,
        }
    }
}

async fn unless_closed<T>(close: &mut watch::Receiver<()>, work: impl Future<Output = T>) -> Option<T> {
    tokio::select! {
        biased;
        _ = close.changed() => None,
        done = work => Some(done),
    }
}

async fn connection(
    stream: TcpStream,
    door: Arc<Door>,
    mut close: watch::Receiver<()>,
    _place: Option<OwnedSemaphorePermit>,
) {
    let service = service_fn(|request| door.answer(request));
    let mut builder = http1::Builder::new();
    builder.keep_alive(false).max_buf_size(LARGEST_HEAD).max_header_size(LARGEST_HEAD);
    let mut serving = pin!(builder.serve_connection(TokioIo::new(stream), service));
    let serve = async {
        if unless_closed(&mut close, serving.as_mut()).await.is_none() {
            serving.as_mut().graceful_shutdown();
            // What goes wrong on a connection is the other side's concern.
            let _ = serving.await;
        }
    };
    let _ = timeout(LONGEST_CONNECTION, serve).await;
}
