//! Nobody is signed in by default.
fn main() {
    let _ = store::SignedIn::default();
}
