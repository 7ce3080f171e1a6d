//! A permit cannot be put aside for a later request.
use store::acts::SeeRoster;
use store::{On, Permit, StoreError, Writing};

struct State {
    kept: Option<Permit<'static, SeeRoster>>,
}

async fn keep(state: &mut State, mut writing: Writing, on: On<'_>) -> Result<(), StoreError> {
    state.kept = Some(writing.permit::<SeeRoster>(on).await?);
    Ok(())
}

fn main() {}
