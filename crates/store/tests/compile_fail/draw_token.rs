//! No token without a session.
fn main() {
    let _ = store::sessions::Token::new();
}
