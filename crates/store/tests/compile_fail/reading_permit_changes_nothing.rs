//! A permit of a look changes nothing.
use store::acts::RunInstallation;
use store::outbox::LetterId;
use store::{Permit, Reading, outbox};

async fn retry(permit: &mut Permit<'_, RunInstallation, Reading>, id: LetterId) {
    let _ = outbox::retry(permit, id).await;
}

fn main() {}
