//! A code is drawn, never chosen.
fn main() {
    let _ = store::signing::code::Code("1234567890123456".to_owned());
}
