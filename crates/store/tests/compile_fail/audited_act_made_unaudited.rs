//! Nobody takes an act off those that are written down.
impl store::acts::Unaudited for store::acts::SeeContact {}

fn main() {}
