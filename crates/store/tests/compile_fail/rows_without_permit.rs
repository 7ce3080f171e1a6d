//! The rows behind a transaction are the store's.
use store::Reading;

fn rows(reading: &Reading) {
    let _ = &reading.transaction;
}

fn main() {}
