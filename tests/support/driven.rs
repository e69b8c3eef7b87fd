//! The real window, driven through WebKit's own WebDriver.

use std::net::{TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use fantoccini::{Client, ClientBuilder, Locator};
use hyper_util::client::legacy::connect::HttpConnector;
use serde_json::{Value, json};

/// The schemes in which a desktop may ask for a page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Scheme {
    Light,
    Dark,
}

/// An open window. The driver ends with this value, and the window with the driver.
pub(crate) struct Driven {
    pub(crate) client: Client,
    driver: Child,
}

impl Drop for Driven {
    fn drop(&mut self) {
        let _ = self.driver.kill();
        let _ = self.driver.wait();
    }
}

impl Driven {
    /// Opens the built program on an environment, or on none, with the data of a folder.
    pub(crate) async fn open(environment: &str, data: &Path, scheme: Scheme) -> Self {
        let port = free_port();
        let theme = if scheme == Scheme::Dark { "Adwaita:dark" } else { "Adwaita" };
        let driver = Command::new("WebKitWebDriver")
            .args([format!("--port={port}"), "--host=127.0.0.1".to_owned()])
            // The window is a child of the driver and takes all of this over.
            .env("TAURI_WEBVIEW_AUTOMATION", "true")
            .env("GTK_THEME", theme)
            .env("TZ", "UTC")
            .env("MPC_CONNECT_DATA", data)
            .env("MPC_CONNECT_ENVIRONMENT", environment)
            .stdout(Stdio::null())
            .spawn()
            .expect("WebKitWebDriver starts (Debian package webkit2gtk-driver)");
        let driven = DriverOnly(Some(driver));
        until_it_listens(port);
        let client = client(port).await;
        Self { client, driver: driven.into_child() }
    }

    /// Waits until the page shows its heading, and answers its text.
    pub(crate) async fn heading(&self) -> String {
        let wait = self.client.wait().at_most(Duration::from_secs(20));
        let heading = wait.for_element(Locator::Css("h1")).await.expect("the page shows a heading");
        heading.text().await.expect("the heading has a text")
    }

    /// The text of one element, without marks of direction.
    pub(crate) async fn text(&self, css: &str) -> String {
        let element = self.client.find(Locator::Css(css)).await.unwrap_or_else(|_| panic!("{css} is there"));
        let text = element.text().await.expect("a text");
        text.replace(['\u{2066}', '\u{2067}', '\u{2068}', '\u{2069}'], "")
    }

    /// What a script in the page returns. A promise is awaited.
    pub(crate) async fn run(&self, script: &str) -> Value {
        let whole = format!(
            "const done = arguments[arguments.length - 1];
             (async () => {{ {script} }})().then(done, (error) => done('threw: ' + error));"
        );
        self.client.execute_async(&whole, vec![]).await.expect("the script runs")
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

    /// Keeps a picture of the page under `target/pictures`.
    pub(crate) async fn picture(&self, name: &str) {
        let folder = root().join("target/pictures");
        std::fs::create_dir_all(&folder).expect("a folder for pictures");
        let picture = self.client.screenshot().await.expect("a picture");
        std::fs::write(folder.join(format!("{name}.png")), picture).expect("the picture is kept");
    }
}

/// The driver until a session exists: a failed start must not leave it behind.
struct DriverOnly(Option<Child>);

impl DriverOnly {
    fn into_child(mut self) -> Child {
        self.0.take().expect("the driver is taken once")
    }
}

impl Drop for DriverOnly {
    fn drop(&mut self) {
        if let Some(driver) = &mut self.0 {
            let _ = driver.kill();
            let _ = driver.wait();
        }
    }
}

async fn client(port: u16) -> Client {
    assert!(
        std::env::var_os("DISPLAY").is_some(),
        "a display is needed: cargo xtask test, or xvfb-run -a dbus-run-session -- cargo nextest run -p mpc-connect"
    );
    let program = env!("CARGO_BIN_EXE_mpc-connect");
    let wanted = json!({ "webkitgtk:browserOptions": { "binary": program, "args": [] } });
    let capabilities = serde_json::from_value(wanted).expect("capabilities");
    ClientBuilder::new(HttpConnector::new())
        .capabilities(capabilities)
        .connect(&format!("http://127.0.0.1:{port}"))
        .await
        .expect("the window opens under the driver")
}

fn free_port() -> u16 {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
    listener.local_addr().expect("its address").port()
}

fn until_it_listens(port: u16) {
    let begun = Instant::now();
    while TcpStream::connect(("127.0.0.1", port)).is_err() {
        assert!(begun.elapsed() < Duration::from_secs(20), "the driver does not listen");
        std::thread::yield_now();
    }
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).to_owned()
}
