//! The id of an opened record is parsed, and opens nothing by itself.
fn forge(uuid: [u8; 16]) {
    let _ = store::break_glass::BrokenId(uuid);
}

fn main() {}
