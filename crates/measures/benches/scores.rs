//! Scores of a million responses.
fn main() {}
