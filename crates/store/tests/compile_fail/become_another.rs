//! Nobody becomes another.
fn become_another(someone: &mut store::SignedIn, other: domain::people::PersonId) {
    someone.person = other;
}

fn main() {}
