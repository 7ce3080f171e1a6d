//! The rows behind a permit are the store's.
use store::Permit;
use store::acts::SeeRoster;

fn rows(permit: &Permit<'_, SeeRoster>) {
    let _ = permit.db();
}

fn main() {}
