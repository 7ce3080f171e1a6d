//! Our calendars as other programs read them: instant by instant what our own schedules say.

use std::collections::{BTreeMap, HashMap};
use std::fs;
use std::path::Path;
use std::process::Command;

use chrono::{DateTime, NaiveTime, TimeDelta, Utc};
use domain::groups::{Listing, Seats};
use domain::schedule::{Schedule, resolve};
use feeds::icalendar::{Entry, calendar};
use serde::{Deserialize, Serialize};
use testing::program::{Program, get};

use super::dateutil::{cases, minute};
use super::{Line, Ran, Stop, tools};
use crate::run::output;

const PACKAGES: [&str; 3] = [
    "icalendar==7.3.2",
    "recurring-ical-events==3.8.2",
    "python-dateutil==2.9.0.post0",
];
const RULES: usize = 3_000;
const DAYS: i64 = 400;

/// A calendar, and the time in which its meetings are compared.
#[derive(Serialize)]
struct Asked {
    name: String,
    calendar: String,
    from: DateTime<Utc>,
    until: DateTime<Utc>,
    #[serde(skip)]
    meant: BTreeMap<String, Vec<String>>,
}

/// What Python reads: the UID's first part to instants, with the zones it knows and with the calendar's own.
#[derive(Deserialize)]
struct Read {
    name: String,
    known: BTreeMap<String, Vec<String>>,
    own: BTreeMap<String, Vec<String>>,
}

pub(super) fn run(seed: u32) -> Ran {
    let python = tools::python(&PACKAGES)?;
    let against = format!(
        "{}, zoneinfo with tz {}; and each calendar's own VTIMEZONE alone",
        PACKAGES.join(", "),
        chrono_tz::IANA_TZDB_VERSION
    );
    let line = |what: &str, cases| Line {
        what: what.to_owned(),
        against: against.clone(),
        cases,
        result: "equal".to_owned(),
    };
    let demo = compare(&python, &of_demo()?)?;
    let random: Vec<_> = cases(&python, seed, RULES)?
        .into_iter()
        .enumerate()
        .map(|(number, case)| of_case(number, &case.schedule, case.ask))
        .collect();
    let random = compare(&python, &random)?;
    Ok(vec![
        line(
            "`/groups/calendar.ics` and `export --as ical` of the demo, the next 400 days",
            demo,
        ),
        line("calendars of random schedules in 24 zones, 400 days each", random),
    ])
}

fn of_case(number: usize, schedule: &Schedule, ask: DateTime<Utc>) -> Asked {
    let name = number.to_string();
    let uid = format!("{name}@example.org");
    let entry = Entry {
        uid: &uid,
        title: "Thursday, 6:30 pm",
        schedule,
        begins: ask.date_naive(),
        until: None,
        place: Some("1900 West 25th Street, Cleveland; “downstairs”"),
        url: None,
        stamp: ask,
    };
    let from = resolve(schedule.zone, ask.date_naive().and_time(NaiveTime::MIN)).to_utc();
    let until = from + TimeDelta::days(DAYS);
    Asked {
        calendar: calendar(&[entry]),
        from,
        until,
        meant: BTreeMap::from([(name.clone(), meant(schedule, from, until))]),
        name,
    }
}

/// What the demo serves and exports, beside the schedules that it exports in our own format.
fn of_demo() -> Result<Vec<Asked>, Stop> {
    let program = tools::sameboat()?;
    let folder = tools::folder()?.join("icalendar-demo");
    let data = folder.display().to_string();
    let demo = Program::start(
        &program,
        &["demo", "--fresh", "--data", &data, "--listen", "127.0.0.1:0"],
    );
    let database = format!("sqlite:{}", folder.join("demo/demo.db").display());
    let export = |format: &str| {
        let mut export = testing::program::command(&program);
        export.args(["export", "--as", format, "--data", &data]);
        output(export.args(["--database", &database]))
    };
    let file = feeds::sameboat::read(export("sameboat")?.as_bytes(), None)
        .map_err(|error| Stop::Found(error.to_string()))?;
    let listings: HashMap<String, Listing> = file
        .groups
        .into_iter()
        .filter_map(|row| Some((row.id, row.listing.ok()?)))
        .collect();
    let (status, served) = get(&demo.address, "/groups/calendar.ics");
    if status != 200 {
        return Err(Stop::Found(format!("/groups/calendar.ics answers {status}")));
    }
    // The demo's now: calendars say nothing of it but on what day they begin.
    let from = now()?;
    let until = from + TimeDelta::days(DAYS);
    let groups = listings
        .iter()
        .filter_map(|(id, listing)| Some((id.clone(), meant_by(listing, from, until)?)));
    let all: BTreeMap<_, _> = groups.filter(|(_, meetings)| !meetings.is_empty()).collect();
    // A search gives the first groups of many.
    let mut some = all.clone();
    some.retain(|id, _| served.contains(&format!("UID:{id}@")));
    if some.len() < 100 {
        return Err(Stop::Found(format!(
            "/groups/calendar.ics has {} groups",
            some.len()
        )));
    }
    let asked = |name: &str, calendar, meant| Asked {
        name: name.to_owned(),
        calendar,
        from,
        until,
        meant,
    };
    Ok(vec![
        asked("served", served, some),
        asked("exported", export("ical")?, all),
    ])
}

/// The meetings of a group; nothing for one that does not meet until somebody says so.
fn meant_by(listing: &Listing, from: DateTime<Utc>, until: DateTime<Utc>) -> Option<Vec<String>> {
    let mut schedule = listing.schedule()?.clone();
    let mut from = from;
    match listing.seats {
        Seats::Ended { on: None } | Seats::Paused { until: None } => return None,
        Seats::Starts(first) | Seats::Paused { until: Some(first) } => {
            let first = resolve(schedule.zone, first.and_time(NaiveTime::MIN)).to_utc();
            from = from.max(first);
        }
        Seats::Ended { on: Some(on) } => {
            schedule.until = Some(schedule.until.map_or(on, |until| until.min(on)))
        }
        _ => {}
    }
    Some(meant(&schedule, from, until))
}

fn now() -> Result<DateTime<Utc>, Stop> {
    let said = output(Command::new("date").args(["-u", "+%Y-%m-%dT%H:%M:00Z"]))?;
    said.trim()
        .parse()
        .map_err(|error| Stop::Found(format!("{said}: {error}")))
}

fn meant(schedule: &Schedule, from: DateTime<Utc>, until: DateTime<Utc>) -> Vec<String> {
    let starts = schedule.occurrences(from).map(|meeting| meeting.start.to_utc());
    let mut starts: Vec<_> = starts.take_while(|start| *start < until).map(minute).collect();
    // Two meetings of a group that were moved to the same minute are one in a calendar.
    starts.dedup();
    starts
}

/// How much was compared; all of it is equal.
fn compare(python: &Path, asked: &[Asked]) -> Result<String, Stop> {
    let file = tools::folder()?.join("calendars.jsonl");
    let lines: Result<Vec<_>, _> = asked.iter().map(serde_json::to_string).collect();
    let lines = lines.map_err(|error| error.to_string())?.join("\n");
    fs::write(&file, lines).map_err(|error| error.to_string())?;
    let told = tools::script(
        python,
        "xtask/src/assure/read_calendars.py",
        &[&file.display().to_string()],
    )?;
    let (mut groups, mut meetings, mut wrong) = (0, 0, Vec::new());
    for (asked, line) in asked.iter().zip(told.lines()) {
        let read: Read = serde_json::from_str(line).map_err(|error| error.to_string())?;
        if read.name != asked.name {
            return Err(Stop::Found(format!(
                "{} was answered for {}",
                read.name, asked.name
            )));
        }
        let unmeant = read
            .known
            .iter()
            .filter(|(uid, read)| !read.is_empty() && !asked.meant.contains_key(*uid));
        wrong.extend(unmeant.map(|(uid, _)| format!("{uid} has meetings that are not meant")));
        for (uid, meant) in &asked.meant {
            let none = Vec::new();
            for (zones, read) in [("Python's zones", &read.known), ("VTIMEZONE", &read.own)] {
                let read = read.get(uid).unwrap_or(&none);
                if read != meant {
                    wrong.push(format!("{uid} by {zones}: {}", difference(read, meant)));
                }
            }
            groups += 1;
            meetings += meant.len();
        }
    }
    if told.lines().count() != asked.len() {
        return Err(Stop::Found("not every calendar was answered".to_owned()));
    }
    if !wrong.is_empty() {
        let count = wrong.len();
        wrong.truncate(20);
        return Err(Stop::Found(format!(
            "{count} readings differ\n{}",
            wrong.join("\n")
        )));
    }
    Ok(format!("{groups} groups, {meetings} meetings, each read twice"))
}

fn difference(read: &[String], meant: &[String]) -> String {
    let only = |one: &[String], other: &[String]| {
        let only: Vec<_> = one
            .iter()
            .filter(|at| !other.contains(at))
            .take(3)
            .cloned()
            .collect();
        only.join(" ")
    };
    format!(
        "read and not meant: {}; meant and not read: {}",
        only(read, meant),
        only(meant, read)
    )
}
