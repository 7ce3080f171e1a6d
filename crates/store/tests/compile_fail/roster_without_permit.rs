//! No roster without a permit.
use store::{Reading, people};

async fn see(mut reading: Reading) {
    let _ = people::roster(&mut reading).await;
}

fn main() {}
