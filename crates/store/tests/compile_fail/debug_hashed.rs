//! A hash goes into no log.
use store::signing::password::Hashed;

fn log(hashed: &Hashed) -> String {
    format!("{hashed:?}")
}

fn main() {}
