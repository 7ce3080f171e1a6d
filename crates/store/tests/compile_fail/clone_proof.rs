//! A proof is used once.
fn twice(proof: &store::signing::Proof) -> store::signing::Proof {
    proof.clone()
}

fn main() {}
