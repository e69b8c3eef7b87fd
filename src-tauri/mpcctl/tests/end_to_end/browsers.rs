//! Every account of the rehearsal through a real Chromium, whose `Origin`s and redirects are nobody's invention.

use crate::support::{Browser, Room, endings, walk};

#[tokio::test]
async fn chromium_brings_each_account_to_its_end_over_http() {
    let room = Room::open();
    for ending in endings() {
        walk(&room.desk_with(Browser::Chromium), &ending).await;
    }
}

#[tokio::test]
async fn chromium_brings_each_account_to_its_end_over_https() {
    let room = Room::open_with_tls();
    for ending in endings() {
        walk(&room.desk_with(Browser::Chromium), &ending).await;
    }
}
