//! When a service of ours meets: the fields of its schedules, and what their attributes say beyond.

use chrono::{NaiveDate, NaiveDateTime, NaiveTime};
use chrono_tz::Tz;
use domain::mending;
use domain::schedule::{Minutes, Move, Rule, Schedule, Skip};
use serde_json::{Map, Value};

use super::facts::{Fact, Facts};
use super::pieces::objects;
use super::read::clock;
use crate::kept::{clean, line};
use crate::reading::{Held, Reading};
use crate::recurring::{FROM, Parts, recurrence, usual, zone};
use crate::said::Kind;
use crate::value::{self, Fields};
use crate::wrong::{At, Wrongs, never};

/// One schedule with a rule, or as many as there are single dates.
pub(super) fn schedule(
    service: &Map<String, Value>,
    how: &Reading,
    notes: &mut Vec<String>,
    wrong: &mut Wrongs,
) -> Schedule {
    let none = Map::new();
    let all: Vec<_> = objects(service, "schedules").collect();
    let first = all.first().copied().unwrap_or(&none);
    let (fields, told) = (Fields(first), Facts::of(first));
    let at = |name: &str| At {
        field: format!("schedules.{name}"),
        ..At::field(&fields, name, Kind::Code)
    };
    let day = |name: &str| fields.text(name).and_then(|text| value::date(&text));
    let from = day("valid_from").or_else(|| day("dtstart"));
    let from = wrong.or(
        from.ok_or(Held::NoSchedule),
        mending::Fact::From,
        at("dtstart"),
        FROM,
    );
    let time = clock(&fields, "opens_at").and_then(|time| time.ok_or(Held::NoSchedule));
    let time = wrong.or(time, mending::Fact::Time, at("opens_at"), NaiveTime::MIN);
    let until = day("until").or_else(|| day("valid_to"));
    let rule = match fields.text("freq") {
        Some(freq) => ruled(&fields, &freq, until, from),
        None => Ok(Rule::Dates {
            dates: all
                .iter()
                .filter_map(|one| value::date(&Fields(one).text("dtstart")?))
                .collect(),
        }),
    };
    let rule = wrong.or(rule, mending::Fact::Days, at("freq"), never());
    let zone_said = told.value("schedule", "zone");
    let zone = zone("timezone", zone_said, how, notes);
    let of_zone = At::text("schedules.attributes", zone_said, Kind::Code);
    let zone = wrong.or(zone, mending::Fact::Zone, of_zone, Tz::UTC);
    let length = wrong.or(
        length(&fields, &told),
        mending::Fact::Length,
        at("closes_at"),
        usual(),
    );
    Schedule {
        zone,
        from,
        time,
        length,
        rule,
        until,
        skips: told
            .family("schedule")
            .filter(|fact| fact.code == "skipped")
            .filter_map(|fact| {
                let date = value::date(fact.value.as_deref()?)?;
                Some(Skip {
                    date,
                    reason: reason(fact, notes),
                })
            })
            .collect(),
        moves: told
            .family("schedule")
            .filter(|fact| fact.code == "moved")
            .filter_map(|fact| {
                let (date, to) = fact.value.as_deref()?.split_once('/')?;
                Some(Move {
                    date: value::date(date)?,
                    to: NaiveDateTime::parse_from_str(to, "%Y-%m-%dT%H:%M:%S").ok()?,
                    reason: reason(fact, notes),
                })
            })
            .collect(),
    }
}

fn ruled(fields: &Fields, freq: &str, until: Option<NaiveDate>, from: NaiveDate) -> Result<Rule, Held> {
    let (interval, byday, wkst) = (fields.text("interval"), fields.text("byday"), fields.text("wkst"));
    let parts = Parts {
        freq: Some(freq),
        interval: interval.as_deref(),
        byday: byday.as_deref(),
        wkst: wkst.as_deref(),
        until,
        ..Parts::default()
    };
    Ok(recurrence(&parts, from)?.rule)
}

/// Its own attribute where the clock alone would be taken for opening hours.
fn length(fields: &Fields, told: &Facts) -> Result<Minutes, Held> {
    let between = || {
        let (begin, end) = (
            clock(fields, "opens_at").ok()??,
            clock(fields, "closes_at").ok()??,
        );
        u16::try_from((end - begin).num_minutes().rem_euclid(24 * 60)).ok()
    };
    let minutes = told
        .value("schedule", "minutes")
        .and_then(|minutes| minutes.parse().ok());
    minutes
        .or_else(between)
        .and_then(|minutes| Minutes::new(minutes).ok())
        .ok_or_else(|| Held::Rule("it says nowhere how long it lasts; add “closes_at”".to_owned()))
}

fn reason(fact: &Fact, notes: &mut Vec<String>) -> Option<domain::text::Line> {
    line(&clean("attributes", fact.label.as_ref()?, notes))
}
