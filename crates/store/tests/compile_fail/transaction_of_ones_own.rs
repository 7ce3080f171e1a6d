//! Nothing else is a transaction.
struct Mine;

impl store::Transaction for Mine {}

fn main() {}
