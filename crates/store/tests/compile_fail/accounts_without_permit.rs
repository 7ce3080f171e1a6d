//! No accounts without a permit.
use store::{Writing, people};

async fn see(mut writing: Writing) {
    let _ = people::accounts(&mut writing).await;
}

fn main() {}
