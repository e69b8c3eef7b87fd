//! What the tests of the window share: a session, a stand-in for Microsoft, a browser, a driven window.

pub(crate) mod browser;
pub(crate) mod driven;
mod hand;
pub(crate) mod narrated;
pub(crate) mod route;
pub(crate) mod sandbox;
pub(crate) mod seeds;
pub(crate) mod session;
pub(crate) mod wait;
pub(crate) mod world;

use std::os::unix::fs::PermissionsExt as _;
use std::path::Path;

/// Writes a script that can be run.
fn make_program(file: &Path, script: &str) {
    std::fs::write(file, script).expect("a script");
    std::fs::set_permissions(file, std::fs::Permissions::from_mode(0o755)).expect("it can be run");
}
