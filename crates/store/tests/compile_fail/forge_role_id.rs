//! The id of a role is parsed, not made of any number.
fn forge(uuid: [u8; 16]) {
    let _ = store::people::RoleId(uuid);
}

fn main() {}
