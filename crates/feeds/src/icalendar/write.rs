//! Calendars out: iCalendar (RFC 5545).
//!
//! Written here and not with a library, because the parts that matter are the ones libraries leave to the caller:
//! VTIMEZONE from the zone's own changes, UNTIL in UTC, moved meetings, times in a gap.

use std::fmt::Write;

use chrono::{DateTime, Days, NaiveDate, NaiveDateTime, NaiveTime, Offset, TimeDelta, TimeZone, Utc};
use chrono_tz::{OffsetComponents, OffsetName, Tz};
use domain::schedule::{Move, Rule, Schedule, resolve};

use crate::recurring::{code, number};

/// How far a VTIMEZONE looks ahead; then the last offset holds.
const YEARS_AHEAD: u64 = 5;

/// One group in a calendar. Nothing in it may be secret: a calendar lies open on shared phones.
#[derive(Debug, Clone)]
pub struct Entry<'a> {
    /// The same for the same group, for good.
    pub uid: &'a str,
    /// Neutral: "Thursday, 6:30 pm".
    pub title: &'a str,
    pub schedule: &'a Schedule,
    /// The first meeting is the first of the schedule from here on.
    pub begins: NaiveDate,
    /// The last day on which the group meets, if it is known beyond the schedule's own.
    pub until: Option<NaiveDate>,
    pub place: Option<&'a str>,
    pub url: Option<&'a str>,
    /// When the listing last changed.
    pub stamp: DateTime<Utc>,
}

/// A calendar of these groups; lines end in CRLF and are folded at 75 octets.
pub fn calendar(entries: &[Entry]) -> String {
    let mut out = Writer(String::new());
    for line in [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Sameboat//Sameboat//EN",
        "CALSCALE:GREGORIAN",
        "METHOD:PUBLISH",
    ] {
        out.line(line);
    }
    let mut zones: Vec<Tz> = Vec::new();
    for entry in entries {
        if !zones.contains(&entry.schedule.zone) {
            zones.push(entry.schedule.zone);
            let begins = entries
                .iter()
                .filter(|e| e.schedule.zone == entry.schedule.zone)
                .map(|e| e.begins)
                .min();
            time_zone(&mut out, entry.schedule.zone, begins.unwrap_or(entry.begins));
        }
    }
    entries.iter().for_each(|entry| events(&mut out, entry));
    out.line("END:VCALENDAR");
    out.0
}

fn events(out: &mut Writer, entry: &Entry) {
    let schedule = Schedule {
        until: [entry.schedule.until, entry.until].into_iter().flatten().min(),
        ..entry.schedule.clone()
    };
    let Some(first) = first_date(&schedule, entry.begins) else {
        return;
    };
    let zone = schedule.zone;
    // A rule speaks of wall times, also of those that the clock skips; a single date says when it really begins.
    let rule = rule(&schedule);
    let at = |date: NaiveDate| match rule {
        Some(_) => wall(date.and_time(schedule.time)),
        None => wall(begins(&schedule, date)),
    };
    let (moved, gone): (Vec<&Move>, Vec<&Move>) = schedule
        .moves
        .iter()
        .filter(|moved| moved.date >= first)
        .partition(|moved| entry.until.is_none_or(|last| moved.to.date() <= last));

    out.line("BEGIN:VEVENT");
    common(out, entry, &schedule);
    out.line(&format!("DTSTART;TZID={zone}:{}", at(first)));
    if let Some(rule) = &rule {
        out.line(&format!("RRULE:{rule}"));
    } else {
        for date in schedule.rule_dates(first).skip(1) {
            out.line(&format!("RDATE;TZID={zone}:{}", at(date)));
        }
    }
    let skipped = schedule.skips.iter().map(|skip| skip.date);
    for date in skipped.chain(gone.iter().map(|moved| moved.date)) {
        if date >= first {
            out.line(&format!("EXDATE;TZID={zone}:{}", at(date)));
        }
    }
    out.line("END:VEVENT");

    let moved = moved
        .into_iter()
        .map(|moved| (moved.date, resolve(zone, moved.to).naive_local()));
    let in_gaps = rule.iter().flat_map(|_| in_gaps(&schedule, first));
    for (date, begins) in moved.chain(in_gaps) {
        out.line("BEGIN:VEVENT");
        common(out, entry, &schedule);
        out.line(&format!("RECURRENCE-ID;TZID={zone}:{}", at(date)));
        out.line(&format!("DTSTART;TZID={zone}:{}", wall(begins)));
        out.line("END:VEVENT");
    }
}

/// The date of the rule to begin with: the first from `begins` on, or an earlier one that was moved past `begins`.
fn first_date(schedule: &Schedule, begins: NaiveDate) -> Option<NaiveDate> {
    let moved = schedule
        .moves
        .iter()
        .filter(|moved| moved.to.date() >= begins)
        .map(|moved| moved.date);
    schedule.rule_dates(begins).next().into_iter().chain(moved).min()
}

/// When the meeting of a date of the rule really begins, in wall time.
fn begins(schedule: &Schedule, date: NaiveDate) -> NaiveDateTime {
    resolve(schedule.zone, date.and_time(schedule.time)).naive_local()
}

/// Dates on which the clock skips the meeting's time, and when it begins then. Programs disagree on what a rule means
/// there, so each is said outright: as a RECURRENCE-ID, because an EXDATE with an RDATE is the same instant to a program
/// that follows RFC 5545, 3.3.5, and takes the meeting away.
fn in_gaps(schedule: &Schedule, first: NaiveDate) -> impl Iterator<Item = (NaiveDate, NaiveDateTime)> {
    let horizon = first
        .checked_add_days(Days::new(366 * YEARS_AHEAD))
        .unwrap_or(first);
    schedule
        .rule_dates(first)
        .take_while(move |date| *date <= horizon)
        .filter(|date| {
            !schedule.skips.iter().any(|skip| skip.date == *date)
                && !schedule.moves.iter().any(|moved| moved.date == *date)
        })
        .map(|date| (date, begins(schedule, date)))
        .filter(|(date, begins)| *begins != date.and_time(schedule.time))
}

fn common(out: &mut Writer, entry: &Entry, schedule: &Schedule) {
    out.line(&format!("UID:{}", escaped(entry.uid)));
    out.line(&format!("DTSTAMP:{}", entry.stamp.format("%Y%m%dT%H%M%SZ")));
    out.line(&format!("SUMMARY:{}", escaped(entry.title)));
    out.line(&format!("DURATION:PT{}M", schedule.length.get()));
    out.line("CLASS:PRIVATE");
    if let Some(place) = entry.place {
        out.line(&format!("LOCATION:{}", escaped(place)));
    }
    if let Some(url) = entry.url {
        out.line(&format!("URL:{url}"));
    }
}

/// The RRULE, without its name; single dates have none.
fn rule(schedule: &Schedule) -> Option<String> {
    let mut rule = match &schedule.rule {
        Rule::Weekly { interval, days } => {
            let days: Vec<_> = days.iter().map(|day| code(*day)).collect();
            format!("FREQ=WEEKLY;INTERVAL={interval};WKST=MO;BYDAY={}", days.join(","))
        }
        Rule::Monthly { interval, nth, day } => {
            let days: Vec<_> = nth
                .iter()
                .map(|nth| format!("{}{}", number(*nth), code(*day)))
                .collect();
            format!("FREQ=MONTHLY;INTERVAL={interval};BYDAY={}", days.join(","))
        }
        Rule::Dates { .. } => return None,
    };
    if let Some(until) = schedule.until {
        let last = resolve(schedule.zone, until.and_time(schedule.time)).to_utc();
        let _ = write!(rule, ";UNTIL={}", last.format("%Y%m%dT%H%M%SZ"));
    }
    Some(rule)
}

/// Every change of the clock from a year before `begins` on, each as an observance of its own.
fn time_zone(out: &mut Writer, zone: Tz, begins: NaiveDate) {
    let midnight = |date: NaiveDate| date.and_time(NaiveTime::MIN).and_utc();
    let from = midnight(begins.checked_sub_days(Days::new(366)).unwrap_or(begins));
    let until = midnight(
        begins
            .checked_add_days(Days::new(366 * YEARS_AHEAD))
            .unwrap_or(begins),
    );
    out.line("BEGIN:VTIMEZONE");
    out.line(&format!("TZID:{zone}"));
    observance(
        out,
        zone,
        from,
        zone.offset_from_utc_datetime(&from.naive_utc())
            .fix()
            .local_minus_utc(),
    );
    let mut day = from;
    while day < until {
        let next = day + TimeDelta::days(1);
        if offset(zone, day) != offset(zone, next) {
            let (mut before, mut after) = (day, next);
            while after - before > TimeDelta::minutes(1) {
                let middle = before + (after - before) / 2;
                let middle = middle - TimeDelta::seconds(middle.timestamp() % 60);
                let middle = if middle <= before {
                    before + TimeDelta::minutes(1)
                } else {
                    middle
                };
                if offset(zone, middle) == offset(zone, before) {
                    before = middle
                } else {
                    after = middle
                }
            }
            observance(out, zone, after, offset(zone, before));
        }
        day = next;
    }
    out.line("END:VTIMEZONE");
}

fn observance(out: &mut Writer, zone: Tz, at: DateTime<Utc>, before: i32) {
    let now = zone.offset_from_utc_datetime(&at.naive_utc());
    let kind = if now.dst_offset().is_zero() {
        "STANDARD"
    } else {
        "DAYLIGHT"
    };
    out.line(&format!("BEGIN:{kind}"));
    out.line(&format!(
        "DTSTART:{}",
        wall(at.naive_utc() + TimeDelta::seconds(i64::from(before)))
    ));
    out.line(&format!("TZOFFSETFROM:{}", hours(before)));
    out.line(&format!("TZOFFSETTO:{}", hours(now.fix().local_minus_utc())));
    if let Some(name) = now.abbreviation() {
        out.line(&format!("TZNAME:{}", escaped(name)));
    }
    out.line(&format!("END:{kind}"));
}

fn offset(zone: Tz, at: DateTime<Utc>) -> i32 {
    zone.offset_from_utc_datetime(&at.naive_utc())
        .fix()
        .local_minus_utc()
}

/// "+0545", "-0500".
fn hours(seconds: i32) -> String {
    let sign = if seconds < 0 { '-' } else { '+' };
    let minutes = seconds.abs() / 60;
    format!("{sign}{:02}{:02}", minutes / 60, minutes % 60)
}

fn wall(time: NaiveDateTime) -> String {
    time.format("%Y%m%dT%H%M%S").to_string()
}

fn escaped(text: &str) -> String {
    text.replace('\\', "\\\\")
        .replace(';', "\\;")
        .replace(',', "\\,")
        .replace('\n', "\\n")
        .replace('\r', "")
}

struct Writer(String);

impl Writer {
    /// A content line, folded at 75 octets and never inside a character.
    fn line(&mut self, line: &str) {
        let mut octets = 0;
        for c in line.chars() {
            if octets + c.len_utf8() > 75 {
                self.0.push_str("\r\n ");
                octets = 1;
            }
            self.0.push(c);
            octets += c.len_utf8();
        }
        self.0.push_str("\r\n");
    }
}

#[cfg(test)]
mod tests {
    use chrono::Weekday;
    use domain::schedule::{Minutes, Skip};

    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn thursdays() -> Schedule {
        Schedule {
            zone: Tz::America__New_York,
            from: day("2024-01-08"),
            time: "18:30:00".parse().unwrap(),
            length: Minutes::new(90).unwrap(),
            rule: Rule::Weekly {
                interval: 2,
                days: vec![Weekday::Thu],
            },
            until: Some(day("2027-01-31")),
            skips: vec![Skip {
                date: day("2026-11-26"),
                reason: None,
            }],
            moves: vec![Move {
                date: day("2026-12-24"),
                to: "2026-12-22T18:00:00".parse().unwrap(),
                reason: None,
            }],
        }
    }

    fn entry(schedule: &Schedule) -> Entry<'_> {
        Entry {
            uid: "k7m2p9qd4x@example.org",
            title: "Thursday, 6:30 pm",
            schedule,
            begins: day("2026-11-24"),
            until: None,
            place: Some(
                "West 25th Street Library, 1900 West 25th Street, Cleveland; room “downstairs” by the blue lamp",
            ),
            url: None,
            stamp: "2026-11-24T15:00:00Z".parse().unwrap(),
        }
    }

    #[test]
    fn a_calendar_says_when_and_where_and_nothing_more() {
        let said = calendar(&[entry(&thursdays())]);
        let unfolded = said.replace("\r\n ", "");
        for line in [
            "DTSTART;TZID=America/New_York:20261126T183000",
            "RRULE:FREQ=WEEKLY;INTERVAL=2;WKST=MO;BYDAY=TH;UNTIL=20270131T233000Z",
            "EXDATE;TZID=America/New_York:20261126T183000",
            "RECURRENCE-ID;TZID=America/New_York:20261224T183000",
            "DTSTART;TZID=America/New_York:20261222T180000",
            "SUMMARY:Thursday\\, 6:30 pm",
            "DURATION:PT90M",
            "CLASS:PRIVATE",
            "LOCATION:West 25th Street Library\\, 1900 West 25th Street\\, Cleveland\\; room “downstairs” by the blue lamp",
        ] {
            assert!(
                unfolded.contains(&format!("\r\n{line}\r\n")),
                "{line} in\n{unfolded}"
            );
        }
        assert!(said.split("\r\n").all(|line| line.len() <= 75), "{said}");
    }

    #[test]
    fn a_time_zone_tells_its_changes() {
        let said = calendar(&[entry(&thursdays())]);
        let spring = "BEGIN:DAYLIGHT\r\nDTSTART:20270314T020000\r\nTZOFFSETFROM:-0500\r\nTZOFFSETTO:-0400\r\nTZNAME:EDT\r\n";
        let autumn = "BEGIN:STANDARD\r\nDTSTART:20271107T020000\r\nTZOFFSETFROM:-0400\r\nTZOFFSETTO:-0500\r\nTZNAME:EST\r\n";
        assert!(said.contains(spring) && said.contains(autumn), "{said}");
    }

    #[test]
    fn a_meeting_in_a_gap_is_said_outright() {
        let schedule = Schedule {
            time: "02:30:00".parse().unwrap(),
            rule: Rule::Weekly {
                interval: 1,
                days: vec![Weekday::Sun],
            },
            skips: vec![],
            moves: vec![],
            until: None,
            ..thursdays()
        };
        let said = calendar(&[entry(&schedule)]);
        assert!(said.contains(
            "RECURRENCE-ID;TZID=America/New_York:20270314T023000\r\nDTSTART;TZID=America/New_York:20270314T033000"
        ));
    }
}
