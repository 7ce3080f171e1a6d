//! A session's token is drawn, never written.
fn main() {
    let _ = store::sessions::Token("00".repeat(32));
}
