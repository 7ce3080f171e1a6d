//! One permit at a time: what one allows is not mixed with what another does.
use store::acts::{ChangeAccounts, SeeAccounts};
use store::{On, StoreError, Writing, people};

async fn both(writing: &mut Writing) -> Result<(), StoreError> {
    let mut one = writing.permit::<SeeAccounts>(On::Organisation).await?;
    let _two = writing.permit::<ChangeAccounts>(On::Organisation).await?;
    people::accounts(&mut one).await?;
    Ok(())
}

fn main() {}
