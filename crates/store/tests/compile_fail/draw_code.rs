//! No code without a person.
fn main() {
    let _ = store::signing::code::Code::new();
}
