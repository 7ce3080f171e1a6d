//! A permit ends with its look.
use store::acts::SeeRoster;
use store::{On, Reading, StoreError, people};

async fn late(mut reading: Reading, on: On<'_>) -> Result<(), StoreError> {
    let mut permit = reading.permit::<SeeRoster>(on).await?;
    drop(reading);
    people::roster(&mut permit).await?;
    Ok(())
}

fn main() {}
