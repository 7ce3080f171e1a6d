//! A permit cannot be handed out of the function that holds its transaction.
use store::acts::SeeRoster;
use store::{On, Permit, Store, StoreError, Who};

async fn kept(store: &Store, on: On<'_>) -> Result<Permit<'static, SeeRoster>, StoreError> {
    let mut writing = store.write(Who::Visitor).await?;
    writing.permit::<SeeRoster>(on).await
}

fn main() {}
