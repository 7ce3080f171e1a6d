//! A permit cannot be copied.
use store::Permit;
use store::acts::SeeRoster;

fn copy<'tx>(permit: &Permit<'tx, SeeRoster>) -> Permit<'tx, SeeRoster> {
    permit.clone()
}

fn main() {}
