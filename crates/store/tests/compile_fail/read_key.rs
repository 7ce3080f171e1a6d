//! The server's key is read by nothing.
fn read(key: store::Key) -> [u8; 32] {
    key.0
}

fn main() {}
