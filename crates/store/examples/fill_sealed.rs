//! Fills a database with invented people, of each a name and an address that are sealed: for `cargo xtask assure keys`.
//!
//!     cargo run --release --package store --example fill_sealed -- sqlite:FILE KEY_FILE PEOPLE
#![forbid(unsafe_code)]
#![expect(clippy::unwrap_used, reason = "a tool that cannot go on ends")]

use std::path::Path;
use std::sync::Arc;
use std::time::UNIX_EPOCH;

use domain::clock::Fixed;
use domain::groups::Mail;
use domain::people::Handle;
use store::{DatabaseUrl, KeyRing, Store, Who, people};

/// People of one change.
const BATCH: u32 = 1_000;

#[tokio::main]
async fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [database, key_file, people] = arguments.as_slice() else {
        panic!("DATABASE KEY_FILE PEOPLE");
    };
    let now = i64::try_from(UNIX_EPOCH.elapsed().unwrap().as_secs()).unwrap();
    let clock = Fixed(chrono::DateTime::from_timestamp(now, 0).unwrap());
    let url = DatabaseUrl::parse(database).unwrap();
    let ring = KeyRing::read(Path::new(key_file)).unwrap();
    let store = Store::open(&url, Arc::new(clock), ring).await.unwrap();
    let people: u32 = people.parse().unwrap();
    for begin in (0..people).step_by(BATCH as usize) {
        fill(&store, begin, people.min(begin + BATCH)).await;
    }
    store.close().await;
}

async fn fill(store: &Store, begin: u32, end: u32) {
    let mut writing = store.write(Who::Job("demo")).await.unwrap();
    for number in begin..end {
        let handle = Handle::parse(&format!("Filled {number}")).unwrap();
        let mail = Mail::parse(&format!("filled-{number}@people.example")).unwrap();
        people::invent(&mut writing, &handle, Some(&mail), &[])
            .await
            .unwrap();
    }
    writing.commit().await.unwrap();
}
