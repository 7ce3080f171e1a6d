//! A session's id is parsed, not made of any number.
fn forge(uuid: [u8; 16]) {
    let _ = store::sessions::SessionId(uuid);
}

fn main() {}
