//! When a group meets, as schedules of HSDS.

use chrono::{NaiveDate, Offset};
use domain::schedule::{Rule, Schedule, resolve};
use serde_json::{Value, json};

use super::super::facts::{Fact, attributes};
use super::super::ids::uuid;
use super::super::read::MOST_MINUTES;
use super::{Map, put};
use crate::meeting_guide::{clock, end};
use crate::out::Group;
use crate::recurring::{code, number};

/// One for a rule; for single dates one for each.
pub(super) fn schedules(group: &Group, service: &str) -> Vec<Value> {
    let Some(schedule) = group.listing.schedule() else {
        return Vec::new();
    };
    match &schedule.rule {
        Rule::Weekly { interval, days } => {
            let days: Vec<&str> = days.iter().map(|day| code(*day)).collect();
            vec![ruled(
                group,
                schedule,
                service,
                "WEEKLY",
                *interval,
                &days.join(","),
            )]
        }
        Rule::Monthly { interval, nth, day } => {
            let days: Vec<String> = nth
                .iter()
                .map(|nth| format!("{}{}", number(*nth), code(*day)))
                .collect();
            vec![ruled(
                group,
                schedule,
                service,
                "MONTHLY",
                *interval,
                &days.join(","),
            )]
        }
        Rule::Dates { dates } => dates
            .iter()
            .enumerate()
            .map(|(number, date)| {
                let told = if number == 0 {
                    exceptions(schedule)
                } else {
                    Vec::new()
                };
                Value::Object(of_all(group, schedule, service, number, *date, told))
            })
            .collect(),
    }
}

/// Facts of a schedule that have no field.
pub(super) fn facts(schedule: &Schedule) -> Vec<Fact> {
    let zone = Fact::new("schedule", "zone").with(schedule.zone.name());
    let long = i64::from(schedule.length.get()) > MOST_MINUTES;
    let minutes = long.then(|| Fact::new("schedule", "minutes").with(schedule.length.get()));
    [zone].into_iter().chain(minutes).collect()
}

pub(super) fn exceptions(schedule: &Schedule) -> Vec<Fact> {
    let skips = schedule.skips.iter().map(|skip| {
        Fact::new("schedule", "skipped")
            .with(skip.date)
            .labelled(skip.reason.as_ref())
    });
    let moves = schedule.moves.iter().map(|moved| {
        Fact::new("schedule", "moved")
            .with(format!("{}/{}", moved.date, moved.to.format("%Y-%m-%dT%H:%M:%S")))
            .labelled(moved.reason.as_ref())
    });
    skips.chain(moves).collect()
}

fn ruled(group: &Group, schedule: &Schedule, service: &str, freq: &str, interval: u8, byday: &str) -> Value {
    let first = schedule.rule_dates(schedule.from).next();
    let mut said = of_all(
        group,
        schedule,
        service,
        0,
        first.unwrap_or(schedule.from),
        exceptions(schedule),
    );
    for (name, value) in [
        ("freq", json!(freq)),
        ("interval", json!(interval)),
        ("byday", json!(byday)),
        ("wkst", json!("MO")),
    ] {
        said.insert(name.to_owned(), value);
    }
    put(&mut said, "until", schedule.until);
    Value::Object(said)
}

/// What rules and single dates have in common. Times carry the offset of the first meeting, as HSDS asks; the zone itself is an
/// attribute.
fn of_all(
    group: &Group,
    schedule: &Schedule,
    service: &str,
    number: usize,
    first: NaiveDate,
    mut told: Vec<Fact>,
) -> Map {
    let id = uuid(&["schedule", service, &number.to_string()]);
    let begins = resolve(schedule.zone, first.and_time(schedule.time));
    let seconds = begins.offset().fix().local_minus_utc();
    let offset = begins.format("%:z");
    told.splice(0..0, facts(schedule));
    let place = &group.listing.place;
    let mut said = Map::new();
    put(&mut said, "id", Some(&id));
    put(&mut said, "service_id", Some(service));
    put(&mut said, "valid_from", Some(schedule.from));
    put(&mut said, "valid_to", schedule.until);
    put(&mut said, "dtstart", Some(first));
    said.insert("timezone".to_owned(), json!(f64::from(seconds) / 3_600.0));
    put(
        &mut said,
        "opens_at",
        Some(format!("{}{offset}", clock(schedule.time))),
    );
    put(
        &mut said,
        "closes_at",
        Some(format!("{}{offset}", clock(end(schedule)))),
    );
    put(
        &mut said,
        "description",
        Some(group.rule).filter(|rule| !rule.is_empty()),
    );
    put(
        &mut said,
        "schedule_link",
        Some(format!("{}/calendar.ics", group.page)),
    );
    let attending = match (place.site(), place.online()) {
        (Some(_), Some(_)) => "in person or online",
        (None, _) => "online",
        (Some(_), None) => "in person",
    };
    put(&mut said, "attending_type", Some(attending));
    put(
        &mut said,
        "notes",
        (!group.told.is_empty()).then(|| group.told.join(" ")),
    );
    said.insert("attributes".to_owned(), attributes(&told, "schedule", &id).into());
    said
}
