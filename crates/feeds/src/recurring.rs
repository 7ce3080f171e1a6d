//! When a group meets, as several formats say it: zones by name, rules of RFC 5545 that our schedules can say.

use chrono::{NaiveDate, Weekday};
use chrono_tz::Tz;
use domain::schedule::{Minutes, Nth, Rule};

use crate::kept::shortened;
use crate::reading::{Held, Reading};

/// A Monday before every import. A weekly meeting has no phase, so each reading of a row gives the same listing.
pub(crate) const FROM: NaiveDate = NaiveDate::from_ymd_opt(2024, 1, 1).expect("a day of the calendar");
/// The length of a meeting whose row names no end.
pub(crate) const USUAL_MINUTES: u16 = 60;

pub(crate) fn usual() -> Minutes {
    match Minutes::new(USUAL_MINUTES) {
        Ok(minutes) => minutes,
        Err(never) => unreachable!("{never}"),
    }
}

/// The zone of a row that says this of it; else that of the feed.
pub(crate) fn zone(
    field: &str,
    said: Option<&str>,
    how: &Reading,
    notes: &mut Vec<String>,
) -> Result<Tz, Held> {
    match said.map(|name| (name, name.parse::<Tz>())) {
        Some((_, Ok(zone))) => Ok(zone),
        Some((name, Err(_))) => {
            let zone = how.zone.ok_or(Held::NoZone)?;
            notes.push(format!(
                "“{field}” is “{}”, which is no IANA zone; taken as {zone}",
                shortened(name)
            ));
            Ok(zone)
        }
        None => how.zone.ok_or(Held::NoZone),
    }
}

/// A recurrence rule, as far as it can be said: weekly, or on nth weekdays of the month.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Recurrence {
    pub rule: Rule,
    pub until: Option<NaiveDate>,
    pub count: Option<u32>,
}

/// The parts of a rule, as iCalendar and HSDS name them.
#[derive(Debug, Clone, Default)]
pub(crate) struct Parts<'a> {
    pub freq: Option<&'a str>,
    pub interval: Option<&'a str>,
    pub byday: Option<&'a str>,
    pub bysetpos: Option<&'a str>,
    pub wkst: Option<&'a str>,
    pub until: Option<NaiveDate>,
    pub count: Option<&'a str>,
    /// A part that no schedule of ours can say, such as BYMONTHDAY.
    pub beyond: Option<&'a str>,
}

/// The rule of these parts for a group that first meets on `first`.
pub(crate) fn recurrence(parts: &Parts, first: NaiveDate) -> Result<Recurrence, Held> {
    let cannot = |why: &str| {
        Held::Rule(format!(
            "{why}; it can be weekly, every n weeks, or on the nth weekday of a month"
        ))
    };
    if let Some(part) = parts.beyond {
        return Err(cannot(&format!("its rule has {}", shortened(part))));
    }
    let interval: u8 = match parts.interval {
        Some(text) => text
            .trim()
            .parse()
            .ok()
            .filter(|interval| *interval > 0)
            .ok_or_else(|| cannot(&format!("it repeats every “{}”", shortened(text))))?,
        None => 1,
    };
    let days = parts.byday.unwrap_or_default().split(',').map(str::trim);
    let days: Vec<(Option<i32>, Weekday)> = days
        .filter(|day| !day.is_empty())
        .map(|day| by_day(day).ok_or_else(|| cannot(&format!("“{}” is no weekday", shortened(day)))))
        .collect::<Result<_, _>>()?;
    let rule = match parts.freq.map(str::to_ascii_uppercase).as_deref() {
        Some("WEEKLY") => {
            weekly(parts, interval, &days, first).ok_or_else(|| cannot("its weeks are counted otherwise"))?
        }
        Some("DAILY") if interval == 1 => {
            weekly(parts, 1, &if days.is_empty() { every_day() } else { days }, first)
                .ok_or_else(|| cannot("its days are counted otherwise"))?
        }
        Some("MONTHLY") => {
            monthly(parts, interval, &days).ok_or_else(|| cannot("its days of the month are others"))?
        }
        Some(other) => return Err(cannot(&format!("it repeats {}", shortened(other)))),
        None => return Err(cannot("it names no frequency")),
    };
    let count = match parts.count {
        Some(text) => Some(
            text.trim()
                .parse()
                .map_err(|_| cannot(&format!("it repeats “{}” times", shortened(text))))?,
        ),
        None => None,
    };
    Ok(Recurrence {
        rule,
        until: parts.until,
        count,
    })
}

fn every_day() -> Vec<(Option<i32>, Weekday)> {
    use Weekday::{Fri, Mon, Sat, Sun, Thu, Tue, Wed};
    [Mon, Tue, Wed, Thu, Fri, Sat, Sun]
        .map(|day| (None, day))
        .to_vec()
}

fn weekly(parts: &Parts, interval: u8, days: &[(Option<i32>, Weekday)], first: NaiveDate) -> Option<Rule> {
    use chrono::Datelike;
    if days.iter().any(|(nth, _)| nth.is_some()) || parts.bysetpos.is_some() {
        return None;
    }
    let mut days: Vec<Weekday> = days.iter().map(|(_, day)| *day).collect();
    if days.is_empty() {
        days.push(first.weekday());
    }
    // With several days, every second week from Sunday is another rule than from Monday.
    let monday = parts.wkst.is_none_or(|day| day.eq_ignore_ascii_case("MO"));
    if interval > 1 && !monday && days.contains(&Weekday::Sun) && days.len() > 1 {
        return None;
    }
    days.sort_by_key(Weekday::num_days_from_monday);
    days.dedup();
    Some(Rule::Weekly { interval, days })
}

fn monthly(parts: &Parts, interval: u8, days: &[(Option<i32>, Weekday)]) -> Option<Rule> {
    let day = days.first()?.1;
    if days.iter().any(|(_, other)| *other != day) {
        return None;
    }
    let positions: Vec<i32> = match parts.bysetpos {
        Some(positions) if days.iter().all(|(nth, _)| nth.is_none()) => positions
            .split(',')
            .map(|position| position.trim().parse().ok())
            .collect::<Option<_>>()?,
        Some(_) => return None,
        None => days.iter().map(|(nth, _)| *nth).collect::<Option<_>>()?,
    };
    let mut nth = positions.into_iter().map(nth_of).collect::<Option<Vec<_>>>()?;
    nth.sort_unstable();
    nth.dedup();
    Some(Rule::Monthly { interval, nth, day })
}

fn nth_of(position: i32) -> Option<Nth> {
    Some(match position {
        1 => Nth::First,
        2 => Nth::Second,
        3 => Nth::Third,
        4 => Nth::Fourth,
        5 => Nth::Fifth,
        -1 => Nth::Last,
        _ => return None,
    })
}

/// "MO", "2TU", "-1FR".
fn by_day(text: &str) -> Option<(Option<i32>, Weekday)> {
    let at = text
        .len()
        .checked_sub(2)
        .filter(|at| text.is_char_boundary(*at))?;
    let (nth, day) = text.split_at(at);
    let day = match day.to_ascii_uppercase().as_str() {
        "MO" => Weekday::Mon,
        "TU" => Weekday::Tue,
        "WE" => Weekday::Wed,
        "TH" => Weekday::Thu,
        "FR" => Weekday::Fri,
        "SA" => Weekday::Sat,
        "SU" => Weekday::Sun,
        _ => return None,
    };
    let nth = nth.trim_start_matches('+');
    Some((
        if nth.is_empty() {
            None
        } else {
            Some(nth.parse().ok()?)
        },
        day,
    ))
}

/// "MO".
pub(crate) fn code(day: Weekday) -> &'static str {
    match day {
        Weekday::Mon => "MO",
        Weekday::Tue => "TU",
        Weekday::Wed => "WE",
        Weekday::Thu => "TH",
        Weekday::Fri => "FR",
        Weekday::Sat => "SA",
        Weekday::Sun => "SU",
    }
}

/// 2 is the second of the month, -1 the last.
pub(crate) fn number(nth: Nth) -> i8 {
    match nth {
        Nth::First => 1,
        Nth::Second => 2,
        Nth::Third => 3,
        Nth::Fourth => 4,
        Nth::Fifth => 5,
        Nth::Last => -1,
    }
}
