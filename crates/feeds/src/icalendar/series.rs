//! An event with its rule, its exceptions and its moved dates becomes a schedule.

use std::collections::BTreeMap;

use chrono::{NaiveDate, NaiveDateTime, NaiveTime, TimeZone};
use chrono_tz::Tz;
use domain::schedule::{Minutes, Move, Rule, Schedule, Skip, resolve};

use super::lines::{Event, Property};
use super::zones::{Said, Zones};
use crate::kept::shortened;
use crate::reading::{Held, Reading};
use crate::recurring::{Parts, USUAL_MINUTES, recurrence, usual, zone};

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
) -> Result<Schedule, Held> {
    let start = event.get("DTSTART").ok_or(Held::NoSchedule)?;
    let recurs = event.get("RRULE");
    let (first, zone) = first(start, recurs.is_some(), zones, how, notes)?;
    let (from, time) = (first.date(), first.time());
    let mut schedule = Schedule {
        zone,
        from,
        time,
        length: length(event, zone, first, zones).unwrap_or_else(|| {
            notes.push(format!(
                "no end that can be used; taken as {USUAL_MINUTES} minutes"
            ));
            usual()
        }),
        rule: Rule::Dates { dates: vec![from] },
        until: None,
        skips: vec![],
        moves: vec![],
    };
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

/// When the series begins, in wall time of its zone.
fn first(
    start: &Property,
    recurs: bool,
    zones: &Zones,
    how: &Reading,
    notes: &mut Vec<String>,
) -> Result<(NaiveDateTime, Tz), Held> {
    let said =
        Said::parse(&start.value).ok_or_else(|| Held::Time(format!("“{}”", shortened(&start.value))))?;
    match said {
        Said::Date(_) => Err(Held::Rule("it is all day, without a time".to_owned())),
        // A rule in UTC repeats in UTC.
        Said::Utc(utc) if recurs => Ok((utc, Tz::UTC)),
        Said::Utc(utc) => {
            let zone = zones.usual.or(how.zone).unwrap_or(Tz::UTC);
            Ok((zone.from_utc_datetime(&utc).naive_local(), zone))
        }
        Said::Wall(wall) => {
            let id = start.parameter("TZID");
            let known = id
                .and_then(|id| zones.named(id))
                .or(zones.usual.filter(|_| id.is_none()));
            let zone = match known {
                Some(zone) => zone,
                None => zone("TZID", id, how, notes)?,
            };
            Ok((wall, zone))
        }
    }
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
