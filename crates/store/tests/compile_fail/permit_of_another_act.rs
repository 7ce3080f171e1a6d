//! A permit to count is no permit to see.
use store::acts::CountRoster;
use store::{Permit, StoreError, people};

async fn see(permit: &mut Permit<'_, CountRoster>) -> Result<(), StoreError> {
    people::roster(permit).await?;
    Ok(())
}

fn main() {}
