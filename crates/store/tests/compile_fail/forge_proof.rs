//! Nobody has shown who they are but by a way to sign in.
fn forge(person: domain::people::PersonId) -> store::signing::Proof {
    store::signing::Proof {
        person,
        method: store::signing::Method::Password,
        strength: domain::access::Strength::Two,
    }
}

fn main() {}
