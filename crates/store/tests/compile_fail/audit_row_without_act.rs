//! Nobody writes into the audit but by acting.
use store::audit::Act;

fn main() {}
