//! A million responses to the PHQ-9, scored natively on one core.
fn main() {}
