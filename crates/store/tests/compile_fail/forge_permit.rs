//! Nobody makes a permit but the store.
fn forge(writing: &mut store::Writing) -> store::Permit<'_, store::acts::SeeRoster> {
    store::Permit { transaction: writing }
}

fn main() {}
