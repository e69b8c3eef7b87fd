//! A server on loopback that answers as told, well or badly, and remembers what it was sent.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use tokio::io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::watch;
use tokio_rustls::TlsAcceptor;
use url::Url;

/// The first byte of a TLS connection (RFC 8446 section 5.1).
const TLS_HANDSHAKE: u8 = 22;

/// One thing that the server does after it read a request.
#[derive(Clone, Debug)]
pub(crate) enum Step {
    /// Sends these bytes.
    Say(Vec<u8>),
    /// Sends these bytes again and again until the other side is gone.
    Forever(Vec<u8>),
    /// Sends one byte after each pause.
    Drip(Vec<u8>, Duration),
    /// Waits until the other side is gone.
    Hang,
    /// Breaks the connection with RST.
    Reset,
}

/// A running server. Each request is answered by the next of its scripts, the last one again and again.
pub(crate) struct FaultServer {
    port: u16,
    seen: Arc<Mutex<Vec<String>>>,
    /// How many requests arrived, and how many connections the other side left while the server hung.
    counts: watch::Receiver<(usize, usize)>,
}

impl FaultServer {
    /// Starts a server for plain HTTP.
    pub(crate) async fn start(scripts: Vec<Vec<Step>>) -> Self {
        Self::listen(scripts, None).await
    }

    /// Starts a server for HTTPS.
    pub(crate) async fn start_tls(scripts: Vec<Vec<Step>>, tls: TlsAcceptor) -> Self {
        Self::listen(scripts, Some(tls)).await
    }

    /// A server that says this JSON with status 200.
    pub(crate) async fn saying_json(body: &str) -> Self {
        Self::start(vec![vec![json(200, "OK", "", body)]]).await
    }

    async fn listen(scripts: Vec<Vec<Step>>, tls: Option<TlsAcceptor>) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let port = listener.local_addr().unwrap().port();
        let seen = Arc::new(Mutex::new(Vec::new()));
        let (counter, counts) = watch::channel((0, 0));
        let (scripts, counter, log) = (Arc::new(scripts), Arc::new(counter), Arc::clone(&seen));
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                let visit = Visit {
                    scripts: Arc::clone(&scripts),
                    counter: Arc::clone(&counter),
                    log: Arc::clone(&log),
                };
                let tls = tls.clone();
                tokio::spawn(async move {
                    match tls {
                        None => visit.serve(stream).await,
                        Some(tls) => {
                            if let Ok(stream) = tls.accept(stream).await {
                                visit.serve(stream).await;
                            }
                        }
                    }
                });
            }
        });
        Self { port, seen, counts }
    }

    /// The server's address with this path.
    pub(crate) fn url(&self, path: &str) -> Url {
        format!("http://127.0.0.1:{}{path}", self.port).parse().unwrap()
    }

    /// The port.
    pub(crate) fn port(&self) -> u16 {
        self.port
    }

    /// The requests so far: head and body as text.
    pub(crate) fn requests(&self) -> Vec<String> {
        self.seen.lock().unwrap().clone()
    }

    /// Waits until so many requests arrived.
    pub(crate) async fn until_requests(&mut self, number: usize) {
        self.counts.wait_for(|(requests, _)| *requests >= number).await.unwrap();
    }

    /// Waits until the other side left so many hanging connections.
    pub(crate) async fn until_left(&mut self, number: usize) {
        self.counts.wait_for(|(_, left)| *left >= number).await.unwrap();
    }
}

/// A whole answer with a JSON body. `headers` are whole lines, each with its end.
pub(crate) fn json(status: u16, reason: &str, headers: &str, body: &str) -> Step {
    let typed = format!("Content-Type: application/json\r\n{headers}");
    answer(status, reason, &typed, body.as_bytes())
}

/// A whole answer.
pub(crate) fn answer(status: u16, reason: &str, headers: &str, body: &[u8]) -> Step {
    let length = body.len();
    let head = format!(
        "HTTP/1.1 {status} {reason}\r\n{headers}Content-Length: {length}\r\nConnection: close\r\n\r\n"
    );
    Step::Say([head.as_bytes(), body].concat())
}

struct Visit {
    scripts: Arc<Vec<Vec<Step>>>,
    counter: Arc<watch::Sender<(usize, usize)>>,
    log: Arc<Mutex<Vec<String>>>,
}

/// A stream that can be broken.
trait Line: AsyncRead + AsyncWrite + Unpin {
    fn break_off(&self);
}

impl Line for TcpStream {
    fn break_off(&self) {
        self.set_zero_linger().unwrap();
    }
}

impl Line for tokio_rustls::server::TlsStream<TcpStream> {
    fn break_off(&self) {
        self.get_ref().0.set_zero_linger().unwrap();
    }
}

impl Visit {
    async fn serve(self, mut line: impl Line) {
        let Some(request) = read_request(&mut line).await else { return };
        let number = {
            let mut log = self.log.lock().unwrap();
            log.push(request);
            log.len() - 1
        };
        self.counter.send_modify(|(requests, _)| *requests += 1);
        for step in &self.scripts[number.min(self.scripts.len() - 1)] {
            if self.play(step, &mut line).await.is_err() {
                self.counter.send_modify(|(_, left)| *left += 1);
                return;
            }
        }
        let _ = line.shutdown().await;
    }

    async fn play(&self, step: &Step, line: &mut impl Line) -> std::io::Result<()> {
        match step {
            Step::Say(bytes) => line.write_all(bytes).await,
            Step::Forever(bytes) => loop {
                line.write_all(bytes).await?;
            },
            Step::Drip(bytes, pause) => {
                for byte in bytes {
                    line.write_all(&[*byte]).await?;
                    tokio::time::sleep(*pause).await;
                }
                Ok(())
            }
            Step::Hang => {
                let mut rest = [0; 64];
                while line.read(&mut rest).await? > 0 {}
                Err(std::io::ErrorKind::UnexpectedEof.into())
            }
            Step::Reset => {
                line.break_off();
                Err(std::io::ErrorKind::ConnectionReset.into())
            }
        }
    }
}

/// Reads head and body (by Content-Length); `None` where the other side left before.
async fn read_request(line: &mut impl Line) -> Option<String> {
    let mut bytes = Vec::new();
    loop {
        let text = String::from_utf8_lossy(&bytes).into_owned();
        if let Some((head, body)) = text.split_once("\r\n\r\n") {
            let length = head
                .to_lowercase()
                .split("content-length: ")
                .nth(1)
                .and_then(|rest| rest.lines().next()?.parse().ok());
            if body.len() >= length.unwrap_or(0) {
                return Some(text);
            }
        }
        let mut part = [0; 4096];
        let read = line.read(&mut part).await.ok().filter(|read| *read > 0)?;
        bytes.extend_from_slice(&part[..read]);
        if bytes[0] == TLS_HANDSHAKE {
            return Some("a TLS handshake".to_owned());
        }
    }
}
