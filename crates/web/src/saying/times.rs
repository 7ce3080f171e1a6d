//! Times, dates and schedules in words.

use chrono::{DateTime, Datelike, NaiveDate, NaiveTime, Timelike, Weekday};
use chrono_tz::Tz;
use domain::groups::{Listing, When};
use domain::schedule::{Minutes, Nth, Occurrence, Rule, Schedule};

use super::list;
use crate::words::Words;

/// "6:30 pm", "7 pm".
pub fn clock(words: &Words, time: NaiveTime) -> String {
    let (afternoon, hour12) = time.hour12();
    let minute = format!("{:02}", time.minute());
    let id = match (afternoon, time.minute()) {
        (false, 0) => "time-morning",
        (true, 0) => "time-afternoon",
        (false, _) => "time-morning-minutes",
        (true, _) => "time-afternoon-minutes",
    };
    let args = [
        ("hour12", hour12.to_string().into()),
        ("hour24", time.hour().to_string().into()),
        ("minute", minute.into()),
    ];
    words.with(id, &args)
}

/// "6:30 pm to 8 pm".
pub fn range(words: &Words, start: NaiveTime, length: Minutes) -> String {
    let (end, _) = start.overflowing_add_signed(chrono::Duration::minutes(i64::from(length.get())));
    words.with(
        "time-range",
        &[
            ("start", clock(words, start).into()),
            ("end", clock(words, end).into()),
        ],
    )
}

/// "Thu, Dec 3".
pub fn date_short(words: &Words, date: NaiveDate) -> String {
    words.with(
        "date-short",
        &[
            ("weekday", weekday_short(words, date.weekday()).into()),
            ("month", month_short(words, date.month()).into()),
            ("day", date.day().to_string().into()),
        ],
    )
}

/// "Thursday, December 3".
pub fn date_long(words: &Words, date: NaiveDate) -> String {
    words.with(
        "date-long",
        &[
            ("weekday", weekday(words, date.weekday()).into()),
            ("month", month(words, date.month()).into()),
            ("day", date.day().to_string().into()),
        ],
    )
}

/// "Dec 3" in the year of `today`, else "Dec 3, 2027".
pub fn date_with_year(words: &Words, date: NaiveDate, today: NaiveDate) -> String {
    let month = month_short(words, date.month());
    let day = date.day().to_string();
    if date.year() == today.year() {
        return words.with("date-day", &[("month", month.into()), ("day", day.into())]);
    }
    let year = date.year().to_string();
    words.with(
        "date-with-year",
        &[
            ("month", month.into()),
            ("day", day.into()),
            ("year", year.into()),
        ],
    )
}

/// A moment as of now, in the zone of whoever is told: "Today, 9 pm", "Nov 3, 6:30 pm", "Nov 3, 2025, 6:30 pm".
pub fn moment(words: &Words, at: DateTime<chrono::Utc>, zone: Tz, now: DateTime<chrono::Utc>) -> String {
    let (at, today) = (at.with_timezone(&zone), now.with_timezone(&zone).date_naive());
    let day = match (at.date_naive() - today).num_days() {
        0 => words.say("date-today"),
        1 => words.say("date-tomorrow"),
        _ => date_with_year(words, at.date_naive(), today),
    };
    words.with(
        "day-at-time",
        &[("day", day.into()), ("time", clock(words, at.time()).into())],
    )
}

/// "July" in the year of `today`, else "July 2025".
pub(super) fn month_of(words: &Words, date: NaiveDate, today: NaiveDate) -> String {
    let name = month(words, date.month());
    if date.year() == today.year() {
        return name;
    }
    words.with(
        "date-month-year",
        &[("month", name.into()), ("year", date.year().to_string().into())],
    )
}

/// When a meeting is, in the zone `zone`: "Today, 9 pm", "Thursday, December 3, 6:30 pm".
pub fn next(words: &Words, meeting: &Occurrence, zone: Tz, now: DateTime<chrono::Utc>) -> String {
    let start = meeting.start.with_timezone(&zone);
    let today = now.with_timezone(&zone).date_naive();
    let date = start.date_naive();
    let day = match (date - today).num_days() {
        0 => words.say("date-today"),
        1 => words.say("date-tomorrow"),
        _ => date_short(words, date),
    };
    words.with(
        "day-at-time",
        &[("day", day.into()), ("time", clock(words, start.time()).into())],
    )
}

/// "Thursdays, 6:30 pm", "2nd and 4th Monday, 7 pm", "By appointment".
pub fn rule_at_time(words: &Words, listing: &Listing) -> String {
    let When::Scheduled(schedule) = &listing.when else {
        return words.say("by-appointment");
    };
    let said = rule(words, schedule);
    let said = words.with(
        "rule-at-time",
        &[
            ("rule", said.into()),
            ("time", clock(words, schedule.time).into()),
        ],
    );
    let mut letters = said.chars();
    letters
        .next()
        .map(|first| first.to_uppercase().chain(letters).collect())
        .unwrap_or_default()
}

/// "Tuesdays and Fridays", "every other Thursday", "2nd and 4th Monday".
fn rule(words: &Words, schedule: &Schedule) -> String {
    match &schedule.rule {
        Rule::Weekly { interval: 2, days } if days.len() == 1 => words.with(
            "rule-every-other-week",
            &[("day", weekday(words, days[0]).into())],
        ),
        Rule::Weekly { interval, days } => {
            let mut days = days.clone();
            days.sort_by_key(Weekday::num_days_from_monday);
            let days: Vec<_> = days.iter().map(|day| weekdays(words, *day)).collect();
            let days = list(words, &days);
            match interval {
                1 => words.with("rule-weekly", &[("days", days.into())]),
                weeks => words.with(
                    "rule-every-weeks",
                    &[("days", days.into()), ("weeks", (*weeks).into())],
                ),
            }
        }
        Rule::Monthly {
            interval,
            nth: which,
            day,
        } => {
            let mut which = which.clone();
            which.sort_unstable();
            let which: Vec<_> = which.iter().map(|which| nth(words, *which)).collect();
            let args = |months: u8| {
                [
                    ("nth", list(words, &which).into()),
                    ("day", weekday(words, *day).into()),
                    ("months", months.into()),
                ]
            };
            match interval {
                1 => words.with("rule-monthly", &args(1)),
                months => words.with("rule-every-months", &args(*months)),
            }
        }
        Rule::Dates { dates } => words.with("rule-dates", &[("count", dates.len().into())]),
    }
}

/// "90 minutes", "2 hours".
pub fn length(words: &Words, length: Minutes) -> String {
    match length.get() {
        hours if hours % 60 == 0 => words.with("hours-long", &[("hours", (hours / 60).into())]),
        minutes => words.with("minutes-long", &[("minutes", minutes.into())]),
    }
}

/// The zone as people there call it: "Eastern time", elsewhere by its city: "Berlin time".
pub fn time_zone(words: &Words, zone: Tz) -> String {
    match zone {
        Tz::America__New_York | Tz::America__Detroit | Tz::America__Toronto | Tz::US__Eastern => {
            words.say("zone-eastern")
        }
        Tz::America__Chicago | Tz::America__Winnipeg | Tz::US__Central => words.say("zone-central"),
        Tz::America__Denver | Tz::America__Boise | Tz::America__Edmonton | Tz::US__Mountain => {
            words.say("zone-mountain")
        }
        Tz::America__Los_Angeles | Tz::America__Vancouver | Tz::US__Pacific => words.say("zone-pacific"),
        Tz::America__Anchorage | Tz::US__Alaska => words.say("zone-alaska"),
        Tz::Pacific__Honolulu | Tz::US__Hawaii => words.say("zone-hawaii"),
        zone => {
            let city = zone
                .name()
                .rsplit('/')
                .next()
                .unwrap_or_default()
                .replace('_', " ");
            words.with("zone-of-city", &[("city", city.into())])
        }
    }
}

fn nth(words: &Words, nth: Nth) -> String {
    words.say(match nth {
        Nth::First => "nth-first",
        Nth::Second => "nth-second",
        Nth::Third => "nth-third",
        Nth::Fourth => "nth-fourth",
        Nth::Fifth => "nth-fifth",
        Nth::Last => "nth-last",
    })
}

pub fn weekday(words: &Words, day: Weekday) -> String {
    words.say(match day {
        Weekday::Mon => "weekday-mon",
        Weekday::Tue => "weekday-tue",
        Weekday::Wed => "weekday-wed",
        Weekday::Thu => "weekday-thu",
        Weekday::Fri => "weekday-fri",
        Weekday::Sat => "weekday-sat",
        Weekday::Sun => "weekday-sun",
    })
}

pub fn weekday_short(words: &Words, day: Weekday) -> String {
    words.say(match day {
        Weekday::Mon => "weekday-mon-short",
        Weekday::Tue => "weekday-tue-short",
        Weekday::Wed => "weekday-wed-short",
        Weekday::Thu => "weekday-thu-short",
        Weekday::Fri => "weekday-fri-short",
        Weekday::Sat => "weekday-sat-short",
        Weekday::Sun => "weekday-sun-short",
    })
}

fn weekdays(words: &Words, day: Weekday) -> String {
    words.say(match day {
        Weekday::Mon => "weekdays-mon",
        Weekday::Tue => "weekdays-tue",
        Weekday::Wed => "weekdays-wed",
        Weekday::Thu => "weekdays-thu",
        Weekday::Fri => "weekdays-fri",
        Weekday::Sat => "weekdays-sat",
        Weekday::Sun => "weekdays-sun",
    })
}

fn month(words: &Words, month: u32) -> String {
    const IDS: [&str; 12] = [
        "month-1", "month-2", "month-3", "month-4", "month-5", "month-6", "month-7", "month-8", "month-9",
        "month-10", "month-11", "month-12",
    ];
    words.say(IDS[(month as usize + 11) % 12])
}

fn month_short(words: &Words, month: u32) -> String {
    const IDS: [&str; 12] = [
        "month-1-short",
        "month-2-short",
        "month-3-short",
        "month-4-short",
        "month-5-short",
        "month-6-short",
        "month-7-short",
        "month-8-short",
        "month-9-short",
        "month-10-short",
        "month-11-short",
        "month-12-short",
    ];
    words.say(IDS[(month as usize + 11) % 12])
}
