//! A code is shown only where that is meant.
fn show(code: &store::signing::code::Code) -> String {
    code.to_string()
}

fn main() {}
