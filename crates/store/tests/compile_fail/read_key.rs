//! The key ring is read by nothing.
fn read(key: store::KeyRing) -> [u8; 32] {
    key.0
}

fn main() {}
