//! What was shown long ago was not shown now.
fn freshen(someone: store::SignedIn, now: chrono::DateTime<chrono::Utc>) -> store::SignedIn {
    store::SignedIn { proved_at: now, ..someone }
}

fn main() {}
