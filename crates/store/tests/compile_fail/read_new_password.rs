//! A password is read by nothing.
use store::signing::password::NewPassword;

fn read(password: NewPassword) -> String {
    password.0
}

fn main() {}
