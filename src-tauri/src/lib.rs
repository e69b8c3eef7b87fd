//! The desktop shell: one window with the wizard, and what the window needs of this computer.
//!
//! It decides nothing. The core's wizard says what is shown and what a press leads to; here presses reach it, its
//! orders are carried out, and the page hears what changed.

pub mod bindings;
mod clipboard;
mod commands;
mod opening;
mod pressed;
mod report_file;
mod scheme;
mod second_start;
mod session;
mod start;
mod window;

use std::process::ExitCode;

pub use opening::Opening;
pub use session::{Session, View};
pub use window::{is_driven, open as open_window};

use mpc_connect_core::words::{Text, Words};
use std::io::Write as _;
use tauri::{App, AppHandle, Builder, Context, Manager as _, RunEvent, Runtime, WindowEvent, plugin};
use tauri_plugin_deep_link::DeepLinkExt as _;

use session::Told;

/// The configuration and the page, built in. Development builds go by an identifier of their own, so that they never
/// meet an installed copy.
#[must_use]
pub fn context<R: Runtime>() -> Context<R> {
    let mut context = tauri::generate_context!();
    let config = context.config_mut();
    if cfg!(debug_assertions) {
        config.identifier.push_str(".dev");
    }
    // The schemes stand there for the installers. At run time the plugin would read the arguments itself, and panic
    // over one that is no text (tauri-plugin-deep-link 2.6); they are read in `start`.
    config.plugins.0.remove("deep-link");
    context
}

/// The application on a runtime: Tauri's own, or the one for tests.
///
/// # Errors
/// When the runtime cannot start, such as without a display.
pub fn app<R: Runtime>(builder: Builder<R>, context: Context<R>, opening: Opening) -> tauri::Result<App<R>> {
    let bindings = bindings::builder();
    let (session, seed) = Session::new(opening);
    builder
        .plugin(tauri_plugin_shell::init())
        .manage(session)
        .invoke_handler(bindings.invoke_handler())
        // While the web view is made, which takes longest, the database is read.
        .plugin(
            plugin::Builder::<R>::new("session")
                .setup(move |app, _| {
                    bindings.mount_events(app);
                    seed.grow(app);
                    Ok(())
                })
                .build(),
        )
        .setup(|app| Ok(window::open(app.handle())?))
        .build(context)
}

/// Opens the window, and returns when it is closed.
#[must_use]
pub fn run() -> ExitCode {
    start_log();
    if !mpc_connect_adapters::has_display() {
        return refuse("window-no-display", "");
    }
    let opening = Opening::of_this_process();
    let builder = second_start::watched(tauri::Builder::default()).plugin(tauri_plugin_deep_link::init());
    match app(builder, context(), opening) {
        Ok(app) => {
            listen_for_links(app.handle());
            let code = app.run_return(hold_until_finished);
            ExitCode::from(u8::try_from(code).unwrap_or(1))
        }
        // The first start is there and took nothing: it is ending, or it hangs.
        Err(tauri::Error::PluginInitialization(plugin, _)) if plugin == "single-instance" => {
            second_start::say_already_running();
            ExitCode::SUCCESS
        }
        Err(error) => refuse("window-not-opened", &error.to_string()),
    }
}

/// Where the system hands addresses to the running program itself, and starts no second one.
fn listen_for_links<R: Runtime>(app: &AppHandle<R>) {
    let handle = app.clone();
    app.deep_link().on_open_url(move |event| {
        let session = handle.state::<Session>();
        event.urls().into_iter().for_each(|address| session.tell(Told::Link(address.into())));
    });
}

/// The window closes when the session has finished what must be finished.
fn hold_until_finished<R: Runtime>(app: &AppHandle<R>, event: RunEvent) {
    let session = app.state::<Session>();
    let closed = session.is_closed();
    if let RunEvent::ExitRequested { api, .. } = &event
        && !closed
    {
        api.prevent_exit();
        session.tell(Told::Close);
    }
    let RunEvent::WindowEvent { event, .. } = event else { return };
    if let WindowEvent::CloseRequested { api, .. } = &event
        && !closed
    {
        api.prevent_close();
        session.tell(Told::Close);
    }
    if let WindowEvent::Focused(true) = event {
        session.tell(Told::Focused);
    }
}

/// `MPC_CONNECT_LOG=debug` writes to standard error; what is logged holds no secret.
fn start_log() {
    let Ok(filter) = tracing_subscriber::EnvFilter::try_from_env("MPC_CONNECT_LOG") else { return };
    tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr).init();
}

fn refuse(id: &'static str, detail: &str) -> ExitCode {
    let line = Words::plain().say(&Text::new(id));
    let _nobody_reads = writeln!(std::io::stderr(), "{line} {detail}");
    ExitCode::FAILURE
}
