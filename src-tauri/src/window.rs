//! The one window, which shows the built-in page and nothing else.

use tauri::utils::config::WindowConfig;
use tauri::webview::{NewWindowResponse, PageLoadEvent};
use tauri::{AppHandle, Manager, Runtime, Url, UserAttentionType, WebviewWindow, WebviewWindowBuilder};

/// The one window.
pub(crate) const LABEL: &str = "main";

/// Makes the hidden window visible. Holds a closure because a generated command cannot be generic over the runtime.
pub(crate) struct Reveal(Box<dyn Fn() + Send + Sync>);

impl Reveal {
    pub(crate) fn reveal(&self) {
        (self.0)();
    }
}

/// Makes the window of the configuration, hidden until its page can be seen.
///
/// It goes nowhere but to its own page, and opens no other window.
///
/// # Errors
/// When no web view can be made.
pub fn open<R: Runtime>(app: &AppHandle<R>) -> tauri::Result<()> {
    let config = config(app)?;
    let handle = app.clone();
    app.manage(Reveal(Box::new(move || show(&handle))));
    WebviewWindowBuilder::from_config(app, &config)?
        .on_navigation(is_own_page)
        .on_new_window(|_, _| NewWindowResponse::Deny)
        // Should the page fail before it can say that it is ready, the person sees a window all the same.
        .on_page_load(|window, load| match load.event() {
            PageLoadEvent::Started => {}
            PageLoadEvent::Finished => show(window.app_handle()),
        })
        .build()?;
    Ok(())
}

fn config<R: Runtime>(app: &AppHandle<R>) -> tauri::Result<WindowConfig> {
    let windows = &app.config().app.windows;
    let found = windows.iter().find(|window| window.label == LABEL).cloned();
    let mut config = found.ok_or(tauri::Error::WindowNotFound)?;
    // The private context of an incognito web view takes no WebDriver session (wry 0.57, WebKitGTK).
    config.incognito &= !is_driven();
    Ok(config)
}

/// Whether a WebDriver starts this process: it says so in a variable that Tauri itself obeys.
#[must_use]
pub fn is_driven() -> bool {
    std::env::var_os("TAURI_WEBVIEW_AUTOMATION").is_some_and(|asked| asked == "true")
}

fn show<R: Runtime>(app: &AppHandle<R>) {
    let shown = app.get_webview_window(LABEL).map_or(Ok(()), |window| window.show());
    if let Err(error) = shown {
        tracing::warn!(%error, "the window cannot be shown");
    }
}

/// Takes the window from the screen.
pub(crate) fn hide<R: Runtime>(app: &AppHandle<R>) {
    let hidden = app.get_webview_window(LABEL).map_or(Ok(()), |window| window.hide());
    if let Err(error) = hidden {
        tracing::debug!(%error, "the window does not hide");
    }
}

/// Brings the window to the front. Where the desktop lets no program do that, it shows that the window wants a look.
pub(crate) fn bring_to_front<R: Runtime>(app: &AppHandle<R>) {
    let Some(window) = app.get_webview_window(LABEL) else { return };
    if let Err(error) = to_front(&window) {
        tracing::debug!(%error, "the window does not come to the front");
    }
}

fn to_front<R: Runtime>(window: &WebviewWindow<R>) -> tauri::Result<()> {
    window.unminimize()?;
    window.show()?;
    window.set_focus()?;
    if window.is_focused()? {
        return Ok(());
    }
    window.request_user_attention(Some(UserAttentionType::Informational))
}

/// The page's own address: Tauri's scheme, or the host that stands for it where a web view knows no other schemes.
fn is_own_page(address: &Url) -> bool {
    let host = address.host_str();
    match address.scheme() {
        "tauri" => host == Some("localhost"),
        "http" | "https" if cfg!(windows) => host == Some("tauri.localhost"),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_window_goes_nowhere_but_to_its_own_page() {
        let goes = |address: &str| is_own_page(&Url::parse(address).expect("an address"));
        assert!(goes("tauri://localhost"));
        assert!(goes("tauri://localhost/index.html#status"));
        let foreign = [
            "https://example.com",
            "https://localhost/",
            "http://tauri.localhost.example.com/",
            "tauri://elsewhere/",
            "file:///etc/passwd",
            "data:text/html,hello",
            "javascript:alert(1)",
            "about:blank",
            "com.mpc-connect.desktop://auth",
        ];
        for address in foreign {
            assert!(!goes(address), "{address}");
        }
        assert_eq!(goes("http://tauri.localhost/"), cfg!(windows));
    }
}
