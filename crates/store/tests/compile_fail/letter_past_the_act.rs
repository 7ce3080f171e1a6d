//! A letter is written by the act that it tells of.
use store::{Writing, outbox};

async fn write(writing: &Writing) {
    let _ = outbox::put(writing, "a@example.org", "subject", "body").await;
}

fn main() {}
