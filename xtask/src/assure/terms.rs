//! Whole terms, each made from a seed (SECURITY T30).

use super::{Line, Ran, Stop};
use crate::run::{cargo, output};

/// Times as many terms as the tests try otherwise.
const TIMES: &str = "40";

pub(super) fn run(seed: u32) -> Ran {
    let mut test = cargo(&[
        "test",
        "--locked",
        "--release",
        "--package",
        "store",
        "--test",
        "it",
        "--",
        "--nocapture",
        "term::",
    ]);
    let told = output(
        test.env("SAMEBOAT_SEED", seed.to_string())
            .env("SAMEBOAT_TIMES", TIMES),
    )?;
    // Of each part: so many terms, what was kept, lost, refused and marked in them, parts that were written and times that were taken.
    let mut sums = [0_u64; 7];
    for line in told.lines().filter(|line| line.contains(" terms: ")) {
        let line = line.rsplit("... ").next().unwrap_or(line);
        let numbers = line
            .split(|c: char| !c.is_ascii_digit())
            .filter_map(|word| word.parse::<u64>().ok());
        for (sum, number) in sums.iter_mut().zip(numbers) {
            *sum += number;
        }
    }
    let [terms, kept, lost, refused, marks, parts, booked] = sums;
    if terms == 0 {
        return Err(Stop::Found("the tests do not tell how many terms".to_owned()));
    }
    Ok(vec![Line {
        what: "twelve weeks of two therapy groups: joining, attendance, records, pauses and ends, with changes that are lost and starts in between"
            .to_owned(),
        against: "what was acknowledged, places, signatures, who was there, times for talks and the audit, each week (`crates/store/tests/it/term.rs`)".to_owned(),
        cases: format!(
            "{terms} terms: {kept} changes kept, {lost} lost, {refused} refused, {marks} marks, {parts} parts, {booked} times taken"
        ),
        result: "no promise is broken".to_owned(),
    }])
}
