//! Random schedules against python-dateutil and zoneinfo: `crates/domain/tests/recurrence.rs` with new seeds.

use std::fmt::Write;

use chrono::{DateTime, Utc};
use domain::schedule::Schedule;
use serde::Deserialize;

use super::{Line, Ran, Stop, tools};

const PACKAGES: [&str; 1] = ["python-dateutil==2.9.0.post0"];
const SCRIPT: &str = "crates/domain/tests/fixtures/recurrence.py";
const RULES: usize = 20_000;
/// Beside those of the script: gaps and overlaps of other sizes, times and directions.
const ZONES: [&str; 7] = [
    "Antarctica/Troll",
    "America/Havana",
    "America/Nuuk",
    "Africa/Cairo",
    "Asia/Gaza",
    "Asia/Beirut",
    "Europe/Dublin",
];

/// A random schedule, and what the oracle says of it.
#[derive(Deserialize)]
pub(super) struct Case {
    pub(super) schedule: Schedule,
    pub(super) ask: DateTime<Utc>,
    /// Whether `starts` is all there is from `ask` on.
    complete: bool,
    starts: Vec<String>,
}

pub(super) fn run(seed: u32) -> Ran {
    let python = tools::python(&PACKAGES)?;
    let cases = cases(&python, seed, RULES)?;
    let (mut meetings, mut wrong) = (0, String::new());
    for (number, case) in cases.iter().enumerate() {
        let most = if case.complete { 100 } else { case.starts.len() };
        let ours = case.schedule.occurrences(case.ask).take(most);
        let ours: Vec<_> = ours.map(|meeting| minute(meeting.start.to_utc())).collect();
        meetings += ours.len();
        if ours != case.starts {
            let _ = writeln!(wrong, "line {}: {:?}", number + 1, case.schedule);
        }
    }
    if !wrong.is_empty() {
        return Err(Stop::Found(wrong));
    }
    Ok(vec![Line {
        what: "random schedules in 24 zones, with skips, moves and ends, expanded to instants".to_owned(),
        against: format!(
            "{}, zoneinfo with tz {}",
            PACKAGES[0],
            chrono_tz::IANA_TZDB_VERSION
        ),
        cases: format!("{} schedules, {meetings} meetings", cases.len()),
        result: "equal".to_owned(),
    }])
}

/// Schedules that begin near now, expanded by the oracle.
pub(super) fn cases(python: &std::path::Path, seed: u32, rules: usize) -> Result<Vec<Case>, Stop> {
    let (seed, rules) = (seed.to_string(), rules.to_string());
    let mut arguments = vec![seed.as_str(), &rules, "2018", "2032"];
    arguments.extend(ZONES);
    let told = tools::script(python, SCRIPT, &arguments)?;
    let cases = told.lines().map(serde_json::from_str);
    cases
        .collect::<Result<_, _>>()
        .map_err(|error| Stop::Found(format!("{SCRIPT}: {error}")))
}

/// An instant as the scripts write it.
pub(super) fn minute(at: DateTime<Utc>) -> String {
    at.format("%Y-%m-%dT%H:%MZ").to_string()
}
