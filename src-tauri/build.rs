//! Refuses to build without the page, names the commands that the page may be granted, and prepares Tauri.

use std::path::Path;
use std::process::ExitCode;

const PAGE: &str = "ui/dist";
const COMMANDS: &[&str] = &["catalogue", "current_view", "press", "page_is_ready"];

fn main() -> ExitCode {
    // The folder is watched as a whole: Cargo does not notice a new file among embedded ones by itself.
    println!("cargo::rerun-if-changed={PAGE}");
    if !Path::new(PAGE).join("index.html").is_file() {
        println!(
            "cargo::error=The window's page is not built yet ({PAGE}/index.html is missing). \
             Run `npm ci` and `npm run build` in ui/, or `cargo xtask run`, which does both."
        );
        return ExitCode::FAILURE;
    }
    // A command that is not named here could be called by every window without being granted.
    let commands = tauri_build::AppManifest::new().commands(COMMANDS);
    match tauri_build::try_build(tauri_build::Attributes::new().app_manifest(commands)) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            println!("cargo::error={error:#}");
            ExitCode::FAILURE
        }
    }
}
