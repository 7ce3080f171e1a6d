//! Nor does an account.
fn send(account: &store::people::Account) -> String {
    serde_json::to_string(account).unwrap_or_default()
}

fn main() {}
