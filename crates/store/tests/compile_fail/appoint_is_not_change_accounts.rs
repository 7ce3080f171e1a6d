//! Who appoints in a group gives no role for the organisation.
use domain::groups::Slug;
use domain::people::Role;
use store::acts::Appoint;
use store::{Permit, people};

async fn change(permit: &mut Permit<'_, Appoint>, to: &Slug) {
    let _ = people::give(permit, to, Role::Admin, None, None).await;
}

fn main() {}
