//! The dates of a schedule.

use std::collections::BTreeMap;

use chrono::{DateTime, Datelike, Days, Months, NaiveDate, NaiveDateTime, TimeDelta, TimeZone, Utc, Weekday};
use chrono_tz::Tz;

use super::{Minutes, Move, Nth, Rule, Schedule};
use crate::text::Line;

/// How far ahead anybody may look; past it a schedule has no more dates.
const LAST_YEAR: i32 = 2200;

/// One meeting.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Occurrence {
    /// When it begins, in the zone of the schedule.
    pub start: DateTime<Tz>,
    pub length: Minutes,
    /// The date of the rule; another one than that of `start` when the meeting was moved.
    pub date: NaiveDate,
    /// Whether it was moved, and why if somebody said.
    pub moved: Option<Option<Line>>,
}

/// A date of the rule: a meeting, or one that is skipped.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Dated {
    Meets(Occurrence),
    Skipped {
        start: DateTime<Tz>,
        reason: Option<Line>,
    },
}

impl Dated {
    /// When it begins, or would have begun.
    pub fn start(&self) -> DateTime<Tz> {
        match self {
            Self::Meets(meeting) => meeting.start,
            Self::Skipped { start, .. } => *start,
        }
    }

    pub fn meeting(self) -> Option<Occurrence> {
        match self {
            Self::Meets(meeting) => Some(meeting),
            Self::Skipped { .. } => None,
        }
    }
}

impl Occurrence {
    pub fn end(&self) -> DateTime<Tz> {
        self.start + TimeDelta::minutes(i64::from(self.length.get()))
    }
}

impl Schedule {
    /// Meetings that begin at `from` or later, soonest first.
    pub fn occurrences(&self, from: DateTime<Utc>) -> impl Iterator<Item = Occurrence> + '_ {
        self.dates(from).filter_map(Dated::meeting)
    }

    /// The same with skipped dates left in, so that they can be shown struck out.
    pub fn dates(&self, from: DateTime<Utc>) -> impl Iterator<Item = Dated> + '_ {
        // A wall time is at most some hours from its instant; two days before are surely early enough.
        let first = from
            .date_naive()
            .checked_sub_days(Days::new(2))
            .unwrap_or(NaiveDate::MIN);
        let mut ruled = self
            .rule_dates(first)
            .filter(|date| self.moved(*date).is_none())
            .peekable();
        let mut moved: Vec<&Move> = self
            .moves
            .iter()
            .filter(|moved| moved.to.date() >= first)
            .collect();
        moved.sort_by_key(|moved| std::cmp::Reverse(moved.to));
        let skips: BTreeMap<NaiveDate, &Option<Line>> =
            self.skips.iter().map(|skip| (skip.date, &skip.reason)).collect();
        std::iter::from_fn(move || {
            let moved_is_next = match (ruled.peek(), moved.last()) {
                (Some(date), Some(moved)) => {
                    resolve(self.zone, moved.to) < resolve(self.zone, date.and_time(self.time))
                }
                (None, Some(_)) => true,
                (_, None) => false,
            };
            if moved_is_next {
                return moved.pop().map(|moved| self.meeting_moved(moved));
            }
            let date = ruled.next()?;
            let start = resolve(self.zone, date.and_time(self.time));
            Some(match skips.get(&date) {
                Some(reason) => Dated::Skipped {
                    start,
                    reason: (*reason).clone(),
                },
                None => Dated::Meets(Occurrence {
                    start,
                    length: self.length,
                    date,
                    moved: None,
                }),
            })
        })
        .filter(move |dated| dated.start() >= from)
    }

    /// Dates on which the rule holds, on or after `first`, before skips and moves.
    pub fn rule_dates(&self, first: NaiveDate) -> Box<dyn Iterator<Item = NaiveDate> + '_> {
        let first = first.max(self.from);
        let last = self.until.unwrap_or(NaiveDate::MAX);
        let dates: Box<dyn Iterator<Item = NaiveDate>> = match &self.rule {
            Rule::Weekly { interval, days } => weekly(self.from, first, *interval, days),
            Rule::Monthly { interval, nth, day } => monthly(self.from, first, *interval, nth, *day),
            Rule::Dates { dates } => named(first, dates),
        };
        Box::new(dates.take_while(move |date| *date <= last && date.year() < LAST_YEAR))
    }

    fn moved(&self, date: NaiveDate) -> Option<&Move> {
        self.moves.iter().find(|moved| moved.date == date)
    }

    fn meeting_moved(&self, moved: &Move) -> Dated {
        Dated::Meets(Occurrence {
            start: resolve(self.zone, moved.to),
            length: self.length,
            date: moved.date,
            moved: Some(moved.reason.clone()),
        })
    }
}

/// The instant of a wall time: in a gap with the offset before it, in an overlap the first of the two.
pub fn resolve(zone: Tz, wall: NaiveDateTime) -> DateTime<Tz> {
    if let Some(start) = zone.from_local_datetime(&wall).earliest() {
        return start;
    }
    // In a gap: read the clock a day earlier, where the offset before the gap holds, and go on from there.
    // No gap is longer than a day (Pacific/Apia skipped exactly one), and none follows another within two.
    let before = wall - TimeDelta::days(2);
    let offset_then = zone
        .from_local_datetime(&before)
        .earliest()
        .map(|then| then.naive_local() - then.naive_utc());
    zone.from_utc_datetime(&(wall - offset_then.unwrap_or_default()))
}

fn weekly<'a>(
    from: NaiveDate,
    first: NaiveDate,
    interval: u8,
    days: &'a [Weekday],
) -> Box<dyn Iterator<Item = NaiveDate> + 'a> {
    let interval = i64::from(interval.max(1));
    let monday = |date: NaiveDate| date - Days::new(u64::from(date.weekday().num_days_from_monday()));
    let origin = monday(from);
    let weeks_since = (monday(first) - origin).num_days() / 7;
    let skipped_ahead = weeks_since.div_euclid(interval) * interval;
    let mut days: Vec<u64> = days
        .iter()
        .map(|day| u64::from(day.num_days_from_monday()))
        .collect();
    days.sort_unstable();
    days.dedup();
    let weeks = (0..).map_while(move |n: i64| {
        u64::try_from((skipped_ahead + n * interval) * 7)
            .ok()
            .and_then(|days| origin.checked_add_days(Days::new(days)))
    });
    Box::new(
        weeks
            .flat_map(move |week| {
                days.clone()
                    .into_iter()
                    .filter_map(move |day| week.checked_add_days(Days::new(day)))
            })
            .skip_while(move |date| *date < first),
    )
}

fn monthly(
    from: NaiveDate,
    first: NaiveDate,
    interval: u8,
    which: &[Nth],
    day: Weekday,
) -> Box<dyn Iterator<Item = NaiveDate> + '_> {
    let interval = u32::from(interval.max(1));
    let origin = month_start(from);
    let months_since = months_between(origin, month_start(first));
    let skipped_ahead = months_since / interval * interval;
    let months = (0..).map_while(move |n: u32| {
        let month = origin.checked_add_months(Months::new(skipped_ahead + n * interval))?;
        (month.year() < LAST_YEAR).then_some(month)
    });
    Box::new(
        months
            .flat_map(move |month| {
                let mut dates: Vec<_> = which.iter().filter_map(|nth| nth_of(month, *nth, day)).collect();
                dates.sort_unstable();
                dates.dedup();
                dates
            })
            .skip_while(move |date| *date < first),
    )
}

fn named(first: NaiveDate, dates: &[NaiveDate]) -> Box<dyn Iterator<Item = NaiveDate>> {
    let mut dates: Vec<_> = dates.iter().copied().filter(|date| *date >= first).collect();
    dates.sort_unstable();
    dates.dedup();
    Box::new(dates.into_iter())
}

fn month_start(date: NaiveDate) -> NaiveDate {
    date.with_day(1).unwrap_or(date)
}

fn months_between(from: NaiveDate, to: NaiveDate) -> u32 {
    let months = (to.year() - from.year()) * 12 + to.month().cast_signed() - from.month().cast_signed();
    u32::try_from(months).unwrap_or(0)
}

fn nth_of(month: NaiveDate, nth: Nth, day: Weekday) -> Option<NaiveDate> {
    let n = match nth {
        Nth::First => 1,
        Nth::Second => 2,
        Nth::Third => 3,
        Nth::Fourth => 4,
        Nth::Fifth => 5,
        Nth::Last => {
            return nth_of(month, Nth::Fifth, day).or_else(|| nth_of(month, Nth::Fourth, day));
        }
    };
    NaiveDate::from_weekday_of_month_opt(month.year(), month.month(), day, n)
}
