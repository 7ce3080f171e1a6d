//! Every combination of answers that the chooser's rules can tell apart.

use super::{Line, Ran, Stop};
use crate::run::{cargo, output};

pub(super) fn run() -> Ran {
    let told = output(&mut cargo(&[
        "test",
        "--locked",
        "--package",
        "content",
        "--test",
        "it",
        "--",
        "--include-ignored",
        "--nocapture",
        "chooser::",
    ]))?;
    let combinations = told
        .lines()
        .find_map(|line| {
            line.split_once(" combinations of ")
                .map(|(count, _)| count.trim())
        })
        .and_then(|count| count.rsplit(' ').next())
        .ok_or_else(|| Stop::Found("the tests of the chooser tell no combinations".to_owned()))?;
    Ok(vec![Line {
        what: "risk answers give help first, every advice has its reason, every tension its sentence"
            .to_owned(),
        against:
            "every combination of answers that rules can tell apart (`crates/content/tests/it/chooser.rs`)"
                .to_owned(),
        cases: format!("{combinations} combinations"),
        result: "all promises are kept".to_owned(),
    }])
}
