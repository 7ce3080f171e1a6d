//! A permit to see accounts changes none.
use domain::groups::Slug;
use domain::people::Role;
use store::acts::SeeAccounts;
use store::{Permit, people};

async fn change(permit: &mut Permit<'_, SeeAccounts>, to: &Slug) {
    let _ = people::give(permit, to, Role::Admin, None, None).await;
}

fn main() {}
