//! Registering the private scheme with the system.

use tauri::{AppHandle, Runtime};

use crate::opening::SCHEME;

/// Makes sure that the system leads the scheme to this program, and answers whether it does.
#[cfg(target_os = "linux")]
pub(crate) async fn register<R: Runtime>(app: &AppHandle<R>) -> bool {
    let title = app.config().product_name.clone().unwrap_or_default();
    match std::env::current_exe() {
        Ok(program) => mpc_connect_adapters::deep_link::register(SCHEME, &title, &program).await,
        Err(_) => false,
    }
}

/// Makes sure that the system leads the scheme to this program, and answers whether it does.
///
/// Where a scheme belongs to a bundle and cannot be asked for, as on macOS, the round trip before each sign-in decides.
#[cfg(not(target_os = "linux"))]
pub(crate) async fn register<R: Runtime>(app: &AppHandle<R>) -> bool {
    use tauri_plugin_deep_link::DeepLinkExt as _;
    let links = app.deep_link();
    if links.is_registered(SCHEME).is_ok_and(|registered| registered) {
        return true;
    }
    if let Err(error) = links.register(SCHEME) {
        tracing::info!(%error, "the scheme is not registered at run time");
    }
    links.is_registered(SCHEME).unwrap_or(true)
}
