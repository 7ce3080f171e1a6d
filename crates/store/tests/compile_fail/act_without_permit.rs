//! A change goes through a permit.
use store::Writing;

async fn act(mut writing: Writing) {
    let _ = writing.act(Default::default()).await;
}

fn main() {}
