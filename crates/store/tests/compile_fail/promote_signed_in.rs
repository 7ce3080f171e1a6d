//! Nobody makes themselves stronger.
fn promote(mut someone: store::SignedIn) -> store::SignedIn {
    someone.strength = domain::access::Strength::Two;
    someone
}

fn main() {}
