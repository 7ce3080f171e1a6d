//! A password is shown by nothing.
use store::signing::password::NewPassword;

fn show(password: &NewPassword) -> String {
    format!("{password}")
}

fn main() {}
