//! Schedules against an outside oracle: python-dateutil and zoneinfo (see `fixtures/recurrence.py`).
#![expect(clippy::unwrap_used, reason = "a test that cannot go on ends")]

use chrono::{DateTime, Utc};
use domain::schedule::Schedule;
use serde::Deserialize;

#[derive(Deserialize)]
struct Case {
    schedule: Schedule,
    ask: DateTime<Utc>,
    /// Whether `starts` is all there is from `ask` on.
    complete: bool,
    starts: Vec<String>,
}

fn cases() -> Vec<Case> {
    include_str!("fixtures/recurrence.jsonl")
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect()
}

#[test]
fn every_schedule_meets_when_dateutil_and_zoneinfo_say() {
    let cases = cases();
    assert!(cases.len() >= 1_000);
    for (number, case) in cases.iter().enumerate() {
        let most = if case.complete { 100 } else { case.starts.len() };
        let starts: Vec<_> = case
            .schedule
            .occurrences(case.ask)
            .take(most)
            .map(|meeting| meeting.start.to_utc().format("%Y-%m-%dT%H:%MZ").to_string())
            .collect();
        assert_eq!(
            starts,
            case.starts,
            "line {} asked from {}: {:?}",
            number + 1,
            case.ask,
            case.schedule
        );
    }
}

#[test]
fn every_schedule_of_the_oracle_is_one() {
    for (number, case) in cases().iter().enumerate() {
        assert_eq!(case.schedule.check(), Ok(()), "line {}", number + 1);
    }
}
