//! There is no way to ask for a permit but `permit`.
fn forge(writing: &mut store::Writing) {
    let _ = store::Permit::<store::acts::SeeRoster>::new(writing);
}

fn main() {}
