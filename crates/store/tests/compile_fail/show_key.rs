//! The key ring has no Display.
fn show(key: &store::KeyRing) -> String {
    key.to_string()
}

fn main() {}
