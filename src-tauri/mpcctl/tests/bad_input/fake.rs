//! A server that says whatever it is told to.

use std::sync::{Arc, Mutex};

use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};

/// What is answered to a path: status, type and body.
pub(crate) type Answer = (u16, &'static str, Vec<u8>);
type Answers = dyn Fn(&str) -> Answer + Send + Sync;

/// Serves until the runtime ends.
pub(crate) struct Fake {
    /// Scheme and authority.
    pub(crate) base: String,
    answers: Arc<Mutex<Arc<Answers>>>,
    asked: Arc<Mutex<Vec<String>>>,
}

impl Fake {
    /// Starts with 404 for everything.
    pub(crate) async fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let base = format!("http://{}", listener.local_addr().expect("an address"));
        let nothing: Arc<Answers> = Arc::new(|_| (404, "text/plain", Vec::new()));
        let answers = Arc::new(Mutex::new(nothing));
        let asked = Arc::new(Mutex::new(Vec::new()));
        let (told, noted) = (Arc::clone(&answers), Arc::clone(&asked));
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                tokio::spawn(serve(stream, Arc::clone(&told), Arc::clone(&noted)));
            }
        });
        Self { base, answers, asked }
    }

    /// From now on.
    pub(crate) fn answer(&self, answers: impl Fn(&str) -> Answer + Send + Sync + 'static) {
        *self.answers.lock().unwrap() = Arc::new(answers);
    }

    /// How often a path that contains this was asked for.
    pub(crate) fn asked(&self, part: &str) -> usize {
        self.asked.lock().unwrap().iter().filter(|path| path.contains(part)).count()
    }
}

/// One request, one answer. Whoever hangs up meanwhile is let go.
async fn serve(mut stream: TcpStream, answers: Arc<Mutex<Arc<Answers>>>, asked: Arc<Mutex<Vec<String>>>) {
    let mut request = Vec::new();
    let head = loop {
        if let Some(end) = request.windows(4).position(|window| window == b"\r\n\r\n") {
            break String::from_utf8_lossy(&request[..end]).into_owned();
        }
        if stream.read_buf(&mut request).await.is_ok_and(|count| count > 0) {
            continue;
        }
        return;
    };
    let length = head
        .to_lowercase()
        .lines()
        .find_map(|line| line.strip_prefix("content-length:")?.trim().parse().ok());
    let whole = head.len() + 4 + length.unwrap_or(0_usize);
    while request.len() < whole {
        if !stream.read_buf(&mut request).await.is_ok_and(|count| count > 0) {
            return;
        }
    }
    let path = head.split(' ').nth(1).unwrap_or_default().to_owned();
    asked.lock().unwrap().push(path.clone());
    let answers = Arc::clone(&answers.lock().unwrap());
    let (status, kind, body) = answers(&path);
    let head = format!(
        "HTTP/1.1 {status} X\r\nContent-Type: {kind}\r\nContent-Length: {}\r\nConnection: close\r\n\r\n",
        body.len()
    );
    if stream.write_all(head.as_bytes()).await.is_ok() {
        drop(stream.write_all(&body).await);
    }
}
