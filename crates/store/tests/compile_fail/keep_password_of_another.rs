//! A password is set with a permit for the account.
use store::signing::password::{self, Hashed};

async fn keep(writing: &store::Writing, person: domain::people::PersonId, hashed: Hashed) {
    let _ = password::keep(writing, person, hashed).await;
}

fn main() {}
