//! The holder of a permit commits nothing with it.
use store::Permit;
use store::acts::EditGroup;

async fn commit(permit: Permit<'_, EditGroup>) {
    let _ = permit.transaction.commit().await;
}

fn main() {}
