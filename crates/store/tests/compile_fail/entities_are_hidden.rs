//! No table is seen from outside.
use store::entities::people::person;

fn main() {}
