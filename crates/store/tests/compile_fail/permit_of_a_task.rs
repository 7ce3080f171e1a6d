//! A permit does not go into a task that outlives its transaction.
use store::acts::SeeRoster;
use store::{On, StoreError, Writing, people};

async fn spawn(mut writing: Writing, on: On<'_>) -> Result<(), StoreError> {
    let mut permit = writing.permit::<SeeRoster>(on).await?;
    tokio::spawn(async move { people::roster(&mut permit).await.is_ok() });
    Ok(())
}

fn main() {}
