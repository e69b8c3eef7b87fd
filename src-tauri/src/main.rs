//! The desktop program.

#![cfg_attr(all(windows, not(debug_assertions)), windows_subsystem = "windows")]

use std::process::ExitCode;

fn main() -> ExitCode {
    #[cfg(target_os = "linux")]
    choose_renderer();
    mpc_connect::run()
}

/// Without a graphics device, WebKitGTK's default renderer falls back to drawing by software on a path that costs
/// several hundred milliseconds at the start and tens of megabytes. The plain one is quicker there.
///
/// With it, a view transition ends the web process of WebKitGTK 2.50: the page has none. And a WebDriver waits for its
/// screenshots for ever: a driven window keeps the default.
#[cfg(target_os = "linux")]
#[expect(unsafe_code, reason = "the environment is set before the first thread starts")]
fn choose_renderer() {
    use mpc_connect_adapters::browser::RENDERER_LEVER;
    if std::env::var_os(RENDERER_LEVER).is_none() && !has_graphics_device() && !mpc_connect::is_driven() {
        // SAFETY: main has not started a thread yet, so nothing reads the environment at the same time.
        unsafe { std::env::set_var(RENDERER_LEVER, "1") };
    }
}

#[cfg(target_os = "linux")]
fn has_graphics_device() -> bool {
    let devices = std::fs::read_dir("/dev/dri").into_iter().flatten().flatten();
    devices.into_iter().any(|device| device.file_name().to_string_lossy().starts_with("renderD"))
}
