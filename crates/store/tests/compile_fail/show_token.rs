//! A token is shown only where that is meant.
fn show(token: &store::sessions::Token) -> String {
    token.to_string()
}

fn main() {}
