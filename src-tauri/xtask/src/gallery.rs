//! `cargo xtask gallery`: a picture of every screen and state, from the real web view, with an index.

use crate::processes::{line, must, target};
use crate::test::{WITH_KEYRING, WITH_SCREEN};
use crate::words::{Done, say};
use crate::{Options, packages, tools};

/// Takes the pictures with the tests that every other run leaves out.
pub(crate) fn run(options: &Options) -> Done {
    packages::ensure(true, options.yes)?;
    tools::ensure_node()?;
    tools::NEXTEST.ensure()?;
    tools::npm_ci("ui")?;
    tools::npm_run("ui", "build")?;
    must(&mut line(["cargo", "build", "-p", "mpc-sandbox"]))?;
    let mut pictures = line([WITH_KEYRING]);
    pictures.args(WITH_SCREEN).args(tools::NEXTEST.words());
    must(pictures.args(["run", "-p", "mpc-connect", "--test", "gallery", "--run-ignored", "only"]))?;
    say(format!("The pictures: {}", target().join("gallery/index.html").display()));
    Ok(())
}
