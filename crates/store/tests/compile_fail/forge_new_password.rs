//! A password is checked before it may be kept.
fn main() {
    let _ = store::signing::password::NewPassword("1234".to_owned());
}
