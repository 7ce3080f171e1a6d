//! An event with its rule, its exceptions and its moved dates becomes a schedule.

use std::collections::BTreeMap;

use chrono::{NaiveDate, NaiveDateTime, NaiveTime, TimeZone};
use chrono_tz::Tz;
use domain::mending::Fact;
use domain::schedule::{Minutes, Move, Rule, Schedule, Skip, resolve};

use super::lines::{Event, Property};
use super::read::at;
use super::zones::{Said, Zones};
use crate::kept::shortened;
use crate::reading::{Held, Reading};
use crate::recurring::{Parts, USUAL_MINUTES, recurrence, usual, zone};
use crate::said::Kind;
use crate::wrong::{At, Wrongs, never, sometime};

/// Rules that end after more dates are taken as endless.
const MOST_COUNT: u32 = 5_000;
/// The most dates that are written out one by one.
const MOST_DATES: usize = 1_000;

/// What becomes of one date.
enum Exception {
    Skipped,
    To(NaiveDateTime),
}

/// The schedule of a series and of its changed dates, each an event with RECURRENCE-ID.
pub(super) fn schedule(
    event: &Event,
    changed: &[&Event],
    zones: &Zones,
    how: &Reading,
    notes: &mut Vec<String>,
    wrong: &mut Wrongs,
) -> Schedule {
    let start = at(event, "DTSTART", Kind::Code);
    let (first, zone) = match first(event, zones, how, notes, wrong) {
        (Some(first), zone) => (first, zone),
        (None, zone) => {
            wrong.put(Fact::Days, start, Held::NoSchedule);
            return Schedule {
                zone,
                ..sometime(how)
            };
        }
    };
    let ends = length(event, zone, first, zones).filter(|_| !wrong.has(&Fact::Time));
    let begun = Schedule {
        zone,
        from: first.date(),
        time: first.time(),
        length: ends.unwrap_or_else(|| {
            notes.push(format!(
                "no end that can be used; taken as {USUAL_MINUTES} minutes"
            ));
            usual()
        }),
        rule: never(),
        ..sometime(how)
    };
    let series = series(event, changed, zones, begun.clone(), notes);
    wrong.or(series, Fact::Days, at(event, "RRULE", Kind::Code), begun)
}

/// A series that begins so, with its rule and what is other than that.
fn series(
    event: &Event,
    changed: &[&Event],
    zones: &Zones,
    mut schedule: Schedule,
    notes: &mut Vec<String>,
) -> Result<Schedule, Held> {
    let (from, time, recurs) = (schedule.from, schedule.time, event.get("RRULE"));
    schedule.rule = Rule::Dates { dates: vec![from] };
    if event.all("RRULE").count() > 1 || event.get("EXRULE").is_some() {
        return Err(Held::Rule("it has several rules; one can be said".to_owned()));
    }
    if let Some(rule) = recurs {
        repeat(&mut schedule, &rule.value)
            .map_err(|held| Held::Rule(format!("{}: {}", shortened(&rule.value), inner(&held))))?;
        if schedule.rule_dates(from).next() != Some(from) {
            notes.push(format!("{from}, its first date, is none of its rule; left out"));
        }
    }
    let mut exceptions = BTreeMap::new();
    beyond(&mut schedule, event, recurs.is_some(), zones, &mut exceptions)?;
    for property in event.all("EXDATE") {
        for wall in walls(property, zones, &schedule)? {
            if wall.time() == time {
                exceptions.insert(wall.date(), Exception::Skipped);
            }
        }
    }
    for event in changed {
        change(event, &schedule, zones, &mut exceptions, notes)?;
    }
    keep(&mut schedule, exceptions);
    Ok(schedule)
}

fn inner(held: &Held) -> String {
    match held {
        Held::Rule(why) => why.clone(),
        other => other.to_string(),
    }
}

/// When the series begins, in wall time of its zone; nothing if not even its day is said.
fn first(
    event: &Event,
    zones: &Zones,
    how: &Reading,
    notes: &mut Vec<String>,
    wrong: &mut Wrongs,
) -> (Option<NaiveDateTime>, Tz) {
    let told = at(event, "DTSTART", Kind::Code);
    let Some(start) = event.get("DTSTART") else {
        wrong.put(Fact::Days, told.clone(), Held::NoSchedule);
        wrong.put(Fact::Time, told, Held::NoSchedule);
        let zone = zones.usual.or(how.zone).ok_or(Held::NoZone);
        let nowhere = At::text("TZID", None, Kind::Code);
        return (None, wrong.or(zone, Fact::Zone, nowhere, Tz::UTC));
    };
    match Said::parse(&start.value) {
        None => {
            let held = Held::Time(format!("“{}”", shortened(&start.value)));
            wrong.put(Fact::Time, told, held);
            (None, zone_of(start, zones, how, notes, wrong))
        }
        Some(Said::Date(date)) => {
            let held = Held::Rule("it is all day, without a time".to_owned());
            wrong.put(Fact::Time, told, held);
            let zone = zone_of(start, zones, how, notes, wrong);
            (Some(date.and_time(NaiveTime::MIN)), zone)
        }
        // A rule in UTC repeats in UTC.
        Some(Said::Utc(utc)) if event.get("RRULE").is_some() => (Some(utc), Tz::UTC),
        Some(Said::Utc(utc)) => {
            let zone = zones.usual.or(how.zone).unwrap_or(Tz::UTC);
            (Some(zone.from_utc_datetime(&utc).naive_local()), zone)
        }
        Some(Said::Wall(wall)) => (Some(wall), zone_of(start, zones, how, notes, wrong)),
    }
}

/// The zone in which a time without one of its own is.
fn zone_of(
    start: &Property,
    zones: &Zones,
    how: &Reading,
    notes: &mut Vec<String>,
    wrong: &mut Wrongs,
) -> Tz {
    let id = start.parameter("TZID");
    let known = id
        .and_then(|id| zones.named(id))
        .or(zones.usual.filter(|_| id.is_none()));
    let zone = known.map_or_else(|| zone("TZID", id, how, notes), Ok);
    wrong.or(zone, Fact::Zone, At::text("TZID", id, Kind::Code), Tz::UTC)
}

fn length(event: &Event, zone: Tz, first: NaiveDateTime, zones: &Zones) -> Option<Minutes> {
    let minutes = match (event.get("DURATION"), event.get("DTEND")) {
        (Some(told), _) => duration(told.value.trim())?,
        (None, Some(end)) => {
            let ends = *zones.walls(end, zone, NaiveTime::MIN)?.first()?;
            (resolve(zone, ends) - resolve(zone, first)).num_minutes()
        }
        (None, None) => return None,
    };
    Minutes::new(u16::try_from(minutes).ok()?).ok()
}

/// The minutes of "PT1H30M", "P1DT2H", "P1W".
fn duration(text: &str) -> Option<i64> {
    let text = text.trim_start_matches('+').strip_prefix('P')?;
    let (mut minutes, mut digits) = (0_i64, String::new());
    for c in text.chars() {
        if c.is_ascii_digit() {
            digits.push(c);
            continue;
        }
        let unit = match c {
            'T' => continue,
            'W' => 7 * 24 * 60,
            'D' => 24 * 60,
            'H' => 60,
            'M' => 1,
            'S' => 0,
            _ => return None,
        };
        minutes = minutes.checked_add(digits.parse::<i64>().ok()?.checked_mul(unit)?)?;
        digits.clear();
    }
    digits.is_empty().then_some(minutes)
}

/// Writes a rule into the schedule.
fn repeat(schedule: &mut Schedule, rule: &str) -> Result<(), Held> {
    let mut parts = Parts::default();
    for part in rule.trim().split(';').filter(|part| !part.is_empty()) {
        let (name, value) = part.split_once('=').unwrap_or((part, ""));
        match name.trim().to_ascii_uppercase().as_str() {
            "FREQ" => parts.freq = Some(value),
            "INTERVAL" => parts.interval = Some(value),
            "BYDAY" => parts.byday = Some(value),
            "BYSETPOS" => parts.bysetpos = Some(value),
            "WKST" => parts.wkst = Some(value),
            "COUNT" => parts.count = Some(value),
            "UNTIL" => {
                let until = Said::parse(value).map(|said| last(said, schedule));
                parts.until =
                    Some(until.ok_or_else(|| Held::Rule(format!("“{}” is no date", shortened(value))))?);
            }
            _ => parts.beyond = Some(part),
        }
    }
    let told = recurrence(&parts, schedule.from)?;
    schedule.rule = told.rule;
    schedule.until = told.until;
    if let Some(count) = told.count.filter(|count| *count <= MOST_COUNT) {
        let last = schedule.rule_dates(schedule.from).take(count as usize).last();
        schedule.until = last.or(Some(schedule.from));
    }
    Ok(())
}

/// The last date on which a rule until then holds.
fn last(until: Said, schedule: &Schedule) -> NaiveDate {
    let wall = match until {
        Said::Date(date) => return date,
        Said::Wall(wall) => wall,
        Said::Utc(utc) => schedule.zone.from_utc_datetime(&utc).naive_local(),
    };
    if wall.time() >= schedule.time {
        wall.date()
    } else {
        wall.date().pred_opt().unwrap_or(wall.date())
    }
}

/// Dates beyond the rule. A rule that ends is written out with them; one without an end cannot be.
fn beyond(
    schedule: &mut Schedule,
    event: &Event,
    recurs: bool,
    zones: &Zones,
    exceptions: &mut BTreeMap<NaiveDate, Exception>,
) -> Result<(), Held> {
    let mut extra = Vec::new();
    for property in event.all("RDATE") {
        extra.extend(walls(property, zones, schedule)?);
    }
    if extra.is_empty() {
        return Ok(());
    }
    let mut dates: Vec<NaiveDate> = schedule.rule_dates(schedule.from).take(MOST_DATES + 1).collect();
    if recurs && (schedule.until.is_none() || dates.len() > MOST_DATES) {
        return Err(Held::Rule(
            "it has more dates (RDATE) beside a rule without an end".to_owned(),
        ));
    }
    for wall in extra {
        if dates.contains(&wall.date()) {
            continue;
        }
        dates.push(wall.date());
        if wall.time() != schedule.time {
            exceptions.insert(wall.date(), Exception::To(wall));
        }
    }
    dates.sort_unstable();
    schedule.from = dates.first().copied().unwrap_or(schedule.from);
    schedule.until = None;
    schedule.rule = Rule::Dates { dates };
    Ok(())
}

fn walls(property: &Property, zones: &Zones, schedule: &Schedule) -> Result<Vec<NaiveDateTime>, Held> {
    zones
        .walls(property, schedule.zone, schedule.time)
        .ok_or_else(|| {
            Held::Rule(format!(
                "“{}” of {} is no date",
                shortened(&property.value),
                property.name
            ))
        })
}

/// One date that is moved or called off.
fn change(
    event: &Event,
    schedule: &Schedule,
    zones: &Zones,
    exceptions: &mut BTreeMap<NaiveDate, Exception>,
    notes: &mut Vec<String>,
) -> Result<(), Held> {
    let Some(which) = event.get("RECURRENCE-ID") else {
        return Ok(());
    };
    if which.parameter("RANGE").is_some() {
        return Err(Held::Rule("all dates from one on are changed (RANGE)".to_owned()));
    }
    let Some(date) = walls(which, zones, schedule)?.first().map(NaiveDateTime::date) else {
        return Ok(());
    };
    if super::read::is_cancelled(event) {
        exceptions.insert(date, Exception::Skipped);
        return Ok(());
    }
    let Some(start) = event.get("DTSTART") else {
        return Ok(());
    };
    let Some(to) = walls(start, zones, schedule)?.first().copied() else {
        return Ok(());
    };
    let length = length(event, schedule.zone, to, zones);
    if length.is_some_and(|length| length != schedule.length) {
        notes.push(format!("{date} has another length; taken as all others"));
    }
    exceptions.insert(date, Exception::To(to));
    Ok(())
}

/// Keeps what changes a date of the rule.
fn keep(schedule: &mut Schedule, exceptions: BTreeMap<NaiveDate, Exception>) {
    let is_date = |date: NaiveDate| schedule.rule_dates(date).next() == Some(date);
    let (mut skips, mut moves) = (Vec::new(), Vec::new());
    for (date, exception) in exceptions.into_iter().filter(|(date, _)| is_date(*date)) {
        match exception {
            Exception::Skipped => skips.push(Skip { date, reason: None }),
            Exception::To(to) => {
                let usual = resolve(schedule.zone, date.and_time(schedule.time));
                if resolve(schedule.zone, to) != usual {
                    moves.push(Move {
                        date,
                        to,
                        reason: None,
                    });
                }
            }
        }
    }
    schedule.skips = skips;
    schedule.moves = moves;
}
