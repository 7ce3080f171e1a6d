//! A letter is written by the act that it tells of.
use domain::groups::Mail;
use store::{Writing, outbox};

async fn write(writing: &Writing, mail: &Mail) {
    let _ = outbox::put(writing, mail, "subject", "body").await;
}

fn main() {}
