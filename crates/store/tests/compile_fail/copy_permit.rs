//! What was moved is gone.
use store::Permit;
use store::acts::SeeRoster;

fn twice(permit: Permit<'_, SeeRoster>) {
    drop(permit);
    drop(permit);
}

fn main() {}
