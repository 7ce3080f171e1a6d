//! Who asks is said when the transaction is opened, and stays.
use store::{Who, Writing};

fn pose(writing: &mut Writing) {
    writing.who = Who::Operator;
}

fn main() {}
