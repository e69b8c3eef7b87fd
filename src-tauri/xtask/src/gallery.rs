//! `cargo xtask gallery`: a picture of every screen and state, from the real web view, with an index.

use std::io::ErrorKind;
use std::path::Path;

use crate::processes::{line, must, target};
use crate::test::WITH_KEYRING;
use crate::words::{Done, Failure, say};
use crate::{Options, packages, tools};

/// Takes the pictures with the tests that every other run leaves out.
pub(crate) fn run(options: &Options) -> Done {
    packages::ensure(true, options.yes)?;
    tools::ensure_node()?;
    tools::NEXTEST.ensure()?;
    tools::npm_ci("ui")?;
    tools::npm_run("ui", "build")?;
    let folder = target().join("gallery");
    removed(&folder)?;
    let mut pictures = line([WITH_KEYRING]);
    pictures.args(tools::NEXTEST.words());
    pictures.args(["run", "-p", "mpc-connect", "--features", "test-seams", "--test", "gallery"]);
    must(pictures.args(["--run-ignored", "only"]))?;
    say(format!("The pictures: {}", folder.join("index.html").display()));
    Ok(())
}

/// No picture of a state that is gone stays beside the new ones.
fn removed(folder: &Path) -> Done {
    match std::fs::remove_dir_all(folder) {
        Err(error) if error.kind() != ErrorKind::NotFound => {
            Err(Failure::new(format!("{} cannot be emptied: {error}.", folder.display())))
        }
        Ok(()) | Err(_) => Ok(()),
    }
}
