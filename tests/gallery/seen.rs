//! Windows that were opened on a database, and draw what their own core made of it.

use std::path::Path;

use jiff::Timestamp;

use crate::camera::{Camera, Taken};
use crate::support::driven::{Driven, Start};
use crate::support::seeds;
use crate::support::session::Session;

/// The heading under which they stand in the index.
pub(crate) const GROUP: &str = "Windows as they open";
/// The mark of each seed, and the name of its pictures.
/// Nothing answers here, so that what was Active cannot be checked.
const SEEDS: [(&str, &str); 3] = [
    ("notConnected", "opened-unfinished"),
    ("active", "opened-without-network"),
    ("inactive", "opened-inactive"),
];
const FIRST: &str = "opened-first";
const REFUSED: &str = "opened-not-set-up";
const DAMAGED: &str = "opened-damaged";

/// The names of all of them.
pub(crate) fn names() -> Vec<&'static str> {
    SEEDS.iter().map(|(_, name)| *name).chain([FIRST, REFUSED, DAMAGED]).collect()
}

/// One window after the other.
pub(crate) async fn all(camera: &Camera) -> Vec<Taken> {
    let mut taken = Vec::new();
    for (mark, name) in SEEDS {
        let folder = tempfile::tempdir().expect("a folder");
        let seed = seeds::all(Timestamp::now()).into_iter().find(|seed| seed.mark == mark).expect("a seed");
        let environment = seed.plant(folder.path()).await;
        taken.push(one(camera, name, environment.to_str().expect("a path"), folder.path()).await);
    }
    let folder = tempfile::tempdir().expect("a folder");
    let environment = seeds::environment(folder.path(), true);
    let environment = environment.to_str().expect("a path");
    taken.push(one(camera, FIRST, environment, folder.path()).await);
    let folder = tempfile::tempdir().expect("a folder");
    taken.push(one(camera, REFUSED, "public", folder.path()).await);
    let folder = tempfile::tempdir().expect("a folder");
    let environment = seeds::environment(folder.path(), false);
    let damaged = folder.path().join("contoso-lab.db");
    std::fs::write(damaged, "no database at all ".repeat(100)).expect("a file");
    taken.push(one(camera, DAMAGED, environment.to_str().expect("a path"), folder.path()).await);
    taken
}

async fn one(camera: &Camera, name: &'static str, environment: &str, folder: &Path) -> Taken {
    let session = Session::start();
    let window = Driven::open(&session, &Start::on(environment, folder, camera.scheme)).await;
    // Nothing answers here, so that a check that is begun ends soon.
    let settled = "while (!document.querySelector('h1') || document.querySelector('main .checking'))
                     await new Promise((next) => requestAnimationFrame(next));
                   await document.fonts.ready;";
    window.run(settled).await;
    camera.both(&window, GROUP, name).await
}
