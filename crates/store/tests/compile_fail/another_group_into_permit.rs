//! What a permit is for was found in its transaction, and stays.
use store::Permit;
use store::acts::SeeRoster;

fn turn(permit: &mut Permit<'_, SeeRoster>, group: domain::people::GroupId) {
    permit.relation.group = Some(group);
}

fn main() {}
