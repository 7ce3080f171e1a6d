//! When a group meets, as it was typed.

use std::collections::BTreeSet;

use chrono::{NaiveDate, NaiveTime};
use domain::groups::When;
use domain::schedule::{Minutes, Move, Rule, Schedule, Skip};

use super::typed::{Typing, known, name};
use crate::form::Form;

/// The fields of a schedule.
pub(super) const FIELDS: [&str; 11] = [
    "every", "interval", "days", "nth", "day", "dates", "time", "length", "zone", "from", "until",
];

/// Skips and moves from `today` on that a schedule had and does not have any more, as it meets on other days.
pub(super) fn lost(before: Option<&Schedule>, after: &When, today: NaiveDate) -> Vec<NaiveDate> {
    let Some(before) = before else {
        return Vec::new();
    };
    let (skips, moves): (&[Skip], &[Move]) = match after {
        When::Scheduled(after) => (&after.skips, &after.moves),
        When::ByAppointment => (&[], &[]),
    };
    let not_skipped = before.skips.iter().filter(|skip| !skips.contains(skip));
    let not_moved = before.moves.iter().filter(|there| !moves.contains(there));
    let dates = not_skipped
        .map(|skip| skip.date)
        .chain(not_moved.map(|there| there.date));
    let dates: BTreeSet<NaiveDate> = dates.filter(|date| *date >= today).collect();
    dates.into_iter().collect()
}

/// The schedule of a form; skips and moves of `before` that still fit its rule stay.
pub(super) fn read(typing: &mut Typing, before: Option<&Schedule>) -> Option<When> {
    let every = typing.form.get("every").to_owned();
    if every == "appointment" {
        return Some(When::ByAppointment);
    }
    let rule = rule(typing, &every);
    let time = typing.some("time", |text| {
        let read = NaiveTime::parse_from_str(text, "%H:%M");
        read.or_else(|_| NaiveTime::parse_from_str(text, "%H:%M:%S"))
            .map_err(|_| String::new())
    });
    if time.is_none() && !typing.form.get("time").is_empty() {
        typing.wrong.add("time", typing.words.say("typed-time"));
    }
    let time = typing.must("time", time);
    let length = typing
        .parsed::<u16>("length", "typed-number")
        .and_then(|minutes| match Minutes::new(minutes) {
            Ok(length) => Some(length),
            Err(why) => {
                typing.wrong.add("length", format!("{why}."));
                None
            }
        });
    let length = typing.must("length", length);
    let zone = typing.parsed("zone", "typed-zone");
    let zone = typing.must("zone", zone);
    let from = typing.parsed::<NaiveDate>("from", "typed-date");
    let from = typing.must("from", from);
    let until = typing.parsed::<NaiveDate>("until", "typed-date");
    let mut schedule = Schedule {
        zone: zone?,
        from: from?,
        time: time?,
        length: length?,
        rule: rule?,
        until,
        skips: Vec::new(),
        moves: Vec::new(),
    };
    if let Err(why) = schedule.check() {
        typing
            .wrong
            .add("every", format!("The schedule does not work: {why}."));
        return None;
    }
    if let Some(before) = before {
        keep_exceptions(&mut schedule, before);
    }
    Some(When::Scheduled(schedule))
}

fn rule(typing: &mut Typing, every: &str) -> Option<Rule> {
    match every {
        "weekly" => {
            let interval = typing.parsed("interval", "typed-number").unwrap_or(1);
            let days = typing
                .form
                .all("days")
                .filter_map(|day| day.parse().ok())
                .collect();
            Some(Rule::Weekly { interval, days })
        }
        "monthly" => {
            let interval = typing.parsed("interval", "typed-number").unwrap_or(1);
            let nth = typing.form.all("nth").filter_map(known).collect();
            let day = typing.parsed("day", "typed-choose");
            let day = typing.must("day", day)?;
            Some(Rule::Monthly { interval, nth, day })
        }
        "dates" => {
            let said = typing.words.say("typed-dates");
            let dates = typing.some("dates", |text| {
                let words = text.split([',', ' ', '\n', '\r']).filter(|word| !word.is_empty());
                words
                    .map(str::parse)
                    .collect::<Result<Vec<NaiveDate>, _>>()
                    .map_err(|_| said)
            });
            typing.must("dates", dates).map(|dates| Rule::Dates { dates })
        }
        _ => typing.must("every", None),
    }
}

fn keep_exceptions(schedule: &mut Schedule, before: &Schedule) {
    for skip in &before.skips {
        schedule.skips.push(skip.clone());
        if schedule.check().is_err() {
            schedule.skips.pop();
        }
    }
    for moved in &before.moves {
        schedule.moves.push(moved.clone());
        if schedule.check().is_err() {
            schedule.moves.pop();
        }
    }
}

pub(super) fn write(form: &mut Form, schedule: &Schedule) {
    match &schedule.rule {
        Rule::Weekly { interval, days } => {
            form.put("every", "weekly");
            form.put("interval", &interval.to_string());
            for day in days {
                form.put("days", &day.to_string());
            }
        }
        Rule::Monthly { interval, nth, day } => {
            form.put("every", "monthly");
            form.put("interval", &interval.to_string());
            for nth in nth {
                form.put("nth", &name(nth));
            }
            form.put("day", &day.to_string());
        }
        Rule::Dates { dates } => {
            form.put("every", "dates");
            let dates: Vec<String> = dates.iter().map(ToString::to_string).collect();
            form.put("dates", &dates.join("\n"));
        }
    }
    form.put("time", &schedule.time.format("%H:%M").to_string());
    form.put("length", &schedule.length.get().to_string());
    form.put("zone", schedule.zone.name());
    form.put("from", &schedule.from.to_string());
    form.put(
        "until",
        &schedule.until.map(|date| date.to_string()).unwrap_or_default(),
    );
}
