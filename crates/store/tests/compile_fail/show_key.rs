//! The key ring has no Display.
fn show(key: &store::KeyRingRing) -> String {
    key.to_string()
}

fn main() {}
