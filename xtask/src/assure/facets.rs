//! The finder's answers and counts against a plain loop, with questions and listings of a new seed.

use super::{Line, Ran, Stop};
use crate::run::{cargo, output};

/// Times as many questions as the test asks otherwise.
const TIMES: &str = "5";

pub(super) fn run(seed: u32) -> Ran {
    let mut test = cargo(&[
        "test",
        "--locked",
        "--package",
        "finder",
        "--test",
        "it",
        "--",
        "--nocapture",
        "brute_force::",
    ]);
    let told = output(
        test.env("SAMEBOAT_SEED", seed.to_string())
            .env("SAMEBOAT_TIMES", TIMES),
    )?;
    let said = |what: &str| {
        told.lines()
            .find_map(|line| line.split_once(what).map(|(before, _)| before))
            .and_then(|before| before.rsplit("... ").next())
            .map(str::to_owned)
            .ok_or_else(|| Stop::Found(format!("the test does not tell how many{what}")))
    };
    let line = |what: &str, cases: String| Line {
        what: what.to_owned(),
        against: "a plain loop over all listings (`crates/finder/tests/it/brute_force.rs`)".to_owned(),
        cases,
        result: "equal".to_owned(),
    };
    Ok(vec![
        line(
            "answers to random questions",
            format!("{} questions", said(" questions were answered")?),
        ),
        line(
            "counts of each value",
            format!("{} compared", said(" were compared")?),
        ),
    ])
}
