//! The server's key has no Display.
fn show(key: &store::Key) -> String {
    key.to_string()
}

fn main() {}
