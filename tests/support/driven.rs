//! The real window, driven through WebKit's own WebDriver.

use std::fs::File;
use std::net::{TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::atomic::AtomicU32;
use std::time::Instant;

use fantoccini::wd::TimeoutConfiguration;
use fantoccini::{Client, ClientBuilder};
use hyper_util::client::legacy::connect::HttpConnector;
use serde_json::{Value, json};

use super::session::{Session, root};
use super::wait::{LONGEST, until};

/// The schemes in which a desktop may ask for a page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Scheme {
    Light,
    Dark,
}

/// How the program is started.
#[derive(Clone, Debug, Default)]
pub(crate) struct Start {
    /// Its arguments.
    pub(crate) arguments: Vec<String>,
    /// What stands in its environment besides the session's.
    pub(crate) variables: Vec<(String, String)>,
    /// Where the driver's and its own output go.
    pub(crate) log: PathBuf,
}

impl Start {
    /// On an environment, with the data of a folder.
    pub(crate) fn on(environment: &str, data: &Path, scheme: Scheme) -> Self {
        let theme = if scheme == Scheme::Dark { "Adwaita:dark" } else { "Adwaita" };
        let variables = [
            ("GTK_THEME", theme),
            ("MPC_CONNECT_DATA", data.to_str().expect("a path")),
            ("MPC_CONNECT_ENVIRONMENT", environment),
        ];
        let variables = variables.map(|(name, value)| (name.to_owned(), value.to_owned())).to_vec();
        Self { arguments: Vec::new(), variables, log: data.join("window.log") }
    }
}

/// A picture shows what was painted last, which is some frames behind the page.
const PAINTED: &str = "await document.fonts.ready;
    for (let frame = 0; frame < 5; frame += 1) await new Promise((next) => requestAnimationFrame(next));";

/// An open window. The driver ends with this value, and the window with the driver.
pub(crate) struct Driven {
    pub(crate) client: Client,
    /// How often something was pressed in it.
    pub(super) presses: AtomicU32,
    /// How many screens were told about.
    pub(super) told: AtomicU32,
    log: PathBuf,
    driver: Driver,
}

impl Driven {
    /// Opens the built program in a session.
    pub(crate) async fn open(session: &Session, start: &Start) -> Self {
        let port = free_port();
        let mut command = session.command("setpriv");
        command.args(["--pdeathsig", "TERM", "--", "WebKitWebDriver"]);
        command.args([format!("--port={port}"), "--host=127.0.0.1".to_owned()]);
        // The window is a child of the driver and takes all of this over.
        command.env("TAURI_WEBVIEW_AUTOMATION", "true");
        command.envs(start.variables.iter().map(|(name, value)| (name, value)));
        let log = File::options().create(true).append(true).open(&start.log).expect("a log");
        command.stdin(Stdio::null()).stdout(log.try_clone().expect("the log twice")).stderr(log);
        let driver = Driver::start(&mut command);
        until_it_listens(port);
        let client = client(port, &start.arguments).await;
        Self { client, presses: AtomicU32::new(0), told: AtomicU32::new(0), log: start.log.clone(), driver }
    }

    /// What the program and its driver have said.
    pub(crate) fn log(&self) -> String {
        std::fs::read_to_string(&self.log).expect("the log")
    }

    /// Ends the program, as a person does who closes the window, and waits until it is gone.
    pub(crate) async fn close(self) {
        let Self { client, driver, .. } = self;
        // Whether it is gone is seen by its process: a driver may answer nothing when its window goes.
        let _ = tokio::time::timeout(LONGEST, client.close()).await;
        driver.program_ends().await;
    }

    /// Waits until the program is gone.
    pub(super) async fn is_gone(&self) {
        self.driver.program_ends().await;
    }

    /// What a script in the page returns. A promise is awaited.
    pub(crate) async fn run(&self, script: &str) -> Value {
        self.run_with(script, vec![]).await
    }

    /// The same, with a script's `given`.
    pub(crate) async fn run_with(&self, script: &str, given: Vec<Value>) -> Value {
        let whole = format!(
            "const done = arguments[arguments.length - 1], given = [...arguments].slice(0, -1);
             (async () => {{ {script} }})().then(done, (error) => done('threw: ' + error));"
        );
        let run = tokio::time::timeout(2 * LONGEST, self.client.execute_async(&whole, given)).await;
        match run {
            Ok(Ok(returned)) => returned,
            other => panic!("the page does not answer: {other:?}\nto {script}\n{}", self.log()),
        }
    }

    /// Gives the window a size and waits until the page has it.
    pub(crate) async fn resize(&self, width: u32, height: u32) {
        self.client.set_window_size(width, height).await.expect("the window takes a size");
        let settled = format!(
            "while (innerWidth !== {width} || innerHeight !== {height})
               await new Promise((next) => requestAnimationFrame(next));
             await document.fonts.ready; return [innerWidth, innerHeight];"
        );
        assert_eq!(self.run(&settled).await, json!([width, height]));
    }

    /// What axe-core objects to, as rules and elements.
    pub(crate) async fn violations(&self) -> Value {
        let axe = root().join("ui/node_modules/axe-core/axe.min.js");
        let axe = std::fs::read_to_string(axe).expect("axe-core is installed: npm ci in ui/");
        self.client.execute(&axe, vec![]).await.expect("axe-core loads");
        self.run(
            "const found = await axe.run();
             return found.violations.map((rule) => [rule.id, rule.nodes.map((node) => node.html)]);",
        )
        .await
    }

    /// Keeps a picture of the page in a folder under `target`.
    pub(crate) async fn picture(&self, folder: &str, name: &str) {
        self.picture_in(&root().join("target").join(folder), name).await;
    }

    /// Keeps a picture of the page in a folder.
    pub(crate) async fn picture_in(&self, folder: &Path, name: &str) {
        std::fs::create_dir_all(folder).expect("a folder for pictures");
        self.run(PAINTED).await;
        let picture = self.client.screenshot().await.expect("a picture");
        std::fs::write(folder.join(format!("{name}.png")), picture).expect("the picture is kept");
    }
}

/// The driver, whose child is the program.
struct Driver(Child);

impl Driver {
    fn start(command: &mut Command) -> Self {
        Self(command.spawn().expect("WebKitWebDriver starts (Debian package webkit2gtk-driver)"))
    }

    fn program(&self) -> Option<PathBuf> {
        let driver = self.0.id().to_string();
        let processes = std::fs::read_dir("/proc").expect("processes").flatten();
        let mut own = processes.map(|process| process.path()).filter(|process| {
            // "pid (name) state parent …", where the name may hold anything.
            let stat = std::fs::read_to_string(process.join("stat")).unwrap_or_default();
            let parent = stat.rsplit_once(") ").and_then(|(_, rest)| rest.split(' ').nth(1));
            parent == Some(&driver) && !stat.contains(") Z ")
        });
        own.next()
    }

    async fn program_ends(&self) {
        until("the program ends", async || self.program().is_none().then_some(())).await;
    }
}

impl Drop for Driver {
    fn drop(&mut self) {
        // The program does not notice when its driver is gone.
        if let Some(number) = self.program().as_ref().and_then(|program| program.file_name()) {
            let _ = Command::new("kill").arg(number).status();
        }
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

async fn client(port: u16, arguments: &[String]) -> Client {
    let program = env!("CARGO_BIN_EXE_mpc-connect");
    let wanted = json!({ "webkitgtk:browserOptions": { "binary": program, "args": arguments } });
    let capabilities = serde_json::from_value(wanted).expect("capabilities");
    let client = ClientBuilder::new(HttpConnector::new())
        .capabilities(capabilities)
        .connect(&format!("http://127.0.0.1:{port}"))
        .await
        .expect("the window opens under the driver");
    let patient = TimeoutConfiguration::new(Some(LONGEST), None, None);
    client.update_timeouts(patient).await.expect("the driver is patient");
    client
}

fn free_port() -> u16 {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
    listener.local_addr().expect("its address").port()
}

fn until_it_listens(port: u16) {
    let begun = Instant::now();
    while TcpStream::connect(("127.0.0.1", port)).is_err() {
        assert!(begun.elapsed() < LONGEST, "the driver does not listen");
        std::thread::yield_now();
    }
}
