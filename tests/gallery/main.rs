//! A picture of every screen and state, light and dark, in two sizes, from the real web view: `cargo xtask gallery`.
//!
//! Most pages are fed: the program's own core makes them in a world of this test, and the real window draws them as if
//! its own core had sent them. The others are seen: a window was opened on a database, and shows what it made of it.

#![expect(clippy::expect_used, clippy::indexing_slicing, clippy::panic, reason = "a test fails by panicking")]
#![cfg(target_os = "linux")]

mod bench;
mod camera;
mod complete;
mod index;
mod made_up;
mod seen;
mod shots;
#[path = "../support"]
#[expect(dead_code, reason = "the tests of the window use the rest")]
mod support {
    pub(crate) mod driven;
    pub(crate) mod seeds;
    pub(crate) mod session;
    mod wait;
}

use camera::Camera;
use support::driven::Scheme;

async fn pictures(scheme: Scheme) {
    let camera = Camera::new(scheme);
    let mut taken = camera.fed(shots::all()).await;
    taken.extend(seen::all(&camera).await);
    for one in &taken {
        assert_eq!(one.across, 0, "{} is wider than the window", one.name);
    }
    if scheme == Scheme::Light {
        index::write(&camera.folder, &taken);
    }
}

#[tokio::test]
#[ignore = "pictures for people: cargo xtask gallery"]
async fn light() {
    pictures(Scheme::Light).await;
}

#[tokio::test]
#[ignore = "pictures for people: cargo xtask gallery"]
async fn dark() {
    pictures(Scheme::Dark).await;
}
