//! Facts in words: times, schedules, distances, money, seats. The words are in `words/`, the grammar is here.

mod facts;
mod people;
mod times;

pub use facts::{
    access, activity, ages, alongside, audience, cost, cost_short, distance, format, freshness, kind,
    languages, leader, leading, membership, problem, seats, seats_of, size, span, whereabouts,
};
pub use people::{reason, role};
pub use times::{
    clock, date_long, date_short, date_with_year, length, moment, next, range, rule_at_time, time_zone,
    weekday, weekday_short,
};

use crate::words::Words;

/// "a", "a and b", "a, b and c".
pub fn list(words: &Words, items: &[String]) -> String {
    match items {
        [] => String::new(),
        [only] => only.clone(),
        [first, last] => words.with(
            "list-and",
            &[("first", first.as_str().into()), ("last", last.as_str().into())],
        ),
        [first, rest @ ..] => {
            let rest = list(words, rest);
            words.with(
                "list-comma",
                &[("first", first.as_str().into()), ("rest", rest.into())],
            )
        }
    }
}
