//! What is kept was hashed here.
fn main() {
    let _ = store::signing::password::Hashed("plain".to_owned());
}
