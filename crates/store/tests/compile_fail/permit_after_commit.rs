//! A permit ends with its transaction.
use store::acts::SeeRoster;
use store::{On, StoreError, Writing, people};

async fn late(mut writing: Writing, on: On<'_>) -> Result<(), StoreError> {
    let mut permit = writing.permit::<SeeRoster>(on).await?;
    writing.commit().await?;
    people::roster(&mut permit).await?;
    Ok(())
}

fn main() {}
